// One generation while it is collected: its batches by thread, its tables of strings, stacks and CPU samples, and its
// clock (specs/go-trace.md §5, §7). A generation is ordered when all of it is there: tables may stand at its end.
#ifndef CORE_FORMATS_GOTRACE_V2_GENERATION_H_
#define CORE_FORMATS_GOTRACE_V2_GENERATION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/checked.h"
#include "core/base/id_map.h"
#include "core/formats/gotrace/v2/batch.h"
#include "core/formats/gotrace/v2/event_spec.h"
#include "core/model/trace/trace_builder.h"

namespace flametrail::gotrace {

// Counts of everything that stands on the wire, over all generations.
struct WireTally {
  std::array<uint64_t, kEventCodes> count = {};
  std::array<uint64_t, kEventCodes> bytes = {};
  uint64_t data_bytes = 0;
  uint64_t stack_frames = 0;
  uint64_t max_stack_depth = 0;

  void Add(uint8_t code, uint64_t size) {
    ++count[code];
    bytes[code] += size;
  }
};

struct EventBatchData {
  uint64_t time;  // clock units
  const uint8_t* data;
  uint32_t size;
  uint64_t offset;  // of the data, in the file
};

struct ThreadStream {
  uint64_t thread;
  std::vector<EventBatchData> batches;  // in order
};

struct RawSample {
  uint64_t time;  // clock units
  uint64_t thread;
  uint64_t proc;
  uint64_t goroutine;  // 0: none
  uint64_t stack;
};

struct RawClock {
  uint64_t time;  // clock units
  uint64_t monotonic;
  uint64_t seconds;
  uint64_t nanos;
};

class GenerationData {
 public:
  using Blocks = std::vector<std::unique_ptr<uint8_t[]>>;

  // `blocks`: memory of an earlier generation, used again.
  GenerationData(int version, uint64_t number, TraceBuilder* builder, WireTally* tally, Blocks blocks)
      : version_(version), number_(number), builder_(builder), tally_(tally), spare_blocks_(std::move(blocks)) {}
  // The memory of its batches, which are gone then.
  Blocks TakeBlocks() { return std::move(blocks_); }

  // Takes a batch in; its bytes are free again afterwards. What is wrong with it, in the reference's words, or empty:
  // the entries before the fault are in.
  std::string Add(const BatchHeader& header, Bytes data, uint64_t offset);
  // All batches are in. What is missing, in the reference's words, or empty. `fallback_frequency` (units a second)
  // stands in for a missing frequency. Afterwards stacks can be looked up.
  std::string Seal(double fallback_frequency);

  uint64_t number() const { return number_; }
  uint64_t min_time() const { return min_time_; }
  uint64_t offset() const { return offset_; }
  uint64_t bytes() const { return bytes_; }
  uint64_t batches() const { return batch_count_; }
  uint32_t experimental_batches() const { return experimental_batches_; }
  double frequency() const { return frequency_; }
  const std::vector<ThreadStream>& streams() const { return streams_; }
  const std::vector<RawSample>& samples() const { return samples_; }
  const std::optional<RawClock>& clock() const { return clock_; }
  bool is_empty() const { return batch_count_ == 0; }

  // Clock units to ns; bit-exact as the reference (specs §5.2).
  int64_t Nanos(uint64_t units) const {
    // Most are differences of neighbours: where neither conversion can overflow, they need no checks.
    if (units < kSurelyFits && nanos_per_unit_ < static_cast<double>(kSurelyFits)) {
      return static_cast<int64_t>(static_cast<double>(static_cast<int64_t>(units)) * nanos_per_unit_);
    }
    return TruncateToInt64(static_cast<double>(units) * nanos_per_unit_);
  }

  // kNone: the generation has no such entry. Id 0 is always there.
  uint32_t FindString(uint64_t id) const { return id == 0 ? StringPool::kEmpty.value : strings_.Find(id); }
  uint32_t FindStack(uint64_t id) const { return id == 0 ? StackTable::kEmpty.value : stacks_.Find(id); }

 private:
  struct RawFrame {
    uint64_t function;
    uint64_t file;
    uint64_t line;
    LocationId location;  // once resolved
  };
  struct RawStack {
    uint64_t id;
    uint32_t first;  // in stack_frames_
    uint32_t count;
  };
  struct In;  // reads a batch
  static constexpr uint64_t kSurelyFits = uint64_t{1} << 31;

  std::string AddStrings(In in);
  std::string AddStacks(In in);
  std::string AddStack(In* in);
  std::string AddSamples(In in);
  std::string AddSync(In in, uint64_t time);
  void AddEvents(const BatchHeader& header, Bytes data, uint64_t offset);
  std::string ResolveStacks();
  std::string Resolve(uint64_t pc, uint64_t stack, RawFrame* frame);

  const int version_;
  const uint64_t number_;
  TraceBuilder* const builder_;
  WireTally* const tally_;

  uint64_t min_time_ = 0;
  uint64_t offset_ = 0;
  uint64_t bytes_ = 0;
  uint64_t batch_count_ = 0;
  uint32_t experimental_batches_ = 0;

  std::vector<ThreadStream> streams_;  // in order of first appearance
  IdMap stream_of_thread_;
  Blocks blocks_;  // what EventBatchData::data points into
  Blocks spare_blocks_;
  size_t block_left_ = 0;

  IdMap strings_;  // StringId
  IdMap stacks_;   // index of raw_stacks_; StackId when sealed
  std::vector<RawStack> raw_stacks_;
  std::vector<uint32_t> stack_frames_;  // indexes of frames_
  std::vector<RawFrame> frames_;
  std::vector<uint64_t> frame_pcs_;  // beside frames_
  IdMap frame_of_pc_;                // the first definition of a pc holds
  std::vector<RawSample> samples_;

  bool has_frequency_ = false;
  double frequency_ = 0;  // units a second
  double nanos_per_unit_ = 0;
  std::optional<RawClock> clock_;
};

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_GENERATION_H_
