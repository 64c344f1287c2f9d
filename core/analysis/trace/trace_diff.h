// Two traces of the same program beside each other: what each start function and each stack costs in both.
#ifndef CORE_ANALYSIS_TRACE_TRACE_DIFF_H_
#define CORE_ANALYSIS_TRACE_TRACE_DIFF_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/model/trace/trace.h"

namespace flametrail {

// What is compared, [0] of the first trace, [1] of the second.
using Pair = std::array<uint64_t, 2>;

struct FunctionDiff {
  std::string name;  // start function
  Pair goroutines = {};
  Pair exec_ns = {};
  Pair sched_ns = {};
  Pair block_ns = {};
  Pair syscall_ns = {};  // with and without P
  Pair gc_ns = {};       // mark assist, sweep
  Pair wakeups = {};     // times it was woken
};

struct StackDiff {
  std::string state;                // "running", "waiting: sync"
  std::vector<std::string> frames;  // functions, leaf first
  Pair count = {};
  Pair ns = {};
};

struct TraceDiff {
  Pair duration_ns = {};
  Pair gc_cycles = {};
  Pair gc_pause_ns = {};  // stop-the-world for the collector
  Pair sched_ns = {};
  // By the largest change of all their times, then by name. Traces differ in length: compare shares of duration_ns.
  std::vector<FunctionDiff> functions;
  std::vector<StackDiff> stacks;  // by the largest change, then by state and frames
};

// Stacks are equal when their functions are: addresses and lines change from build to build. At most `keep` stacks.
TraceDiff DiffTraces(const Trace& before, const Trace& after, size_t keep);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_TRACE_DIFF_H_
