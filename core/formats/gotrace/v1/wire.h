// The wire format of traces before Go 1.22 (headers 5 to 21), specs/go-trace.md §2: a flat sequence of events, each one
// byte `(narg << 6) | type`, then unsigned LEB128 numbers.
//
//   narg 0, 1, 2   that many arguments besides the timestamp
//   narg 3         a length in bytes, then arguments that fill it exactly
#ifndef CORE_FORMATS_GOTRACE_V1_WIRE_H_
#define CORE_FORMATS_GOTRACE_V1_WIRE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace flametrail::gotrace::v1 {

enum class EventType : uint8_t {
  kNone,
  kBatch,
  kFrequency,
  kStack,
  kGomaxprocs,
  kProcStart,
  kProcStop,
  kGCStart,
  kGCDone,
  kSTWStart,
  kSTWDone,
  kGCSweepStart,
  kGCSweepDone,
  kGoCreate,
  kGoStart,
  kGoEnd,
  kGoStop,
  kGoSched,
  kGoPreempt,
  kGoSleep,
  kGoBlock,
  kGoUnblock,
  kGoBlockSend,
  kGoBlockRecv,
  kGoBlockSelect,
  kGoBlockSync,
  kGoBlockCond,
  kGoBlockNet,
  kGoSysCall,
  kGoSysExit,
  kGoSysBlock,
  kGoWaiting,
  kGoInSyscall,
  kHeapAlloc,
  kHeapGoal,
  kTimerGoroutine,
  kFutileWakeup,
  kString,
  kGoStartLocal,
  kGoUnblockLocal,
  kGoSysExitLocal,
  kGoStartLabel,
  kGoBlockGC,
  kGCMarkAssistStart,
  kGCMarkAssistDone,
  kUserTaskCreate,
  kUserTaskEnd,
  kUserRegion,
  kUserLog,
  kCPUSample,
};
inline constexpr size_t kEventTypes = 50;

struct EventSpec {
  std::string_view name;
  uint8_t since;  // header
  uint8_t args;   // behind the timestamp, without the stack; of the newest header
  bool stack;     // the last argument is a stack id
};

extern const std::array<EventSpec, kEventTypes> kEventSpecs;

// The numbers an event consists of in traces of this header: timestamp, arguments, stack. Stack and String are not of
// this shape. REQUIRES: type is known to the header.
size_t NumbersOf(EventType type, int version);

// Pseudo processors of the reference for what no P did (§3.5).
inline constexpr uint64_t kTimerProc = 1000001;
inline constexpr uint64_t kNetpollProc = 1000002;
inline constexpr uint64_t kSyscallProc = 1000003;
inline constexpr uint64_t kGCProc = 1000004;

// Reads one number at *at; false: the bytes end inside it, or it has more than 64 bits (*too_long).
inline bool ReadUvarint(const uint8_t** at, const uint8_t* end, uint64_t* value, bool* too_long) {
  const uint8_t* p = *at;
  if (p < end && *p < 0x80) {
    *value = *p;
    *at = p + 1;
    return true;
  }
  uint64_t result = 0;
  for (unsigned shift = 0; p < end; shift += 7) {
    const uint8_t byte = *p++;
    if (shift == 63 && byte > 1) {
      *too_long = true;
      return false;
    }
    result |= uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) {
      *value = result;
      *at = p;
      return true;
    }
  }
  return false;
}

// The same where the number is known to be whole. Most have one or two bytes.
inline uint64_t TakeUvarint(const uint8_t** at) {
  const uint8_t* p = *at;
  const uint64_t first = p[0];
  if (first < 0x80) {
    *at = p + 1;
    return first;
  }
  const uint64_t second = p[1];
  uint64_t result = (first & 0x7F) | (second & 0x7F) << 7;
  p += 2;
  if (second >= 0x80) {
    for (unsigned shift = 14;; shift += 7) {
      const uint8_t byte = *p++;
      result |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) break;
    }
  }
  *at = p;
  return result;
}

}  // namespace flametrail::gotrace::v1

#endif  // CORE_FORMATS_GOTRACE_V1_WIRE_H_
