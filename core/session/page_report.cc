#include "core/session/page_report.h"

#include <utility>

#include "core/session/bench_report.h"
#include "core/session/findings_report.h"
#include "core/session/goroutines_report.h"
#include "core/session/memory_report.h"
#include "core/session/state.h"

namespace flametrail {
namespace {

using Sessions = std::vector<const Session*>;

Status WriteFindingsOf(const Sessions& sessions, const PageReportQuery& query, const TextSink& sink) {
  FindingsReportOptions options;
  options.json = true;
  options.language = query.language;
  ASSIGN_OR_RETURN(options.rules, ParseThresholds(query.thresholds));
  if (query.report == PageReport::kRules) {
    WriteRules(options, sink);
  } else {
    WriteFindings(FindProblemsOf(sessions, query.labels, options.rules), query.labels, options, sink);
  }
  return OkStatus();
}

Status WriteGoroutinesOf(const Sessions& sessions, const TextSink& sink) {
  GoroutinesOptions options;
  options.json = true;
  if (sessions.size() == 1) return WriteGoroutines(*sessions[0], options, sink);
  return WriteGoroutineComparison(*sessions[0], *sessions[1], options, sink);
}

Status WriteBenchOf(const Sessions& sessions, const PageReportQuery& query, const TextSink& sink) {
  BenchReportOptions options;
  options.format = BenchFormat::kJson;
  std::vector<std::string> failures;
  return WriteBench(sessions, query.labels, options, sink, &failures);
}

Status WriteAny(const Sessions& sessions, const PageReportQuery& query, const TextSink& sink) {
  switch (query.report) {
    case PageReport::kFindings:
    case PageReport::kRules:
      return WriteFindingsOf(sessions, query, sink);
    case PageReport::kGoroutines:
      return WriteGoroutinesOf(sessions, sink);
    case PageReport::kMemory:
      return WriteMemory(*sessions[0], true, sink);
    case PageReport::kBench:
      return WriteBenchOf(sessions, query, sink);
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
