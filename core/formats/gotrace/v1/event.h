// One event of a v1 trace, decoded, and the cursor that decodes the events of one processor.
#ifndef CORE_FORMATS_GOTRACE_V1_EVENT_H_
#define CORE_FORMATS_GOTRACE_V1_EVENT_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/chunked.h"
#include "core/base/id_map.h"
#include "core/formats/gotrace/v1/raw_trace.h"
#include "core/formats/gotrace/v1/wire.h"
#include "core/model/trace/trace.h"

namespace flametrail::gotrace::v1 {

struct Event {
  EventType type = EventType::kNone;
  bool blocks = false;  // GoSysCall: the goroutine's next event is GoSysBlock
  uint32_t stream = 0;  // index of its ProcStream
  int64_t proc = -1;    // -1: none
  int64_t ticks = 0;
  uint64_t sequence = 0;   // header 5
  uint64_t goroutine = 0;  // that did it, or that it is about; 0: none
  uint32_t row = 0;        // of `goroutine` in the GoTable
  uint32_t target = 0;     // GoCreate, GoUnblock: row of the other goroutine
  uint64_t args[3] = {};   // without timestamp and stack
  uint64_t stack = 0;
  std::string_view message;  // UserLog; good until the cursor moves on
  uint64_t offset = 0;
};

enum class GoStatus : uint8_t { kDead, kRunnable, kRunning, kWaiting };

// What the second pass knows of a goroutine, in one place: nearly every event looks at another one.
struct GoRow {
  uint64_t id = 0;
  uint64_t sequence = 0;               // Order's
  GoroutineIndex index;                // Converter's: in the model
  uint32_t waiting = 0;                // Order's: processors that wait for it
  GoStatus ordered = GoStatus::kDead;  // Order's
  GoStatus status = GoStatus::kDead;   // of Checks
  bool exists = false;                 // of Checks, down to
  bool assists = false;
  bool network = false;  // waits for it
  bool stated = false;   // Converter's: its state when the trace began was told
};

// Rows of goroutines, found by their number. Row 0 is number 0: no goroutine.
class GoTable {
 public:
  GoTable() { Find(0); }
  // A new goroutine gets a row.
  uint32_t Find(uint64_t id) {
    const uint32_t row = row_of_.Find(id);
    return row != IdMap::kNone ? row : Add(id);
  }
  GoRow& operator[](uint32_t row) { return rows_[row]; }

 private:
  uint32_t Add(uint64_t id) {
    const auto row = static_cast<uint32_t>(rows_.size());
    rows_.push_back(GoRow()).id = id;
    row_of_.Set(id, row);
    return row;
  }

  IdMap row_of_;
  Chunked<GoRow> rows_;
};

// Numbers per event type for one header.
using NumberCounts = std::array<uint8_t, kEventTypes>;
NumberCounts CountNumbers(int version);

// Walks the pieces of one processor (§2.5). Copy it to look ahead.
class Cursor {
 public:
  Cursor() = default;
  Cursor(const RawTrace& raw, uint32_t stream);
  // At an event `begin` bytes into a piece; `running`: the goroutine on the processor before it.
  Cursor(const RawTrace& raw, uint32_t stream, uint32_t piece, uint32_t begin, uint64_t running);

  // False at the end. `raw` and `counts` are those of the whole trace.
  bool Next(const RawTrace& raw, const NumberCounts& counts, Event* event);
  // The goroutine of a GoSysCall that Next just gave blocks in it: its next event here is GoSysBlock. Nothing else
  // happens on the processor meanwhile but statuses and exits of other goroutines.
  bool SyscallBlocks(const RawTrace& raw, const NumberCounts& counts, uint64_t goroutine) const;
  // The piece that Next finished last and that no later event needs, once.
  uint32_t TakeFinishedPiece();

  uint64_t running() const { return running_; }
  uint32_t piece() const { return piece_; }
  uint32_t begin() const { return static_cast<uint32_t>(at_ - piece_begin_); }

 private:
  bool Enter(const RawTrace& raw, uint32_t piece);
  void ReadArguments(const RawTrace& raw, const NumberCounts& counts, Event* event);
  void Attribute(Event* event);

  const uint8_t* at_ = nullptr;
  const uint8_t* end_ = nullptr;
  const uint8_t* piece_begin_ = nullptr;
  uint64_t piece_offset_ = 0;
  uint32_t piece_ = kNoPiece;
  uint32_t next_piece_ = kNoPiece;
  uint32_t finished_ = kNoPiece;
  uint32_t stream_ = 0;
  int64_t proc_ = -1;
  int64_t ticks_ = 0;
  uint64_t sequence_ = 0;
  uint64_t running_ = 0;  // goroutine on the processor
};

// The event ends the goroutine's time on its processor.
bool LeavesProc(EventType type);
// GoStart, GoStartLocal, GoStartLabel.
bool IsStart(EventType type);
// GoSysExit, GoSysExitLocal.
bool IsExit(EventType type);
// When an exit says that it happened; 0: it does not.
int64_t ExitTicks(const Event& event);
// The goroutine that args[0] names is another than event.goroutine.
bool HasTarget(EventType type);
// Fills row and target.
void FindRows(Event* event, GoTable* goroutines);

}  // namespace flametrail::gotrace::v1

#endif  // CORE_FORMATS_GOTRACE_V1_EVENT_H_
