#include "core/formats/gotrace/v2/event_spec.h"

#include <initializer_list>

namespace flametrail::gotrace {
namespace {

// Arguments that name strings end in "_string" and those that name stacks in "stack": that is how the text form writes
// them too.
constexpr EventSpec Spec(std::string_view name, bool is_timed, std::initializer_list<std::string_view> args) {
  EventSpec spec;
  spec.name = name;
  spec.is_timed = is_timed;
  for (const std::string_view arg : args) {
    const auto bit = static_cast<uint8_t>(1u << spec.arg_count);
    if (arg.ends_with("stack")) spec.stack_args |= bit;
    if (arg.ends_with("_string")) spec.string_args |= bit;
    spec.args[spec.arg_count++] = arg;
  }
  return spec;
}

constexpr EventSpec Timed(std::string_view name, std::initializer_list<std::string_view> args = {}) {
  return Spec(name, true, args);
}
constexpr EventSpec Untimed(std::string_view name) { return Spec(name, false, {}); }

constexpr std::array<EventSpec, kEventCodes> MakeSpecs() {
  std::array<EventSpec, kEventCodes> specs = {};
  specs[kEventBatch] = Untimed("EventBatch");
  specs[kStacks] = Untimed("Stacks");
  specs[kStack] = Untimed("Stack");
  specs[kStrings] = Untimed("Strings");
  specs[kString] = Untimed("String");
  specs[kCpuSamples] = Untimed("CPUSamples");
  specs[kCpuSample] = Untimed("CPUSample");
  specs[kFrequency] = Untimed("Frequency");
  specs[kProcsChange] = Timed("ProcsChange", {"procs_value", "stack"});
  specs[kProcStart] = Timed("ProcStart", {"p", "p_seq"});
  specs[kProcStop] = Timed("ProcStop");
  specs[kProcSteal] = Timed("ProcSteal", {"p", "p_seq", "m"});
  specs[kProcStatus] = Timed("ProcStatus", {"p", "pstatus"});
  specs[kGoCreate] = Timed("GoCreate", {"new_g", "new_stack", "stack"});
  specs[kGoCreateSyscall] = Timed("GoCreateSyscall", {"new_g"});
  specs[kGoStart] = Timed("GoStart", {"g", "g_seq"});
  specs[kGoDestroy] = Timed("GoDestroy");
  specs[kGoDestroySyscall] = Timed("GoDestroySyscall");
  specs[kGoStop] = Timed("GoStop", {"reason_string", "stack"});
  specs[kGoBlock] = Timed("GoBlock", {"reason_string", "stack"});
  specs[kGoUnblock] = Timed("GoUnblock", {"g", "g_seq", "stack"});
  specs[kGoSyscallBegin] = Timed("GoSyscallBegin", {"p_seq", "stack"});
  specs[kGoSyscallEnd] = Timed("GoSyscallEnd");
  specs[kGoSyscallEndBlocked] = Timed("GoSyscallEndBlocked");
  specs[kGoStatus] = Timed("GoStatus", {"g", "m", "gstatus"});
  specs[kStwBegin] = Timed("STWBegin", {"kind_string", "stack"});
  specs[kStwEnd] = Timed("STWEnd");
  specs[kGcActive] = Timed("GCActive", {"gc_seq"});
  specs[kGcBegin] = Timed("GCBegin", {"gc_seq", "stack"});
  specs[kGcEnd] = Timed("GCEnd", {"gc_seq"});
  specs[kGcSweepActive] = Timed("GCSweepActive", {"p"});
  specs[kGcSweepBegin] = Timed("GCSweepBegin", {"stack"});
  specs[kGcSweepEnd] = Timed("GCSweepEnd", {"swept_value", "reclaimed_value"});
  specs[kGcMarkAssistActive] = Timed("GCMarkAssistActive", {"g"});
  specs[kGcMarkAssistBegin] = Timed("GCMarkAssistBegin", {"stack"});
  specs[kGcMarkAssistEnd] = Timed("GCMarkAssistEnd");
  specs[kHeapAlloc] = Timed("HeapAlloc", {"heapalloc_value"});
  specs[kHeapGoal] = Timed("HeapGoal", {"heapgoal_value"});
  specs[kGoLabel] = Timed("GoLabel", {"label_string"});
  specs[kUserTaskBegin] = Timed("UserTaskBegin", {"task", "parent_task", "name_string", "stack"});
  specs[kUserTaskEnd] = Timed("UserTaskEnd", {"task", "stack"});
  specs[kUserRegionBegin] = Timed("UserRegionBegin", {"task", "name_string", "stack"});
  specs[kUserRegionEnd] = Timed("UserRegionEnd", {"task", "name_string", "stack"});
  specs[kUserLog] = Timed("UserLog", {"task", "key_string", "value_string", "stack"});
  specs[kGoSwitch] = Timed("GoSwitch", {"g", "g_seq"});
  specs[kGoSwitchDestroy] = Timed("GoSwitchDestroy", {"g", "g_seq"});
  specs[kGoCreateBlocked] = Timed("GoCreateBlocked", {"new_g", "new_stack", "stack"});
  specs[kGoStatusStack] = Timed("GoStatusStack", {"g", "m", "gstatus", "stack"});
  specs[kExperimentalBatch] = Untimed("ExperimentalBatch");
  specs[kSync] = Untimed("Sync");
  specs[kClockSnapshot] = Untimed("ClockSnapshot");
  specs[kEndOfGeneration] = Untimed("EndOfGeneration");
  size_t at = kFirstExperimental;
  specs[at++] = Timed("Span", {"id", "npages_value", "kindclass"});
  specs[at++] = Timed("SpanAlloc", {"id", "npages_value", "kindclass"});
  specs[at++] = Timed("SpanFree", {"id"});
  specs[at++] = Timed("HeapObject", {"id", "type"});
  specs[at++] = Timed("HeapObjectAlloc", {"id", "type"});
  specs[at++] = Timed("HeapObjectFree", {"id"});
  specs[at++] = Timed("GoroutineStack", {"id", "order"});
  specs[at++] = Timed("GoroutineStackAlloc", {"id", "order"});
  specs[at++] = Timed("GoroutineStackFree", {"id"});
  return specs;
}

}  // namespace

constexpr std::array<EventSpec, kEventCodes> kEventSpecs = MakeSpecs();

std::string_view EventName(uint8_t code) {
  return code < kEventCodes && !kEventSpecs[code].name.empty() ? kEventSpecs[code].name : "unknown event";
}

}  // namespace flametrail::gotrace
