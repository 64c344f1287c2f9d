#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "core/analysis/trace/critical_path.h"
#include "core/analysis/trace/event_text.h"
#include "core/analysis/trace/footprint.h"
#include "core/analysis/trace/state_flame.h"
#include "core/analysis/trace/state_profile.h"
#include "core/analysis/trace/summary_json.h"
#include "core/analysis/trace/trace_json.h"
#include "core/base/check.h"
#include "core/formats/pprof/pprof_writer.h"
#include "core/io/gzip_writer.h"
#include "core/session/session.h"
#include "core/session/state.h"
#include "core/session/trace_request.h"

namespace flametrail {
namespace {

constexpr std::array<std::pair<std::string_view, StateFlameOptions>, 3> kFlames = {{
    {"oncpu", {true, false, false, false, false}},
    {"offcpu", {false, true, true, true, true}},
    {"states", {true, true, true, true, true}},
}};

Error NoTrace() { return Error{Code::kInvalid, std::nullopt, "this file is a profile, not an execution trace"}; }

Result<Profile> MakeProfile(const Trace& trace, const TraceRequest& request) {
  const TraceSelection& selection = request.options.selection;
  if (const auto kind = TraceProfileKindNamed(request.profile)) {
    ASSIGN_OR_RETURN(const Stretches stretches, StretchesOf(trace, selection));
    return StateProfile(trace, *kind, stretches, request.options.profile_rules);
  }
  if (request.profile == "path") {
    ASSIGN_OR_RETURN(const Stretch slow, SlowestOf(trace, selection));
    return PathProfile(trace, FindCriticalPath(trace, GoroutineIndex(slow.goroutine), slow.start, slow.end));
  }
  for (const auto& [name, options] : kFlames) {
    if (name != request.profile) continue;
    ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, selection));
    return StateFlame(trace, scope, options);
  }
  return Error{Code::kInvalid, std::nullopt,
               "-pprof: there is no profile \"" + request.profile + "\", only " + TraceProfileNames()};
}

void WriteGzip(const Profile& profile, const TextSink& sink) {
  GzipWriter gzip([&](Bytes bytes) { sink(AsText(bytes)); });
  WritePprof(profile, [&](Bytes bytes) { gzip.Write(bytes); });
  gzip.Finish();
}

}  // namespace

namespace {

class EventPrinter : public TraceListener {
 public:
  explicit EventPrinter(TextSink sink) : out_(std::move(sink)) {}

  void OnEvent(const Trace& trace, const TraceEventView& event) override {
    text_.clear();
    AppendEventText(trace, event, &text_);
    out_ << text_;
  }

 private:
  TextOut out_;
  std::string text_;
};

}  // namespace

std::unique_ptr<TraceListener> MakeTraceEventPrinter(TextSink sink) {
  return std::make_unique<EventPrinter>(std::move(sink));
}

std::string TraceProfileNames() { return "net, sync, syscall, sched, oncpu, offcpu, states, path"; }

bool IsTraceProfile(const std::string& name) {
  if (TraceProfileKindNamed(name) || name == "path") return true;
  for (const auto& flame : kFlames) {
    if (flame.first == name) return true;
  }
  return false;
}

Status Session::WriteTraceReport(const TraceRequest& request, const TextSink& sink) const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NoTrace();
  switch (request.kind) {
    case TraceReportKind::kSummary: {
      SummaryFile file{request.file, summary().bytes_in, std::nullopt};
      if (summary().fault) file.error = summary().fault->text;
      WriteTraceSummary(*as_trace, file, sink);
      return OkStatus();
    }
    case TraceReportKind::kProfile: {
      ASSIGN_OR_RETURN(const Profile profile, MakeProfile(*as_trace, request));
      WriteGzip(profile, sink);
      return OkStatus();
    }
    case TraceReportKind::kUtilization:
      WriteUtilizationText(*as_trace, request.options, sink);
      return OkStatus();
    case TraceReportKind::kFootprint:
      WriteFootprint(*as_trace, summary().bytes_out, sink);
      return OkStatus();
    case TraceReportKind::kJson:
      return WriteTraceJson(*as_trace, request.analysis, request.options, sink);
  }
  return OkStatus();
}

Status Session::WriteTraceDiff(const Session& other, const TraceRequest& request, const TextSink& sink) const {
  if (trace() == nullptr || other.trace() == nullptr) return NoTrace();
  flametrail::WriteTraceDiff(*trace(), *other.trace(), request.options, sink);
  return OkStatus();
}

void Session::WriteUnreadableSummary(const std::string& file, uint64_t bytes, const Error& error,
                                     std::string_view header, const TextSink& sink) {
  WriteFailedSummary({file, bytes, error.text}, header, sink);
}

}  // namespace flametrail
