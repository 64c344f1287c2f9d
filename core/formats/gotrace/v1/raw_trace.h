// A v1 trace between its two passes: the events still as bytes, cut into pieces by processor, and everything that
// stands in tables. About 4 bytes an event, where decoded events would need 80.
#ifndef CORE_FORMATS_GOTRACE_V1_RAW_TRACE_H_
#define CORE_FORMATS_GOTRACE_V1_RAW_TRACE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/result.h"
#include "core/base/string_pool.h"
#include "core/formats/gotrace/v1/wire.h"

namespace flametrail::gotrace::v1 {

inline constexpr uint32_t kNoPiece = 0xFFFFFFFFu;
inline constexpr uint32_t kNoExit = 0xFFFFFFFFu;

// Whole events that follow each other on one processor and in the file.
struct Piece {
  uint32_t slab = 0;
  uint32_t begin = 0;  // in the slab
  uint32_t size : 31 = 0;
  uint32_t starts_batch : 1 = 0;
  uint32_t next = kNoPiece;  // of the same processor
  int64_t ticks = 0;         // of the batch, where one starts here
  uint64_t offset = 0;       // of the first event, in the file
};

// Bytes of pieces, freed when the last piece in it was read.
struct Slab {
  std::unique_ptr<uint8_t[]> bytes;
  uint32_t used = 0;
  uint32_t size = 0;
  uint32_t pieces = 0;
};

struct ProcStream {
  int64_t id = 0;  // -1: events of no processor
  uint32_t first_piece = kNoPiece;
  uint32_t last_piece = kNoPiece;
  uint32_t first_exit = kNoExit;
  uint32_t last_exit = kNoExit;
};

// GoSysExit is written late, when the goroutine has a processor again; `ticks` is when it left the system call. Only
// those that say so.
struct SyscallExit {
  int64_t ticks = 0;
  uint64_t goroutine = 0;
  uint32_t next = kNoExit;  // of the same processor
  bool delivered = false;
};

struct RawSample {
  int64_t ticks = 0;
  int64_t proc = -1;  // -1: none
  uint64_t goroutine = 0;
  uint64_t stack = 0;
  uint64_t offset = 0;
};

// A Stack record, kept as it is: its texts may come behind it.
struct RawStack {
  uint64_t id = 0;
  uint32_t slab = 0;
  uint32_t begin = 0;  // of the frames
  uint32_t frames = 0;
};

struct RawTrace {
  int version = 0;
  std::vector<ProcStream> procs;    // in order of first appearance
  std::vector<Piece> pieces;        // in order of the file
  std::vector<uint64_t> sequences;  // by piece; header 5 only
  std::vector<Slab> slabs;
  std::vector<SyscallExit> exits;
  std::vector<RawSample> samples;
  std::vector<RawStack> stacks;
  std::vector<Slab> stack_slabs;
  std::unordered_map<uint64_t, StringId> strings;
  std::unordered_set<uint64_t> timer_goroutines;
  std::optional<uint64_t> ticks_per_second;
  uint64_t batches = 0;
  uint64_t bytes = 0;  // of the file that were understood
  std::array<uint64_t, kEventTypes> counts = {};
  std::array<uint64_t, kEventTypes> sizes = {};

  const uint8_t* BytesOf(const Piece& piece) const { return slabs[piece.slab].bytes.get() + piece.begin; }
};

}  // namespace flametrail::gotrace::v1

#endif  // CORE_FORMATS_GOTRACE_V1_RAW_TRACE_H_
