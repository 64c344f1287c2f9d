#include "tests/core/support/go_trace.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/check.h"
#include "core/model/trace/trace_builder.h"

namespace flametrail::testing {
namespace {

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  int depth = 0;
  size_t from = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (text[i] != separator || depth > 0) continue;
    parts.push_back(Trim(text.substr(from, i - from)));
    from = i + 1;
  }
  parts.push_back(Trim(text.substr(from)));
  return parts;
}

uint64_t Number(std::string_view text) {
  uint64_t value = 0;
  CHECK(!text.empty());
  for (const char c : text) {
    CHECK(c >= '0' && c <= '9');
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  return value;
}

// What stands behind `mark` up to the next blank or bracket; empty: no such mark.
std::string_view Behind(std::string_view text, char mark) {
  const size_t at = text.find(mark);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + 1);
  return text.substr(0, text.find_first_of(" (["));
}

// "(...)" or "[...]".
std::optional<std::string_view> Inside(std::string_view text, char open, char close) {
  const size_t from = text.find(open);
  if (from == std::string_view::npos) return std::nullopt;
  const size_t to = text.rfind(close);
  return text.substr(from + 1, to - from - 1);
}

struct Action {
  uint64_t time;
  std::function<void()> run;
};

class Painter {
 public:
  Painter() : trace_(std::make_unique<Trace>()), builder_(trace_.get()) { trace_->version = 23; }

  std::unique_ptr<Trace> Paint(std::string_view picture) {
    std::vector<std::string> lines;
    while (!picture.empty()) {
      const size_t end = std::min(picture.find('\n'), picture.size());
      const std::string_view line = picture.substr(0, end);
      picture.remove_prefix(std::min(end + 1, picture.size()));
      if (Trim(line).empty()) continue;
      if (line.front() == ' ' && !lines.empty()) {
        lines.back() += " " + std::string(Trim(line));
      } else {
        lines.emplace_back(Trim(line));
      }
    }
    builder_.Sync(0, std::nullopt);
    for (const std::string& line : lines) {
      for (const std::string_view thing : Split(line, '\xB7')) {
        Read(thing.ends_with('\xC2') ? Trim(thing.substr(0, thing.size() - 1)) : thing);  // the sign is C2 B7
      }
    }
    std::stable_sort(actions_.begin(), actions_.end(),
                     [](const Action& a, const Action& b) { return a.time < b.time; });
    for (const Action& action : actions_) action.run();
    return std::move(trace_);
  }

 private:
  struct GoroutineNow {
    GoroutineIndex index;
    GoState state = GoState::kUndetermined;
    ProcIndex proc;
  };

  void At(uint64_t time, std::function<void()> run) { actions_.push_back({time, std::move(run)}); }

  GoroutineNow& Go(std::string_view name) {
    CHECK(name.starts_with('g'));
    GoroutineNow& now = goroutines_[std::string(name)];
    if (now.index.is_none()) now.index = builder_.AddGoroutine(Number(name.substr(1)));
    return now;
  }
  ProcIndex P(std::string_view name) {
    CHECK(name.starts_with('p'));
    return builder_.Proc(Number(name.substr(1)));
  }
  EventContext ContextOf(const GoroutineNow& now) {
    EventContext context;
    context.goroutine = now.index;
    context.proc = now.proc;
    if (!now.proc.is_none()) context.thread = builder_.Thread(100 + now.proc.value);
    return context;
  }
  StackId Stack(std::optional<std::string_view> frames) {
    if (!frames) return StackTable::kEmpty;
    std::vector<LocationId> stack;
    for (const std::string_view frame : Split(*frames, '>')) {
      const StringId name = builder_.Text(frame);
      stack.insert(stack.begin(), builder_.Frame(0x1000 + name.value * 16, name, builder_.Text("x.go"), 1));
    }
    return builder_.Stack(stack);
  }

  void Read(std::string_view line) {
    const size_t colon = line.find(": ");
    if (colon != std::string_view::npos && line.front() == 'g') return ReadGoroutine(line, colon);
    if (colon != std::string_view::npos && line.front() == 'p') return ReadProc(line, colon);
    const std::vector<std::string_view> words = Split(line, ' ');
    const std::string_view kind = words[0].substr(0, words[0].find('('));
    if (kind == "procs") {
      const uint64_t count = Number(words[1]), time = Number(words[2].substr(1));
      At(time, [this, count, time] {
        builder_.AddMetric(static_cast<int64_t>(time), {}, Metric::kGomaxprocs, count, StackTable::kEmpty);
      });
    } else if (kind == "end") {
      const uint64_t time = Number(words[1]);
      At(time, [this, time] { builder_.Sync(static_cast<int64_t>(time), std::nullopt); });
    } else if (kind == "label") {
      ReadLabel(line, words);
    } else if (kind == "task") {
      ReadTask(words);
    } else if (kind == "region") {
      ReadRegion(line, words);
    } else if (kind == "log") {
      ReadLog(words);
    } else {
      ReadRange(line, kind, words);
    }
  }

  static std::pair<uint64_t, std::optional<uint64_t>> Times(std::string_view text) {
    const size_t dots = text.find("..");
    CHECK(dots != std::string_view::npos);
    std::optional<uint64_t> end;
    if (dots + 2 < text.size()) end = Number(text.substr(dots + 2));
    return {Number(text.substr(0, dots)), end};
  }

  void ReadGoroutine(std::string_view line, size_t colon) {
    const std::string_view head = line.substr(0, colon);
    const std::string who(head.substr(0, head.find(' ')));
    const std::string name(head.find(' ') == std::string_view::npos ? "" : head.substr(head.find(' ') + 1));
    for (const std::string_view part : Split(line.substr(colon + 1), ',')) {
      const std::string state(part);
      const std::string_view at = std::string_view(state).substr(state.find('@') + 1);
      const uint64_t time = Number(at.substr(0, at.find_first_of(" [<")));
      At(time, [this, who, name, state, time] { Step(who, name, state, static_cast<int64_t>(time)); });
    }
  }

  void Step(const std::string& who, const std::string& name, std::string_view text, int64_t time) {
    const std::string_view head = text.substr(0, text.find('@'));
    const std::string_view word = Trim(head.substr(0, head.find_first_of("/(")));
    const std::string_view waker = Behind(text, '<');
    const StackId stack = Stack(Inside(text, '[', ']'));
    const StackId own = name.empty() ? StackTable::kEmpty : Stack(std::string_view(name));
    GoroutineNow& now = Go(who);
    if (word == "blocked") {
      EventContext thief;
      thief.thread = builder_.Thread(99);
      builder_.ProcTransition(time, thief, now.proc, ProcState::kRunning, ProcState::kIdle);
      return;
    }
    static const std::map<std::string_view, GoState> kStates = {
        {"running", GoState::kRunning}, {"runnable", GoState::kRunnable}, {"new", GoState::kRunnable},
        {"waiting", GoState::kWaiting}, {"syscall", GoState::kSyscall},   {"exit", GoState::kNotExist}};
    CHECK(kStates.count(word) == 1);
    const GoState to = kStates.at(word);
    const GoState from = word == "new" ? GoState::kNotExist : now.state;
    const uint16_t reason = builder_.Reason(builder_.Text(Inside(head, '(', ')').value_or("")));
    EventContext context = waker.empty() ? ContextOf(now) : ContextOf(Go(waker));
    if (to == GoState::kRunning && from != GoState::kSyscall) {
      now.proc = head.find('/') == std::string_view::npos ? now.proc : P(Behind(head, '/'));
      context = ContextOf(now);
      if (from != GoState::kUndetermined) context.goroutine = GoroutineIndex::None();
    }
    if (to == GoState::kRunnable && from != GoState::kRunning && waker.empty()) context = {};
    const bool tells_own = from == GoState::kUndetermined || from == GoState::kNotExist;
    builder_.GoTransition(time, context, now.index, from, to, reason, stack, tells_own ? own : StackTable::kEmpty);
    now.state = to;
  }

  void ReadProc(std::string_view line, size_t colon) {
    const std::string who(line.substr(0, colon));
    ProcState before = ProcState::kUndetermined;
    for (const std::string_view part : Split(line.substr(colon + 1), ',')) {
      const uint64_t time = Number(Behind(part, '@'));
      const ProcState to = part.starts_with("running") ? ProcState::kRunning : ProcState::kIdle;
      At(time, [this, who, before, to, time] {
        builder_.ProcTransition(static_cast<int64_t>(time), {}, P(who), before, to);
      });
      before = to;
    }
  }

  void ReadRange(std::string_view line, std::string_view kind, const std::vector<std::string_view>& words) {
    const std::map<std::string_view, std::string> names = {{"gc", "GC concurrent mark phase"},
                                                           {"sweep", "GC incremental sweep"},
                                                           {"assist", "GC mark assist"},
                                                           {"stw", "stop-the-world"}};
    CHECK(names.count(kind) == 1);
    std::string name = names.at(kind);
    if (kind == "stw") name += " (" + std::string(*Inside(line, '(', ')')) + ")";
    const std::string owner(kind == "gc" ? "" : words[words.size() - 2]);
    const auto [start, end] = Times(words.back());
    const auto tell = [this, name, owner](uint64_t time, bool begins) {
      RangeScope scope = RangeScope::kGlobal;
      uint32_t index = 0xFFFFFFFFu;
      EventContext context;
      if (owner.starts_with('g')) {
        scope = RangeScope::kGoroutine;
        context = ContextOf(Go(owner));
        index = context.goroutine.value;
      } else if (owner.starts_with('p')) {
        scope = RangeScope::kProc;
        index = P(owner).value;
        for (const auto& [who, now] : goroutines_) {
          if (now.proc == ProcIndex(index) && now.state == GoState::kRunning) context = ContextOf(now);
        }
      }
      const auto ns = static_cast<int64_t>(time);
      if (begins) {
        builder_.RangeBegin(ns, context, builder_.Text(name), scope, index, StackTable::kEmpty);
      } else {
        builder_.RangeEnd(ns, context, builder_.Text(name), scope, index);
      }
    };
    At(start, [tell, time = start] { tell(time, true); });
    if (end) At(*end, [tell, time = *end] { tell(time, false); });
  }

  void ReadLabel(std::string_view line, const std::vector<std::string_view>& words) {
    const std::string who(words[1]), text(Trim(line.substr(line.find(words[2]) + words[2].size())));
    const uint64_t time = Number(words[2].substr(1));
    At(time, [this, who, text, time] {
      builder_.Label(static_cast<int64_t>(time), ContextOf(Go(who)), builder_.Text(text));
    });
  }

  void ReadTask(const std::vector<std::string_view>& words) {
    const uint64_t id = Number(words[1]);
    const std::string name(words[2]), who(words[3]);
    const auto [start, end] = Times(words[4]);
    At(start, [this, id, name, who, time = start] {
      builder_.TaskBegin(static_cast<int64_t>(time), ContextOf(Go(who)), builder_.Task(id), TaskIndex::None(),
                         builder_.Text(name), StackTable::kEmpty);
    });
    if (!end) return;
    At(*end, [this, id, who, time = *end] {
      builder_.TaskEnd(static_cast<int64_t>(time), ContextOf(Go(who)), builder_.Task(id), StackTable::kEmpty);
    });
  }

  void ReadRegion(std::string_view line, const std::vector<std::string_view>& words) {
    const std::string who(words[1]), name(words[4]);
    const uint64_t task = Number(words[3]);
    const std::string frames(Inside(line, '[', ']').value_or("main"));
    const auto [start, end] = Times(words[5]);
    At(start, [this, who, name, task, frames, time = start] {
      builder_.RegionBegin(static_cast<int64_t>(time), ContextOf(Go(who)), builder_.Task(task), builder_.Text(name),
                           Stack(std::string_view(frames)));
    });
    if (!end) return;
    At(*end, [this, who, name, task, time = *end] {
      builder_.RegionEnd(static_cast<int64_t>(time), ContextOf(Go(who)), builder_.Task(task), builder_.Text(name),
                         StackTable::kEmpty);
    });
  }

  void ReadLog(const std::vector<std::string_view>& words) {
    const std::string who(words[1]), category(words[4]), message(words[5]);
    const uint64_t task = Number(words[3]), time = Number(words[6].substr(1));
    At(time, [this, who, category, message, task, time] {
      builder_.Log(static_cast<int64_t>(time), ContextOf(Go(who)), builder_.Task(task), builder_.Text(category),
                   builder_.Text(message), StackTable::kEmpty);
    });
  }

  std::unique_ptr<Trace> trace_;
  TraceBuilder builder_;
  std::map<std::string, GoroutineNow> goroutines_;
  std::vector<Action> actions_;
};

}  // namespace

std::unique_ptr<Trace> GoTrace(std::string_view picture) { return Painter().Paint(picture); }

}  // namespace flametrail::testing
