// Questions and answers that are no columns, as JavaScript objects: web/src/protocol says what they hold.
#ifndef WASM_VALUES_H_
#define WASM_VALUES_H_

#include <emscripten/val.h>

#include "core/base/result.h"
#include "core/session/session.h"

namespace flametrail {

// {ok: true}
emscripten::val Succeeded();
// {ok: false, code, text, offset?}
emscripten::val Failed(const Error& error);
emscripten::val Outcome(const Status& status);

// A ProfileSummary without `holds`, and that.
emscripten::val DescribeSummary(const ProfileSummary& summary);
emscripten::val HoldingsOf(const Session& session);
// A TraceSummary.
emscripten::val DescribeTrace(const TraceSummary& summary);
emscripten::val DescribeFacts(const ViewFacts& facts);

ViewSpec ReadSpec(const emscripten::val& from);
TreeShape ReadShape(const emscripten::val& from);
PageReportQuery ReadReportQuery(const emscripten::val& from);
SeriesQuery ReadSeries(const emscripten::val& from);

}  // namespace flametrail

#endif  // WASM_VALUES_H_
