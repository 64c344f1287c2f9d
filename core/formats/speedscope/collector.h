// One profile of a speedscope file while it is read, and what it becomes. Its members may come in any order (the unit
// behind the weights), so numbers wait as decimals until the profile ends.
#ifndef CORE_FORMATS_SPEEDSCOPE_COLLECTOR_H_
#define CORE_FORMATS_SPEEDSCOPE_COLLECTOR_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/decimal.h"
#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/model/stack_table.h"

namespace flametrail::speedscope {

// What values of a unit become.
enum class Kind : uint8_t { kTime, kSpace, kWeight };
inline constexpr size_t kKinds = 3;

struct RawEvent {
  Decimal at;
  uint32_t frame = 0;
  bool open = false;
};

// A profile as written.
struct RawProfile {
  std::string name;
  std::string unit = "none";
  std::optional<Decimal> start;
  std::optional<Decimal> end;
  std::vector<StackId> samples;  // None: not readable, its weight is left out
  std::vector<Decimal> weights;
  std::vector<RawEvent> events;
  bool evented = false;
  uint64_t offset = 0;  // of its '{'
};

struct Sample {
  StackId stack;
  int64_t value = 0;
};

// The samples of all profiles, one range each.
struct CollectedProfile {
  std::string name;
  Kind kind = Kind::kWeight;
  size_t begin = 0;  // in Collector::samples()
  size_t end = 0;
};

class Collector {
 public:
  // Frames are LocationIds by their index in shared.frames.
  StackTableBuilder& stacks() { return stacks_; }
  // `cut`: the file ends inside the profile.
  void Add(const RawProfile& profile, bool cut);

  const std::vector<Sample>& samples() const { return samples_; }
  const std::vector<CollectedProfile>& profiles() const { return profiles_; }
  int64_t duration_nanos() const { return duration_nanos_; }
  StackTable TakeStacks() { return stacks_.Take(); }

  Diagnostics& diagnostics() { return diagnostics_; }
  const std::optional<Error>& fault() const { return fault_; }
  // Counts a broken rule; the first one is the document's fault.
  void Broken(Issue issue, std::optional<uint64_t> offset, std::string text);

 private:
  struct Scale {
    Kind kind = Kind::kWeight;
    int32_t shift = 0;  // powers of ten to the base unit
  };

  Scale ScaleOf(const RawProfile& profile);
  std::optional<int64_t> Convert(const Decimal& number, const RawProfile& profile, const Scale& scale);
  void AddSampled(const RawProfile& profile, const Scale& scale, bool cut);
  void AddEvented(const RawProfile& profile, const Scale& scale, bool cut);
  bool Close(uint32_t frame);
  void Spend(const RawProfile& profile, int64_t from, int64_t to);

  StackTableBuilder stacks_;
  std::vector<Sample> samples_;
  std::vector<CollectedProfile> profiles_;
  int64_t duration_nanos_ = 0;
  Diagnostics diagnostics_;
  std::optional<Error> fault_;

  // Of the evented profile being added: open frames, root first, and how often each is open.
  struct Open {
    uint32_t frame;
    StackId stack;
  };
  std::vector<Open> open_;
  std::unordered_map<uint32_t, uint32_t> times_open_;
};

}  // namespace flametrail::speedscope

#endif  // CORE_FORMATS_SPEEDSCOPE_COLLECTOR_H_
