// First pass: bytes in chunks of any size to a RawTrace. Checks that every event is whole and has the numbers of its
// type, so that the second pass may read without looking at ends.
#ifndef CORE_FORMATS_GOTRACE_V1_SCANNER_H_
#define CORE_FORMATS_GOTRACE_V1_SCANNER_H_

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/base/string_pool.h"
#include "core/formats/gotrace/v1/raw_trace.h"

namespace flametrail::gotrace::v1 {

class Scanner {
 public:
  static constexpr uint64_t kMaxStringBytes = 1000000;
  static constexpr uint64_t kMaxFrames = 1000;
  // The reference's guard for length-prefixed arguments is 2048; Stack records of 1000 frames do not fit it either,
  // and the runtime writes at most 128 frames of 4 numbers.
  static constexpr uint64_t kMaxEventBytes = 2048;
  // More processors than any machine; each costs us memory, however few bytes name it.
  static constexpr size_t kMaxProcs = size_t{1} << 16;

  // `strings` gets the texts, `diagnostics` what was survived. `strict`: any fault ends the reading.
  Scanner(int version, bool strict, StringPool* strings, Diagnostics* diagnostics);

  // The next bytes behind the 16 of the header. False: a fault was met, see fault().
  bool Append(Bytes chunk);
  // The input is complete, or ended with `input_fault`.
  void End(const std::optional<Error>& input_fault);

  const std::optional<Error>& fault() const { return fault_; }
  RawTrace& raw() { return raw_; }

 private:
  enum class Step : uint8_t { kDone, kIncomplete, kFault };

  struct Record {
    EventType type = EventType::kNone;
    size_t count = 0;
    uint64_t numbers[8] = {};
    const uint8_t* numbers_begin = nullptr;  // of a length-prefixed record: its first number
  };

  // Consumes whole events of rest_; kIncomplete when what is left is the beginning of one.
  Step Scan();
  Step ScanOne(const uint8_t** at, const uint8_t* end);
  void FindPlain();
  // Passes over events that are only kept, which most are. Gives where the first other one begins, or one that this
  // does not see to be whole and right.
  const uint8_t* PassPlain(const uint8_t* at, const uint8_t* end);
  Step ReadNumbers(Record* record, uint8_t first, const uint8_t** at, const uint8_t* end);
  Step ReadPrefixed(Record* record, const uint8_t** at, const uint8_t* end);
  Step ReadString(const uint8_t** at, const uint8_t* end);
  Step SkipMessage(const uint8_t** at, const uint8_t* end);
  Step OnRecord(const Record& record, const uint8_t* end);
  Step OnBatch(const Record& record);
  Step OnStack(const Record& record, const uint8_t* end);
  Step OnEvent(const Record& record);
  // The bytes end inside the event: at least `more` bytes are missing. `too_long`: a number that has more than 64 bits.
  Step Incomplete(EventType type, const uint8_t* end, uint64_t more, bool too_long);
  Step Fault(Code code, std::string text);
  // A record that breaks a rule but whose end is known: a fault in strict mode, else left out.
  Step Refuse(std::string text);
  uint64_t OffsetOf(const uint8_t* at) const { return base_offset_ + static_cast<uint64_t>(at - base_); }

  void OpenPiece();
  void AddPiece(uint64_t offset, bool starts_batch);
  void ClosePiece();
  // Copies the events of the run into the open piece.
  void FlushRun();

  RawTrace raw_;
  bool strict_;
  bool complete_ = false;  // no more bytes come
  // By type: the numbers of an event that nothing but its place depends on; 0: another one.
  std::array<uint8_t, 64> plain_numbers_ = {};
  StringPool* strings_;
  Diagnostics* diagnostics_;
  std::optional<Error> fault_;

  std::vector<uint8_t> rest_;  // the beginning of an event whose end has not come
  uint64_t wanted_ = 0;        // bytes of it before another look makes sense
  const uint8_t* base_ = nullptr;
  uint64_t base_offset_ = 16;  // of *base_ in the file
  const uint8_t* event_ = nullptr;

  std::unordered_map<int64_t, uint32_t> proc_index_;
  uint32_t proc_ = 0;
  bool in_batch_ = false;
  bool batch_begins_ = false;  // no piece has it yet
  int64_t batch_ticks_ = 0;
  uint64_t batch_sequence_ = 0;

  bool keep_ = false;                   // the event at hand
  bool piece_open_ = false;             // the last piece goes on
  const uint8_t* run_begin_ = nullptr;  // events of the open piece that are not copied yet
  const uint8_t* run_end_ = nullptr;
};

}  // namespace flametrail::gotrace::v1

#endif  // CORE_FORMATS_GOTRACE_V1_SCANNER_H_
