#include "core/analysis/trace/latency_histogram.h"

#include <algorithm>
#include <array>

namespace flametrail {
namespace {

constexpr uint32_t kPerDecade = 5;
// 10^(r/5) * 10^18, rounded down; r = 0..4.
constexpr std::array<uint64_t, kPerDecade> kRoots = {1000000000000000000ull, 1584893192461113485ull,
                                                     2511886431509580111ull, 3981071705534972507ull,
                                                     6309573444801932494ull};

// floor(10^(b/5)).
constexpr std::array<uint64_t, LatencyHistogram::kBuckets> MakeEdges() {
  std::array<uint64_t, LatencyHistogram::kBuckets> edges = {};
  for (uint32_t b = 0; b < edges.size(); ++b) {
    uint64_t scale = 1000000000000000000ull;
    for (uint32_t decade = 0; decade < b / kPerDecade; ++decade) scale /= 10;
    edges[b] = kRoots[b % kPerDecade] / scale;
  }
  return edges;
}

constexpr auto kEdges = MakeEdges();

// The first whole number that is in bucket b or above: the fifth roots between the powers of ten are irrational.
constexpr uint64_t FirstOf(uint32_t b) { return kEdges[b] + (b % kPerDecade == 0 ? 0 : 1); }

}  // namespace

uint32_t LatencyHistogram::BucketOf(uint64_t ns) {
  uint32_t low = 0, high = kBuckets - 1;
  while (low < high) {
    const uint32_t middle = (low + high + 1) / 2;
    if (FirstOf(middle) <= ns) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

uint64_t LatencyHistogram::LowerEdge(uint32_t bucket) { return kEdges[bucket]; }

void LatencyHistogram::Add(uint64_t ns) {
  const uint32_t bucket = BucketOf(ns);
  if (counts_.empty()) first_ = bucket;
  if (bucket < first_) {
    counts_.insert(counts_.begin(), first_ - bucket, 0);
    first_ = bucket;
  }
  if (bucket - first_ >= counts_.size()) counts_.resize(bucket - first_ + 1, 0);
  ++counts_[bucket - first_];
  ++total_;
  sum_ += ns;
  max_ = std::max(max_, ns);
}

}  // namespace flametrail
