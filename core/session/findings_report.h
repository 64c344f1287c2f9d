// What the native command tells of problems: `flametrail findings FILE...` and the gates of `flametrail diff`.
#ifndef CORE_SESSION_FINDINGS_REPORT_H_
#define CORE_SESSION_FINDINGS_REPORT_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/findings/finding.h"
#include "core/analysis/findings/messages.h"
#include "core/base/result.h"
#include "core/base/text_out.h"
#include "core/session/session.h"

namespace flametrail {

struct FindingsReportOptions {
  bool json = false;
  Language language = Language::kEnglish;
  FindingsOptions rules;
};

// Of all documents together: some rules compare them. The labels name them in the texts.
std::vector<Finding> FindProblemsOf(std::span<const Session* const> sessions, std::span<const std::string> labels,
                                    const FindingsOptions& options);
void WriteFindings(std::span<const Finding> findings, std::span<const std::string> labels,
                   const FindingsReportOptions& options, const TextSink& sink);
// The same as JSON whatever the options say; so is each ...Json here and beside: the page links no text writer.
void WriteFindingsJson(std::span<const Finding> findings, std::span<const std::string> labels, Language language,
                       const TextSink& sink);
// Every rule with its threshold, as the options set it, and what it says.
void WriteRules(const FindingsReportOptions& options, const TextSink& sink);
void WriteRulesJson(const FindingsReportOptions& options, const TextSink& sink);

Result<Urgency> ParseUrgency(std::string_view text);
// "cpu.gc_share=0.3,goroutine.count=100"
Result<FindingsOptions> ParseThresholds(std::string_view text);

// "alloc_space:+30%": the total of a sample type, or a number of runtime.MemStats (NumGC), that grew by more fails.
struct TotalGate {
  std::string name;
  double percent = 0;  // negative: that fell by more fails
};
Result<TotalGate> ParseTotalGate(std::string_view text);

struct DiffOptions {
  bool json = false;
  std::vector<TotalGate> gates;
  size_t max_sites = 10;
};
// Totals of two profiles, and where the difference lies. Errors: kUnsupported, a document has no samples; kInvalid, a
// gate names nothing that both have. `failures`: one sentence a gate that stops.
Status WriteDiff(const Session& before, const Session& after, const DiffOptions& options, const TextSink& sink,
                 std::vector<std::string>* failures);

}  // namespace flametrail

#endif  // CORE_SESSION_FINDINGS_REPORT_H_
