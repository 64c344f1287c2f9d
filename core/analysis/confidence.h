// How sure the values of a sampled profile are: 95 % intervals of frames, and whether a difference is more than noise.
//
// An estimate is a sum of sampled values, each standing for some events and weighing value / events. What was recorded
// itself is certain (of a large allocation nearly all of it, of a CPU tick nothing); the rest is a weighted sum of
// Poisson counts and gets the gamma interval of Fay & Feuer 1997 (Statistics in Medicine 16), which is Garwood's exact
// one where all events weigh the same. Two estimates are compared by the interval of their difference made of both
// (Zou & Donner 2008, Statistics in Medicine 27); of two counts it decides like the exact binomial test to one event.
//
// Ticks are taken for independent, and contentions within one sample for equally long: neither is in the file.
#ifndef CORE_ANALYSIS_CONFIDENCE_H_
#define CORE_ANALYSIS_CONFIDENCE_H_

#include <cstdint>
#include <vector>

#include "core/analysis/frame_table.h"
#include "core/analysis/poisson.h"
#include "core/analysis/sampling.h"
#include "core/analysis/stack_weights.h"

namespace flametrail {

struct Estimate {
  double value = 0;
  int64_t events = 0;   // that the sampler recorded
  double certain = 0;   // the part of |value| that these events are themselves
  double variance = 0;  // of the rest
  double next = 0;      // the most that one event more would have added to the rest
};

// `signs_mix`: values of both signs are in the sum, so the interval is the normal one, value +- 1.96 deviations.
Interval EstimateInterval(const Estimate& estimate, bool signs_mix = false);

// Of after.value - before.value. Zero outside of it: the difference is significant. An estimate without events may
// still miss some: they would weigh what the other's weigh.
Interval DifferenceInterval(const Estimate& before, const Estimate& after);

// A row for each FrameId in its order, values in the profile's own units. Of a comparison (samples of its base are
// labelled, report.h kBaseKey) values are differences, events those of both sides, and `*_significant` is 1 where 0 is
// outside of the interval; else it is 0. Frames without weight are all 0.
struct ConfidenceColumns {
  SamplingKind kind = SamplingKind::kUnknown;  // kUnknown, kComplete: intervals are the values themselves
  bool is_comparison = false;
  int64_t events = 0;  // of the whole profile
  std::vector<uint32_t> frame;
  std::vector<double> flat;
  std::vector<double> flat_low;
  std::vector<double> flat_high;
  std::vector<double> flat_events;
  std::vector<uint8_t> flat_significant;
  std::vector<double> cum;
  std::vector<double> cum_low;
  std::vector<double> cum_high;
  std::vector<double> cum_events;
  std::vector<uint8_t> cum_significant;
};

// What Confidence is made from, to be added up over several profiles and scaled. By FrameId.
struct FrameEstimates {
  SamplingKind kind = SamplingKind::kUnknown;  // kUnknown: there are no estimates, as nothing tells the counts
  std::vector<Estimate> flat;
  std::vector<Estimate> cum;
};

// kUnknown also of a profile that holds a comparison or values of both signs: its sums are no sums of counts. The flat
// values of frames with a 1 in `is_squashed` (by FrameId, or empty) are those of the nearest frame above without one.
FrameEstimates EstimateFrames(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                              size_t sample_type, const std::vector<uint8_t>& is_squashed = {});

// Of the sum of two independent values; of the value times a known factor (> 0).
Estimate Sum(const Estimate& a, const Estimate& b);
Estimate Scale(const Estimate& estimate, double factor);

// `weights`: of the same profile and type.
ConfidenceColumns Confidence(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                             size_t sample_type);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_CONFIDENCE_H_
