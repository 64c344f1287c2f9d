// How the values of a profile were drawn, and how many events of the sampler stand behind each of them.
#ifndef CORE_ANALYSIS_SAMPLING_H_
#define CORE_ANALYSIS_SAMPLING_H_

#include <cstdint>

#include "core/model/profile.h"

namespace flametrail {

enum class SamplingKind : uint8_t {
  kUnknown,     // nothing in the profile says how it was sampled
  kComplete,    // every event is in it: goroutines, threads, a heap profile of rate 1
  kTicks,       // a sample every period of time or of another resource (CPU); the first type counts them
  kAllocation,  // an allocation of s bytes is drawn with probability 1 - e^(-s / rate)
  kContention,  // every Nth contention (mutex), or by duration (block)
};

// How one sample type was sampled. Found from names and units alone, as go tool pprof finds what it shows.
struct SamplingModel {
  SamplingKind kind = SamplingKind::kUnknown;
  size_t value_type = 0;
  size_t count_type = 0;  // counts events (kTicks, kContention) or objects (kAllocation)
  size_t size_type = 0;   // bytes of those objects (kAllocation)
  int64_t rate = 0;       // bytes between draws (kAllocation)
  // Counts of the profile that one event stands for (kContention: the mutex profile fraction). Go's protocol buffer
  // does not state it but multiplies by it: it is what divides all counts, if there are enough to tell.
  int64_t count_step = 1;
};

SamplingModel FindSamplingModel(const Profile& profile, size_t sample_type);

// What the sampler recorded of one sample's value.
struct RawSample {
  int64_t events = 0;      // negative where the value is (the base of a comparison)
  double probability = 0;  // that one event of this kind is recorded; 0: it is small and not known, 1: all are
};

// REQUIRES: model.kind is neither kUnknown nor kComplete.
RawSample RecoverRawSample(const Profile& profile, const SamplingModel& model, size_t sample);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_SAMPLING_H_
