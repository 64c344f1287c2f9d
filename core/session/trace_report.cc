#include <string>
#include <utility>

#include "core/analysis/trace/event_text.h"
#include "core/analysis/trace/footprint.h"
#include "core/analysis/trace/summary_json.h"
#include "core/analysis/trace/trace_json.h"
#include "core/base/check.h"
#include "core/session/gzip_profile.h"
#include "core/session/session.h"
#include "core/session/state.h"
#include "core/session/trace_profile.h"
#include "core/session/trace_request.h"

namespace flametrail {
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

Status Session::WriteTraceReport(const TraceRequest& request, const TextSink& sink) const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NotATrace();
  switch (request.kind) {
    case TraceReportKind::kSummary: {
      SummaryFile file{request.file, summary().bytes_in, std::nullopt};
      if (summary().fault) file.error = summary().fault->text;
      WriteTraceSummary(*as_trace, file, sink);
      return OkStatus();
    }
    case TraceReportKind::kProfile: {
      ASSIGN_OR_RETURN(const Profile profile, MakeTraceProfile(*as_trace, request.profile, request.options.selection,
                                                               request.options.profile_rules));
      WriteGzipProfile(profile, sink);
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
  if (trace() == nullptr || other.trace() == nullptr) return NotATrace();
  flametrail::WriteTraceDiff(*trace(), *other.trace(), request.options, sink);
  return OkStatus();
}

void Session::WriteUnreadableSummary(const std::string& file, uint64_t bytes, const Error& error,
                                     std::string_view header, const TextSink& sink) {
  WriteFailedSummary({file, bytes, error.text}, header, sink);
}

}  // namespace flametrail
