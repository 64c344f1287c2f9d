#include "core/analysis/trace/timeline/strip.h"

#include <algorithm>
#include <cstdint>

#include "core/analysis/trace/scope.h"

namespace flametrail {
namespace {

// Sums of time by bucket. A stretch over many buckets costs two of them: the whole ones between are differences.
class BucketSums {
 public:
  BucketSums(uint32_t level, size_t buckets) : level_(level), parts_(buckets, 0), steps_(buckets + 1, 0) {}

  void Add(TraceTime start, TraceTime end) {
    if (end <= start) return;
    const size_t first = static_cast<size_t>(start >> level_), last = static_cast<size_t>((end - 1) >> level_);
    if (first == last) {
      parts_[first] += end - start;
      return;
    }
    parts_[first] += (TraceTime{first + 1} << level_) - start;
    parts_[last] += end - (TraceTime{last} << level_);
    ++steps_[first + 1];
    --steps_[last];
  }
  std::vector<double> Means() const {
    const double bucket = static_cast<double>(uint64_t{1} << level_);
    std::vector<double> means;
    means.reserve(parts_.size());
    int64_t whole = 0;
    for (size_t i = 0; i < parts_.size(); ++i) {
      whole += steps_[i];
      means.push_back(static_cast<double>(whole) + static_cast<double>(parts_[i]) / bucket);
    }
    return means;
  }

 private:
  const uint32_t level_;
  std::vector<uint64_t> parts_;
  std::vector<int64_t> steps_;
};

std::vector<double> Peaks(const Chunked<MetricSample>& samples, uint32_t level, size_t buckets) {
  std::vector<double> peaks(buckets, 0);
  double last = 0;
  size_t next = 0;
  for (size_t i = 0; i < buckets; ++i) {
    double peak = last;
    bool told = false;
    for (; next < samples.size() && samples[next].time >> level <= i; ++next) {
      last = static_cast<double>(samples[next].value);
      peak = told ? std::max(peak, last) : last;
      told = true;
    }
    peaks[i] = peak;
  }
  return peaks;
}

}  // namespace

StripColumns CountStrip(const Trace& trace) {
  uint32_t level = 0;
  while (trace.end >> level >= StripColumns::kMaxBuckets) ++level;
  const size_t buckets = static_cast<size_t>(trace.end >> level) + 1;
  std::vector<BucketSums> sums(kGoStates, BucketSums(level, buckets));
  for (size_t g = 0; g < trace.goroutines.size(); ++g) {
    ForEachSpan(trace, trace.goroutines[g],
                [&](uint32_t, const Span& span, TraceTime end) { sums[span.state].Add(span.start, end); });
  }
  const auto means = [&](GoState state) { return sums[static_cast<size_t>(state)].Means(); };
  StripColumns out;
  out.bucket_ns = static_cast<double>(uint64_t{1} << level);
  out.running = means(GoState::kRunning);
  out.runnable = means(GoState::kRunnable);
  out.syscall = means(GoState::kSyscall);
  const std::vector<double> blocked = means(GoState::kSyscallBlocked);
  for (size_t i = 0; i < buckets; ++i) out.syscall[i] += blocked[i];
  out.waiting = means(GoState::kWaiting);
  out.heap = Peaks(trace.metrics[static_cast<size_t>(Metric::kHeapObjects)], level, buckets);
  out.goal = Peaks(trace.metrics[static_cast<size_t>(Metric::kHeapGoal)], level, buckets);
  out.procs = Peaks(trace.metrics[static_cast<size_t>(Metric::kGomaxprocs)], level, buckets);
  const double untold = trace.first_gomaxprocs ? static_cast<double>(trace.first_gomaxprocs->value)
                                               : static_cast<double>(trace.procs.size());
  for (double& procs : out.procs) {
    if (procs == 0) procs = untold;
  }
  return out;
}

}  // namespace flametrail
