#include "core/formats/gotrace/v1/checks.h"

namespace flametrail::gotrace::v1 {
namespace {

std::string G(uint64_t id) { return "g " + std::to_string(id); }
std::string P(int64_t id) { return "p " + std::to_string(id); }
std::string At(int64_t ns) { return " (time " + std::to_string(ns) + ")"; }
std::string NameOf(EventType type) { return std::string(kEventSpecs[static_cast<size_t>(type)].name); }

// Changes the state and nothing that is not of Checks.
void Enter(GoRow* g, GoStatus status, bool network = false) {
  g->status = status;
  g->exists = true;
  g->network = network;
}

}  // namespace

Checks::Checks(int version, size_t streams, GoTable* goroutines)
    : version_(version), goroutines_(goroutines), procs_(streams + 1) {
  Enter(&Row(0), GoStatus::kRunning);
}

bool Checks::Take(const Event& event, int64_t ns) {
  switch (event.type) {
    case EventType::kProcStart:
    case EventType::kProcStop:
      return TakeProc(event, ns);
    case EventType::kGCStart:
    case EventType::kGCDone:
    case EventType::kSTWStart:
    case EventType::kSTWDone:
    case EventType::kGCSweepStart:
    case EventType::kGCSweepDone:
    case EventType::kGCMarkAssistStart:
    case EventType::kGCMarkAssistDone:
      return TakeRange(event, ns);
    case EventType::kGoWaiting:
    case EventType::kGoInSyscall:
      return TakeStatus(event, ns);
    case EventType::kGoCreate:
      return TakeCreate(event, ns);
    case EventType::kGoStart:
    case EventType::kGoStartLabel:
      return TakeStart(event, ns);
    case EventType::kGoEnd:
    case EventType::kGoStop:
      return TakeStop(event, ns, GoStatus::kDead);
    case EventType::kGoSched:
    case EventType::kGoPreempt:
      return TakeStop(event, ns, GoStatus::kRunnable);
    case EventType::kGoSleep:
    case EventType::kGoBlock:
    case EventType::kGoBlockSend:
    case EventType::kGoBlockRecv:
    case EventType::kGoBlockSelect:
    case EventType::kGoBlockSync:
    case EventType::kGoBlockCond:
    case EventType::kGoBlockNet:
    case EventType::kGoBlockGC:
    case EventType::kGoSysBlock:
      return TakeStop(event, ns, GoStatus::kWaiting);
    case EventType::kGoUnblock:
      return TakeUnblock(event, ns);
    case EventType::kGoSysCall: {
      const bool holds = Running(event, ns, false);
      Row(event.row).network = false;
      return holds;
    }
    case EventType::kGoSysExit: {
      GoRow& g = Row(event.row);
      const bool waits = g.status == GoStatus::kWaiting;
      Enter(&g, GoStatus::kRunnable);
      return waits || Fail(G(event.goroutine) + " is not waiting during syscall exit" + At(ns));
    }
    case EventType::kUserTaskCreate:
    case EventType::kUserTaskEnd:
    case EventType::kUserRegion:
      return TakeUser(event);
    default:
      return true;
  }
}

bool Checks::Running(const Event& event, int64_t ns, bool allow_none) {
  if (Row(event.row).status != GoStatus::kRunning) {
    return Fail(G(event.goroutine) + " is not running while " + NameOf(event.type) + At(ns));
  }
  if (procs_[event.stream].goroutine != event.goroutine) {
    return Fail(P(event.proc) + " is not running " + G(event.goroutine) + " while " + NameOf(event.type) + At(ns));
  }
  if (!allow_none && event.goroutine == 0) return Fail("g 0 did " + NameOf(event.type) + At(ns));
  return true;
}

bool Checks::TakeProc(const Event& event, int64_t ns) {
  Proc& p = procs_[event.stream];
  bool holds = true;
  if (event.type == EventType::kProcStart) {
    if (p.running) holds = Fail(P(event.proc) + " is running before start" + At(ns));
  } else if (!p.running) {
    holds = Fail(P(event.proc) + " is not running before stop" + At(ns));
  } else if (p.goroutine != 0) {
    holds = Fail(P(event.proc) + " is running a goroutine " + std::to_string(p.goroutine) + " during stop" + At(ns));
  }
  p.running = event.type == EventType::kProcStart;
  return holds;
}

bool Checks::Alternate(bool* open, bool begins, const char* what_open, const char* what_closed, int64_t ns) {
  const bool was_open = *open;
  *open = begins;
  if (begins && was_open) {
    return Fail(std::string("previous ") + what_open + " is not ended before a new one" + At(ns));
  }
  if (!begins && !was_open && what_closed != nullptr) {
    return Fail(std::string("bogus ") + what_closed + " end" + At(ns));
  }
  return true;
}

bool Checks::TakeRange(const Event& event, int64_t ns) {
  Proc& p = procs_[event.stream];
  switch (event.type) {
    case EventType::kGCStart:
    case EventType::kGCDone:
      return Alternate(&collects_, event.type == EventType::kGCStart, "GC", "GC", ns);
    case EventType::kSTWStart:
    case EventType::kSTWDone:
      return Alternate(version_ < 10 ? &p.stopped_world : &stopped_world_, event.type == EventType::kSTWStart, "STW",
                       "STW", ns);
    case EventType::kGCSweepStart:
    case EventType::kGCSweepDone:
      return Alternate(&p.sweeps, event.type == EventType::kGCSweepStart, "sweeping", "sweeping", ns);
    default:  // mark assists may have begun before the trace
      return Alternate(&Row(event.row).assists, event.type == EventType::kGCMarkAssistStart, "mark assist", nullptr,
                       ns);
  }
}

bool Checks::TakeStatus(const Event& event, int64_t ns) {
  GoRow& g = Row(event.row);
  const bool runnable = g.status == GoStatus::kRunnable;
  Enter(&g, GoStatus::kWaiting);
  return runnable || Fail(G(event.goroutine) + " is not runnable before Ev" + NameOf(event.type) + At(ns));
}

bool Checks::TakeCreate(const Event& event, int64_t ns) {
  bool holds = Running(event, ns, true);
  GoRow& g = Row(event.target);
  if (holds && g.exists) holds = Fail(G(event.args[0]) + " already exists" + At(ns));
  Enter(&g, GoStatus::kRunnable);
  g.assists = false;
  return holds;
}

bool Checks::TakeStart(const Event& event, int64_t ns) {
  GoRow& g = Row(event.row);
  Proc& p = procs_[event.stream];
  bool holds = true;
  if (g.status != GoStatus::kRunnable) {
    holds = Fail(G(event.goroutine) + " is not runnable before start" + At(ns));
  } else if (p.goroutine != 0) {
    holds =
        Fail(P(event.proc) + " is already running " + G(p.goroutine) + " while start " + G(event.goroutine) + At(ns));
  }
  Enter(&g, GoStatus::kRunning);
  p.goroutine = event.goroutine;
  return holds;
}

bool Checks::TakeStop(const Event& event, int64_t ns, GoStatus status) {
  const bool holds = Running(event, ns, false);
  if (event.goroutine != 0) {
    Enter(&Row(event.row), status, event.type == EventType::kGoBlockNet);
  }
  procs_[event.stream].goroutine = 0;
  if (event.type == EventType::kGoEnd && !regions_.empty()) regions_.erase(event.row);
  return holds;
}

bool Checks::TakeUnblock(const Event& event, int64_t ns) {
  bool holds = true;
  if (Row(event.row).status != GoStatus::kRunning) {
    holds = Fail(G(event.goroutine) + " is not running while unpark" + At(ns));
  } else if (!from_timer_ && procs_[event.stream].goroutine != event.goroutine) {
    holds = Fail(P(event.proc) + " is not running " + G(event.goroutine) + " while unpark" + At(ns));
  }
  GoRow& woken = Row(event.target);
  if (holds && woken.status != GoStatus::kWaiting) {
    holds = Fail(G(event.args[0]) + " is not waiting before unpark" + At(ns));
  }
  Enter(&woken, GoStatus::kRunnable);
  return holds;
}

bool Checks::TakeUser(const Event& event) {
  if (event.type == EventType::kUserTaskCreate) {
    if (tasks_.insert(event.args[0]).second) return true;
    return Fail("task id conflicts (id:" + std::to_string(event.args[0]) + ")");
  }
  if (event.type == EventType::kUserRegion) return TakeRegion(event);
  tasks_.erase(event.args[0]);
  return true;
}

bool Checks::TakeRegion(const Event& event) {
  if (event.args[1] > 1) return Fail("invalid user region mode: " + std::to_string(event.args[1]));
  const Region region = {event.args[0], event.args[2]};
  if (event.args[1] == 0) {
    regions_[event.row].push_back(region);
    return true;
  }
  const auto open = regions_.find(event.row);
  if (open == regions_.end()) return true;  // began before the trace
  const bool matches = open->second.back() == region;
  open->second.pop_back();
  if (open->second.empty()) regions_.erase(open);
  return matches || Fail("misuse of region in goroutine " + std::to_string(event.goroutine) +
                         ": span end when the inner-most active span start event is another");
}

}  // namespace flametrail::gotrace::v1
