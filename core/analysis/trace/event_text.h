// One event as `go tool trace -d=parsed` prints it (Event.String of x/exp/trace).
#ifndef CORE_ANALYSIS_TRACE_EVENT_TEXT_H_
#define CORE_ANALYSIS_TRACE_EVENT_TEXT_H_

#include <string>

#include "core/model/trace/trace_builder.h"

namespace flametrail {

// Appends the event's lines; the last one ends with a line feed (behind a stack comes an empty line, as in Go).
void AppendEventText(const Trace& trace, const TraceEventView& event, std::string* out);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_EVENT_TEXT_H_
