// What a Go program prints of its goroutines when it is asked (debug=2, SIGQUIT) or dies: one row a goroutine. Source
// of the texts: Go's runtime/traceback.go and runtime/panic.go, 1.11 to 1.26.
#ifndef CORE_MODEL_DUMP_H_
#define CORE_MODEL_DUMP_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/ids.h"
#include "core/base/string_pool.h"
#include "core/model/profile.h"

namespace flametrail {

// Why the program wrote it.
enum class CrashKind : uint8_t {
  kPanic,
  kDeadlock,       // fatal error: all goroutines are asleep
  kConcurrentMap,  // fatal error: concurrent map writes, iteration and write, read and write
  kOutOfMemory,
  kStackOverflow,
  kTestTimeout,  // panic: test timed out after 10m0s
  kSignal,       // SIGQUIT: quit
  kFatalError,   // any other
};

struct Crash {
  CrashKind kind = CrashKind::kPanic;
  StringId text;        // "concurrent map writes": behind "panic: ", "fatal error: "
  uint64_t offset = 0;  // of the line
};

struct DumpFrame {
  LocationId location;
  StringId arguments;       // between the parentheses, as printed: "0xc000074070, {0x0?, 0x3}"; "..." where inlined
  bool is_foreign = false;  // of C: no arguments are printed
};

struct DumpGoroutine {
  static constexpr uint64_t kElidedUnknown = UINT64_MAX;

  uint64_t id = 0;
  StringId state = StringPool::kEmpty;   // "chan receive", "select (no cases)"
  uint32_t wait_minutes = 0;             // 0: below one minute, or not known
  uint64_t elided_frames = 0;            // left out by the runtime; kElidedUnknown: it does not say how many
  uint32_t frame_begin = 0;              // into Dump::frames, leaf first
  uint32_t frame_count = 0;              //
  LocationId creator;                    // the go statement; None: main, or not printed
  std::optional<uint64_t> creator_id;    // goroutine that ran it (Go 1.21 and later)
  uint32_t snapshot = 0;                 // a log may hold several dumps, one after another
  bool is_locked_to_thread = false;      //
  bool is_scanned = false;               // the collector was scanning its stack
  bool is_leaked = false;                // a goroutine-leak profile says nothing can wake it (Go 1.26)
  bool is_stack_missing = false;         // it ran on another thread
  StringId bubble = StringPool::kEmpty;  // "synctest bubble 1"
};

// Stands beside a Profile, which holds the texts and locations, and each goroutine as one sample, in the order of
// `goroutines`, so that every view of profiles shows a dump. Its sample type is goroutine/count; its labels are
// "state", "wait" (minutes), "created_by", and the goroutine's own.
struct Dump {
  std::vector<Crash> crashes;
  std::vector<DumpGoroutine> goroutines;
  std::vector<DumpFrame> frames;
  uint32_t snapshots = 0;
};

}  // namespace flametrail

#endif  // CORE_MODEL_DUMP_H_
