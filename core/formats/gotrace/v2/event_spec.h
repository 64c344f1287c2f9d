// The events of v2 traces as one table: decoder, checks, text form and footprint read it. Source: specs/go-trace.md §6
// (golang.org/x/exp/trace internal/tracev2 events.go).
#ifndef CORE_FORMATS_GOTRACE_V2_EVENT_SPEC_H_
#define CORE_FORMATS_GOTRACE_V2_EVENT_SPEC_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace flametrail::gotrace {

enum Code2 : uint8_t {
  kEventBatch = 1,
  kStacks = 2,
  kStack = 3,
  kStrings = 4,
  kString = 5,
  kCpuSamples = 6,
  kCpuSample = 7,
  kFrequency = 8,
  kProcsChange = 9,
  kProcStart = 10,
  kProcStop = 11,
  kProcSteal = 12,
  kProcStatus = 13,
  kGoCreate = 14,
  kGoCreateSyscall = 15,
  kGoStart = 16,
  kGoDestroy = 17,
  kGoDestroySyscall = 18,
  kGoStop = 19,
  kGoBlock = 20,
  kGoUnblock = 21,
  kGoSyscallBegin = 22,
  kGoSyscallEnd = 23,
  kGoSyscallEndBlocked = 24,
  kGoStatus = 25,
  kStwBegin = 26,
  kStwEnd = 27,
  kGcActive = 28,
  kGcBegin = 29,
  kGcEnd = 30,
  kGcSweepActive = 31,
  kGcSweepBegin = 32,
  kGcSweepEnd = 33,
  kGcMarkAssistActive = 34,
  kGcMarkAssistBegin = 35,
  kGcMarkAssistEnd = 36,
  kHeapAlloc = 37,
  kHeapGoal = 38,
  kGoLabel = 39,
  kUserTaskBegin = 40,
  kUserTaskEnd = 41,
  kUserRegionBegin = 42,
  kUserRegionEnd = 43,
  kUserLog = 44,
  kGoSwitch = 45,
  kGoSwitchDestroy = 46,
  kGoCreateBlocked = 47,
  kGoStatusStack = 48,
  kExperimentalBatch = 49,
  kSync = 50,
  kClockSnapshot = 51,
  kEndOfGeneration = 52,
  kFirstExperimental = 128,
  kLastExperimental = 136,
};
inline constexpr size_t kEventCodes = 137;

inline constexpr size_t kMaxEventArgs = 4;  // besides the time

struct EventSpec {
  std::string_view name;  // empty: no such event
  // In a batch of events: a time (dt), then the arguments.
  bool is_timed = false;
  uint8_t arg_count = 0;
  std::array<std::string_view, kMaxEventArgs> args = {};
  // By bit: arguments that are ids of stacks and of strings.
  uint8_t stack_args = 0;
  uint8_t string_args = 0;
};

extern const std::array<EventSpec, kEventCodes> kEventSpecs;

// "GoCreate", or the number where there is no such event.
std::string_view EventName(uint8_t code);

// Limits of the format (specs §5); what exceeds them is an error.
inline constexpr uint64_t kMaxBatchBytes = 64 << 10;
inline constexpr uint64_t kMaxStringBytes = 1 << 10;
inline constexpr uint64_t kMaxStackFrames = 128;

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_EVENT_SPEC_H_
