// What the native command asks of a session: one report of `go tool pprof`, with its filters.
#ifndef CORE_SESSION_REPORT_REQUEST_H_
#define CORE_SESSION_REPORT_REQUEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/report.h"
#include "core/analysis/reports/list.h"
#include "core/analysis/transform/apply_filters.h"

namespace flametrail {

enum class ReportKind : uint8_t {
  kTop,
  kTree,
  kPeek,
  kTraces,
  kRaw,
  kTags,
  kComments,
  kProto,
  kDot,
  kCallgrind,
  kTopProto,
  kList,
};

struct ReportRequest {
  ReportKind kind = ReportKind::kTop;
  std::string symbol;  // expression of a report that takes one (peek, list)
  ReportOptions options;
  FilterOptions filters;
  std::vector<std::string> tag_root;  // label keys that become frames
  std::vector<std::string> tag_leaf;
  SourceFiles sources;                // for list
  bool relative_percentages = false;  // of what the filters left
  bool confidence = false;            // top with intervals (confident_top.h)
};

}  // namespace flametrail

#endif  // CORE_SESSION_REPORT_REQUEST_H_
