#include "core/session/trace_profile.h"

#include <array>
#include <string_view>
#include <utility>

#include "core/analysis/trace/critical_path.h"
#include "core/analysis/trace/state_flame.h"
#include "core/analysis/trace/trace_json.h"
#include "core/session/gzip_profile.h"
#include "core/session/state.h"
#include "core/session/trace_request.h"

namespace flametrail {
namespace {

constexpr std::array<std::pair<std::string_view, StateFlameOptions>, 3> kFlames = {{
    {"oncpu", {true, false, false, false, false}},
    {"offcpu", {false, true, true, true, true}},
    {"states", {true, true, true, true, true}},
}};

}  // namespace

Result<Profile> MakeTraceProfile(const Trace& trace, const std::string& name, const TraceSelection& selection,
                                 ProfileRules rules) {
  if (const auto kind = TraceProfileKindNamed(name)) {
    ASSIGN_OR_RETURN(const Stretches stretches, StretchesOf(trace, selection));
    return StateProfile(trace, *kind, stretches, rules);
  }
  if (name == "path") {
    ASSIGN_OR_RETURN(const Stretch slow, SlowestOf(trace, selection));
    return PathProfile(trace, FindCriticalPath(trace, GoroutineIndex(slow.goroutine), slow.start, slow.end));
  }
  for (const auto& [flame, options] : kFlames) {
    if (flame != name) continue;
    ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, selection));
    return StateFlame(trace, scope, options);
  }
  return Error{Code::kInvalid, std::nullopt,
               "-pprof: there is no profile \"" + name + "\", only " + TraceProfileNames()};
}

std::string TraceProfileNames() { return "net, sync, syscall, sched, oncpu, offcpu, states, path"; }

bool IsTraceProfile(const std::string& name) {
  if (TraceProfileKindNamed(name) || name == "path") return true;
  for (const auto& flame : kFlames) {
    if (flame.first == name) return true;
  }
  return false;
}

Result<std::string> Session::TraceReport(const TraceRequest& request) const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NotATrace();
  const TraceJsonOptions& options = request.options;
  std::string text;
  const TextSink sink = [&](std::string_view part) { text += part; };
  if (request.kind == TraceReportKind::kProfile) {
    ASSIGN_OR_RETURN(const Profile profile,
                     MakeTraceProfile(*as_trace, request.profile, options.selection, options.profile_rules));
    WriteGzipProfile(profile, sink);
  } else {
    RETURN_IF_ERROR(WriteTraceJson(*as_trace, request.analysis, options, sink));
  }
  return text;
}

}  // namespace flametrail
