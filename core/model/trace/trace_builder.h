// Fills a Trace event by event. Both readers end here: v2's ordering directly, v1 through its converter
// (specs/go-trace.md §11), so that analyses know one kind of trace.
//
// The builder trusts the order of calls and checks no rule of the scheduler: that is the readers' (strict) business. It
// accepts what a lenient reader lets through: any transition, ends without begins.
#ifndef CORE_MODEL_TRACE_TRACE_BUILDER_H_
#define CORE_MODEL_TRACE_TRACE_BUILDER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/id_map.h"
#include "core/base/index_table.h"
#include "core/model/trace/trace.h"

namespace flametrail {

// Who executed an event; the state BEFORE the event. Any of them may be None.
struct EventContext {
  ThreadIndex thread;
  ProcIndex proc;
  GoroutineIndex goroutine;
};

// One delivered event, for those who want each (`-d=parsed`, tests): called after the trace was changed. Only what the
// kind has is set.
struct TraceEventView {
  EventKind kind;
  TraceTime time;
  EventContext context;
  StackId stack = StackTable::kEmpty;             // of the context
  StackId transition_stack = StackTable::kEmpty;  // of the resource
  bool of_proc = false;                           // state transition of a P, not of a goroutine
  uint32_t resource = 0xFFFFFFFFu;                // GoroutineIndex, ProcIndex; range scope index; TaskIndex; Metric
  uint8_t from = 0;                               // GoState or ProcState
  uint8_t to = 0;
  RangeScope scope = RangeScope::kGlobal;
  StringId name = StringPool::kEmpty;        // range, metric, task type, region type, log category, label
  StringId text = StringPool::kEmpty;        // log message; reason of a transition
  uint64_t value = 0;                        // metric; swept bytes; number of a Sync; a task's parent (TaskIndex)
  uint64_t value2 = 0;                       // reclaimed bytes
  std::span<const uint64_t> arguments = {};  // experimental events
  std::span<const std::string_view> argument_names = {};
};

class TraceListener {
 public:
  virtual ~TraceListener() = default;
  virtual void OnEvent(const Trace& trace, const TraceEventView& event) = 0;
};

class TraceBuilder {
 public:
  // `listener` may be null. Both outlive the builder.
  explicit TraceBuilder(Trace* trace, TraceListener* listener = nullptr);
  TraceBuilder(const TraceBuilder&) = delete;
  TraceBuilder& operator=(const TraceBuilder&) = delete;

  // --- Tables. Ids are Go's own numbers; an unknown one gets a row. ---
  // The goroutine that has this number now, or None.
  GoroutineIndex FindGoroutine(uint64_t id) const { return GoroutineIndex(goroutine_ids_.Find(id)); }
  // A new row, also where an ended goroutine had the number.
  GoroutineIndex AddGoroutine(uint64_t id);
  ProcIndex Proc(uint64_t id);
  ProcIndex FindProc(uint64_t id) const { return ProcIndex(proc_ids_.Find(id)); }
  ThreadIndex Thread(uint64_t id);
  TaskIndex Task(uint64_t id);
  StringId Text(std::string_view text) { return trace_->strings.Intern(text); }
  std::string_view TextOf(StringId id) const { return trace_->Text(id); }
  // Equal frames are one location.
  LocationId Frame(uint64_t pc, StringId function, StringId file, uint64_t line);
  // Leaf first, at most StackTableBuilder::kMaxStackDepth. Equal stacks are one.
  StackId Stack(std::span<const LocationId> leaf_first);
  // For Span::reason; more than 4094 different texts become "other".
  uint16_t Reason(StringId text) {
    const bool is_known = text.index() < reason_of_text_.size() && reason_of_text_[text.index()] != kNoReason;
    return is_known ? reason_of_text_[text.index()] : AddReason(text);
  }

  // --- Events, in order. `ns` as converted by the reader (specs §5.2); the builder moves it behind the event before it
  // and gives the time back. A time beyond kMaxTraceTime after the first event: kNoTime, and nothing was changed. ---
  TraceTime Sync(int64_t ns, std::optional<ClockSnapshot> clock);
  // `creator`: from kNotExist only, the context's goroutine becomes the parent. `reason`: of to == kRunnable (stopped)
  // and kWaiting. `stack`: of the context. `transition_stack`: of the goroutine itself.
  TraceTime GoTransition(int64_t ns, const EventContext& context, GoroutineIndex g, GoState from, GoState to,
                         uint16_t reason, StackId stack, StackId transition_stack);
  // Running -> Idle while a goroutine on another thread sits in a system call with this P turns that goroutine's span
  // into kSyscallBlocked (specs/go-trace-analysis.md "the moment its P goes Idle").
  TraceTime ProcTransition(int64_t ns, const EventContext& context, ProcIndex p, ProcState from, ProcState to);
  TraceTime AddMetric(int64_t ns, const EventContext& context, Metric metric, uint64_t value, StackId stack);
  // Trace::first_gomaxprocs: no event. REQUIRES: an event came before.
  void FirstGomaxprocs(int64_t ns, uint64_t count);
  TraceTime Label(int64_t ns, const EventContext& context, StringId text);
  TraceTime RangeBegin(int64_t ns, const EventContext& context, StringId name, RangeScope scope, uint32_t scope_index,
                       StackId stack);
  TraceTime RangeActive(int64_t ns, const EventContext& context, StringId name, RangeScope scope, uint32_t scope_index);
  TraceTime RangeEnd(int64_t ns, const EventContext& context, StringId name, RangeScope scope, uint32_t scope_index,
                     std::optional<std::pair<uint64_t, uint64_t>> swept_reclaimed = std::nullopt);
  TraceTime TaskBegin(int64_t ns, const EventContext& context, TaskIndex task, TaskIndex parent, StringId type,
                      StackId stack);
  TraceTime TaskEnd(int64_t ns, const EventContext& context, TaskIndex task, StackId stack);
  TraceTime RegionBegin(int64_t ns, const EventContext& context, TaskIndex task, StringId type, StackId stack);
  TraceTime RegionEnd(int64_t ns, const EventContext& context, TaskIndex task, StringId type, StackId stack);
  TraceTime Log(int64_t ns, const EventContext& context, TaskIndex task, StringId category, StringId message,
                StackId stack);
  TraceTime Sample(int64_t ns, const EventContext& context, StackId stack);
  TraceTime Experimental(int64_t ns, const EventContext& context, std::string_view name,
                         std::span<const uint64_t> arguments, std::span<const std::string_view> argument_names);

 private:
  static constexpr uint32_t kNoRow = 0xFFFFFFFFu;

  // Where a thread was last: most events come from the place of the event before.
  struct ThreadNow {
    ProcIndex proc;
    PlacementId placement;
  };
  struct RangeKey {
    RangeScope scope;
    uint32_t scope_index;
    StringId name;
    bool operator==(const RangeKey&) const = default;
  };
  struct HashRange {
    size_t operator()(const RangeKey& key) const;
  };

  static constexpr uint16_t kNoReason = 0xFFFF;

  uint16_t AddReason(StringId text);
  // Counts the next event and gives its time; or kNoTime, and nothing was changed.
  TraceTime Happen(EventKind kind, int64_t ns);
  PlacementId Place(const EventContext& context) {
    ThreadNow& now = context.thread.is_none() ? no_thread_now_ : thread_now_[context.thread.index()];
    if (now.proc != context.proc || now.placement.is_none()) now = {context.proc, AddPlace(context)};
    return now.placement;
  }
  PlacementId AddPlace(const EventContext& context);
  void Appear(GoroutineIndex g, TraceTime time, const EventContext& context, GoState from, StackId stack,
              StackId transition_stack);
  void Occupy(GoroutineIndex g, const Goroutine& row, const EventContext& context, GoState from, GoState to);
  void LoseProc(ProcIndex p, TraceTime time, const EventContext& context);
  void Name(Goroutine* row, StackId transition_stack);
  FunctionId Function(StringId name, StringId file);
  uint32_t AddRange(const RangeKey& key, const EventContext& context);
  uint32_t AddRegion(const EventContext& context, TaskIndex task, StringId type);
  void CloseRegions(GoroutineIndex g, TraceTime time);
  void Tell(const TraceEventView& view) { listener_->OnEvent(*trace_, view); }
  void TellRange(EventKind kind, TraceTime time, const EventContext& context, const RangeKey& key, StackId stack,
                 std::pair<uint64_t, uint64_t> attributes = {});
  void TellRegion(EventKind kind, TraceTime time, const EventContext& context, TaskIndex task, StringId type,
                  StackId stack);

  Trace* trace_;
  TraceListener* listener_;
  bool has_event_ = false;
  bool has_base_ = false;
  TraceTime last_sync_ = 0;

  IdMap goroutine_ids_;                // the row that has the number now
  std::vector<uint32_t> open_region_;  // by GoroutineIndex: the innermost open one, row of Trace::regions, or kNoRow
  IdMap proc_ids_;
  std::vector<GoroutineIndex> occupant_;  // by ProcIndex: the goroutine that runs there or went into a system call
  IdMap thread_ids_;
  std::vector<ThreadNow> thread_now_;
  ThreadNow no_thread_now_;
  IdMap task_ids_;
  IndexTable placements_;
  IndexTable functions_;
  IndexTable frames_;
  StackTableBuilder stacks_;
  std::vector<LocationId> root_;          // by StackId: its outermost frame
  std::vector<uint16_t> reason_of_text_;  // by StringId; kNoReason: not used as one yet
  std::unordered_map<RangeKey, uint32_t, HashRange> open_ranges_;
  std::vector<uint32_t> outer_region_;  // by row of Trace::regions: the one around it, or kNoRow
};

}  // namespace flametrail

#endif  // CORE_MODEL_TRACE_TRACE_BUILDER_H_
