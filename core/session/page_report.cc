#include "core/session/page_report.h"

#include <utility>

#include "core/session/bench_report.h"
#include "core/session/findings_report.h"
#include "core/session/gc_log_report.h"
#include "core/session/goroutines_report.h"
#include "core/session/memory_report.h"
#include "core/session/state.h"

namespace flametrail {
namespace {

using Sessions = std::vector<const Session*>;

Status WriteFindingsOf(const Sessions& sessions, const PageReportQuery& query, const TextSink& sink) {
  FindingsReportOptions options;
  options.language = query.language;
  ASSIGN_OR_RETURN(options.rules, ParseThresholds(query.thresholds));
  if (query.report == PageReport::kRules) {
    WriteRulesJson(options, sink);
  } else {
    WriteFindingsJson(FindProblemsOf(sessions, query.labels, options.rules), query.labels, query.language, sink);
  }
  return OkStatus();
}

Status WriteAny(const Sessions& sessions, const PageReportQuery& query, const TextSink& sink) {
  switch (query.report) {
    case PageReport::kFindings:
    case PageReport::kRules:
      return WriteFindingsOf(sessions, query, sink);
    case PageReport::kGoroutines:
      if (sessions.size() == 1) return WriteGoroutinesJson(*sessions[0], sink);
      return WriteGoroutineComparisonJson(*sessions[0], *sessions[1], sink);
    case PageReport::kMemory:
      return WriteMemoryJson(*sessions[0], sink);
    case PageReport::kBench:
      return WriteBenchJson(sessions, query.labels, sink);
    case PageReport::kGcLog:
      return WriteGcLogJson(*sessions[0], sink);
  }
  return OkStatus();
}

}  // namespace

Result<std::string> Session::Report(const PageReportQuery& query) const {
  CHECK(!query.documents.empty() && query.labels.size() == query.documents.size());
  Sessions sessions;
  for (const uint32_t document : query.documents) {
    const bool is_self = document == PageReportQuery::kSelf;
    if (!is_self && document >= state_->attached.size()) {
      return Error{Code::kInvalid, std::nullopt, "no such document is attached"};
    }
    sessions.push_back(is_self ? this : state_->attached[document].get());
  }
  std::string text;
  RETURN_IF_ERROR(WriteAny(sessions, query, [&](std::string_view part) { text += part; }));
  return text;
}

}  // namespace flametrail
