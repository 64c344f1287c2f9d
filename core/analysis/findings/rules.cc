// The table of all rules. Thresholds are where a rule begins to speak; people may set others.
// Long because: it is the one table.
#include <algorithm>
#include <cmath>

#include "core/analysis/findings/rule.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

using Names = std::string_view;

constexpr Names kScheduler[] = {"runtime.schedule", "runtime.findRunnable", "runtime.findrunnable", "runtime.park_m",
                                "runtime.mcall",    "runtime.goschedImpl",  "runtime.gopreempt_m"};
constexpr Names kNetpoll[] = {"runtime.netpoll", "runtime.netpollblock"};
constexpr Names kCollector[] = {"runtime.gcBgMarkWorker*", "runtime.gcAssistAlloc*",    "runtime.gcDrain*",
                                "runtime.bgsweep",         "runtime.scanobject",        "runtime.gcStart*",
                                "runtime.sweepone",        "runtime.gcMarkTermination*"};
constexpr Names kAssist[] = {"runtime.gcAssistAlloc*"};
constexpr Names kMalloc[] = {"runtime.mallocgc*"};
constexpr Names kReflection[] = {"encoding/json.*", "reflect.*"};
constexpr Names kFmt[] = {"fmt.*"};
constexpr Names kRegexpCompile[] = {"regexp.Compile*", "regexp.MustCompile*", "regexp.compile", "regexp/syntax.Parse"};
constexpr Names kMapGrowth[] = {"runtime.hashGrow",
                                "runtime.growWork*",
                                "runtime.evacuate*",
                                "internal/runtime/maps.(*table).grow",
                                "internal/runtime/maps.(*table).rehash",
                                "internal/runtime/maps.(*table).split",
                                "internal/runtime/maps.(*Map).growToTable"};
constexpr Names kSliceGrowth[] = {"runtime.growslice*"};
constexpr Names kMemmove[] = {"runtime.memmove", "runtime.typedmemmove"};
constexpr Names kHashing[] = {"aeshashbody",      "runtime.aeshash*",   "runtime.memhash*",
                              "runtime.strhash*", "runtime.mapaccess*", "runtime.mapassign*"};
constexpr Names kSyscall[] = {"syscall.Syscall*", "syscall.RawSyscall*", "internal/runtime/syscall.*",
                              "runtime/internal/syscall.*", "runtime.cgocall"};
constexpr Names kTimeAfter[] = {"time.After", "time.Tick"};
constexpr Names kSpinning[] = {"runtime.procyield*", "runtime.osyield*",    "runtime.lock2",
                               "runtime.lock",       "sync.runtime_doSpin", "runtime.unlock2"};
constexpr Names kPoolMiss[] = {"sync.(*Pool).Get"};
constexpr Names kTickers[] = {"time.NewTicker", "time.NewTimer", "time.newTimer"};
constexpr Names kFinalizers[] = {"runtime.SetFinalizer*", "runtime.AddCleanup*", "runtime.addfinalizer"};
constexpr Names kMutexes[] = {"sync.(*Mutex).*", "sync.(*RWMutex).*", "internal/sync.(*Mutex).*"};
constexpr Names kChannels[] = {"runtime.chansend*", "runtime.chanrecv*"};
constexpr Names kSelect[] = {"runtime.selectgo"};
constexpr Names kPersistent[] = {"net/http.(*persistConn).readLoop", "net/http.(*persistConn).writeLoop"};

using enum Urgency;
using enum RuleUnit;

constexpr Rule kRules[] = {
    // What ended or will end the program.
    {"goroutine.deadlock", kHigh, 1, 0, kCount, &CheckCrash},
    {"goroutine.crash", kHigh, 1, 0, kCount, &CheckCrash},
    {"goroutine.deadlock_cycle", kHigh, 2, 0, kCount, &CheckDeadlockCycle},
    {"goroutine.leaked", kHigh, 1, 0, kCount, &CheckLeaked},
    {"goroutine.growth", kMedium, 10, 50, kCount, &CheckGoroutineGrowth},
    {"goroutine.never_woken", kMedium, 1, 0, kCount, &CheckNeverWoken},
    {"goroutine.count", kMedium, 5000, 50000, kCount, &CheckGoroutineCount},
    {"goroutine.long_wait", kMedium, 10, 1000, kCount, &CheckLongWait},
    {"goroutine.lock_convoy", kMedium, 10, 100, kCount, &CheckConvoy},
    {"goroutine.few_consumers", kMedium, 10, 1000, kCount, &CheckFewConsumers},
    {"goroutine.syscalls", kLow, 4, 100, kCount, &CheckBlockedSyscalls},
    {"goroutine.http_connections", kLow, 100, 1000, kCount, &CheckHttpConnections, kPersistent},
    {"goroutine.all_wait", kLow, 2, 0, kCount, &CheckAllWait},
    {"goroutine.orphans", kLow, 1, 0, kCount, &CheckOrphans},
    {"goroutine.network_wait", kLow, 0.3, 0, kShare, &CheckNetworkWait},
    // CPU profiles.
    {"cpu.assist_share", kMedium, 0.1, 0.2, kShare, &CheckCpuShare, kAssist},
    {"cpu.gc_share", kMedium, 0.2, 0.35, kShare, &CheckCpuShare, kCollector},
    {"cpu.scheduler_share", kMedium, 0.15, 0.35, kShare, &CheckCpuShare, kScheduler},
    {"cpu.lock_spinning", kMedium, 0.1, 0.3, kShare, &CheckCpuShare, kSpinning},
    {"cpu.malloc_share", kLow, 0.2, 0.4, kShare, &CheckCpuShare, kMalloc},
    {"cpu.regexp_compile", kMedium, 0.03, 0.2, kShare, &CheckRegexpCompile, kRegexpCompile},
    {"cpu.reflection", kLow, 0.15, 0.4, kShare, &CheckCpuShare, kReflection},
    {"cpu.fmt", kLow, 0.1, 0.4, kShare, &CheckCpuShare, kFmt},
    {"cpu.syscall_share", kLow, 0.25, 0.6, kShare, &CheckCpuShare, kSyscall},
    {"cpu.netpoll_share", kLow, 0.1, 0.3, kShare, &CheckCpuShare, kNetpoll},
    {"cpu.map_growth", kLow, 0.05, 0.25, kShare, &CheckCpuShare, kMapGrowth},
    {"cpu.slice_growth", kLow, 0.1, 0.3, kShare, &CheckCpuShare, kSliceGrowth},
    {"cpu.memmove", kLow, 0.15, 0.4, kShare, &CheckCpuShare, kMemmove},
    {"cpu.hashing", kLow, 0.15, 0.4, kShare, &CheckCpuShare, kHashing},
    {"cpu.time_after", kLow, 0.02, 0.1, kShare, &CheckCpuShare, kTimeAfter},
    {"cpu.too_few_samples", kInfo, 100, 0, kCount, &CheckCpuTooShort},
    // Memory.
    {"memory.growth", kMedium, 1 << 20, 0, kBytes, &CheckHeapGrowth},
    {"memory.gc_cpu", kMedium, 0.1, 0.2, kShare, &CheckGcCpuFraction},
    {"memory.small_objects", kLow, 0.5, 0, kShare, &CheckSmallObjects},
    {"memory.large_objects", kLow, 0.1, 0, kShare, &CheckLargeObjects},
    {"memory.fragmentation", kLow, 0.3, 0.6, kShare, &CheckSizeClassWaste},
    {"memory.pool_misses", kLow, 0.1, 0.5, kShare, &CheckAllocShare, kPoolMiss},
    {"memory.time_after", kLow, 0.05, 0.3, kShare, &CheckAllocShare, kTimeAfter},
    {"memory.tickers", kMedium, 1000, 100000, kCount, &CheckObjectsOf, kTickers},
    {"memory.finalizers", kLow, 10000, 1000000, kCount, &CheckObjectsOf, kFinalizers},
    {"memory.stacks", kMedium, 0.25, 0.5, kShare, &CheckStackMemory},
    {"memory.idle", kLow, 0.5, 0, kShare, &CheckIdleMemory},
    // Logs of the runtime.
    {"gclog.cpu", kMedium, 0.1, 0.25, kShare, &CheckGcLogPercent},
    {"gclog.rate", kMedium, 10, 50, kPerSecond, &CheckGcLogRate},
    {"gclog.pause", kMedium, 0.01, 0.1, kSeconds, &CheckGcLogPause},
    {"gclog.assist", kMedium, 0.3, 0.6, kShare, &CheckGcLogAssist},
    {"sched.run_queue", kMedium, 2, 20, kRatio, &CheckRunQueue},
    // Blocking.
    {"block.mutex_delay", kMedium, 0.5, 5, kSeconds, &CheckMutexDelay, kMutexes},
    {"block.mutex_per_minute", kMedium, 2, 30, kSeconds, &CheckMutexPerMinute, kMutexes},
    {"block.hand_off", kLow, 10000, 0, kCount, &CheckHandOff, kChannels},
    {"block.select_storm", kLow, 100000, 0, kCount, &CheckSelectStorm, kSelect},
    {"block.threads", kMedium, 100, 1000, kCount, &CheckThreads},
    // Execution traces.
    {"trace.pause", kMedium, 0.01, 0.05, kSeconds, &CheckTracePause},
    {"trace.scheduler_wait", kMedium, 2, 20, kRatio, &CheckTraceSchedWait},
    {"trace.assist", kMedium, 0.3, 1, kRatio, &CheckTraceAssist},
    {"trace.gc_rate", kMedium, 20, 200, kPerSecond, &CheckTraceGcRate},
    {"trace.blocked_sync", kMedium, 3, 100, kRatio, &CheckTraceBlockedSync},
    {"trace.syscalls", kLow, 1.5, 20, kRatio, &CheckTraceSyscall},
    {"trace.long_run", kLow, 0.1, 0, kSeconds, &CheckTraceLongRun},
    {"trace.never_woken", kLow, 3, 1000, kCount, &CheckTraceNeverWoken},
    {"trace.network_wait", kLow, 5, 0, kRatio, &CheckTraceNetworkWait},
    {"trace.stuck_on_lock", kMedium, 1, 2, kCount, &CheckTraceStuckOnLock},
    {"trace.slow_to_stop", kLow, 0.005, 0.01, kSeconds, &CheckTraceSlowToStop},
    {"trace.low_utilization", kLow, 0.75, 0.95, kShare, &CheckTraceLowUtilization},
    {"trace.idle_procs", kLow, 0.2, 0, kShare, &CheckTraceIdleProcs},
    {"trace.ping_pong", kLow, 20000, 0, kPerSecond, &CheckTracePingPong},
    {"trace.timer_burst", kLow, 100, 10000, kCount, &CheckTraceTimerBurst},
    {"trace.thundering_herd", kMedium, 50, 5000, kCount, &CheckTraceHerd},
    // Benchmarks and baselines.
    {"bench.allocation", kMedium, 0.3, 3, kShare, &CheckBenchAllocation},
    {"gclog.more_collections", kMedium, 5, 50, kRatio, &CheckMoreCollections},
    {"baseline.drift", kLow, 2, 10, kRatio, &CheckBaselineDrift},
};

// "1,234,567"
std::string Grouped(double value) {
  std::string digits = FormatFixed(value, 0);
  for (size_t at = digits.size(); at > 3 + (digits[0] == '-' ? 1 : 0); at -= 3) digits.insert(at - 3, ",");
  return digits;
}

}  // namespace

std::span<const Rule> Rules() { return kRules; }

const Rule* FindRule(std::string_view id) {
  const auto at = std::find_if(std::begin(kRules), std::end(kRules), [&](const Rule& rule) { return rule.id == id; });
  return at == std::end(kRules) ? nullptr : &*at;
}

std::string FormatRuleValue(RuleUnit unit, double value) {
  switch (unit) {
    case RuleUnit::kShare:
      return FormatFixed(value * 100, 1) + "%";
    case RuleUnit::kCount:
      return Grouped(value);
    case RuleUnit::kBytes:
      return ScaledLabel(static_cast<int64_t>(value), "bytes", "auto");
    case RuleUnit::kSeconds:
      return ScaledLabel(static_cast<int64_t>(value * 1e9), "nanoseconds", "auto");
    case RuleUnit::kPerSecond:
      return FormatFixed(value, 1) + "/s";
    case RuleUnit::kRatio:
      return FormatFixed(value, 1);
    case RuleUnit::kMinutes:
      return FormatFixed(value, 0) + " min";
  }
  return "";
}

}  // namespace flametrail
