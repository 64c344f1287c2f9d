// Counters over the whole trace: what stands above the lanes.
#ifndef CORE_ANALYSIS_TRACE_TIMELINE_STRIP_H_
#define CORE_ANALYSIS_TRACE_TIMELINE_STRIP_H_

#include <vector>

#include "core/model/trace/trace.h"

namespace flametrail {

// By bucket of bucket_ns, from Trace::origin on. Same names and order as web/src/protocol/trace.ts.
struct StripColumns {
  static constexpr uint64_t kMaxBuckets = 4096;

  double bucket_ns = 0;  // a power of two
  // Goroutines in a state, on average over the bucket (of the last one: over all of it, though the trace ends in it).
  std::vector<double> running;
  std::vector<double> runnable;
  std::vector<double> syscall;
  std::vector<double> waiting;
  // Bytes: the largest in the bucket; where none was told in it, the last one before. 0: none yet.
  std::vector<double> heap;
  std::vector<double> goal;
  std::vector<double> procs;  // GOMAXPROCS; where the trace does not tell it, how many Ps it has
};

StripColumns CountStrip(const Trace& trace);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_TIMELINE_STRIP_H_
