#ifndef CORE_ANALYSIS_REPORTS_TAGS_H_
#define CORE_ANALYSIS_REPORTS_TAGS_H_

#include "core/analysis/report.h"
#include "core/base/text_out.h"

namespace flametrail {

// `-tags`: every label's values with the weight of the samples that have them (google/pprof report.go printTags of Go
// 1.23). Means and divide_by do not apply here, as in the reference.
void WriteTags(const Profile& profile, const ReportContext& context, size_t sample_type, TextOut* out);

// `-comments`: one a line.
void WriteComments(const Profile& profile, TextOut* out);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_TAGS_H_
