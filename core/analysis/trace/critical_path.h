// Why was this slow: what a stretch of one goroutine's time was spent on, followed back through whoever it waited for.
#ifndef CORE_ANALYSIS_TRACE_CRITICAL_PATH_H_
#define CORE_ANALYSIS_TRACE_CRITICAL_PATH_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/model/profile.h"
#include "core/model/trace/trace.h"

namespace flametrail {

enum class PathKind : uint8_t {
  kRunning,
  kRunnable,  // it could run and did not
  kSyscall,
  kSyscallBlocked,  // in a system call, its P taken away
  kNetwork,         // waits that no goroutine ended
  kSleep,
  kGc,
  kOther,
  kNotThere,  // before the goroutine's first event, when nobody is known to have created it
};
inline constexpr size_t kPathKinds = 9;
std::string_view PathKindName(PathKind kind);

// How the path came to a goroutine: what the one before waited for.
enum class PathLink : uint8_t {
  kSelf,        // the goroutine that was asked about
  kLockHolder,  // it woke the waiter of a lock
  kCondition,   // ... of a condition variable or wait group
  kChannelPeer,
  kCollector,  // ... of something of the garbage collector
  kWaker,      // ... of anything else
  kCreator,    // it created the goroutine
};
std::string_view PathLinkName(PathLink link);

struct PathStep {
  TraceTime start = 0;
  TraceTime end = 0;
  GoroutineIndex goroutine;
  PathKind kind = PathKind::kRunning;
  PathLink link = PathLink::kSelf;
  uint16_t depth = 0;        // how many waits away from the goroutine that was asked about
  uint16_t reason = 0;       // of a wait: Trace::reasons
  StackId stack;             // where the goroutine was (OwnStack)
  uint32_t waits = kNoStep;  // the wait that this step explains, index into CriticalPath::waits
  static constexpr uint32_t kNoStep = 0xFFFFFFFFu;
};

// A wait that was followed to the goroutine that ended it.
struct PathWait {
  GoroutineIndex goroutine;
  uint32_t span = 0;
  StackId stack;  // where it waited
  uint16_t reason = 0;
  uint32_t outer = PathStep::kNoStep;  // the wait that this goroutine's time explains
  GoroutineIndex waker;
  StackId waker_stack;  // from where it was woken
};

struct CriticalPath {
  std::vector<PathStep> steps;  // in time order, without gaps: they add up to the stretch that was asked about
  std::vector<PathWait> waits;
  std::array<uint64_t, kPathKinds> ns = {};
};

inline constexpr uint16_t kMaxPathDepth = 200;

// From `to` back to `from` on `goroutine`. While it waited and a goroutine ended the wait, the path goes through that
// one, back to where the wait began, and so on; time before the creation goes through the creator.
CriticalPath FindCriticalPath(const Trace& trace, GoroutineIndex goroutine, TraceTime from, TraceTime to);

// Sample types steps/count and time/nanoseconds. Stacks: the waits on the way from the goroutine that was asked about,
// a note for each link, the place of the step, a note of its kind.
Profile PathProfile(const Trace& trace, const CriticalPath& path);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_CRITICAL_PATH_H_
