// Everything that can be counted in a trace as one JSON object: `flametrail trace -d=summary`. For scripts, and for
// comparing with other readers.
#ifndef CORE_ANALYSIS_TRACE_SUMMARY_JSON_H_
#define CORE_ANALYSIS_TRACE_SUMMARY_JSON_H_

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/text_out.h"
#include "core/model/trace/trace.h"

namespace flametrail {

struct SummaryFile {
  std::string file;  // base name
  uint64_t bytes = 0;
  std::optional<std::string> error;  // why reading ended early
};

// One JSON object and a newline. Times are ns since the first event that is not a Sync, durations ns; values follow the
// reference Summarizer, defects included (StatsRules::kGoTool). Long lists are cut: goroutines at 500 (most execution
// time first), start functions at 200, wake-ups at 60; cycles, tasks, regions, logs at 1000; `*_count` is complete.
void WriteTraceSummary(const Trace& trace, const SummaryFile& file, const TextSink& sink);

// The same for a file that is no trace or holds nothing readable.
void WriteFailedSummary(const SummaryFile& file, std::string_view header, const TextSink& sink);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_SUMMARY_JSON_H_
