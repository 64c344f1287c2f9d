// Analyses of a trace as JSON, for scripts: `flametrail trace -json=NAME`. Times are ns since the first event that is
// not a Sync, stacks are lists of "FUNCTION FILE:LINE", leaf first.
#ifndef CORE_ANALYSIS_TRACE_TRACE_JSON_H_
#define CORE_ANALYSIS_TRACE_TRACE_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/analysis/trace/mutator_utilization.h"
#include "core/analysis/trace/selection.h"
#include "core/analysis/trace/state_profile.h"
#include "core/base/result.h"
#include "core/base/text_out.h"
#include "core/model/trace/trace.h"

namespace flametrail {

struct TraceJsonOptions {
  TraceSelection selection;
  size_t keep = 100;             // rows of lists that are cut
  size_t keep_steps = SIZE_MAX;  // of a critical path: the longest
  UtilizationFlags utilization;
  UtilizationRules rules = UtilizationRules::kExact;
  ProfileRules profile_rules = ProfileRules::kGoTool;  // of the profiles that go tool trace has
};

// "goroutines, functions, ..." for messages.
std::string TraceJsonNames();

// One object and a newline. Errors are kInvalid: no such analysis, nothing selected.
Status WriteTraceJson(const Trace& trace, std::string_view name, const TraceJsonOptions& options, const TextSink& sink);

void WriteTraceDiff(const Trace& before, const Trace& after, const TraceJsonOptions& options, const TextSink& sink);

// The utilization curve as a table for a terminal: windows, minimum, percentiles; the worst windows of 1 ms and 10 ms.
void WriteUtilizationText(const Trace& trace, const TraceJsonOptions& options, const TextSink& sink);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_TRACE_JSON_H_
