#include "core/analysis/trace/timeline/lane.h"

#include "core/base/check.h"

namespace flametrail {
namespace {

bool Has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

TimelineState StateOfReason(std::string_view reason) {
  if (reason == "network") return TimelineState::kNetwork;
  if (reason == "sleep") return TimelineState::kSleep;
  if (Has(reason, "chan") || Has(reason, "select")) return TimelineState::kChannel;
  if (Has(reason, "sync")) return TimelineState::kSync;
  if (Has(reason, "GC")) return TimelineState::kCollector;
  return TimelineState::kWaiting;
}

}  // namespace

std::vector<TimelineState> StatesOfReasons(const Trace& trace) {
  std::vector<TimelineState> states;
  states.reserve(trace.reasons.size());
  for (const StringId reason : trace.reasons) states.push_back(StateOfReason(trace.Text(reason)));
  return states;
}

TimelineState StateOf(const Span& span, const std::vector<TimelineState>& waiting) {
  switch (span.go_state()) {
    case GoState::kUndetermined:
      return TimelineState::kUndetermined;
    case GoState::kRunnable:
      return TimelineState::kRunnable;
    case GoState::kRunning:
      return TimelineState::kRunning;
    case GoState::kSyscall:
    case GoState::kSyscallBlocked:
      return TimelineState::kSyscall;
    case GoState::kWaiting:
      return span.reason < waiting.size() ? waiting[span.reason] : TimelineState::kWaiting;
    case GoState::kNotExist:
      break;
  }
  CHECK(false);
  return TimelineState::kUndetermined;
}

}  // namespace flametrail
