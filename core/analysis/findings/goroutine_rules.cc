// Long because: one short function for each of the rules about goroutines, and what they share.
#include <algorithm>
#include <array>
#include <map>

#include "core/analysis/dump/compare.h"
#include "core/analysis/dump/groups.h"
#include "core/analysis/dump/wait_graph.h"
#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/findings/rule.h"

namespace flametrail {
namespace {

struct Seen {
  size_t subject;
  GoroutineSource source;
};

template <typename Check>
void ForEachSource(RuleRun* run, Check check) {
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const Subject& subject = run->subjects()[i];
    if (subject.profile == nullptr) continue;
    if (const auto source = GoroutinesOf(*subject.profile, subject.dump)) check(Seen{i, *source});
  }
}

template <typename Check>
void ForEachDump(RuleRun* run, Check check) {
  ForEachSource(run, [&](const Seen& seen) {
    if (seen.source.dump != nullptr) check(seen);
  });
}

std::string_view StateOf(const GoroutineSource& source, uint32_t row) {
  return source.dump == nullptr ? std::string_view() : source.profile->Text(source.dump->goroutines[row].state);
}

// Function names of a stack, leaf first.
std::vector<std::string_view> FunctionsOf(const GoroutineSource& source, uint32_t row) {
  std::vector<LocationId> stack;
  source.profile->stacks.Expand(source.profile->samples.stack[row], &stack);
  std::vector<std::string_view> names;
  const LocationTable& table = source.profile->locations;
  for (const LocationId location : stack) {
    for (uint32_t line = table.line_begin[location.index()]; line < table.line_begin[location.index() + 1]; ++line) {
      if (table.line_function[line].is_none()) continue;
      names.push_back(source.profile->Text(source.profile->functions.name[table.line_function[line].index()]));
    }
  }
  return names;
}

bool HasFunction(const std::vector<std::string_view>& stack, std::span<const std::string_view> names) {
  return std::any_of(stack.begin(), stack.end(), [&](std::string_view name) { return MatchesName(name, names); });
}

// The innermost function that somebody of the program wrote; else the innermost.
std::string WhereOf(const std::vector<std::string_view>& stack) {
  const auto own = std::find_if(stack.begin(), stack.end(), IsOwnCode);
  if (own != stack.end()) return std::string(*own);
  return stack.empty() ? "?" : std::string(stack.front());
}

// A dump says in what state a goroutine is; in a profile the runtime's frames do.
bool IsWaiting(const GoroutineSource& source, uint32_t row, const std::vector<std::string_view>& stack,
               std::span<const std::string_view> states, std::span<const std::string_view> frames) {
  if (source.dump != nullptr) return MatchesName(StateOf(source, row), states);
  return HasFunction(stack, frames);
}

RuleRun::Evidence OfGroup(const Seen& seen, int64_t count, uint32_t row, const std::vector<std::string_view>& stack) {
  RuleRun::Evidence evidence;
  evidence.subject = seen.subject;
  evidence.value = static_cast<double>(count);
  evidence.samples = static_cast<uint64_t>(count);
  evidence.confidence = Certainty::kHigh;
  const std::string where = WhereOf(stack);
  evidence.parameters = {{"count", FormatRuleValue(RuleUnit::kCount, static_cast<double>(count))},
                         {"where", where},
                         {"state", std::string(StateOf(seen.source, row))}};
  evidence.link = {"dump", "goroutine", FocusOf(std::array<std::string_view, 1>{where})};
  return evidence;
}

// Nothing can wake it, says a goroutine-leak profile; CheckLeaked tells of it, and the other rules need not.
bool IsLeaked(const GoroutineSource& source, uint32_t row) {
  if (source.dump != nullptr) return source.dump->goroutines[row].is_leaked;
  return source.profile->Text(source.profile->sample_types[source.sample_type].type) == "goroutineleak";
}

// Reports the largest group for which `wanted(group, stack)` holds.
template <typename Wanted>
void ReportLargestGroup(RuleRun* run, const Seen& seen, Wanted wanted) {
  for (const GoroutineGroup& group : GroupGoroutines(seen.source, GroupBy::kStack)) {
    if (static_cast<double>(group.count) < run->threshold()) return;
    const std::vector<std::string_view> stack = FunctionsOf(seen.source, group.first_row);
    if (IsLeaked(seen.source, group.first_row) || !wanted(group, stack)) continue;
    RuleRun::Evidence evidence = OfGroup(seen, group.count, group.first_row, stack);
    evidence.parameters.emplace_back("minutes", std::to_string(group.min_wait_minutes));
    return run->Report(std::move(evidence));
  }
}

std::string IdsText(const Dump& dump, const std::vector<uint32_t>& rows) {
  constexpr size_t kShown = 6;
  std::string text;
  for (size_t i = 0; i < rows.size() && i < kShown; ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(dump.goroutines[rows[i]].id);
  }
  return rows.size() > kShown ? text + ", ..." : text;
}

uint32_t LeastWait(const Dump& dump, const std::vector<uint32_t>& rows) {
  uint32_t least = UINT32_MAX;
  for (const uint32_t row : rows) least = std::min(least, dump.goroutines[row].wait_minutes);
  return least;
}

}  // namespace

// goroutine.deadlock takes the runtime's own verdict, goroutine.crash the other deaths.
void CheckCrash(RuleRun* run) {
  const bool wants_deadlock = run->rule().id == "goroutine.deadlock";
  ForEachDump(run, [&](const Seen& seen) {
    for (const Crash& crash : seen.source.dump->crashes) {
      const std::string_view text = seen.source.profile->Text(crash.text);
      const bool asked = crash.kind == CrashKind::kSignal && text.starts_with("SIGQUIT");
      if (asked || (crash.kind == CrashKind::kDeadlock) != wants_deadlock) continue;
      RuleRun::Evidence evidence;
      evidence.subject = seen.subject;
      evidence.value = 1;
      evidence.samples = static_cast<uint64_t>(CountGoroutines(seen.source));
      evidence.confidence = Certainty::kHigh;
      evidence.parameters = {{"text", std::string(text)}, {"count", std::to_string(evidence.samples)}};
      if (!seen.source.dump->goroutines.empty()) {
        evidence.parameters.emplace_back("where", WhereOf(FunctionsOf(seen.source, 0)));
      }
      evidence.link = {"dump", "goroutine", ""};
      return run->Report(std::move(evidence));
    }
  });
}

void CheckDeadlockCycle(RuleRun* run) {
  ForEachDump(run, [&](const Seen& seen) {
    const WaitGraph graph = BuildWaitGraph(seen.source);
    for (const std::vector<uint32_t>& cycle : graph.cycles) {
      RuleRun::Evidence evidence =
          OfGroup(seen, static_cast<int64_t>(cycle.size()), cycle[0], FunctionsOf(seen.source, cycle[0]));
      const bool certain = std::all_of(cycle.begin(), cycle.end(),
                                       [&](uint32_t row) { return graph.objects[graph.waits_on[row]].is_certain; });
      const uint32_t minutes = LeastWait(*seen.source.dump, cycle);
      evidence.confidence = certain && minutes > 0 ? Certainty::kHigh : certain ? Certainty::kMedium : Certainty::kLow;
      // Locks are also held for a moment: only those that last are proof.
      if (minutes == 0) evidence.urgency = certain ? Urgency::kMedium : Urgency::kLow;
      evidence.parameters.emplace_back("ids", IdsText(*seen.source.dump, cycle));
      run->Report(std::move(evidence));
    }
  });
}

void CheckOrphans(RuleRun* run) {
  ForEachDump(run, [&](const Seen& seen) {
    std::vector<uint32_t> orphans = BuildWaitGraph(seen.source).orphans;
    std::erase_if(orphans, [&](uint32_t row) { return IsLeaked(seen.source, row); });
    if (orphans.empty()) return;
    RuleRun::Evidence evidence =
        OfGroup(seen, static_cast<int64_t>(orphans.size()), orphans[0], FunctionsOf(seen.source, orphans[0]));
    evidence.confidence = Certainty::kLow;
    evidence.parameters.emplace_back("ids", IdsText(*seen.source.dump, orphans));
    if (LeastWait(*seen.source.dump, orphans) > 0) evidence.urgency = Urgency::kMedium;
    run->Report(std::move(evidence));
  });
}

// Nothing can ever send on a nil channel. An empty select is how main waits on purpose, so it counts elsewhere only.
void CheckNeverWoken(RuleRun* run) {
  ForEachDump(run, [&](const Seen& seen) {
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < seen.source.dump->goroutines.size(); ++row) {
      const std::string_view state = StateOf(seen.source, row);
      const bool empty_select = state == "select (no cases)" && seen.source.dump->goroutines[row].id != 1;
      if (state.ends_with("(nil chan)") || empty_select) rows.push_back(row);
    }
    if (rows.empty()) return;
    RuleRun::Evidence evidence =
        OfGroup(seen, static_cast<int64_t>(rows.size()), rows[0], FunctionsOf(seen.source, rows[0]));
    evidence.parameters.emplace_back("ids", IdsText(*seen.source.dump, rows));
    run->Report(std::move(evidence));
  });
}

// Each place is a defect of its own.
void CheckLeaked(RuleRun* run) {
  constexpr size_t kMostLeaks = 10;
  ForEachSource(run, [&](const Seen& seen) {
    size_t places = 0;
    for (const GoroutineGroup& group : GroupGoroutines(seen.source, GroupBy::kStack)) {
      if (!IsLeaked(seen.source, group.first_row)) continue;
      run->Report(OfGroup(seen, group.count, group.first_row, FunctionsOf(seen.source, group.first_row)));
      if (++places == kMostLeaks) return;
    }
  });
}

void CheckGoroutineCount(RuleRun* run) {
  ForEachSource(run, [&](const Seen& seen) {
    const std::vector<GoroutineGroup> groups = GroupGoroutines(seen.source, GroupBy::kStack);
    if (groups.empty()) return;
    RuleRun::Evidence evidence =
        OfGroup(seen, CountGoroutines(seen.source), groups[0].first_row, FunctionsOf(seen.source, groups[0].first_row));
    evidence.parameters.emplace_back("largest",
                                     FormatRuleValue(RuleUnit::kCount, static_cast<double>(groups[0].count)));
    evidence.link.focus.clear();
    run->Report(std::move(evidence));
  });
}

namespace {

void ReportGrowth(RuleRun* run, const Seen& first, const Seen& last, size_t moments) {
  const DumpComparison comparison = CompareDumps(first.source, last.source);
  const bool same_program = std::any_of(comparison.changes.begin(), comparison.changes.end(),
                                        [](const GroupChange& c) { return c.before > 0 && c.after > 0; });
  if (comparison.changes.empty() || !same_program) return;
  const GroupChange& change = comparison.changes[0];
  // Half as much again, or it is only more of the usual work.
  if (change.after_row == UINT32_MAX || change.after * 2 < change.before * 3) return;
  RuleRun::Evidence evidence =
      OfGroup(last, change.after, change.after_row, FunctionsOf(last.source, change.after_row));
  evidence.value = static_cast<double>(change.after - change.before);
  evidence.parameters.emplace_back("before", FormatRuleValue(RuleUnit::kCount, static_cast<double>(change.before)));
  evidence.parameters.emplace_back("after", FormatRuleValue(RuleUnit::kCount, static_cast<double>(change.after)));
  evidence.parameters.emplace_back("stuck", std::to_string(change.stuck));
  const bool all_stay = change.before > 0 && change.stuck == change.before;
  evidence.confidence = all_stay || moments > 2 ? Certainty::kHigh : Certainty::kMedium;
  run->Report(std::move(evidence));
}

}  // namespace

void CheckGoroutineGrowth(RuleRun* run) {
  // Dumps and profiles apart: their stacks are not cut alike.
  std::map<int, std::vector<Seen>> kinds;
  ForEachSource(run, [&](const Seen& seen) {
    const bool is_text = seen.source.profile->time_nanos == 0;
    kinds[seen.source.dump != nullptr ? 0 : is_text ? 1 : 2].push_back(seen);
  });
  for (auto& [kind, moments] : kinds) {
    std::stable_sort(moments.begin(), moments.end(), [](const Seen& a, const Seen& b) {
      return a.source.profile->time_nanos < b.source.profile->time_nanos;
    });
    if (moments.size() >= 2) ReportGrowth(run, moments.front(), moments.back(), moments.size());
  }
}

void CheckLongWait(RuleRun* run) {
  ForEachDump(run, [&](const Seen& seen) {
    ReportLargestGroup(run, seen, [&](const GoroutineGroup& group, const std::vector<std::string_view>&) {
      return group.min_wait_minutes > 0 && WaitsForGoroutine(StateOf(seen.source, group.first_row));
    });
  });
}

// Nobody is left who could wake them on its own: none runs, sleeps, selects (maybe with a timer) or waits for the
// system.
void CheckAllWait(RuleRun* run) {
  constexpr std::array<std::string_view, 5> kForAnother = {"chan receive*", "chan send*", "semacquire*", "sync.*",
                                                           "select (no cases)"};
  constexpr std::array<std::string_view, 6> kRuntime = {
      "GC *", "finalizer wait", "cleanup wait", "force gc (idle)", "trace reader*", "idle"};
  ForEachDump(run, [&](const Seen& seen) {
    const std::vector<DumpGoroutine>& goroutines = seen.source.dump->goroutines;
    std::vector<uint32_t> waiting;
    size_t writers = 0;
    for (uint32_t row = 0; row < goroutines.size(); ++row) {
      const std::string_view state = StateOf(seen.source, row);
      if (MatchesName(state, kRuntime)) continue;
      if (state.starts_with("running") && ++writers == 1) continue;
      if (!MatchesName(state, kForAnother) || goroutines[row].is_leaked) return;
      waiting.push_back(row);
    }
    if (writers != 1 || waiting.empty() || !seen.source.dump->crashes.empty()) return;
    const std::vector<GoroutineGroup> groups = GroupGoroutines(seen.source, GroupBy::kStack);
    const auto largest = std::find_if(groups.begin(), groups.end(), [&](const GoroutineGroup& group) {
      return std::binary_search(waiting.begin(), waiting.end(), group.first_row);
    });
    RuleRun::Evidence evidence = OfGroup(seen, static_cast<int64_t>(waiting.size()), largest->first_row,
                                         FunctionsOf(seen.source, largest->first_row));
    const bool lasts = LeastWait(*seen.source.dump, waiting) > 0;
    evidence.confidence = lasts ? Certainty::kMedium : Certainty::kLow;
    if (lasts) evidence.urgency = Urgency::kMedium;
    run->Report(std::move(evidence));
  });
}

void CheckConvoy(RuleRun* run) {
  constexpr std::array<std::string_view, 4> kStates = {"sync.Mutex.Lock*", "sync.RWMutex.*", "semacquire*",
                                                       "sync.Mutex*"};
  constexpr std::array<std::string_view, 4> kLocks = {"sync.(*Mutex).Lock*", "sync.(*Mutex).lock*",
                                                      "sync.(*RWMutex).Lock*", "sync.(*RWMutex).RLock*"};
  ForEachSource(run, [&](const Seen& seen) {
    ReportLargestGroup(run, seen, [&](const GoroutineGroup& group, const std::vector<std::string_view>& stack) {
      return IsWaiting(seen.source, group.first_row, stack, kStates, kLocks) && HasFunction(stack, kLocks);
    });
  });
}

void CheckFewConsumers(RuleRun* run) {
  constexpr std::array<std::string_view, 1> kStates = {"chan send"};
  constexpr std::array<std::string_view, 1> kFrames = {"runtime.chansend*"};
  ForEachSource(run, [&](const Seen& seen) {
    ReportLargestGroup(run, seen, [&](const GoroutineGroup& group, const std::vector<std::string_view>& stack) {
      return IsWaiting(seen.source, group.first_row, stack, kStates, kFrames);
    });
  });
}

void CheckBlockedSyscalls(RuleRun* run) {
  // One goroutine waits for signals in every program that asks for them.
  constexpr std::array<std::string_view, 1> kSignals = {"os/signal.*"};
  ForEachDump(run, [&](const Seen& seen) {
    int64_t calling = 0;
    const GoroutineGroup* largest = nullptr;
    const std::vector<GoroutineGroup> groups = GroupGoroutines(seen.source, GroupBy::kStack);
    for (const GoroutineGroup& group : groups) {
      const bool calls = StateOf(seen.source, group.first_row) == "syscall";
      if (!calls || HasFunction(FunctionsOf(seen.source, group.first_row), kSignals)) continue;
      if (largest == nullptr) largest = &group;
      calling += group.count;
    }
    if (largest == nullptr) return;
    run->Report(OfGroup(seen, calling, largest->first_row, FunctionsOf(seen.source, largest->first_row)));
  });
}

void CheckNetworkWait(RuleRun* run) {
  constexpr std::array<std::string_view, 1> kStates = {"IO wait*"};
  constexpr std::array<std::string_view, 1> kFrames = {"internal/poll.runtime_pollWait"};
  // Idle connections and listeners wait because there is nothing to do.
  constexpr std::array<std::string_view, 4> kIdle = {"net.(*netFD).accept", "net/http.(*connReader).*",
                                                     "net/http.(*persistConn).*", "net/http.(*http2*"};
  constexpr double kFewest = 10;
  ForEachSource(run, [&](const Seen& seen) {
    int64_t waiting = 0;
    const GoroutineGroup* largest = nullptr;
    const std::vector<GoroutineGroup> groups = GroupGoroutines(seen.source, GroupBy::kStack);
    for (const GoroutineGroup& group : groups) {
      const std::vector<std::string_view> stack = FunctionsOf(seen.source, group.first_row);
      if (!IsWaiting(seen.source, group.first_row, stack, kStates, kFrames) || HasFunction(stack, kIdle)) continue;
      if (largest == nullptr) largest = &group;
      waiting += group.count;
    }
    if (largest == nullptr || static_cast<double>(waiting) < kFewest) return;
    RuleRun::Evidence evidence =
        OfGroup(seen, waiting, largest->first_row, FunctionsOf(seen.source, largest->first_row));
    const int64_t all = CountGoroutines(seen.source);
    evidence.value = static_cast<double>(waiting) / static_cast<double>(all);
    evidence.parameters.emplace_back("all", std::to_string(all));
    run->Report(std::move(evidence));
  });
}

void CheckHttpConnections(RuleRun* run) {
  ForEachSource(run, [&](const Seen& seen) {
    ReportLargestGroup(run, seen, [&](const GoroutineGroup&, const std::vector<std::string_view>& stack) {
      return HasFunction(stack, run->rule().names);
    });
  });
}

}  // namespace flametrail
