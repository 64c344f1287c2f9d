// Questions of the page whose answers are lists of facts and sentences rather than columns: the same JSON that the
// native command writes (`findings -json`, `goroutines -json`, ...).
#ifndef CORE_SESSION_PAGE_REPORT_H_
#define CORE_SESSION_PAGE_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/findings/messages.h"

namespace flametrail {

enum class PageReport : uint8_t {
  kFindings,    // of all documents together
  kRules,       // the table of rules with the thresholds as they are set
  kGoroutines,  // of one document; of two, older first: what changed
  kMemory,      // from the heap profile to what is resident
  kBench,       // of all documents, the first being the base
  kGcLog,       // collections and scheduler states, oldest first
};

inline constexpr uint32_t kPageReports = 6;

struct PageReportQuery {
  static constexpr uint32_t kSelf = 0xFFFFFFFFu;

  PageReport report = PageReport::kFindings;
  Language language = Language::kEnglish;
  std::string thresholds;                     // as of `findings -threshold`: "cpu.gc_share=0.3"; empty: the table's
  std::vector<uint32_t> documents = {kSelf};  // what Attach gave, or kSelf
  std::vector<std::string> labels;            // of the documents, for the texts
};

}  // namespace flametrail

#endif  // CORE_SESSION_PAGE_REPORT_H_
