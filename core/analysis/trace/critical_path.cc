#include "core/analysis/trace/critical_path.h"

#include <algorithm>
#include <string>

#include "core/analysis/trace/frame_importer.h"
#include "core/analysis/trace/own_stack.h"

namespace flametrail {
namespace {

constexpr std::array<std::string_view, kPathKinds> kKindNames = {
    "running", "runnable", "syscall", "syscall, P taken", "network", "sleep", "GC", "other wait", "not there"};
constexpr std::array<std::string_view, 7> kLinkNames = {"self",      "lock holder", "condition", "channel peer",
                                                        "collector", "waker",       "creator"};

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

PathLink LinkOf(std::string_view reason) {
  if (reason == "sync") return PathLink::kLockHolder;
  if (Contains(reason, "Cond") || Contains(reason, "WaitGroup")) return PathLink::kCondition;
  if (Contains(reason, "chan") || reason == "select") return PathLink::kChannelPeer;
  return Contains(reason, "GC") ? PathLink::kCollector : PathLink::kWaker;
}

PathKind KindOfWait(std::string_view reason) {
  if (reason == "network") return PathKind::kNetwork;
  if (reason == "sleep") return PathKind::kSleep;
  return Contains(reason, "GC") ? PathKind::kGc : PathKind::kOther;
}

// Walks back in time. `ends_` holds the goroutines to come back to, with the times from which on their waits are
// explained.
class Walker {
 public:
  explicit Walker(const Trace& trace) : trace_(trace) {}

  CriticalPath Walk(GoroutineIndex goroutine, TraceTime from, TraceTime to) {
    frames_.push_back({goroutine, from, PathLink::kSelf, PathStep::kNoStep});
    TraceTime at = std::min(to, trace_.end);
    while (!frames_.empty()) {
      if (at <= frames_.back().from) {
        frames_.pop_back();
        continue;
      }
      at = StepBack(at);
    }
    std::reverse(path_.steps.begin(), path_.steps.end());
    return std::move(path_);
  }

 private:
  struct Frame {
    GoroutineIndex goroutine;
    TraceTime from;  // where its part ends
    PathLink link;
    uint32_t waits;
  };

  // Explains some time before `at` and gives where it begins.
  TraceTime StepBack(TraceTime at) {
    const Frame frame = frames_.back();
    const Goroutine& g = trace_.goroutine(frame.goroutine);
    const uint32_t i = g.spans.empty() ? 0 : g.spans.IndexAt(at - 1);
    if (i >= g.spans.size()) return BeforeFirst(frame, g, at);
    const Span& span = g.spans[i];
    const TraceTime start = std::max(TraceTime{span.start}, frame.from);
    if (span.go_state() == GoState::kWaiting && FollowWaker(frame, g, i, at, start)) return at;
    Add(frame, g, i, KindOf(span), start, at);
    return start;
  }

  // Whether the wait goes on with the goroutine that ended it at `at`.
  bool FollowWaker(const Frame& frame, const Goroutine& g, uint32_t i, TraceTime at, TraceTime start) {
    if (i + 1 >= g.spans.size() || frames_.size() >= kMaxPathDepth) return false;
    const Span& woken = g.spans[i + 1];
    if (woken.start != at || woken.go_state() != GoState::kRunnable || woken.peer >= trace_.goroutines.size()) {
      return false;
    }
    const GoroutineIndex waker(woken.peer);
    if (waker == frame.goroutine) return false;
    const Span& wait = g.spans[i];
    path_.waits.push_back(
        {frame.goroutine, i, wait.stack, static_cast<uint16_t>(wait.reason), frame.waits, waker, woken.stack});
    frames_.push_back({waker, start, LinkOf(trace_.Text(trace_.reasons[wait.reason])),
                       static_cast<uint32_t>(path_.waits.size() - 1)});
    return true;
  }

  // Before the goroutine was there: its creator's time, else nobody's.
  TraceTime BeforeFirst(const Frame& frame, const Goroutine& g, TraceTime at) {
    if (!g.parent.is_none() && g.parent != frame.goroutine && g.creation_seen) {
      frames_.back().goroutine = g.parent;
      frames_.back().link = PathLink::kCreator;
      // A creator is older than what it creates, so this ends.
      if (!trace_.goroutine(g.parent).spans.empty()) return at;
    }
    Add(frame, g, 0, PathKind::kNotThere, frame.from, at);
    return frame.from;
  }

  PathKind KindOf(const Span& span) const {
    switch (span.go_state()) {
      case GoState::kRunning:
        return PathKind::kRunning;
      case GoState::kRunnable:
        return PathKind::kRunnable;
      case GoState::kSyscall:
        return PathKind::kSyscall;
      case GoState::kSyscallBlocked:
        return PathKind::kSyscallBlocked;
      case GoState::kWaiting:
        return KindOfWait(trace_.Text(trace_.reasons[span.reason]));
      case GoState::kUndetermined:
      case GoState::kNotExist:
        break;
    }
    return PathKind::kNotThere;
  }

  void Add(const Frame& frame, const Goroutine& g, uint32_t i, PathKind kind, TraceTime start, TraceTime end) {
    PathStep step;
    step.start = start;
    step.end = end;
    step.goroutine = frame.goroutine;
    step.kind = kind;
    step.link = frame.link;
    step.depth = static_cast<uint16_t>(frames_.size() - 1);
    const bool is_there = kind != PathKind::kNotThere;
    step.stack = is_there ? OwnStack(g, i) : StackTable::kEmpty;
    step.reason = is_there && g.spans[i].go_state() == GoState::kWaiting ? static_cast<uint16_t>(g.spans[i].reason) : 0;
    step.waits = frame.waits;
    path_.ns[static_cast<size_t>(kind)] += end - start;
    path_.steps.push_back(step);
  }

  const Trace& trace_;
  CriticalPath path_;
  std::vector<Frame> frames_;
};

}  // namespace

std::string_view PathKindName(PathKind kind) { return kKindNames[static_cast<size_t>(kind)]; }
std::string_view PathLinkName(PathLink link) { return kLinkNames[static_cast<size_t>(link)]; }

CriticalPath FindCriticalPath(const Trace& trace, GoroutineIndex goroutine, TraceTime from, TraceTime to) {
  return Walker(trace).Walk(goroutine, from, to);
}

Profile PathProfile(const Trace& trace, const CriticalPath& path) {
  ProfileAssembler assembler;
  FrameImporter importer(trace, &assembler);
  assembler.AddSampleType("steps", "count");
  assembler.AddSampleType("time", "nanoseconds");
  std::vector<LocationId> stack;
  for (const PathStep& step : path.steps) {
    stack.assign(1, importer.Note("[" + std::string(PathKindName(step.kind)) + "]"));
    importer.Append(step.stack, &stack);
    PathLink link = step.link;
    GoroutineIndex who = step.goroutine;
    for (uint32_t at = step.waits; at != PathStep::kNoStep; at = path.waits[at].outer) {
      const PathWait& wait = path.waits[at];
      const std::string name(trace.Text(trace.goroutine(who).name));
      stack.push_back(importer.Note("[" + std::string(PathLinkName(link)) + (name.empty() ? "" : ": " + name) + "]"));
      importer.Append(wait.stack, &stack);
      who = wait.goroutine;
      link = wait.outer == PathStep::kNoStep ? PathLink::kSelf
                                             : LinkOf(trace.Text(trace.reasons[path.waits[wait.outer].reason]));
    }
    const std::array<int64_t, 2> values = {1, static_cast<int64_t>(step.end - step.start)};
    assembler.AddSample(stack, values);
  }
  return assembler.Take();
}

}  // namespace flametrail
