// A small scheduler that runs a made-up program: threads, processors, goroutines that send, sleep, lock, call the
// system, collect garbage. What it does is legal, so a strict reader accepts every trace of it.
#ifndef TESTS_BENCH_TRACEGEN_SIMULATION_H_
#define TESTS_BENCH_TRACEGEN_SIMULATION_H_

#include <deque>
#include <queue>
#include <utility>
#include <vector>

#include "tests/bench/tracegen/encoder.h"
#include "tests/bench/tracegen/options.h"
#include "tests/bench/tracegen/random.h"
#include "tests/bench/tracegen/world.h"

namespace flametrail::testing {

class Simulation {
 public:
  explicit Simulation(const TraceOptions& options, TraceSink sink);

  void Run();
  uint64_t events() const { return encoder_->events(); }

 private:
  using Act = void (Simulation::*)(uint32_t proc);
  struct Choice {
    uint64_t until;  // sum of weights up to here
    Act act;
  };
  struct Wait {  // until a time
    uint64_t until;
    uint32_t goroutine;
    bool operator>(const Wait& other) const {
      return until != other.until ? until > other.until : goroutine > other.goroutine;
    }
  };
  struct ReturningThread {  // out of a system call that lost its processor
    uint64_t at;
    uint32_t thread;
  };

  // --- The world ---
  void MakeStacks();
  uint32_t Text(std::string text);
  uint32_t NewGoroutine(SimState state);
  void MakeChoices();
  SimGoroutine& G(uint32_t g) { return world_.goroutines[g]; }
  SimProc& P(uint32_t p) { return world_.procs[p]; }
  SimThread& M(uint32_t m) { return world_.threads[m]; }
  Actor Who(uint32_t proc) const;
  uint32_t RandomStack() { return static_cast<uint32_t>(2 + random_.Below(world_.stacks.size() - 2)); }
  void Tick();

  // --- One step ---
  bool Enough() const;
  void Step();
  uint32_t RunningProc();
  void Schedule(uint32_t proc);
  bool WakeSleepers(uint32_t proc);
  void ActOn(uint32_t proc);
  void InSyscall(uint32_t proc);
  bool ThreadReturns();
  void StartIdleProc();
  void StartGoroutine(uint32_t proc, uint32_t g);
  void StopProc(uint32_t proc);
  bool BindProc(uint32_t thread, uint32_t proc);
  void Leave(uint32_t proc, SimState state, SimReason reason, uint32_t stack);
  void BlockOn(uint32_t proc, SimReason reason);
  void WakeFrom(uint32_t proc, std::vector<uint32_t>* waiters, uint32_t stack);

  // --- What a goroutine may do ---
  void DoChannel(uint32_t proc);
  void DoSleep(uint32_t proc);
  void DoMutex(uint32_t proc);
  void DoNetwork(uint32_t proc);
  void DoSyscall(uint32_t proc);
  void DoYield(uint32_t proc);
  void DoShortLived(uint32_t proc);
  void DoAllocate(uint32_t proc);
  void DoAnnotate(uint32_t proc);
  void DoCoroutine(uint32_t proc);
  void DoCThread(uint32_t proc);
  void DoExperiment(uint32_t proc);
  void CloseRegions(uint32_t proc);
  void EndGoroutine(uint32_t proc);
  void BeginCollection(uint32_t proc);
  void EndCollection(uint32_t proc);
  void LeaveC(uint32_t proc);

  TraceOptions options_;
  Random random_;
  World world_;
  std::unique_ptr<TraceEncoder> encoder_;
  std::vector<Choice> choices_;
  std::deque<uint32_t> runnable_;
  std::priority_queue<Wait, std::vector<Wait>, std::greater<>> sleepers_;
  std::vector<uint32_t> channel_, mutex_, network_, workers_, free_rows_;
  std::vector<uint32_t> idle_threads_;
  std::deque<ReturningThread> returning_;
  uint32_t idle_procs_ = 0;
  uint32_t first_label_ = 0, first_region_ = 0, first_log_ = 0, task_name_ = 0;
  uint64_t next_goroutine_ = 1, next_task_ = 1;
  uint64_t heap_ = 4 << 20;
  uint64_t goal_ = 8 << 20;
  uint64_t mark_until_ = 0;
  uint32_t collector_ = kNobody;  // goroutine that began the collection
  uint64_t next_sample_ = 0;
  uint64_t generation_end_ = 0;
};

}  // namespace flametrail::testing

#endif  // TESTS_BENCH_TRACEGEN_SIMULATION_H_
