// What GODEBUG=gctrace=1 and GODEBUG=schedtrace=N write to stderr. Source: Go's runtime/extern.go and mgc.go.
#ifndef CORE_MODEL_GC_LOG_H_
#define CORE_MODEL_GC_LOG_H_

#include <cstdint>
#include <vector>

namespace flametrail {

// gc 7 @0.123s 4%: 0.018+1.2+0.003 ms clock, 0.036+0.5/1.0/0.2+0.006 ms cpu, 4->5->2 MB, 5 MB goal, 8 P (forced)
struct GcCycle {
  uint64_t number = 0;
  int64_t start_ns = 0;           // since the program's start
  uint32_t percent = 0;           // of all CPU time so far that went into collections
  int64_t sweep_stop_ns = 0;      // stop-the-world that ends sweeping
  int64_t mark_ns = 0;            // concurrent mark, wall clock
  int64_t mark_stop_ns = 0;       // stop-the-world that ends marking
  int64_t assist_cpu_ns = 0;      // of goroutines that allocate
  int64_t background_cpu_ns = 0;  // of dedicated and fractional workers
  int64_t idle_cpu_ns = 0;        // of otherwise idle Ps
  uint64_t heap_begin_mb = 0;     // live and not yet collected at the begin
  uint64_t heap_end_mb = 0;       // at the end
  uint64_t live_mb = 0;           // marked
  uint64_t goal_mb = 0;
  uint32_t procs = 0;
  bool is_forced = false;  // runtime.GC, or two minutes passed
};

// SCHED 1009ms: gomaxprocs=2 idleprocs=0 threads=5 spinningthreads=0 idlethreads=2 runqueue=7 [0 1]
struct SchedState {
  int64_t time_ns = 0;
  uint32_t procs = 0;
  uint32_t idle_procs = 0;
  uint32_t threads = 0;
  uint32_t spinning_threads = 0;
  uint32_t idle_threads = 0;
  uint64_t global_queue = 0;
  uint64_t local_queues = 0;  // sum over Ps
};

struct GcLog {
  std::vector<GcCycle> cycles;
  std::vector<SchedState> sched;
};

}  // namespace flametrail

#endif  // CORE_MODEL_GC_LOG_H_
