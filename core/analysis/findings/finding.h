// Findings: what is wrong in the open documents, with the evidence. Pure data; messages.h puts it into words.
#ifndef CORE_ANALYSIS_FINDINGS_FINDING_H_
#define CORE_ANALYSIS_FINDINGS_FINDING_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/bench.h"
#include "core/model/dump.h"
#include "core/model/gc_log.h"
#include "core/model/memstats.h"
#include "core/model/profile.h"
#include "core/model/trace/trace.h"

namespace flametrail {

enum class Urgency : uint8_t { kInfo, kLow, kMedium, kHigh };
std::string_view UrgencyText(Urgency urgency);  // "high"

// How sure: how much evidence stands behind the number, and whether the rule reads it off or concludes it.
enum class Certainty : uint8_t { kLow, kMedium, kHigh };
std::string_view CertaintyText(Certainty confidence);

// One open document, as the rules see it; what it is not, is null. Everything outlives the call.
struct Subject {
  std::string label;  // of the file, for people
  const Profile* profile = nullptr;
  const Dump* dump = nullptr;
  const MemStats* mem_stats = nullptr;
  const GcLog* gc_log = nullptr;
  const Trace* trace = nullptr;
  const BenchResults* bench = nullptr;
};

// The view that shows the evidence, with the filter that leaves only that.
struct FindingLink {
  std::string view;         // as in the page's `view-tab-ID`: "flame", "dump", "timeline"
  std::string sample_type;  // empty: the view has none
  std::string focus;        // RE2 over function names; empty: no filter
};

struct Finding {
  std::string_view rule;  // id, static
  Urgency urgency = Urgency::kLow;
  Certainty confidence = Certainty::kMedium;
  size_t subject = 0;    // the document with the evidence; of a comparison the newest
  double value = 0;      // what the rule measured, in its unit
  double threshold = 0;  // what it is compared with
  uint64_t samples = 0;  // samples, goroutines, contentions, ... behind the value
  // For the texts: name and value, values ready to print. "value" and "threshold" are always there.
  std::vector<std::pair<std::string_view, std::string>> parameters;
  FindingLink link;
};

struct FindingsOptions {
  std::map<std::string, double, std::less<>> thresholds;  // by rule id, instead of the table's
};

// Most urgent first; then surest, then by how far the value is beyond its threshold, then by the table of rules and the
// order of the documents.
std::vector<Finding> FindProblems(std::span<const Subject> subjects, const FindingsOptions& options);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FINDINGS_FINDING_H_
