// What a made-up execution trace is to look like. The same options give the same bytes everywhere.
#ifndef TESTS_BENCH_TRACEGEN_OPTIONS_H_
#define TESTS_BENCH_TRACEGEN_OPTIONS_H_

#include <cstdint>

namespace flametrail::testing {

// Which records of a generation the writer leaves out.
enum class MissingTable : uint8_t { kNone, kFrequency, kStrings, kStacks };

struct TraceOptions {
  // N of "go 1.N trace": 11, 19, 21, 22, 23, 25 or 26.
  int version = 26;
  uint64_t seed = 1;
  // Ends after about this many bytes, or `events` (0: no limit). A trace is never cut by it: the program just stops.
  uint64_t bytes = 1 << 20;
  uint64_t events = 0;

  uint32_t procs = 4;
  uint32_t threads = 12;
  uint32_t goroutines = 60;  // that live long
  uint32_t stacks = 400;     // different ones

  // v2: events per generation, and the number of the first (a flight recorder's is not 1).
  uint64_t generation_events = 200000;
  uint64_t first_generation = 1;

  // Weights of what a running goroutine does next; 0: never.
  uint32_t channels = 30;
  uint32_t sleeps = 14;
  uint32_t mutexes = 6;
  uint32_t network = 4;
  uint32_t syscalls = 14;
  uint32_t yields = 3;
  uint32_t short_lived = 5;  // goroutines that are made, run once and end
  uint32_t allocations = 12;
  uint32_t annotations = 8;  // tasks, regions, logs
  uint32_t coroutines = 2;   // 1.23 and later
  uint32_t c_threads = 1;    // threads of C that enter Go; 1.22 and later
  uint32_t experiments = 0;  // heap events as with GODEBUG=traceallocfree=1; 1.23 and later
  bool collects_garbage = true;
  bool cpu_samples = true;

  // v2: generation (counted from 0) that lacks a table.
  MissingTable missing = MissingTable::kNone;
  uint64_t missing_generation = 0;
};

}  // namespace flametrail::testing

#endif  // TESTS_BENCH_TRACEGEN_OPTIONS_H_
