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

std::string Checks::Take(const Event& event, int64_t ns) {
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
      std::string fault = Running(event, ns, false);
      Row(event.row).network = false;
      return fault;
    }
    case EventType::kGoSysExit: {
      GoRow& g = Row(event.row);
      const bool waits = g.status == GoStatus::kWaiting;
      Enter(&g, GoStatus::kRunnable);
      return waits ? "" : G(event.goroutine) + " is not waiting during syscall exit" + At(ns);
    }
    case EventType::kUserTaskCreate:
    case EventType::kUserTaskEnd:
    case EventType::kUserRegion:
      return TakeUser(event);
    default:
      return {};
  }
}

std::string Checks::Running(const Event& event, int64_t ns, bool allow_none) {
  const std::string_view name = kEventSpecs[static_cast<size_t>(event.type)].name;
  if (Row(event.row).status != GoStatus::kRunning) {
    return G(event.goroutine) + " is not running while " + std::string(name) + At(ns);
  }
  if (procs_[event.stream].goroutine != event.goroutine) {
    return P(event.proc) + " is not running " + G(event.goroutine) + " while " + std::string(name) + At(ns);
  }
  if (!allow_none && event.goroutine == 0) return "g 0 did " + std::string(name) + At(ns);
  return {};
}

std::string Checks::TakeProc(const Event& event, int64_t ns) {
  Proc& p = procs_[event.stream];
  std::string fault;
  if (event.type == EventType::kProcStart) {
    if (p.running) fault = P(event.proc) + " is running before start" + At(ns);
  } else if (!p.running) {
    fault = P(event.proc) + " is not running before stop" + At(ns);
  } else if (p.goroutine != 0) {
    fault = P(event.proc) + " is running a goroutine " + std::to_string(p.goroutine) + " during stop" + At(ns);
  }
  p.running = event.type == EventType::kProcStart;
  return fault;
}

std::string Checks::Alternate(bool* open, bool begins, const char* what_open, const char* what_closed, int64_t ns) {
  const bool was_open = *open;
  *open = begins;
  if (begins && was_open) return std::string("previous ") + what_open + " is not ended before a new one" + At(ns);
  if (!begins && !was_open && what_closed != nullptr) return std::string("bogus ") + what_closed + " end" + At(ns);
  return {};
}

std::string Checks::TakeRange(const Event& event, int64_t ns) {
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

std::string Checks::TakeStatus(const Event& event, int64_t ns) {
  GoRow& g = Row(event.row);
  const bool runnable = g.status == GoStatus::kRunnable;
  Enter(&g, GoStatus::kWaiting);
  return runnable ? "" : G(event.goroutine) + " is not runnable before Ev" + NameOf(event.type) + At(ns);
}

std::string Checks::TakeCreate(const Event& event, int64_t ns) {
  std::string fault = Running(event, ns, true);
  GoRow& g = Row(event.target);
  if (fault.empty() && g.exists) fault = G(event.args[0]) + " already exists" + At(ns);
  Enter(&g, GoStatus::kRunnable);
  g.assists = false;
  return fault;
}

std::string Checks::TakeStart(const Event& event, int64_t ns) {
  GoRow& g = Row(event.row);
  Proc& p = procs_[event.stream];
  std::string fault;
  if (g.status != GoStatus::kRunnable) {
    fault = G(event.goroutine) + " is not runnable before start" + At(ns);
  } else if (p.goroutine != 0) {
    fault = P(event.proc) + " is already running " + G(p.goroutine) + " while start " + G(event.goroutine) + At(ns);
  }
  Enter(&g, GoStatus::kRunning);
  p.goroutine = event.goroutine;
  return fault;
}

std::string Checks::TakeStop(const Event& event, int64_t ns, GoStatus status) {
  std::string fault = Running(event, ns, false);
  if (event.goroutine != 0) {
    Enter(&Row(event.row), status, event.type == EventType::kGoBlockNet);
  }
  procs_[event.stream].goroutine = 0;
  if (event.type == EventType::kGoEnd && !regions_.empty()) regions_.erase(event.row);
  return fault;
}

std::string Checks::TakeUnblock(const Event& event, int64_t ns) {
  std::string fault;
  if (Row(event.row).status != GoStatus::kRunning) {
    fault = G(event.goroutine) + " is not running while unpark" + At(ns);
  } else if (!from_timer_ && procs_[event.stream].goroutine != event.goroutine) {
    fault = P(event.proc) + " is not running " + G(event.goroutine) + " while unpark" + At(ns);
  }
  GoRow& woken = Row(event.target);
  if (fault.empty() && woken.status != GoStatus::kWaiting) {
    fault = G(event.args[0]) + " is not waiting before unpark" + At(ns);
  }
  Enter(&woken, GoStatus::kRunnable);
  return fault;
}

std::string Checks::TakeUser(const Event& event) {
  if (event.type == EventType::kUserTaskCreate) {
    if (tasks_.insert(event.args[0]).second) return {};
    return "task id conflicts (id:" + std::to_string(event.args[0]) + ")";
  }
  if (event.type == EventType::kUserRegion) return TakeRegion(event);
  tasks_.erase(event.args[0]);
  return {};
}

std::string Checks::TakeRegion(const Event& event) {
  if (event.args[1] > 1) return "invalid user region mode: " + std::to_string(event.args[1]);
  const Region region = {event.args[0], event.args[2]};
  if (event.args[1] == 0) {
    regions_[event.row].push_back(region);
    return {};
  }
  const auto open = regions_.find(event.row);
  if (open == regions_.end()) return {};  // began before the trace
  const bool matches = open->second.back() == region;
  open->second.pop_back();
  if (open->second.empty()) regions_.erase(open);
  if (matches) return {};
  return "misuse of region in goroutine " + std::to_string(event.goroutine) +
         ": span end when the inner-most active span start event is another";
}

}  // namespace flametrail::gotrace::v1
