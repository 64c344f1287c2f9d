// The simulated program: what exists and in which state, as its scheduler knows it.
#ifndef TESTS_BENCH_TRACEGEN_WORLD_H_
#define TESTS_BENCH_TRACEGEN_WORLD_H_

#include <cstdint>
#include <string>
#include <vector>

namespace flametrail::testing {

inline constexpr uint32_t kNobody = 0xFFFFFFFFu;

enum class SimState : uint8_t { kDead, kRunnable, kRunning, kSyscall, kWaiting };

// Why a goroutine stops or waits; texts in kSimReasons.
enum class SimReason : uint8_t {
  kSend,
  kReceive,
  kSelect,
  kMutex,
  kCond,
  kNetwork,
  kSleep,
  kGosched,
  kPreempted,
  kForever,
  kSystem,
  kMarkAssist,
};

struct SimGoroutine {
  uint64_t id = 0;
  SimState state = SimState::kDead;
  SimReason reason = SimReason::kSystem;
  uint32_t thread = kNobody;   // running or in a system call
  uint32_t stack = 0;          // where it stopped
  uint32_t partner = kNobody;  // of a coroutine
  uint32_t regions = 0;        // open ones, of the program's region names in order
  uint64_t task = 0;
  bool short_lived = false;
  bool is_worker = false;  // of the garbage collector
  bool assists = false;
  bool from_c = false;
};

enum class SimProcState : uint8_t { kIdle, kRunning, kSyscall, kAbandoned };

struct SimProc {
  SimProcState state = SimProcState::kIdle;
  uint32_t thread = kNobody;
  uint32_t goroutine = kNobody;
  bool sweeps = false;
};

struct SimThread {
  uint64_t id = 0;
  uint32_t proc = kNobody;
  uint32_t goroutine = kNobody;
};

struct SimFrame {
  uint64_t pc;
  uint32_t function;  // indexes of World::texts
  uint32_t file;
  uint32_t line;
};

struct World {
  std::vector<SimGoroutine> goroutines;
  std::vector<SimProc> procs;
  std::vector<SimThread> threads;
  std::vector<std::string> texts;             // [0] is ""
  std::vector<std::vector<SimFrame>> stacks;  // [0] is none; leaf first
  uint64_t now = 0;                           // units of 64 ns
  bool collecting = false;                    // the mark phase
};

// Who does something: each may be nobody.
struct Actor {
  uint32_t thread = kNobody;
  uint32_t proc = kNobody;
  uint32_t goroutine = kNobody;
};

}  // namespace flametrail::testing

#endif  // TESTS_BENCH_TRACEGEN_WORLD_H_
