// Durations in buckets that grow by the fifth root of ten, as `go tool trace` draws latencies.
#ifndef CORE_ANALYSIS_TRACE_LATENCY_HISTOGRAM_H_
#define CORE_ANALYSIS_TRACE_LATENCY_HISTOGRAM_H_

#include <cstdint>
#include <vector>

namespace flametrail {

// 5 buckets a decade. Bucket b holds 10^(b/5) <= ns < 10^((b+1)/5), bucket 0 also what is below 1. Exact: Go computes
// with logarithms in floating point and puts some powers of ten one bucket too low.
class LatencyHistogram {
 public:
  static constexpr uint32_t kBuckets = 95;  // the last one takes all from 6.3e18 on

  void Add(uint64_t ns);
  static uint32_t BucketOf(uint64_t ns);
  // 10^(bucket/5), rounded down.
  static uint64_t LowerEdge(uint32_t bucket);

  // From the first to the last bucket that holds something; empty: nothing was added.
  uint32_t first_bucket() const { return first_; }
  const std::vector<uint64_t>& counts() const { return counts_; }
  uint64_t count() const { return total_; }
  uint64_t sum_ns() const { return sum_; }
  uint64_t max_ns() const { return max_; }

 private:
  uint32_t first_ = 0;
  std::vector<uint64_t> counts_;
  uint64_t total_ = 0;
  uint64_t sum_ = 0;
  uint64_t max_ = 0;
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_LATENCY_HISTOGRAM_H_
