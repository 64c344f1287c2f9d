#include "core/analysis/confidence.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "core/analysis/graph.h"
#include "core/analysis/report.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

constexpr double kDeviations = 1.959963984540054;
// Variances are summed as integers, so that their sums do not hang on any order: parts of 2^60 of the whole.
constexpr double kVarianceParts = 1152921504606846976.0;

Interval Mirror(const Interval& interval) { return {-interval.high, -interval.low}; }

constexpr double kTail = 0.025;

// What one side of a comparison (or the whole profile) recorded, per stack and then per frame.
class SampledSums {
 public:
  explicit SampledSums(size_t stacks) {
    for (StackWeights* weights : {&values_, &events_, &certain_, &variance_}) weights->self.assign(stacks, 0);
    next_.assign(stacks, 0);
  }

  void Add(StackId stack, int64_t value, const RawSample& raw, double variance_scale) {
    const double weight = static_cast<double>(value) / static_cast<double>(raw.events);
    const double events = static_cast<double>(Magnitude(raw.events));
    AddTo(&values_, stack, value);
    AddTo(&events_, stack, Magnitude(raw.events));
    AddTo(&certain_, stack, TruncateToInt64(std::round(std::fabs(static_cast<double>(value)) * raw.probability)));
    const double variance = weight * weight * events * (1 - raw.probability);
    AddTo(&variance_, stack, TruncateToInt64(std::round(variance * variance_scale)));
    variance_unit_ = 1 / variance_scale;
    double& next = next_[stack.index()];
    next = std::max(next, std::fabs(weight) * (1 - raw.probability));
    (value < 0 ? has_negative_ : has_positive_) = true;
  }

  // `owners`: by stack, the frame that its own value is of.
  void SumOverFrames(const StackTable& stacks, const FrameTable& frames, const StackWalk& walk,
                     const std::vector<FrameId>& owners) {
    value_sums_ = SumFrames(stacks, frames, values_, walk);
    event_sums_ = SumFrames(stacks, frames, events_, walk);
    certain_sums_ = SumFrames(stacks, frames, certain_, walk);
    variance_sums_ = SumFrames(stacks, frames, variance_, walk);
    SumFlat(owners, values_, &value_sums_.flat);
    SumFlat(owners, events_, &event_sums_.flat);
    SumFlat(owners, certain_, &certain_sums_.flat);
    SumFlat(owners, variance_, &variance_sums_.flat);
    FindNext(stacks, frames, owners);
  }

  Estimate Of(size_t frame, std::vector<int64_t> FrameSums::*column) const {
    return {static_cast<double>((value_sums_.*column)[frame]), (event_sums_.*column)[frame],
            static_cast<double>((certain_sums_.*column)[frame]),
            static_cast<double>((variance_sums_.*column)[frame]) * variance_unit_,
            (column == &FrameSums::flat ? flat_next_ : cum_next_)[frame]};
  }
  bool signs_mix() const { return has_negative_ && has_positive_; }

 private:
  static void SumFlat(const std::vector<FrameId>& owners, const StackWeights& weights, std::vector<int64_t>* flat) {
    flat->assign(flat->size(), 0);
    for (size_t stack = 1; stack < owners.size(); ++stack) {
      if (owners[stack].is_none()) continue;
      int64_t& sum = (*flat)[owners[stack].index()];
      sum = WrapAdd(sum, weights.self[stack]);
    }
  }
  // The largest of each frame's own stacks, and of those at and below its stacks.
  void FindNext(const StackTable& stacks, const FrameTable& frames, const std::vector<FrameId>& owners) {
    flat_next_.assign(frames.size(), 0);
    cum_next_.assign(frames.size(), 0);
    std::vector<double> below = next_;
    for (size_t stack = stacks.size(); stack-- > 1;) {
      double& parent = below[stacks.parent[stack].index()];
      parent = std::max(parent, below[stack]);
      const std::span<const FrameId> own = frames.FramesOf(stacks.location[stack]);
      for (const FrameId frame : own) cum_next_[frame.index()] = std::max(cum_next_[frame.index()], below[stack]);
      if (owners[stack].is_none()) continue;
      double& flat = flat_next_[owners[stack].index()];
      flat = std::max(flat, next_[stack]);
    }
  }
  static void AddTo(StackWeights* weights, StackId stack, int64_t value) {
    int64_t& sum = weights->self[stack.index()];
    sum = WrapAdd(sum, value);
  }

  StackWeights values_, events_, certain_, variance_;
  FrameSums value_sums_, event_sums_, certain_sums_, variance_sums_;
  std::vector<double> next_, flat_next_, cum_next_;
  double variance_unit_ = 1;
  bool has_negative_ = false;
  bool has_positive_ = false;
};

// By stack: its innermost frame, or the nearest above that is not squashed; None: there is none.
std::vector<FrameId> FlatOwners(const StackTable& stacks, const FrameTable& frames,
                                const std::vector<uint8_t>& is_squashed) {
  std::vector<FrameId> owners(stacks.size(), FrameId::None());
  for (size_t stack = 1; stack < stacks.size(); ++stack) {
    owners[stack] = owners[stacks.parent[stack].index()];
    for (const FrameId frame : frames.FramesOf(stacks.location[stack])) {
      if (!is_squashed.empty() && is_squashed[frame.index()] != 0) continue;
      owners[stack] = frame;
      break;
    }
  }
  return owners;
}

double VarianceOf(int64_t value, const RawSample& raw) {
  const double amount = static_cast<double>(value);
  return amount * amount / static_cast<double>(Magnitude(raw.events)) * (1 - raw.probability);
}

struct ColumnSet {
  std::vector<double>* value;
  std::vector<double>* low;
  std::vector<double>* high;
  std::vector<double>* events;
  std::vector<uint8_t>* is_significant;

  void Resize(size_t size) const {
    for (auto* column : {value, low, high, events}) column->assign(size, 0);
    is_significant->assign(size, 0);
  }
  void Set(size_t row, double sum, const Interval& interval, int64_t event_sum) const {
    (*value)[row] = sum;
    (*low)[row] = interval.low;
    (*high)[row] = interval.high;
    (*events)[row] = static_cast<double>(event_sum);
  }
};

void FillExact(const std::vector<int64_t>& sums, const ColumnSet& columns) {
  for (size_t i = 0; i < sums.size(); ++i) {
    const auto value = static_cast<double>(sums[i]);
    columns.Set(i, value, {value, value}, 0);
  }
}

void FillSampled(const SampledSums& base, const SampledSums& rest, bool is_comparison,
                 std::vector<int64_t> FrameSums::*sums, const ColumnSet& columns) {
  for (size_t frame = 0; frame < columns.value->size(); ++frame) {
    const Estimate after = rest.Of(frame, sums);
    Estimate before = base.Of(frame, sums);
    const int64_t events = SaturateAdd(before.events, after.events);
    if (events == 0) continue;
    if (!is_comparison) {
      columns.Set(frame, after.value, EstimateInterval(after, rest.signs_mix()), events);
      continue;
    }
    before.value = -before.value;
    const Interval interval = DifferenceInterval(before, after);
    columns.Set(frame, after.value - before.value, interval, events);
    (*columns.is_significant)[frame] = interval.low > 0 || interval.high < 0;
  }
}

struct RawSamples {
  std::vector<RawSample> samples;
  int64_t events = 0;
  double variance_scale = 1;  // for SampledSums::Add
};

RawSamples RecoverRawSamples(const Profile& profile, const SamplingModel& model, size_t sample_type) {
  RawSamples raw;
  const std::vector<int64_t>& values = profile.samples.values[sample_type];
  raw.samples.resize(values.size());
  double variance = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    raw.samples[i] = RecoverRawSample(profile, model, i);
    if (raw.samples[i].events == 0) continue;
    variance += VarianceOf(values[i], raw.samples[i]);
    raw.events = SaturateAdd(raw.events, Magnitude(raw.samples[i].events));
  }
  if (variance > 0) raw.variance_scale = kVarianceParts / variance;
  return raw;
}

// Every unit of a value was seen for certain.
RawSamples CompleteSamples(const Profile& profile, size_t sample_type) {
  RawSamples raw;
  for (const int64_t value : profile.samples.values[sample_type]) raw.samples.push_back({value, 1});
  return raw;
}

}  // namespace

Estimate Sum(const Estimate& a, const Estimate& b) {
  return {a.value + b.value, SaturateAdd(a.events, b.events), a.certain + b.certain, a.variance + b.variance,
          std::max(a.next, b.next)};
}

Estimate Scale(const Estimate& estimate, double factor) {
  return {estimate.value * factor, estimate.events, estimate.certain * factor, estimate.variance * factor * factor,
          estimate.next * factor};
}

Interval EstimateInterval(const Estimate& estimate, bool signs_mix) {
  if (signs_mix) {
    const double reach = kDeviations * std::sqrt(estimate.variance);
    return {estimate.value - reach, estimate.value + reach};
  }
  const double rest = std::max(std::fabs(estimate.value) - estimate.certain, 0.0);
  const double variance = estimate.variance;
  Interval interval = {estimate.certain, estimate.certain};
  if (rest > 0 && variance > 0) interval.low += GammaQuantile(rest * rest / variance, kTail) * variance / rest;
  const double next_rest = rest + estimate.next;
  const double next_variance = variance + estimate.next * estimate.next;
  if (next_variance > 0) {
    interval.high += GammaQuantile(next_rest * next_rest / next_variance, 1 - kTail) * next_variance / next_rest;
  }
  // Of nearly certain values the rest is more than its own quantile.
  interval.high = std::max(interval.high, std::fabs(estimate.value));
  return estimate.value < 0 ? Mirror(interval) : interval;
}

Interval DifferenceInterval(const Estimate& before, const Estimate& after) {
  const auto interval_of = [](const Estimate& estimate, const Estimate& other) {
    if (estimate.events != 0) return EstimateInterval(estimate);
    return Interval{0, PoissonInterval(0).high * other.next};
  };
  const Interval old_limits = interval_of(before, after);
  const Interval new_limits = interval_of(after, before);
  const double difference = after.value - before.value;
  return {difference - std::hypot(after.value - new_limits.low, old_limits.high - before.value),
          difference + std::hypot(new_limits.high - after.value, before.value - old_limits.low)};
}

ConfidenceColumns Confidence(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                             size_t sample_type) {
  ConfidenceColumns result;
  const ColumnSet flat = {&result.flat, &result.flat_low, &result.flat_high, &result.flat_events,
                          &result.flat_significant};
  const ColumnSet cum = {&result.cum, &result.cum_low, &result.cum_high, &result.cum_events, &result.cum_significant};
  result.frame.resize(frames.size());
  std::iota(result.frame.begin(), result.frame.end(), 0u);
  flat.Resize(frames.size());
  cum.Resize(frames.size());
  const SamplingModel model = FindSamplingModel(profile, sample_type);
  result.kind = model.kind;
  const StackWalk walk = WalkStacks(profile.stacks, weights);
  if (model.kind == SamplingKind::kUnknown || model.kind == SamplingKind::kComplete) {
    const FrameSums sums = SumFrames(profile.stacks, frames, weights, walk);
    FillExact(sums.flat, flat);
    FillExact(sums.cum, cum);
    return result;
  }

  const RawSamples raw = RecoverRawSamples(profile, model, sample_type);
  result.events = raw.events;
  const std::vector<int64_t>& values = profile.samples.values[sample_type];
  const std::vector<uint8_t> is_base = BaseLabelSets(profile);
  SampledSums base(profile.stacks.size());
  SampledSums rest(profile.stacks.size());
  for (size_t i = 0; i < values.size(); ++i) {
    if (raw.samples[i].events == 0) continue;
    const bool in_base = !is_base.empty() && is_base[profile.samples.labels[i].index()] != 0;
    result.is_comparison |= in_base;
    (in_base ? base : rest).Add(profile.samples.stack[i], values[i], raw.samples[i], raw.variance_scale);
  }
  const std::vector<FrameId> owners = FlatOwners(profile.stacks, frames, {});
  base.SumOverFrames(profile.stacks, frames, walk, owners);
  rest.SumOverFrames(profile.stacks, frames, walk, owners);
  FillSampled(base, rest, result.is_comparison, &FrameSums::flat, flat);
  FillSampled(base, rest, result.is_comparison, &FrameSums::cum, cum);
  return result;
}

FrameEstimates EstimateFrames(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                              size_t sample_type, const std::vector<uint8_t>& is_squashed) {
  FrameEstimates result;
  const SamplingModel model = FindSamplingModel(profile, sample_type);
  if (model.kind == SamplingKind::kUnknown || !BaseLabelSets(profile).empty()) return result;
  RawSamples raw;
  if (model.kind == SamplingKind::kComplete) {
    raw = CompleteSamples(profile, sample_type);
  } else {
    raw = RecoverRawSamples(profile, model, sample_type);
  }
  const std::vector<int64_t>& values = profile.samples.values[sample_type];
  SampledSums sums(profile.stacks.size());
  for (size_t i = 0; i < values.size(); ++i) {
    if (raw.samples[i].events == 0) continue;
    sums.Add(profile.samples.stack[i], values[i], raw.samples[i], raw.variance_scale);
  }
  if (sums.signs_mix()) return result;
  result.kind = model.kind;
  sums.SumOverFrames(profile.stacks, frames, WalkStacks(profile.stacks, weights),
                     FlatOwners(profile.stacks, frames, is_squashed));
  for (size_t frame = 0; frame < frames.size(); ++frame) {
    result.flat.push_back(sums.Of(frame, &FrameSums::flat));
    result.cum.push_back(sums.Of(frame, &FrameSums::cum));
  }
  return result;
}

}  // namespace flametrail
