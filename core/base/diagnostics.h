// What a reader survived. Nothing is skipped in silence: each survivable fault is counted here with the place where it
// was first seen, and the page shows it.
#ifndef CORE_BASE_DIAGNOSTICS_H_
#define CORE_BASE_DIAGNOSTICS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flametrail {

enum class Severity : uint8_t {
  kInfo,      // worth knowing, nothing is wrong
  kNotice,    // unusual, the numbers are not touched
  kDataLoss,  // some of the input is not in the numbers
};

// One kind of fault; rows of the table in diagnostics.cc, in this order.
enum class Issue : uint8_t {
  kTruncatedInput,
  kTrailingData,
  kCorruptTail,
  kBadRecord,
  kMismatchedValueCount,
  kDanglingLocation,
  kDanglingFunction,
  kDanglingMapping,
  kDuplicateId,
  kReservedId,
  kStringOutOfRange,
  kEmptyStackSamples,
  kUnknownField,
  kAllZeroType,
  kUnreadableFramePattern,
  kRoundedValue,
  kNegativeValue,
  kUnnamedFrame,
  kHiddenFrames,
  kTotalMismatch,
  kNewerVersion,
  kForeignText,
  kLostEvents,
  kMissingTables,
  kTraceNotStopped,
  kTraceNoFrequency,
  kTraceForcedOrder,
  kTraceTimeOrder,
  kTraceStateMismatch,
  kJoinedStacks,
  kForeignLine,
};

struct Diagnostic {
  Issue issue;
  Severity severity;
  std::string_view sentence;  // static text, for a person
  uint64_t count = 0;
  std::optional<uint64_t> first_offset;
  std::string detail;  // of the first one, may be empty
};

class Diagnostics {
 public:
  // `times`: how often, at least 1.
  void Count(Issue issue, std::optional<uint64_t> offset = std::nullopt, std::string_view detail = {},
             uint64_t times = 1);
  // Adds what another reader counted.
  void Merge(const Diagnostics& other);
  // In order of the enum, only those that happened.
  const std::vector<Diagnostic>& list() const { return list_; }
  bool Has(Issue issue) const;
  bool LostData() const;

 private:
  std::vector<Diagnostic> list_;
};

}  // namespace flametrail

#endif  // CORE_BASE_DIAGNOSTICS_H_
