// From a document to what a report prints: tag frames, filters, totals, weights and frames, in pprof's order
// (google/pprof driver.go generateRawReport).
#ifndef CORE_SESSION_PREPARE_H_
#define CORE_SESSION_PREPARE_H_

#include <memory>
#include <string>
#include <vector>

#include "core/analysis/frame_table.h"
#include "core/analysis/stack_weights.h"
#include "core/base/result.h"
#include "core/session/report_request.h"

namespace flametrail {

struct Prepared {
  std::unique_ptr<Profile> own;      // what tag frames and filters made; null where the document itself is reported
  const Profile* profile = nullptr;  // own, or the document
  size_t sample_type = 0;
  ReportOptions options;  // with what the kind of report overrides
  ReportContext context;  // totals as before the filters, unless relative percentages are asked for
  StackWeights weights;   // of `profile`
  FrameTable frames;      // of `profile`
  std::vector<std::string> warnings;
};

// Errors are kInvalid (a bad expression or sample type), or kCorrupt where the document has no sample type at all.
Result<Prepared> Prepare(Profile& document, const ReportRequest& request);

}  // namespace flametrail

#endif  // CORE_SESSION_PREPARE_H_
