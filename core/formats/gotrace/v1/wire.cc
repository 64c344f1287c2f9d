#include "core/formats/gotrace/v1/wire.h"

namespace flametrail::gotrace::v1 {

constinit const std::array<EventSpec, kEventTypes> kEventSpecs = {{
    {"None", 5, 0, false},
    {"Batch", 5, 1, false},
    {"Frequency", 5, 0, false},
    {"Stack", 5, 0, false},
    {"Gomaxprocs", 5, 1, true},
    {"ProcStart", 5, 1, false},
    {"ProcStop", 5, 0, false},
    {"GCStart", 5, 1, true},
    {"GCDone", 5, 0, false},
    {"STWStart", 5, 1, false},
    {"STWDone", 5, 0, false},
    {"GCSweepStart", 5, 0, true},
    {"GCSweepDone", 5, 2, false},
    {"GoCreate", 5, 2, true},
    {"GoStart", 5, 2, false},
    {"GoEnd", 5, 0, false},
    {"GoStop", 5, 0, true},
    {"GoSched", 5, 0, true},
    {"GoPreempt", 5, 0, true},
    {"GoSleep", 5, 0, true},
    {"GoBlock", 5, 0, true},
    {"GoUnblock", 5, 2, true},
    {"GoBlockSend", 5, 0, true},
    {"GoBlockRecv", 5, 0, true},
    {"GoBlockSelect", 5, 0, true},
    {"GoBlockSync", 5, 0, true},
    {"GoBlockCond", 5, 0, true},
    {"GoBlockNet", 5, 0, true},
    {"GoSysCall", 5, 0, true},
    {"GoSysExit", 5, 3, false},
    {"GoSysBlock", 5, 0, false},
    {"GoWaiting", 5, 1, false},
    {"GoInSyscall", 5, 1, false},
    {"HeapAlloc", 5, 1, false},
    {"HeapGoal", 5, 1, false},
    {"TimerGoroutine", 5, 0, false},
    {"FutileWakeup", 5, 0, false},
    {"String", 7, 0, false},
    {"GoStartLocal", 7, 1, false},
    {"GoUnblockLocal", 7, 1, true},
    {"GoSysExitLocal", 7, 2, false},
    {"GoStartLabel", 8, 3, false},
    {"GoBlockGC", 8, 0, true},
    {"GCMarkAssistStart", 9, 0, true},
    {"GCMarkAssistDone", 9, 0, false},
    {"UserTaskCreate", 11, 3, true},
    {"UserTaskEnd", 11, 1, true},
    {"UserRegion", 11, 3, true},
    {"UserLog", 11, 2, true},
    {"CPUSample", 19, 3, true},
}};

size_t NumbersOf(EventType type, int version) {
  const EventSpec& spec = kEventSpecs[static_cast<size_t>(type)];
  size_t count = size_t{1} + spec.args + (spec.stack ? 1 : 0);
  switch (type) {
    case EventType::kBatch:
    case EventType::kFrequency:
    case EventType::kTimerGoroutine:
      return version < 7 ? count + 1 : count;  // a sequence number in Batch, unused in the others
    case EventType::kGCSweepDone:
      if (version < 9) count -= 2;
      break;
    case EventType::kGCStart:
    case EventType::kGoStart:
    case EventType::kGoUnblock:
      if (version < 7) --count;
      break;
    case EventType::kSTWStart:
      if (version < 10) --count;
      break;
    default:
      break;
  }
  return version < 7 ? count + 1 : count;  // each event had a sequence number
}

}  // namespace flametrail::gotrace::v1
