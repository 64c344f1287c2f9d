// "How much of a window was X": prefix sums over stretches of time, for questions asked once per span.
#ifndef CORE_ANALYSIS_TRACE_BUSY_TIME_H_
#define CORE_ANALYSIS_TRACE_BUSY_TIME_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/model/trace/trace.h"

namespace flametrail {

class BusyTime {
 public:
  // REQUIRES: end > start >= the end of the stretch before.
  void Add(TraceTime start, TraceTime end) {
    const uint64_t before = start_.empty() ? 0 : before_.back() + (end_.back() - start_.back());
    start_.push_back(start);
    end_.push_back(end);
    before_.push_back(before);
  }

  // Of [from, to). O(log stretches).
  uint64_t Within(TraceTime from, TraceTime to) const { return to > from ? Until(to) - Until(from) : 0; }

 private:
  uint64_t Until(TraceTime time) const {
    const auto after = std::upper_bound(start_.begin(), start_.end(), time);
    if (after == start_.begin()) return 0;
    const size_t i = static_cast<size_t>(after - start_.begin()) - 1;
    return before_[i] + (std::min(time, end_[i]) - start_[i]);
  }

  std::vector<TraceTime> start_;
  std::vector<TraceTime> end_;
  std::vector<uint64_t> before_;  // busy before the stretch
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_BUSY_TIME_H_
