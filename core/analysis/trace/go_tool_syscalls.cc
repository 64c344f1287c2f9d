#include "core/analysis/trace/go_tool_syscalls.h"

#include <algorithm>

#include "core/analysis/trace/scope.h"

namespace flametrail {
namespace {

constexpr uint32_t kNoCall = 0xFFFFFFFFu;

enum class Step : uint8_t { kEnter, kReturn, kProcIdle };

struct Moment {
  TraceTime time;
  uint32_t who;  // row of calls; kProcIdle: ProcIndex
  Step step;
};

}  // namespace

GoToolSyscalls FindGoToolSyscalls(const Trace& trace) {
  GoToolSyscalls out;
  std::vector<uint32_t> proc_of_call;  // ProcIndex; procs.size(): none
  std::vector<Moment> moments;
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    bool is_open = false;
    ForEachSpan(trace, trace.goroutines[i], [&](uint32_t, const Span& span, TraceTime) {
      if (is_open && !IsSyscall(span.go_state())) {
        out.calls.back().end = span.start;
        moments.push_back({span.start, static_cast<uint32_t>(out.calls.size() - 1), Step::kReturn});
        is_open = false;
      }
      if (span.go_state() != GoState::kSyscall || is_open) return;
      is_open = true;
      const bool is_placed = span.peer < trace.placements.size() && !trace.placements[span.peer].proc.is_none();
      proc_of_call.push_back(is_placed ? trace.placements[span.peer].proc.value
                                       : static_cast<uint32_t>(trace.procs.size()));
      moments.push_back({span.start, static_cast<uint32_t>(out.calls.size()), Step::kEnter});
      out.calls.push_back({span.start, kNoTime, kNoTime});
    });
    out.begin.push_back(static_cast<uint32_t>(out.calls.size()));
  }
  for (uint32_t p = 0; p < trace.procs.size(); ++p) {
    const auto& spans = trace.procs[p].spans;
    for (size_t i = 0; i < spans.size(); ++i) {
      if (static_cast<ProcState>(spans[i].state) != ProcState::kIdle) continue;
      moments.push_back({TraceTime{spans[i].start}, p, Step::kProcIdle});
    }
  }
  // Events have times of their own.
  std::sort(moments.begin(), moments.end(), [](const Moment& a, const Moment& b) { return a.time < b.time; });
  std::vector<uint32_t> kept(trace.procs.size() + 1, kNoCall);  // by P: row of calls
  for (const Moment& moment : moments) {
    if (moment.step == Step::kEnter) {
      kept[proc_of_call[moment.who]] = moment.who;
    } else if (moment.step == Step::kReturn) {
      kept[proc_of_call[moment.who]] = kNoCall;
    } else if (kept[moment.who] != kNoCall) {
      out.calls[kept[moment.who]].blocked_since = moment.time;
      kept[moment.who] = kNoCall;
    }
  }
  return out;
}

}  // namespace flametrail
