// Answers about a trace that are no columns, as JavaScript objects: web/src/protocol/trace.ts says what they hold.
#ifndef WASM_TRACE_VALUES_H_
#define WASM_TRACE_VALUES_H_

#include <emscripten/val.h>

#include "core/session/session.h"

namespace flametrail {

// Sets all fields of a TraceSummary that a DocumentSummary does not have.
void SetTraceFacts(const TraceSummary& summary, emscripten::val* out);
// Sets all fields of a SpanFacts.
void SetSpanFacts(const SpanFacts& facts, emscripten::val* out);

// web/src/protocol/trace.ts TraceQuestion.
TraceRequest ReadTraceRequest(const emscripten::val& from);

}  // namespace flametrail

#endif  // WASM_TRACE_VALUES_H_
