// Events of Go before 1.22 as events of today (specs/go-trace.md §11), told to a TraceBuilder.
#ifndef CORE_FORMATS_GOTRACE_V1_CONVERTER_H_
#define CORE_FORMATS_GOTRACE_V1_CONVERTER_H_

#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/formats/gotrace/v1/event.h"
#include "core/model/trace/trace_builder.h"

namespace flametrail::gotrace::v1 {

// Stack ids of the file to those of the model.
class StackMap {
 public:
  // Tells the builder all stacks of the trace.
  StackMap(const RawTrace& raw, TraceBuilder* builder);

  // Stacks that the file does not have are empty.
  StackId Find(uint64_t id) const;

  uint64_t deepest() const { return deepest_; }
  uint64_t frames() const { return frames_; }

 private:
  std::vector<StackId> dense_;  // by id, where ids are small
  std::unordered_map<uint64_t, StackId> sparse_;
  uint64_t deepest_ = 0;
  uint64_t frames_ = 0;
};

class Converter {
 public:
  Converter(const RawTrace& raw, GoTable* goroutines, TraceBuilder* builder);

  // `ns` since the first event.
  void Take(const Event& event, int64_t ns, bool from_timer, bool from_netpoll);

  const StackMap& stacks() const { return stacks_; }

 private:
  struct ProcNow {
    ProcIndex index;
    ThreadIndex thread;  // of the last ProcStart
    bool seen = false;
  };
  GoRow& Row(uint32_t row) { return (*goroutines_)[row]; }
  GoroutineIndex Known(uint32_t row, uint64_t id);
  EventContext ContextOf(const Event& event);
  void TakeGoroutine(const Event& event, int64_t ns, const EventContext& context);
  void TakeStop(const Event& event, int64_t ns, const EventContext& context);
  void TakeCreate(const Event& event, int64_t ns, const EventContext& context);
  void TakeStart(const Event& event, int64_t ns, const EventContext& context);
  void TakeSyscall(const Event& event, int64_t ns, const EventContext& context);
  void TakeProc(const Event& event, int64_t ns, const EventContext& context);
  void TakeGomaxprocs(const Event& event, int64_t ns, const EventContext& context);
  void TakeRange(const Event& event, int64_t ns, const EventContext& context);
  void TakeUser(const Event& event, int64_t ns, const EventContext& context);
  void TakeSample(const Event& event, int64_t ns);
  StringId Text(uint64_t id) const;
  StringId StopTheWorld(uint64_t kind);

  const RawTrace& raw_;
  GoTable* goroutines_;
  TraceBuilder* builder_;
  StackMap stacks_;
  std::vector<ProcNow> procs_;  // by stream
  ProcIndex netpoll_, timers_, syscalls_, gc_;
  bool before_first_gomaxprocs_ = true;
  std::vector<std::pair<uint32_t, uint64_t>> existed_;  // when the trace began: row, id
  std::array<uint16_t, kEventTypes> reasons_ = {};      // of the events that stop a goroutine
  StringId mark_phase_, sweep_, assist_;
  StringId stop_the_world_;         // the last one
  GoroutineIndex stops_the_world_;  // who did it
};

}  // namespace flametrail::gotrace::v1

#endif  // CORE_FORMATS_GOTRACE_V1_CONVERTER_H_
