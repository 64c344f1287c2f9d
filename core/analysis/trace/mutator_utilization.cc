#include "core/analysis/trace/mutator_utilization.h"

#include <algorithm>

#include "core/analysis/trace/utilization_steps.h"

namespace flametrail {
namespace {

// More Ps than this are a faulty file: Go's own limit was 1024 until 1.10, and machines have fewer.
constexpr uint64_t kMaxProcs = uint64_t{1} << 14;
// Points of all series together; each stop-the-world adds two for each P.
constexpr size_t kMaxPoints = size_t{1} << 25;

// How many Ps are busy with collecting, by number, below any number: a Fenwick tree.
class BusyProcs {
 public:
  BusyProcs() : depth_(kMaxProcs, 0), tree_(kMaxProcs + 1, 0) {}

  void Add(uint64_t proc, int delta) {
    const bool was = depth_[proc] > 0;
    depth_[proc] += delta;
    const int change = (depth_[proc] > 0 ? 1 : 0) - (was ? 1 : 0);
    if (change == 0) return;
    for (uint64_t i = proc + 1; i <= kMaxProcs; i += i & (~i + 1)) tree_[i] += change;
  }
  bool IsBusy(uint64_t proc) const { return depth_[proc] > 0; }
  int Below(uint64_t proc) const {
    int sum = 0;
    for (uint64_t i = proc; i > 0; i -= i & (~i + 1)) sum += tree_[i];
    return sum;
  }

 private:
  std::vector<int> depth_;
  std::vector<int> tree_;
};

// Applies steps to the series of all Ps, or of each.
class Accountant {
 public:
  // `keeps_least`: of several values at one time the least holds on behind it, although a later one replaced it.
  // Times less than `same_time` apart are one.
  Accountant(bool per_proc, bool keeps_least, TraceTime same_time)
      : per_proc_(per_proc), keeps_least_(keeps_least), same_time_(same_time) {}

  std::vector<UtilizationSeries> Run(const std::vector<UtilizationStep>& steps, TraceTime end) {
    TraceTime time = steps.empty() ? 0 : steps.front().time;
    for (UtilizationStep step : steps) {
      if (step.time - time >= same_time_) time = step.time;
      step.time = time;
      Apply(step);
      if (points_ > kMaxPoints) break;
    }
    for (const uint32_t series : series_of_) AddPoint(&out_[series], end, 0);
    return std::move(out_);
  }

 private:
  void Apply(const UtilizationStep& step) {
    switch (step.kind) {
      case StepKind::kProcCount:
        SetProcs(step.time, std::min(step.value, kMaxProcs));
        break;
      case StepKind::kStopTheWorld:
        stopped_ += step.delta;
        break;
      case StepKind::kLook:
        break;
      case StepKind::kProc:
        if (step.value >= kMaxProcs) return;
        busy_.Add(step.value, step.delta);
        break;
    }
    if (procs_ == 0) return;
    if (!per_proc_) {
      const auto all = static_cast<double>(procs_);
      const double taken = stopped_ > 0 ? all : static_cast<double>(busy_.Below(procs_));
      AddPoint(&out_[0], step.time, 1 - taken / all);
      return;
    }
    if (step.kind == StepKind::kProc) {
      if (step.value < procs_) AddOne(step.value, step.time);
      return;
    }
    for (uint64_t proc = 0; proc < procs_; ++proc) AddOne(proc, step.time);
  }

  void AddPoint(UtilizationSeries* series, TraceTime time, double value) const {
    if (!series->empty()) {
      if (series->back().value == value) return;
      if (series->back().time == time) {
        series->back().value = keeps_least_ ? std::min(series->back().value, value) : value;
        return;
      }
    }
    series->push_back({time, value});
  }

  void AddOne(uint64_t proc, TraceTime time) {
    AddPoint(&out_[series_of_[proc]], time, stopped_ > 0 || busy_.IsBusy(proc) ? 0 : 1);
    ++points_;
  }

  void SetProcs(TraceTime time, uint64_t count) {
    if (per_proc_) {
      for (uint64_t proc = count; proc < procs_; ++proc) AddPoint(&out_[series_of_[proc]], time, 0);
      series_of_.resize(std::min<size_t>(series_of_.size(), count));
    }
    while (series_of_.size() < (per_proc_ ? count : 1)) {
      series_of_.push_back(static_cast<uint32_t>(out_.size()));
      out_.push_back({{time, 1}});
    }
    procs_ = count;
  }

  const bool per_proc_;
  const bool keeps_least_;
  const TraceTime same_time_;
  uint64_t procs_ = 0;
  int stopped_ = 0;
  BusyProcs busy_;
  std::vector<uint32_t> series_of_;  // by P; one for all unless per_proc_
  std::vector<UtilizationSeries> out_;
  size_t points_ = 0;
};

// Integral of a series from its beginning to a time that only grows.
class Integral {
 public:
  Integral(const UtilizationSeries& series, const std::vector<double>& sums) : series_(series), sums_(sums) {}

  double To(TraceTime time) {
    while (at_ + 1 < series_.size() && series_[at_ + 1].time <= time) ++at_;
    return sums_[at_] + static_cast<double>(time - series_[at_].time) * series_[at_].value;
  }
  // When the utilization changes next.
  TraceTime Next() const { return at_ + 1 < series_.size() ? series_[at_ + 1].time : kNoTime; }

 private:
  const UtilizationSeries& series_;
  const std::vector<double>& sums_;
  size_t at_ = 0;
};

std::vector<double> Sums(const UtilizationSeries& series) {
  std::vector<double> sums(series.size(), 0.0);
  for (size_t i = 1; i < series.size(); ++i) {
    sums[i] = sums[i - 1] + series[i - 1].value * static_cast<double>(series[i].time - series[i - 1].time);
  }
  return sums;
}

TraceTime Length(const UtilizationSeries& series) {
  return series.empty() ? 0 : series.back().time - series.front().time;
}

// Calls visit(start, mean) at each position where an edge of the window meets a change, in time order: between two
// such positions the mean is linear, so extremes are at them. Goes on at the start that `visit` gives, or later.
template <typename Visit>
void ForEachPosition(const UtilizationSeries& series, uint64_t window, Visit visit) {
  if (Length(series) == 0) return;
  window = std::min<uint64_t>(window, Length(series));
  const std::vector<double> sums = Sums(series);
  Integral left(series, sums), right(series, sums);
  const TraceTime last = series.back().time - window;
  for (TraceTime start = series.front().time;;) {
    const double mean = (right.To(start + window) - left.To(start)) / static_cast<double>(window);
    const TraceTime not_before = visit(start, mean);
    if (start >= last) return;
    const TraceTime right_change = right.Next() == kNoTime ? kNoTime : right.Next() - window;
    start = std::min(std::max(std::min(left.Next(), right_change), not_before), last);
  }
}

}  // namespace

std::vector<UtilizationSeries> MutatorUtilization(const Trace& trace, const UtilizationFlags& flags,
                                                  UtilizationRules rules) {
  const bool as_go = rules != UtilizationRules::kExact;
  return Accountant(flags.per_proc, as_go, SameTime(trace, rules))
      .Run(UtilizationSteps(trace, flags, rules), trace.end);
}

std::vector<UtilizationSeries> CutSeries(const std::vector<UtilizationSeries>& series, TraceTime from, TraceTime to) {
  std::vector<UtilizationSeries> cut;
  for (const UtilizationSeries& one : series) {
    if (one.empty() || one.front().time >= to || one.back().time <= from) continue;
    UtilizationSeries& part = cut.emplace_back();
    for (const UtilizationPoint& point : one) {
      if (point.time >= to) break;
      if (point.time <= from) part.clear();
      part.push_back({std::max(point.time, from), point.value});
    }
    if (to < one.back().time) part.push_back({to, part.back().value});
  }
  return cut;
}

double MeanUtilization(const UtilizationSeries& series) {
  const TraceTime length = Length(series);
  return length == 0 ? 0 : Sums(series).back() / static_cast<double>(length);
}

double MinimumUtilization(std::span<const UtilizationSeries> series, uint64_t window) {
  double least = 1;
  for (const UtilizationSeries& one : series) {
    ForEachPosition(one, window, [&](TraceTime start, double mean) {
      least = std::min(least, mean);
      // The mean falls by at most 1 / window a nanosecond.
      return start + static_cast<TraceTime>(std::max(0.0, mean - least) * static_cast<double>(window));
    });
  }
  return std::max(least, 0.0);
}

std::vector<double> UtilizationQuantiles(std::span<const UtilizationSeries> series, uint64_t window,
                                         std::span<const double> quantiles) {
  // Between two positions the mean goes evenly from one value to the other: the time between them lies evenly on the
  // values between. `change` of the density at `value`; `mass` that lies on the value itself.
  struct Edge {
    double value;
    double change;
    double mass;
  };
  std::vector<Edge> edges;
  double total = 0;
  for (const UtilizationSeries& one : series) {
    TraceTime before = kNoTime;
    double before_mean = 0;
    ForEachPosition(one, window, [&](TraceTime start, double mean) {
      if (before != kNoTime && start > before) {
        const auto mass = static_cast<double>(start - before);
        const double low = std::min(mean, before_mean), high = std::max(mean, before_mean);
        total += mass;
        if (high - low < 1e-12) {
          edges.push_back({low, 0, mass});
        } else {
          edges.push_back({low, mass / (high - low), 0});
          edges.push_back({high, -mass / (high - low), 0});
        }
      }
      before = start;
      before_mean = mean;
      return start + 1;
    });
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
    if (a.value != b.value) return a.value < b.value;
    return a.change != b.change ? a.change < b.change : a.mass < b.mass;
  });
  std::vector<double> out;
  double sum = 0, density = 0, value = edges.empty() ? MinimumUtilization(series, window) : edges.front().value;
  size_t at = 0;
  for (const double quantile : quantiles) {
    const double wanted = quantile * total;
    double answer = value;
    while (at < edges.size()) {
      const double step = (edges[at].value - value) * density;
      if (sum + step >= wanted && density > 0) break;
      sum += step;
      value = edges[at].value;
      density = std::max(0.0, density + edges[at].change);
      sum += edges[at].mass;
      ++at;
      if (sum >= wanted) break;
    }
    answer = value;
    if (sum < wanted && density > 0) answer = value + (wanted - sum) / density;
    out.push_back(std::clamp(answer, 0.0, 1.0));
  }
  return out;
}

std::vector<WorstWindow> WorstWindows(std::span<const UtilizationSeries> series, uint64_t window, size_t count) {
  std::vector<WorstWindow> candidates;
  for (uint32_t i = 0; i < series.size(); ++i) {
    ForEachPosition(series[i], window, [&](TraceTime start, double mean) {
      candidates.push_back({i, start, std::max(mean, 0.0)});
      return start + 1;
    });
  }
  std::sort(candidates.begin(), candidates.end(), [](const WorstWindow& a, const WorstWindow& b) {
    if (a.utilization != b.utilization) return a.utilization < b.utilization;
    return a.series != b.series ? a.series < b.series : a.start < b.start;
  });
  std::vector<WorstWindow> worst;
  for (const WorstWindow& candidate : candidates) {
    if (worst.size() >= count) break;
    const bool is_free = std::none_of(worst.begin(), worst.end(), [&](const WorstWindow& other) {
      const TraceTime apart = std::max(candidate.start, other.start) - std::min(candidate.start, other.start);
      return candidate.series == other.series && apart < window;
    });
    if (is_free) worst.push_back(candidate);
  }
  return worst;
}

std::vector<uint64_t> PlotWindows(std::span<const UtilizationSeries> series) {
  constexpr size_t kWindows = 100;
  constexpr double kNearZero = 0.0001;
  uint64_t least = 1000000000;
  while (least > 1 && MinimumUtilization(series, least) >= kNearZero) least /= 1000;
  uint64_t length = 0;
  for (const UtilizationSeries& one : series) length = std::max<uint64_t>(length, Length(one));
  const uint64_t most = std::max<uint64_t>(std::min(least * 1000000, length), least);
  // most / least in 99 equal steps of the logarithm; the root by bisection, as libraries' pow differ in the last bits.
  const double ratio = static_cast<double>(most) / static_cast<double>(least);
  double low = 1, high = ratio;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    double power = 1;
    for (size_t k = 1; k < kWindows && power <= ratio; ++k) power *= middle;
    (power <= ratio ? low : high) = middle;
  }
  std::vector<uint64_t> windows;
  double window = static_cast<double>(least);
  for (size_t i = 0; i + 1 < kWindows; ++i, window *= low) windows.push_back(static_cast<uint64_t>(window));
  windows.push_back(most);
  return windows;
}

}  // namespace flametrail
