// Every rule has a picture that makes it speak, and one near to it that must not.
// Long because: it is the one table.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/analysis/findings/finding.h"
#include "core/analysis/findings/messages.h"
#include "core/analysis/findings/rule.h"
#include "core/model/profile_assembler.h"
#include "tests/core/analysis/findings/open_documents.h"

namespace flametrail {
namespace {

using testing::OpenDocuments;

std::string Goroutine(int id, const std::string& state, const std::vector<std::string>& calls) {
  std::string text = "goroutine " + std::to_string(id) + " [" + state + "]:\n";
  for (const std::string& call : calls) text += call + "\n\tf.go:1 +0x1\n";
  return text + "\n";
}

std::string Many(int count, const std::string& state, const std::vector<std::string>& calls, int first = 100) {
  std::string text;
  for (int i = 0; i < count; ++i) text += Goroutine(first + i, state, calls);
  return text;
}

const std::string kMain = Goroutine(1, "running", {"main.main()"});

MemStats Stats(uint64_t heap_alloc, uint64_t heap_inuse, uint64_t heap_idle, uint64_t released, uint64_t stacks) {
  MemStats stats;
  stats.heap_alloc = heap_alloc;
  stats.heap_inuse = heap_inuse;
  stats.heap_idle = heap_idle;
  stats.heap_released = released;
  stats.stack_inuse = stacks;
  stats.stack_sys = stacks;
  stats.heap_sys = heap_inuse + heap_idle;
  stats.sys = heap_inuse + heap_idle + stacks;
  return stats;
}

MemStats WithGc(double fraction) {
  MemStats stats;
  stats.gc_cpu_fraction = fraction;
  stats.num_gc = 200;
  return stats;
}

GcLog Cycles(int count, int64_t apart_ns, uint32_t percent, int64_t pause_ns, int64_t assist_ns) {
  GcLog log;
  for (int i = 0; i < count; ++i) {
    GcCycle cycle;
    cycle.number = static_cast<uint64_t>(i) + 1;
    cycle.start_ns = i * apart_ns;
    cycle.percent = percent;
    cycle.mark_stop_ns = pause_ns;
    cycle.assist_cpu_ns = assist_ns;
    cycle.background_cpu_ns = 1000;
    log.cycles.push_back(cycle);
  }
  return log;
}

GcLog Queue(uint64_t queued) {
  GcLog log;
  SchedState state;
  state.procs = 4;
  state.global_queue = queued;
  log.sched.assign(20, state);
  return log;
}

// A CPU profile where `name` has `samples` of 1000.
std::string Share(const std::string& name, int samples) {
  const auto line = [](const std::string& stack, int count) {
    return stack + " " + std::to_string(count) + " " + std::to_string(count) + "0000000\n";
  };
  return line("main.main;main.work;" + name, samples) + line("main.main;main.other", 1000 - samples);
}

constexpr int64_t kSecond = 1000000000;
constexpr uint64_t kMega = 1 << 20;

struct Case {
  std::string_view rule;
  OpenDocuments fires;
  OpenDocuments silent;
};

OpenDocuments W() { return OpenDocuments(); }

std::vector<Case> ShareCases() {
  std::vector<Case> cases;
  const auto add = [&](std::string_view rule, const std::string& name, int fires, int silent) {
    cases.push_back({rule, W().Cpu(Share(name, fires)), W().Cpu(Share(name, silent))});
  };
  add("cpu.assist_share", "runtime.mallocgc;runtime.gcAssistAlloc", 150, 50);
  add("cpu.gc_share", "runtime.gcBgMarkWorker;runtime.gcDrain", 250, 150);
  add("cpu.scheduler_share", "runtime.mcall;runtime.park_m;runtime.schedule", 200, 100);
  add("cpu.lock_spinning", "runtime.lock2;runtime.procyield", 150, 50);
  add("cpu.malloc_share", "runtime.mallocgc", 250, 150);
  add("cpu.regexp_compile", "regexp.MustCompile;regexp/syntax.Parse", 50, 20);
  add("cpu.reflection", "encoding/json.Marshal;reflect.Value.Field", 200, 100);
  add("cpu.fmt", "fmt.Sprintf", 150, 50);
  add("cpu.syscall_share", "syscall.Syscall", 300, 200);
  add("cpu.netpoll_share", "runtime.netpoll", 150, 50);
  add("cpu.map_growth", "runtime.mapassign;runtime.growWork", 80, 30);
  add("cpu.slice_growth", "runtime.growslice", 150, 50);
  add("cpu.memmove", "runtime.memmove", 200, 100);
  add("cpu.hashing", "runtime.mapaccess1;aeshashbody", 200, 100);
  add("cpu.time_after", "time.After;time.NewTimer", 40, 10);
  return cases;
}

std::vector<Case> GoroutineCases() {
  const std::string lock = "sync.(*Mutex).Lock(...)";
  const std::string ring =
      Goroutine(2, "sync.Mutex.Lock, 2 minutes", {"sync.(*Mutex).lockSlow(0xc00001a0a8)", "main.f(0xc00001a0b0)"}) +
      Goroutine(3, "sync.Mutex.Lock, 2 minutes", {"sync.(*Mutex).lockSlow(0xc00001a0b0)", "main.g(0xc00001a0a8)"});
  return {
      {"goroutine.deadlock", W().Dump("fatal error: all goroutines are asleep - deadlock!\n\n" + kMain),
       W().Dump("SIGQUIT: quit\n\n" + kMain)},
      {"goroutine.crash", W().Dump("panic: oh no\n\n" + kMain), W().Dump("SIGQUIT: quit\n\n" + kMain)},
      {"goroutine.deadlock_cycle", W().Dump(ring), W().Dump(ring + Goroutine(4, "IO wait", {"main.h(0xc00001a0b0)"}))},
      {"goroutine.leaked", W().Dump(Goroutine(2, "chan send (leaked)", {"main.f()"})),
       W().Dump(Goroutine(2, "chan send", {"main.f()"}))},
      {"goroutine.growth",
       W().Dump(kMain + Many(5, "select", {"main.f()"})).Dump(kMain + Many(40, "select", {"main.f()"})),
       W().Dump(kMain + Many(40, "select", {"main.f()"})).Dump(kMain + Many(45, "select", {"main.f()"}))},
      {"goroutine.never_woken", W().Dump(Goroutine(2, "chan receive (nil chan)", {"main.f()"})),
       W().Dump(Goroutine(1, "select (no cases)", {"main.main()"}))},
      {"goroutine.count", W().Dump(Many(5000, "IO wait", {"main.f()"})), W().Dump(Many(4999, "IO wait", {"main.f()"}))},
      {"goroutine.long_wait", W().Dump(Many(10, "chan receive, 3 minutes", {"main.f()"})),
       W().Dump(Many(10, "chan receive", {"main.f()"}))},
      {"goroutine.lock_convoy", W().Dump(Many(10, "sync.Mutex.Lock", {lock, "main.f()"})),
       W().Dump(Many(9, "sync.Mutex.Lock", {lock, "main.f()"}))},
      {"goroutine.few_consumers", W().Dump(Many(10, "chan send", {"main.f()"})),
       W().Dump(Many(10, "select", {"main.f()"}))},
      {"goroutine.syscalls", W().Dump(Many(4, "syscall", {"syscall.Syscall(0x0)", "main.f()"})),
       W().Dump(Many(4, "syscall", {"os/signal.signal_recv()", "os/signal.loop()"}))},
      {"goroutine.http_connections", W().Dump(Many(100, "IO wait", {"net/http.(*persistConn).readLoop(0x1)"})),
       W().Dump(Many(99, "IO wait", {"net/http.(*persistConn).readLoop(0x1)"}))},
      {"goroutine.all_wait",
       W().Dump(kMain + Goroutine(2, "chan receive", {"main.f()"}) + Goroutine(3, "sync.Mutex.Lock", {"main.g()"})),
       W().Dump(kMain + Goroutine(2, "chan receive", {"main.f()"}) + Goroutine(3, "chan send", {"main.g()"}) +
                Goroutine(4, "sleep", {"main.h()"}))},
      {"goroutine.orphans", W().Dump(kMain + Goroutine(2, "chan receive", {"main.f(0xc000074070)"})),
       W().Dump(kMain + Goroutine(2, "chan receive", {"main.f(0xc000074070)"}) +
                Goroutine(3, "sleep", {"main.g(0xc000074070)"}))},
      {"goroutine.network_wait",
       W().Dump(kMain + Many(12, "IO wait", {"internal/poll.runtime_pollWait(0x1)", "main.read()"})),
       W().Dump(kMain + Many(12, "IO wait",
                             {"internal/poll.runtime_pollWait(0x1)", "net/http.(*connReader).backgroundRead(0x1)"}))},
  };
}

std::vector<Case> MemoryCases() {
  const auto snapshot = [](int megabytes) {
    return "main.main;main.keep 1 " + std::to_string(megabytes << 20) + " 1 " + std::to_string(megabytes << 20) +
           "\nmain.main;main.churn 1 1 1 4000000\n";
  };
  OpenDocuments grows = W();
  OpenDocuments swings = W();
  for (const int size : {1, 3, 5, 8}) grows.Heap(snapshot(size));
  for (const int size : {1, 9, 2, 8}) swings.Heap(snapshot(size));
  return {
      {"memory.growth", grows, swings},
      {"memory.gc_cpu", W().Stats(WithGc(0.15)), W().Stats(WithGc(0.05))},
      {"memory.small_objects", W().Heap("main.a 2000000 32000000 0 0\nmain.b 100 9000000 0 0\n"),
       W().Heap("main.a 2000000 320000000 0 0\n")},
      {"memory.large_objects", W().Heap("main.a 10 40000000 0 0\nmain.b 1000000 40000000 0 0\n"),
       W().Heap("main.a 10000 40000000 0 0\n")},
      {"memory.fragmentation", W().Stats(Stats(30 * kMega, 60 * kMega, 0, 0, 0)),
       W().Stats(Stats(50 * kMega, 60 * kMega, 0, 0, 0))},
      {"memory.pool_misses", W().Heap("main.a;sync.(*Pool).Get;main.newBuffer 5000 2000 0 0\nmain.b 1 8000 0 0\n"),
       W().Heap("main.a;sync.(*Pool).Get;main.newBuffer 5000 500 0 0\nmain.b 1 8000 0 0\n")},
      {"memory.time_after", W().Heap("main.a;time.After 5000 2000 0 0\nmain.b 1 8000 0 0\n"),
       W().Heap("main.a;time.After 5 2000 0 0\nmain.b 1 8000 0 0\n")},
      {"memory.tickers", W().Heap("main.a;time.NewTicker 5000 200 1000 0\n"),
       W().Heap("main.a;time.NewTicker 5000 200 999 0\n")},
      {"memory.finalizers", W().Heap("main.a;runtime.SetFinalizer 9 9 10000 0\n"),
       W().Heap("main.a;runtime.SetFinalizer 9 9 9999 0\n")},
      {"memory.stacks", W().Stats(Stats(10, 40 * kMega, 0, 0, 20 * kMega)),
       W().Stats(Stats(10, 90 * kMega, 0, 0, 20 * kMega))},
      {"memory.idle", W().Stats(Stats(10, 20 * kMega, 90 * kMega, 10 * kMega, 0)),
       W().Stats(Stats(10, 20 * kMega, 90 * kMega, 80 * kMega, 0))},
      {"gclog.cpu", W().Log(Cycles(20, kSecond, 15, 0, 0)), W().Log(Cycles(20, kSecond, 9, 0, 0))},
      {"gclog.rate", W().Log(Cycles(20, kSecond / 20, 0, 0, 0)), W().Log(Cycles(20, kSecond / 5, 0, 0, 0))},
      {"gclog.pause", W().Log(Cycles(20, kSecond, 0, kSecond / 50, 0)),
       W().Log(Cycles(20, kSecond, 0, kSecond / 200, 0))},
      {"gclog.assist", W().Log(Cycles(20, kSecond, 0, 0, 700)), W().Log(Cycles(20, kSecond, 0, 0, 100))},
      {"sched.run_queue", W().Log(Queue(8)), W().Log(Queue(7))},
  };
}

std::vector<Case> BlockingCases() {
  const std::string mutex = "main.main;main.f;sync.(*Mutex).Unlock ";
  return {
      {"cpu.too_few_samples", W().Cpu("main.main 99 990000000\n"), W().Cpu("main.main 100 1000000000\n")},
      {"block.mutex_delay", W().Block(mutex + "200 600000000\n"), W().Block(mutex + "200 400000000\n")},
      {"block.mutex_per_minute", W().Block(mutex + "200 600000000\n", 10 * kSecond),
       W().Block(mutex + "200 600000000\n", 60 * kSecond)},
      {"block.hand_off", W().Block("main.f;runtime.chanrecv1 20000 20000000\n"),
       W().Block("main.f;runtime.chanrecv1 20000 20000000000\n")},
      {"block.select_storm", W().Block("main.f;runtime.selectgo 100000 1\n"),
       W().Block("main.f;runtime.selectgo 99999 1\n")},
      {"block.threads", W().Profile({{"threadcreate", "count"}}, "runtime.newm 100\n"),
       W().Profile({{"threadcreate", "count"}}, "runtime.newm 99\n")},
  };
}

// A trace in which g1 runs from 0 to `end` and has the given lines besides.
std::string Busy(const std::string& lines, const std::string& end) {
  return "procs 2 @0\ng1 main.main: running/p0 @0\n" + lines + "end " + end + "\n";
}

// `count` goroutines that are ready and do not get a processor.
std::string Ready(int count) {
  std::string lines;
  for (int g = 2; g < 2 + count; ++g) lines += "g" + std::to_string(g) + " main.w: runnable @5\n";
  return lines;
}

std::vector<Case> TraceCases() {
  std::string waiting;
  std::string calling;
  for (int g = 2; g < 8; ++g) {
    const std::string name = "g" + std::to_string(g) + " main.w: ";
    waiting += name + "waiting(network) @5\n";
    calling += name + "running/p1 @" + std::to_string(g * 10) + ", syscall @" + std::to_string(g * 10 + 1) +
               ", blocked @" + std::to_string(g * 10 + 2) + "\n";
  }
  std::string locks;
  for (int g = 2; g < 8; ++g) {
    locks += "g" + std::to_string(g) + " main.w: waiting(sync) @" + std::to_string(g);
    for (int i = 0; i < 20; ++i) {
      const std::string at = std::to_string(1000 + i * 100 + g * 10);
      locks += ", runnable @" + at + ", running/p1 @" + at + "1, waiting(sync) @" + at + "2";
    }
    locks += "\n";
  }
  const std::string pause = "stw(GC mark termination) g1 10..";
  return {
      {"trace.pause", W().Trace(Busy(pause + "20000000\n", "90000000")),
       W().Trace(Busy(pause + "2000000\n", "90000000"))},
      {"trace.scheduler_wait", W().Trace(Busy(Ready(6), "1000")), W().Trace(Busy(Ready(3), "1000"))},
      {"trace.assist", W().Trace(Busy("assist g1 10..900\n", "1000")), W().Trace(Busy("assist g1 10..90\n", "1000"))},
      {"trace.gc_rate", W().Trace(Busy("gc 10..20\ngc 30..40\ngc 50..60\ngc 70..80\ngc 85..90\n", "1000")),
       W().Trace(Busy("gc 10..20\ngc 30..40\n", "1000"))},
      {"trace.blocked_sync", W().Trace(Busy(locks, "400000")),
       W().Trace(Busy("g2 main.w: waiting(sync) @1\n", "400000"))},
      {"trace.syscalls", W().Trace(Busy(calling, "1000")), W().Trace(Busy("", "1000"))},
      {"trace.long_run", W().Trace(Busy("", "200000000")), W().Trace(Busy("", "20000000"))},
      {"trace.never_woken",
       W().Trace(
           Busy("g2 main.w: waiting(chan receive) @2\ng3 main.w: waiting(select) @3\ng4 main.w: waiting(sync) @4\n",
                "1000")),
       W().Trace(
           Busy("g2 main.w: waiting(chan receive) @700\ng3 main.w: waiting(sleep) @3\ng4 main.w: waiting(sync) @800\n",
                "1000"))},
      {"trace.network_wait", W().Trace(Busy(waiting, "1000")),
       W().Trace(Busy("g2 main.w: waiting(network) @5\n", "1000"))},
  };
}

// g1 and g2 wake each other by turns; or, when not `both`, g1 wakes g2 alone.
std::string PingPong(bool both) {
  std::string one = "g1 main.ping: running/p0 @0", other = "g2 main.pong: running/p1 @1";
  for (int i = 0; i < 1200; ++i) {
    const auto at = [&](int offset) { return std::to_string(i * 10 + offset); };
    other += ", waiting(chan receive) @" + at(2) + ", runnable @" + at(4) + " <g1, running/p1 @" + at(5);
    if (both) one += ", waiting(chan receive) @" + at(6) + ", runnable @" + at(8) + " <g2, running/p0 @" + at(9);
  }
  return "procs 2 @0\n" + one + "\n" + other + "\nend 12000\n";
}

std::string Sleepers(int count) {
  std::string lines;
  for (int g = 2; g < 2 + count; ++g) {
    lines += "g" + std::to_string(g) + " main.s: waiting(sleep) @1, runnable @" + std::to_string(100 + g) + "\n";
  }
  return lines;
}

// Fifty that one Broadcast wakes; each runs for `run` ns and waits again.
std::string HerdOf(int run) {
  std::string lines;
  for (int g = 2; g < 52; ++g) {
    const std::string wait = " [main.w>sync.(*Cond).Wait]";
    const int start = 1000 + g * (run + 10);
    lines += "g" + std::to_string(g) + " main.w: waiting(sync) @1" + wait + ", runnable @" + std::to_string(100 + g) +
             " <g1 [main.main>sync.(*Cond).Broadcast], running/p1 @" + std::to_string(start) + ", waiting(sync) @" +
             std::to_string(start + run) + wait + "\n";
  }
  return lines;
}

std::vector<Case> WakeCases() {
  const auto stuck = [](const std::string& function) {
    return Busy("g2 main.w: waiting(sync) @2 [main.w>" + function + "]\n", "1000");
  };
  const auto stop = [](const std::string& end) {
    return Busy("g2 main.loop: running/p1 @0, runnable @" + end +
                    " [main.loop>main.spin]\nstw(GC mark termination) g1 10..8000000\n",
                "90000000");
  };
  const auto waits = [](const std::string& state) {
    return Busy("p1: " + state + " @0\ng2 main.w: runnable @5, running/p0 @5000000\n", "8000000");
  };
  const std::string pause = "stw(GC mark termination) g1 20000000..";
  return {
      {"trace.ping_pong", W().Trace(PingPong(true)), W().Trace(PingPong(false))},
      {"trace.timer_burst", W().Trace(Busy(Sleepers(100), "1000")), W().Trace(Busy(Sleepers(99), "1000"))},
      {"trace.thundering_herd", W().Trace(Busy(HerdOf(5), "90000000")), W().Trace(Busy(HerdOf(200000), "90000000"))},
      {"trace.stuck_on_lock", W().Trace(stuck("sync.(*Mutex).Lock")), W().Trace(stuck("sync.(*WaitGroup).Wait"))},
      {"trace.slow_to_stop", W().Trace(stop("6000000")), W().Trace(stop("4000000"))},
      {"trace.idle_procs", W().Trace(waits("idle")), W().Trace(waits("running"))},
      {"trace.low_utilization", W().Trace(Busy(pause + "35000000\n", "200000000")),
       W().Trace(Busy(pause + "25000000\n", "200000000"))},
  };
}

// Collections of 1 ms in a distance of `apart` ms.
GcLog Collections(int64_t apart) {
  GcLog log;
  for (uint64_t i = 0; i < 8; ++i) {
    GcCycle cycle;
    cycle.number = i + 1;
    cycle.start_ns = static_cast<int64_t>(i) * apart * 1000000;
    log.cycles.push_back(cycle);
  }
  return log;
}

OpenDocuments Snapshots(const std::vector<int>& megabytes) {
  OpenDocuments world;
  for (const int m : megabytes) world.Heap("main.f 1 1 1 " + std::to_string(m << 20) + "\n");
  return world;
}

std::vector<Case> BaselineCases() {
  const std::string before = "Join B/op 100 100 101 100 100 101\n";
  return {
      {"bench.allocation", W().Bench(before).Bench("Join B/op 140 140 141 140 140 141\n"),
       W().Bench(before).Bench("Join B/op 120 120 121 120 120 121\n")},
      {"gclog.more_collections", W().Log(Collections(500)).Log(Collections(100)),
       W().Log(Collections(500)).Log(Collections(101))},
      {"baseline.drift", Snapshots({100, 102, 99, 101, 100, 130, 131, 133}),
       Snapshots({100, 102, 99, 101, 100, 130, 131, 101})},
  };
}

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (auto make :
       {&ShareCases, &GoroutineCases, &MemoryCases, &BlockingCases, &TraceCases, &WakeCases, &BaselineCases}) {
    for (Case& each : make()) cases.push_back(std::move(each));
  }
  return cases;
}

const Finding* Of(const std::vector<Finding>& findings, std::string_view rule) {
  const auto at = std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.rule == rule; });
  return at == findings.end() ? nullptr : &*at;
}

TEST(FindingRules, EachSpeaksWhereItShouldAndIsSilentBesides) {
  std::set<std::string_view> covered;
  for (const Case& each : AllCases()) {
    covered.insert(each.rule);
    const std::vector<Finding> found = each.fires.Find();
    const Finding* finding = Of(found, each.rule);
    EXPECT_NE(finding, nullptr) << each.rule << " must speak";
    EXPECT_EQ(Of(each.silent.Find(), each.rule), nullptr) << each.rule << " must be silent";
    if (finding == nullptr) continue;
    EXPECT_GE(finding->value, finding->threshold) << each.rule;
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      const std::string sentence = SentenceOf(*finding, language);
      EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
    }
  }
  for (const Rule& rule : Rules()) EXPECT_TRUE(covered.contains(rule.id)) << rule.id << " has no case";
}

TEST(FindingRules, EveryRuleHasTextsInBothLanguages) {
  for (const Rule& rule : Rules()) {
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      const RuleTexts& texts = TextsOf(rule.id, language);
      EXPECT_FALSE(texts.title.empty() || texts.sentence.empty() || texts.advice.empty()) << rule.id;
    }
    EXPECT_EQ(FindRule(rule.id), &rule) << rule.id << " is there twice";
  }
  EXPECT_EQ(FindRule("no.such"), nullptr);
}

TEST(FindingRules, ThresholdsCanBeSetAndMoveTheLevelAbove) {
  ProfileAssembler assembler;
  assembler.AddSampleType("samples", "count");
  assembler.AddSampleType("cpu", "nanoseconds");
  const SourceLine line = {assembler.Function("fmt.Sprint", "fmt.Sprint", "f.go"), 1, 0};
  const LocationId location = assembler.Location(MappingId::None(), 0, {&line, 1});
  const int64_t values[] = {500, 500};
  assembler.AddSample({&location, 1}, values);
  const Profile profile = assembler.Take();
  Subject subject;
  subject.profile = &profile;
  FindingsOptions options;
  EXPECT_EQ(FindProblems({&subject, 1}, options)[0].urgency, Urgency::kMedium);  // above raise_at
  options.thresholds["cpu.fmt"] = 0.9;
  EXPECT_EQ(Of(FindProblems({&subject, 1}, options), "cpu.fmt")->urgency, Urgency::kLow);
  options.thresholds["cpu.fmt"] = 1.1;
  EXPECT_EQ(Of(FindProblems({&subject, 1}, options), "cpu.fmt"), nullptr);
}

TEST(FindingRules, EachPlaceThatLeaksIsAFindingOfItsOwn) {
  const std::string state = "chan send (leaked)";
  std::string dump = kMain + Many(12, state, {"main.a()"}, 10) + Many(3, state, {"main.b()"}, 30);
  for (int i = 0; i < 20; ++i) dump += Goroutine(100 + i, state, {"main.c" + std::to_string(i) + "()"});
  // At the same place, and not leaked: found before those that are.
  dump = Goroutine(9, "chan send", {"main.b()"}) + dump;
  const std::vector<Finding> found = W().Dump(dump).Find();
  std::vector<double> counts;
  for (const Finding& finding : found) {
    EXPECT_EQ(finding.rule, "goroutine.leaked");
    counts.push_back(finding.value);
  }
  EXPECT_EQ(counts, (std::vector<double>{12, 3, 1, 1, 1, 1, 1, 1, 1, 1}));
}

TEST(FindingRules, NothingIsSaidOfNothing) {
  EXPECT_TRUE(FindProblems({}, {}).empty());
  EXPECT_TRUE(W().Cpu("").Heap("").Block("").Stats({}).Log({}).Find().size() == 1);  // too few samples
}

}  // namespace
}  // namespace flametrail
