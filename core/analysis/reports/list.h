#ifndef CORE_ANALYSIS_REPORTS_LIST_H_
#define CORE_ANALYSIS_REPORTS_LIST_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/analysis/expression.h"
#include "core/analysis/report.h"
#include "core/base/text_out.h"

namespace flametrail {

// Where source files come from. The core reads no files: the command does, the page could.
struct SourceFiles {
  // A file's content; an Error has the system's words ("no such file or directory"). Unset: there are no files.
  std::function<Result<std::string>(const std::string& path)> read;
  std::string working_folder;  // searched where no source_path is given
};

// `-list=symbol`: the lines of each matching function's source with their values (google/pprof source.go printSource).
// A relative path is looked for in each folder of source_path and in the folders above it. False, and nothing written:
// no function's name matches.
bool WriteList(const Profile& profile, const FrameTable& frames, const std::vector<GraphNode>& nodes,
               const ReportContext& context, const FrameOptions& options, const Expression& symbol,
               const SourceFiles& sources, TextOut* out);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_LIST_H_
