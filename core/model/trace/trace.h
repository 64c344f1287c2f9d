// The one model of an execution trace of any Go version: columns of spans, not events. Sources of meaning:
// specs/go-trace.md §10-12 (events, states), specs/go-trace-analysis.md (what is asked of it).
//
// Append-only while a reader fills it (TraceBuilder); everything that was told so far may be analysed in between, so
// the first generation can be shown while the rest is read. Every event has a time of its own (the reader moves equal
// times apart by 1 ns), so merging columns by time gives back the order of events.
#ifndef CORE_MODEL_TRACE_TRACE_H_
#define CORE_MODEL_TRACE_TRACE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/chunked.h"
#include "core/base/ids.h"
#include "core/base/string_pool.h"
#include "core/model/profile.h"
#include "core/model/stack_table.h"
#include "core/model/trace/span_track.h"

namespace flametrail {

// Dense, in order of first appearance; the numbers that Go gave stand in the tables.
using GoroutineIndex = Id<struct GoroutineTag>;
using ProcIndex = Id<struct ProcTag>;
using ThreadIndex = Id<struct ThreadTag>;
using TaskIndex = Id<struct TaskTag>;
using PlacementId = Id<struct PlacementTag>;  // a pair of P and M

// Nanoseconds since Trace::origin. 48 bits (78 hours) are kept.
using TraceTime = uint64_t;
inline constexpr TraceTime kMaxTraceTime = (TraceTime{1} << 48) - 1;
inline constexpr TraceTime kNoTime = ~TraceTime{0};

struct Goroutine {
  uint64_t id = 0;
  StringId name = StringPool::kEmpty;  // outermost function of its first transition that has a stack; empty: none had
  StackId start_stack = StackTable::kEmpty;  // where it begins: one frame, its start function (creation seen)
  StackId creator_stack = StackTable::kEmpty;
  GoroutineIndex parent;  // who created it, if that was seen
  bool creation_seen = false;
  GoState state = GoState::kUndetermined;  // of the last span: read for each event, where the span itself is far away
  // First appearance: of the creation, or of the last Sync before the first status of a goroutine that existed already.
  TraceTime appeared = 0;
  uint32_t transitions = 0;  // events about its state, repeated statuses (X -> X) too
  SpanTrack spans;
};

enum class ProcState : uint8_t { kUndetermined, kNotExist, kRunning, kIdle };
inline constexpr size_t kProcStates = 4;

struct ProcSpan {
  uint64_t start : 48;
  uint64_t state : 16;  // ProcState
  ThreadIndex thread;   // that runs it, or stole it (Idle); None: not known
};

// A stretch of one goroutine on the P: begins at the goroutine's span `span` (Running or Syscall) and lasts until the
// goroutine leaves the P: its next span that is neither. A system call that keeps its P and the return from it are in
// the same stretch.
struct ProcRun {
  GoroutineIndex goroutine;
  uint32_t span;
};

struct Proc {
  uint64_t id = 0;
  Chunked<ProcSpan, 256> spans;
  Chunked<ProcRun, 256> runs;
};

struct Thread {
  uint64_t id = 0;
};

struct Placement {
  ProcIndex proc;      // None: without a P
  ThreadIndex thread;  // None: not known (v1)
};

enum class RangeScope : uint8_t { kGlobal, kGoroutine, kProc };

// GC mark phase (global), stop-the-world (REASON) and GC mark assist (goroutine), GC incremental sweep (P).
struct TraceRange {
  // Of the Sync before it when `active`. kNoTime: only an end was seen (v1, and traces read with faults).
  TraceTime start = 0;
  TraceTime end = kNoTime;  // kNoTime: was open at the trace's end
  StringId name;
  StackId stack = StackTable::kEmpty;  // of the begin
  uint32_t scope_index = 0xFFFFFFFFu;  // GoroutineIndex or ProcIndex by scope
  GoroutineIndex goroutine;            // that did it (context of the first event)
  RangeScope scope = RangeScope::kGlobal;
  bool active = false;            // was open before the first generation: no begin seen
  TraceTime active_at = kNoTime;  // time of the first Active event
  uint32_t active_events = 0;     // Active events about it: one in each generation that it was open before
  GoroutineIndex end_goroutine;   // context of the end: a sweep belongs to a goroutine only if it began and ended on it
};

// Attributes of GC incremental sweep ends.
struct SweepResult {
  uint32_t range;  // index into Trace::ranges
  uint64_t swept_bytes;
  uint64_t reclaimed_bytes;
};

// User task. The background task (id 0) and tasks whose begin was not seen have a row as soon as anything names them.
struct TraceTask {
  static constexpr uint64_t kBackground = 0;

  uint64_t id = 0;
  TaskIndex parent;  // None: no parent, or not told
  StringId type = StringPool::kEmpty;
  TraceTime start = kNoTime;
  TraceTime end = kNoTime;  // of the first end
  GoroutineIndex creator;
  GoroutineIndex ender;
  StackId start_stack = StackTable::kEmpty;
  StackId end_stack = StackTable::kEmpty;
};

enum class RegionEnd : uint8_t { kOpen, kRegionEnd, kGoroutineExit };

// User region. Regions of one goroutine nest.
struct TraceRegion {
  TraceTime start = kNoTime;  // kNoTime: began before the trace
  TraceTime end = kNoTime;
  GoroutineIndex goroutine;
  TaskIndex task;
  StringId type = StringPool::kEmpty;
  StackId start_stack = StackTable::kEmpty;
  StackId end_stack = StackTable::kEmpty;
  RegionEnd end_kind = RegionEnd::kOpen;
};

struct TraceLog {
  TraceTime time = 0;
  GoroutineIndex goroutine;
  TaskIndex task;
  StringId category = StringPool::kEmpty;
  StringId message = StringPool::kEmpty;
  StackId stack = StackTable::kEmpty;
};

struct TraceLabel {  // GoLabel: "GC (dedicated)" behind each start of a GC worker
  TraceTime time = 0;
  GoroutineIndex goroutine;
  StringId text;
};

struct CpuSample {
  TraceTime time = 0;
  GoroutineIndex goroutine;  // None: none was running
  PlacementId placement;
  StackId stack = StackTable::kEmpty;
};

struct MetricSample {
  TraceTime time = 0;
  uint64_t value = 0;
};

enum class Metric : uint8_t {
  kGomaxprocs,   // /sched/gomaxprocs:threads
  kHeapObjects,  // /memory/classes/heap/objects:bytes
  kHeapGoal,     // /gc/heap/goal:bytes
};
inline constexpr size_t kMetrics = 3;

struct GomaxprocsChange {
  GoroutineIndex goroutine;
  StackId stack;
};

// Ties trace time to clocks (1.25 and later).
struct ClockSnapshot {
  TraceTime time = 0;
  uint64_t monotonic_ns = 0;
  int64_t wall_seconds = 0;
  uint32_t wall_nanos = 0;
};

struct TraceSync {
  TraceTime time = 0;
  std::optional<ClockSnapshot> clock;
  uint64_t experimental_batches = 0;  // of the generation that begins here
};

// One generation of a v2 trace; a v1 trace is one generation.
struct Generation {
  uint64_t number = 0;
  uint64_t offset = 0;  // of its first batch in the decompressed file
  uint64_t bytes = 0;
  uint64_t batches = 0;
  uint64_t events = 0;
  double ticks_per_second = 0;
  TraceTime start = 0;
};

enum class EventKind : uint8_t {
  kSync,
  kMetric,
  kLabel,
  kStackSample,
  kRangeBegin,
  kRangeActive,
  kRangeEnd,
  kTaskBegin,
  kTaskEnd,
  kRegionBegin,
  kRegionEnd,
  kLog,
  kStateTransition,
  kExperimental,
};
inline constexpr size_t kEventKinds = 14;

// What the wire held, by event code: for footprints and `-d=wire` sums.
struct WireCount {
  std::string name;  // "GoCreate"
  uint64_t count = 0;
  uint64_t bytes = 0;
};

struct Trace {
  Trace() = default;
  Trace(Trace&&) = default;
  Trace& operator=(Trace&&) = default;

  int version = 0;     // N of "go 1.N trace"
  std::string header;  // first 16 bytes as text, without the padding
  int64_t origin = 0;  // ns of the first event as the reader gives it; all TraceTimes count from here
  TraceTime base = 0;  // first event that is not a Sync; of Syncs alone: the last one
  TraceTime end = 0;   // last event

  // Frames and stacks, interned by content over all generations: one location per pc with its function, file and line.
  StringPool strings;
  FunctionTable functions;
  LocationTable locations;
  StackTable stacks;

  Chunked<Goroutine> goroutines;
  SpanArena span_arena;
  std::vector<Proc> procs;
  std::vector<Thread> threads;
  std::vector<Placement> placements;
  std::vector<StringId> reasons;  // by Span::reason; 0 is ""

  Chunked<TraceRange> ranges;  // in order of their first event
  Chunked<SweepResult> sweeps;
  Chunked<TraceTask> tasks;
  Chunked<TraceRegion> regions;  // in order of their first event
  Chunked<TraceLog> logs;
  Chunked<TraceLabel> labels;
  Chunked<CpuSample> cpu_samples;
  std::array<Chunked<MetricSample>, kMetrics> metrics;
  Chunked<GomaxprocsChange, 64> gomaxprocs_changes;  // beside metrics[kGomaxprocs]
  // v1: the first Gomaxprocs, which is no event of the reference's model (specs/go-trace.md §11) but what the
  // collector's share of the Ps is counted from.
  std::optional<MetricSample> first_gomaxprocs;
  std::vector<TraceSync> syncs;
  std::vector<Generation> generations;

  // Counters of delivered events (specs/go-trace.md §10).
  std::array<uint64_t, kEventKinds> events_by_kind = {};
  std::array<std::array<uint64_t, kGoStates>, kGoStates> go_transitions = {};  // [from][to], kSyscallBlocked unused
  std::array<std::array<uint64_t, kProcStates>, kProcStates> proc_transitions = {};
  std::vector<WireCount> experimental;  // experimental events by name
  std::vector<WireCount> wire;          // by event type
  uint64_t max_stack_depth = 0;         // wire facts of MANIFEST.md's `wire`
  uint64_t stack_frames = 0;
  uint64_t data_bytes = 0;
  uint64_t batch_threads = 0;  // threads (M) that wrote batches, M-less ones as one

  std::string_view Text(StringId id) const { return strings.View(id); }
  const Goroutine& goroutine(GoroutineIndex g) const { return goroutines[g.index()]; }
  // When span `i` of g ends: the start of the next one, or the trace's end.
  TraceTime SpanEnd(const Goroutine& g, uint32_t i) const {
    return i + 1 < g.spans.size() ? TraceTime{g.spans[i + 1].start} : end;
  }
};

}  // namespace flametrail

#endif  // CORE_MODEL_TRACE_TRACE_H_
