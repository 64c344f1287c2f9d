#include "core/analysis/dump/wait_graph.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

namespace flametrail {
namespace {

constexpr uint32_t kNone = WaitGraph::kNoObject;
// Below are lengths, counters and flags.
constexpr uint64_t kLowestAddress = 0x10000;

struct Address {
  uint64_t value = 0;
  bool is_certain = true;  // no "?" behind it
};

// Calls `visit(address, position)` for every address in "0xc000074070, {0x0?, 0x3}"; positions count arguments of the
// outermost level.
template <typename Visit>
void ForEachAddress(std::string_view arguments, Visit visit) {
  size_t position = 0;
  int depth = 0;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const char c = arguments[i];
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (c == ',' && depth == 0) ++position;
    if (c != '0' || !arguments.substr(i).starts_with("0x")) continue;
    uint64_t value = 0;
    const char* begin = arguments.data() + i + 2;
    const auto [end, error] = std::from_chars(begin, arguments.data() + arguments.size(), value, 16);
    i = static_cast<size_t>(end - arguments.data()) - 1;
    const bool stale = i + 1 < arguments.size() && arguments[i + 1] == '?';
    if (error == std::errc() && value >= kLowestAddress) visit(Address{value, !stale}, position);
  }
}

struct WaitFunction {
  std::string_view prefix;
  WaitKind kind;
};

// Their first argument is the object.
constexpr WaitFunction kWaitFunctions[] = {
    {"runtime.chanrecv", WaitKind::kChannelReceive},
    {"runtime.chansend", WaitKind::kChannelSend},
    {"sync.(*Mutex).", WaitKind::kMutex},
    {"internal/sync.(*Mutex).", WaitKind::kMutex},
    {"sync.(*RWMutex).", WaitKind::kRwMutex},
    {"sync.(*WaitGroup).Wait", WaitKind::kWaitGroup},
    {"sync.(*Cond).Wait", WaitKind::kCond},
    {"sync.(*Once).", WaitKind::kOnce},
};

struct Wait {
  Address address;
  WaitKind kind = WaitKind::kMutex;
};

bool IsPlumbing(std::string_view function) {
  return function.starts_with("runtime.") || function.starts_with("sync.runtime_") ||
         function.starts_with("internal/sync.runtime_");
}

class Builder {
 public:
  explicit Builder(const GoroutineSource& source) : profile_(*source.profile), dump_(*source.dump) {}
  WaitGraph Run();

 private:
  std::string_view FunctionOf(const DumpFrame& frame) const { return FunctionAt(profile_, frame.location); }
  std::span<const DumpFrame> Frames(const DumpGoroutine& goroutine) const {
    return std::span(dump_.frames).subspan(goroutine.frame_begin, goroutine.frame_count);
  }
  std::optional<Wait> FindWait(const DumpGoroutine& goroutine) const;
  std::optional<Wait> OnlyAddress(const DumpGoroutine& goroutine, const DumpFrame& frame) const;
  void AddWaits();
  void AddMentions();
  void SortObjects();
  void FindStuck();
  void FindCycles(const std::vector<uint8_t>& stuck);

  const Profile& profile_;
  const Dump& dump_;
  WaitGraph graph_;
  // Dumps of one log are different moments: addresses mean something within one only.
  std::map<std::pair<uint32_t, uint64_t>, uint32_t> by_address_;
};

std::optional<Wait> Builder::FindWait(const DumpGoroutine& goroutine) const {
  if (!WaitsForGoroutine(profile_.Text(goroutine.state))) return std::nullopt;
  std::optional<Wait> best;
  for (const DumpFrame& frame : Frames(goroutine)) {
    const std::string_view function = FunctionOf(frame);
    const auto known = std::find_if(std::begin(kWaitFunctions), std::end(kWaitFunctions),
                                    [&](const WaitFunction& f) { return function.starts_with(f.prefix); });
    if (known == std::end(kWaitFunctions)) {
      if (IsPlumbing(function)) continue;
      return best ? best : OnlyAddress(goroutine, frame);
    }
    ForEachAddress(profile_.Text(frame.arguments), [&](Address address, size_t position) {
      if (position == 0 && (!best || (address.is_certain && !best->address.is_certain))) best = {address, known->kind};
    });
    if (best && best->address.is_certain) return best;
  }
  return best;
}

// Usual dumps hide the runtime's frames: then the channel is the one address that the function got, if it is one.
std::optional<Wait> Builder::OnlyAddress(const DumpGoroutine& goroutine, const DumpFrame& frame) const {
  const std::string_view state = profile_.Text(goroutine.state);
  const bool receives = state == "chan receive";
  if (!receives && state != "chan send") return std::nullopt;
  std::set<uint64_t> addresses;
  ForEachAddress(profile_.Text(frame.arguments), [&](Address address, size_t) {
    if (address.is_certain) addresses.insert(address.value);
  });
  if (addresses.size() != 1) return std::nullopt;
  return Wait{{*addresses.begin(), false}, receives ? WaitKind::kChannelReceive : WaitKind::kChannelSend};
}

void Builder::AddWaits() {
  for (size_t row = 0; row < dump_.goroutines.size(); ++row) {
    const auto wait = FindWait(dump_.goroutines[row]);
    graph_.waits_on.push_back(kNone);
    if (!wait) continue;
    const auto [at, is_new] = by_address_.emplace(std::make_pair(dump_.goroutines[row].snapshot, wait->address.value),
                                                  static_cast<uint32_t>(graph_.objects.size()));
    if (is_new) graph_.objects.push_back({wait->address.value, wait->kind, wait->address.is_certain, {}, {}});
    WaitObject& object = graph_.objects[at->second];
    object.is_certain = object.is_certain || wait->address.is_certain;
    object.waiters.push_back(static_cast<uint32_t>(row));
    graph_.waits_on[row] = at->second;
  }
}

void Builder::AddMentions() {
  for (size_t row = 0; row < dump_.goroutines.size(); ++row) {
    for (const DumpFrame& frame : Frames(dump_.goroutines[row])) {
      ForEachAddress(profile_.Text(frame.arguments), [&](Address address, size_t) {
        const auto at = by_address_.find({dump_.goroutines[row].snapshot, address.value});
        if (at == by_address_.end() || at->second == graph_.waits_on[row]) return;
        std::vector<uint32_t>& rows = graph_.objects[at->second].mentioned;
        const bool is_new = rows.empty() || rows.back() != row;
        if (is_new && rows.size() < WaitGraph::kMaxMentions) rows.push_back(static_cast<uint32_t>(row));
      });
    }
  }
}

void Builder::SortObjects() {
  std::vector<uint32_t> order(graph_.objects.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const WaitObject& x = graph_.objects[a];
    const WaitObject& y = graph_.objects[b];
    if (x.waiters.size() != y.waiters.size()) return x.waiters.size() > y.waiters.size();
    return x.address != y.address ? x.address < y.address : a < b;
  });
  std::vector<uint32_t> place(order.size());
  std::vector<WaitObject> sorted;
  for (uint32_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    sorted.push_back(std::move(graph_.objects[order[i]]));
  }
  graph_.objects = std::move(sorted);
  for (uint32_t& object : graph_.waits_on) object = object == kNone ? kNone : place[object];
}

// Whoever waits on nothing we know may act, and so may whoever waits on something that such a one has.
void Builder::FindStuck() {
  std::vector<uint8_t> may_act(graph_.waits_on.size());
  std::vector<uint32_t> pending;
  std::vector<std::vector<uint32_t>> objects_of(graph_.waits_on.size());  // that the row mentions
  for (uint32_t o = 0; o < graph_.objects.size(); ++o) {
    for (const uint32_t row : graph_.objects[o].mentioned) objects_of[row].push_back(o);
  }
  const auto free = [&](uint32_t row) {
    if (std::exchange(may_act[row], uint8_t{1}) == 0) pending.push_back(row);
  };
  for (uint32_t row = 0; row < may_act.size(); ++row) {
    const bool full = graph_.waits_on[row] != kNone &&
                      graph_.objects[graph_.waits_on[row]].mentioned.size() == WaitGraph::kMaxMentions;
    if (graph_.waits_on[row] == kNone || full) free(row);
  }
  while (!pending.empty()) {
    const uint32_t row = pending.back();
    pending.pop_back();
    for (const uint32_t o : objects_of[row]) {
      for (const uint32_t waiter : graph_.objects[o].waiters) free(waiter);
    }
  }
  std::vector<uint8_t> stuck(may_act.size());
  for (uint32_t row = 0; row < may_act.size(); ++row) {
    stuck[row] = may_act[row] == 0;
    if (stuck[row] && graph_.objects[graph_.waits_on[row]].mentioned.empty()) graph_.orphans.push_back(row);
  }
  FindCycles(stuck);
}

// Strongly connected parts of "row waits on an object that other has", iterative Tarjan.
void Builder::FindCycles(const std::vector<uint8_t>& stuck) {
  constexpr uint32_t kUnseen = 0xFFFFFFFFu;
  const size_t count = stuck.size();
  std::vector<uint32_t> order(count, kUnseen);
  std::vector<uint32_t> low(count);
  std::vector<uint8_t> on_stack(count);
  std::vector<uint32_t> stack;
  std::vector<std::pair<uint32_t, size_t>> calls;
  uint32_t next = 0;
  const auto enter = [&](uint32_t row) {
    order[row] = low[row] = next++;
    stack.push_back(row);
    on_stack[row] = 1;
    calls.emplace_back(row, 0);
  };
  for (uint32_t root = 0; root < count; ++root) {
    if (stuck[root] == 0 || order[root] != kUnseen) continue;
    enter(root);
    while (!calls.empty()) {
      auto& [row, edge] = calls.back();
      const std::vector<uint32_t>& others = graph_.objects[graph_.waits_on[row]].mentioned;
      if (edge < others.size()) {
        const uint32_t other = others[edge++];
        if (stuck[other] == 0) continue;
        if (order[other] == kUnseen) {
          enter(other);
        } else if (on_stack[other] != 0) {
          low[row] = std::min(low[row], order[other]);
        }
        continue;
      }
      const uint32_t done = row;
      calls.pop_back();
      if (!calls.empty()) low[calls.back().first] = std::min(low[calls.back().first], low[done]);
      if (low[done] != order[done]) continue;
      std::vector<uint32_t> part;
      do {
        part.push_back(stack.back());
        on_stack[stack.back()] = 0;
        stack.pop_back();
      } while (part.back() != done);
      std::sort(part.begin(), part.end());
      if (part.size() > 1) graph_.cycles.push_back(std::move(part));
    }
  }
  std::sort(graph_.cycles.begin(), graph_.cycles.end());
}

WaitGraph Builder::Run() {
  AddWaits();
  AddMentions();
  SortObjects();
  FindStuck();
  return std::move(graph_);
}

}  // namespace

std::string_view WaitKindText(WaitKind kind) {
  constexpr std::string_view kTexts[] = {"a channel receive",  "a channel send", "a mutex",
                                         "a read-write mutex", "a wait group",   "a condition variable",
                                         "a sync.Once"};
  return kTexts[static_cast<size_t>(kind)];
}

bool WaitsForGoroutine(std::string_view state) {
  constexpr std::string_view kStates[] = {"chan receive", "chan send", "select", "semacquire", "sync."};
  return std::any_of(std::begin(kStates), std::end(kStates),
                     [&](std::string_view begin) { return state.starts_with(begin); });
}

WaitGraph BuildWaitGraph(const GoroutineSource& source) { return Builder(source).Run(); }

}  // namespace flametrail
