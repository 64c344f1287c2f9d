#include "core/analysis/trace/event_text.h"

#include <vector>

#include "core/base/checked.h"
#include "core/base/go_quote.h"
#include "core/base/text_out.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

constexpr const char* kKindNames[] = {"Sync",        "Metric",   "Label",           "StackSample", "RangeBegin",
                                      "RangeActive", "RangeEnd", "TaskBegin",       "TaskEnd",     "RegionBegin",
                                      "RegionEnd",   "Log",      "StateTransition", "Experimental"};
constexpr const char* kGoStateNames[] = {"Undetermined", "NotExist", "Runnable", "Running",
                                         "Syscall",      "Syscall",  "Waiting"};
constexpr const char* kProcStateNames[] = {"Undetermined", "NotExist", "Running", "Idle"};
constexpr const char* kMetricNames[] = {"/sched/gomaxprocs:threads", "/memory/classes/heap/objects:bytes",
                                        "/gc/heap/goal:bytes"};

class Printer {
 public:
  Printer(const Trace& trace, const TraceEventView& event, std::string* out)
      : trace_(trace), event_(event), out_(out) {}

  void Print() {
    const EventContext& context = event_.context;
    *out_ += "M=" + (context.thread.is_none() ? "-1" : Signed(trace_.threads[context.thread.index()].id));
    *out_ += " P=" + (context.proc.is_none() ? "-1" : Signed(trace_.procs[context.proc.index()].id));
    *out_ += " G=" + (context.goroutine.is_none() ? "-1" : Signed(trace_.goroutine(context.goroutine).id));
    *out_ += std::string(" ") + kKindNames[static_cast<size_t>(event_.kind)] + " Time=" + TimeText(event_.time);
    PrintDetails();
    if (event_.transition_stack != StackTable::kEmpty) PrintStack("TransitionStack=", event_.transition_stack);
    if (event_.stack != StackTable::kEmpty) PrintStack("Stack=", event_.stack);
    *out_ += '\n';
  }

 private:
  // Go prints its ids of threads, Ps and goroutines as signed numbers.
  static std::string Signed(uint64_t id) { return std::to_string(static_cast<int64_t>(id)); }
  std::string TimeText(TraceTime time) const {
    return std::to_string(static_cast<int64_t>(static_cast<uint64_t>(trace_.origin) + time));
  }
  std::string Quoted(StringId text) const { return GoQuote(trace_.Text(text)); }
  static std::string Value(uint64_t value) { return "Value{Uint64(" + std::to_string(value) + ")}"; }
  std::string TaskId() const { return std::to_string(trace_.tasks[event_.resource].id); }

  void PrintDetails() {
    switch (event_.kind) {
      case EventKind::kSync:
        return PrintSync();
      case EventKind::kMetric:
        *out_ += " Name=\"" + std::string(kMetricNames[event_.resource]) + "\" Value=" + Value(event_.value);
        return;
      case EventKind::kLabel:
        *out_ += " Label=" + Quoted(event_.name) + " Resource=" + Scope(RangeScope::kGoroutine);
        return;
      case EventKind::kStackSample:
        return;
      case EventKind::kRangeBegin:
      case EventKind::kRangeActive:
      case EventKind::kRangeEnd:
        return PrintRange();
      case EventKind::kTaskBegin:
      case EventKind::kTaskEnd:
        return PrintTask();
      case EventKind::kRegionBegin:
      case EventKind::kRegionEnd:
        *out_ += " Task=" + TaskId() + " Type=" + Quoted(event_.name);
        return;
      case EventKind::kLog:
        *out_ += " Task=" + TaskId() + " Category=" + Quoted(event_.name) + " Message=" + Quoted(event_.text);
        return;
      case EventKind::kStateTransition:
        return PrintTransition();
      case EventKind::kExperimental:
        return PrintExperimental();
    }
  }

  void PrintSync() {
    *out_ += " N=" + std::to_string(event_.value);
    const auto& clock = trace_.syncs[event_.value - 1].clock;
    if (!clock) return;
    *out_ += " Trace=" + TimeText(clock->time) + " Mono=" + std::to_string(clock->monotonic_ns) +
             " Wall=" + WallText(*clock);
  }

  // RFC 3339 with as many digits of the second as are not zero, in UTC.
  static std::string WallText(const ClockSnapshot& clock) {
    constexpr int64_t kNanosPerSecond = 1000000000;
    constexpr size_t kDateBytes = 10;  // "2006-01-02"
    std::string text =
        FormatTimeExact(WrapAdd(WrapMultiply(clock.wall_seconds, kNanosPerSecond), clock.wall_nanos), {});
    if (text.size() > kDateBytes && text[kDateBytes] == ' ') text[kDateBytes] = 'T';
    return text.substr(0, text.find(' ')) + "Z";
  }

  std::string Scope(RangeScope scope) const {
    switch (scope) {
      case RangeScope::kGlobal:
        break;
      case RangeScope::kGoroutine:
        return "Goroutine(" + Signed(trace_.goroutines[event_.resource].id) + ")";
      case RangeScope::kProc:
        return "Proc(" + Signed(trace_.procs[event_.resource].id) + ")";
    }
    return "None";
  }

  void PrintRange() {
    *out_ += " Name=" + Quoted(event_.name) + " Scope=" + Scope(event_.scope);
    if (event_.kind != EventKind::kRangeEnd) return;
    *out_ += " Attributes=[";
    if (event_.scope == RangeScope::kProc) {
      *out_ += "\"bytes swept\"=" + Value(event_.value) + " \"bytes reclaimed\"=" + Value(event_.value2);
    }
    *out_ += "]";
  }

  void PrintTask() {
    const TaskIndex parent(static_cast<uint32_t>(event_.value));
    *out_ += " ID=" + TaskId() + " Parent=" +
             (parent.is_none() ? std::to_string(~uint64_t{0}) : std::to_string(trace_.tasks[parent.index()].id)) +
             " Type=" + Quoted(event_.name);
  }

  void PrintTransition() {
    if (event_.of_proc) {
      *out_ += " ProcID=" + Signed(trace_.procs[event_.resource].id) + " " + kProcStateNames[event_.from] + "->" +
               kProcStateNames[event_.to];
    } else {
      *out_ += " GoID=" + Signed(trace_.goroutines[event_.resource].id) + " " + kGoStateNames[event_.from] + "->" +
               kGoStateNames[event_.to];
    }
    *out_ += " Reason=" + Quoted(event_.text);
  }

  void PrintExperimental() {
    *out_ += " Name=" + std::string(trace_.Text(event_.name)) + " Args=[";
    for (size_t i = 0; i < event_.arguments.size(); ++i) {
      if (i > 0) *out_ += ", ";
      *out_ += std::string(event_.argument_names[i]) + "=" + Value(event_.arguments[i]);
    }
    *out_ += "]";
  }

  void PrintStack(std::string_view title, StackId stack) {
    *out_ += '\n';
    *out_ += title;
    *out_ += '\n';
    const LocationTable& locations = trace_.locations;
    for (; stack != StackTable::kEmpty; stack = trace_.stacks.parent[stack.index()]) {
      const size_t location = trace_.stacks.location[stack.index()].index();
      const size_t function = locations.line_function[location].index();
      *out_ += "\t" + std::string(trace_.Text(trace_.functions.name[function])) + " @ " +
               Hex(locations.address[location]) + "\n\t\t" + std::string(trace_.Text(trace_.functions.file[function])) +
               ":" + std::to_string(static_cast<uint64_t>(locations.line_number[location])) + "\n";
    }
  }

  const Trace& trace_;
  const TraceEventView& event_;
  std::string* const out_;
};

}  // namespace

void AppendEventText(const Trace& trace, const TraceEventView& event, std::string* out) {
  Printer(trace, event, out).Print();
}

}  // namespace flametrail
