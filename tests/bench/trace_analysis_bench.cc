// Analyses of a trace, one by one: 100 goroutines on 8 Ps that run, wait for a lock, are woken by each other and run
// again, three spans a turn. The argument is the number of spans; time must grow as it does.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "core/analysis/trace/contention.h"
#include "core/analysis/trace/critical_path.h"
#include "core/analysis/trace/goroutine_stats.h"
#include "core/analysis/trace/sched_waits.h"
#include "core/analysis/trace/state_flame.h"
#include "core/analysis/trace/state_profile.h"
#include "core/analysis/trace/state_totals.h"
#include "core/model/trace/trace_builder.h"

namespace flametrail {
namespace {

constexpr uint64_t kGoroutines = 100;
constexpr uint64_t kProcs = 8;

std::unique_ptr<Trace> MakeTrace(uint64_t spans) {
  auto trace = std::make_unique<Trace>();
  trace->version = 23;
  TraceBuilder builder(trace.get());
  const LocationId lock = builder.Frame(0x1000, builder.Text("sync.(*Mutex).Lock"), builder.Text("mutex.go"), 1);
  const LocationId main = builder.Frame(0x2000, builder.Text("main.work"), builder.Text("main.go"), 2);
  const std::vector<LocationId> frames = {lock, main};
  const StackId stack = builder.Stack(frames);
  const uint16_t reason = builder.Reason(builder.Text("sync"));
  int64_t now = 0;
  builder.Sync(now++, std::nullopt);
  builder.AddMetric(now++, {}, Metric::kGomaxprocs, kProcs, StackTable::kEmpty);
  std::vector<GoroutineIndex> goroutines;
  for (uint64_t i = 0; i < kGoroutines; ++i) {
    goroutines.push_back(builder.AddGoroutine(i + 1));
    builder.GoTransition(now++, {}, goroutines.back(), GoState::kUndetermined, GoState::kRunnable, 0,
                         StackTable::kEmpty, StackTable::kEmpty);
  }
  for (uint64_t turn = 0; turn < spans / 3; ++turn) {
    const GoroutineIndex g = goroutines[turn % kGoroutines], waker = goroutines[(turn + 1) % kGoroutines];
    EventContext context;
    context.thread = builder.Thread(turn % kProcs);
    context.proc = builder.Proc(turn % kProcs);
    now += 100;
    builder.GoTransition(now, context, g, GoState::kRunnable, GoState::kRunning, 0, StackTable::kEmpty,
                         StackTable::kEmpty);
    context.goroutine = g;
    builder.GoTransition(now + 40, context, g, GoState::kRunning, GoState::kWaiting, reason, stack, stack);
    context.goroutine = waker;
    builder.GoTransition(now + 70, context, g, GoState::kWaiting, GoState::kRunnable, 0, stack, StackTable::kEmpty);
  }
  builder.Sync(now + 1000, std::nullopt);
  return trace;
}

template <typename Analysis>
void Run(benchmark::State& state, Analysis analysis) {
  const std::unique_ptr<Trace> trace = MakeTrace(static_cast<uint64_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(analysis(*trace));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void BM_GoroutineStats(benchmark::State& state) {
  Run(state, [](const Trace& trace) { return GoroutineStats(trace, TraceScope(), StatsRules::kExact); });
}
void BM_StateTotals(benchmark::State& state) {
  Run(state, [](const Trace& trace) { return SumStates(trace, TraceScope()); });
}
void BM_SchedProfile(benchmark::State& state) {
  Run(state, [](const Trace& trace) {
    return StateProfile(trace, TraceProfileKind::kSched, Lifetimes(trace, TraceScope()), ProfileRules::kExact);
  });
}
void BM_StateFlame(benchmark::State& state) {
  Run(state, [](const Trace& trace) { return StateFlame(trace, TraceScope(), StateFlameOptions()); });
}
void BM_SchedWaits(benchmark::State& state) {
  Run(state, [](const Trace& trace) { return ExplainSchedWaits(trace, TraceScope(), 100); });
}
void BM_Contention(benchmark::State& state) {
  Run(state, [](const Trace& trace) { return MapContention(trace, TraceScope(), false); });
}
void BM_CriticalPath(benchmark::State& state) {
  Run(state, [](const Trace& trace) { return FindCriticalPath(trace, GoroutineIndex(0u), 0, trace.end); });
}

BENCHMARK(BM_GoroutineStats)->Arg(100000)->Arg(1000000);
BENCHMARK(BM_StateTotals)->Arg(100000)->Arg(1000000);
BENCHMARK(BM_SchedProfile)->Arg(100000)->Arg(1000000);
BENCHMARK(BM_StateFlame)->Arg(100000)->Arg(1000000);
BENCHMARK(BM_SchedWaits)->Arg(100000)->Arg(1000000);
BENCHMARK(BM_Contention)->Arg(100000)->Arg(1000000);
BENCHMARK(BM_CriticalPath)->Arg(100000)->Arg(1000000);

}  // namespace
}  // namespace flametrail
