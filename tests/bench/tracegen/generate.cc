#include "tests/bench/tracegen/generate.h"

#include <algorithm>

#include "tests/bench/tracegen/random.h"
#include "tests/bench/tracegen/simulation.h"

namespace flametrail::testing {
namespace {

constexpr size_t kHeaderBytes = 16;

}  // namespace

std::string TraceHeader(int version) {
  std::string header = "go 1." + std::to_string(version) + " trace";
  header.resize(kHeaderBytes);
  return header;
}

uint64_t GenerateTrace(const TraceOptions& options, TraceSink sink) {
  Simulation simulation(options, std::move(sink));
  simulation.Run();
  return simulation.events();
}

std::string GenerateTrace(const TraceOptions& options) {
  std::string trace;
  GenerateTrace(options, [&](std::string_view part) { trace += part; });
  return trace;
}

TraceOptions OptionsFor(TraceShape shape, int version, uint64_t count) {
  TraceOptions options;
  options.version = version;
  options.bytes = ~uint64_t{0};
  switch (shape) {
    case TraceShape::kMixed:
      options.bytes = count;
      break;
    case TraceShape::kGoroutines:
      // Four events in the life of each.
      options.events = count * 4;
      options.goroutines = 2;
      options.channels = options.sleeps = options.mutexes = options.network = options.syscalls = 0;
      options.annotations = options.coroutines = options.c_threads = options.allocations = 0;
      options.yields = 1;
      options.short_lived = 40;
      break;
    case TraceShape::kGenerations:
      options.generation_events = 8;
      options.events = count * 16;
      options.procs = 1;
      options.goroutines = 2;
      options.stacks = 4;
      options.collects_garbage = false;
      options.cpu_samples = false;
      options.short_lived = options.coroutines = options.c_threads = 0;
      break;
    case TraceShape::kOneThread:
      options.events = count;
      options.procs = 1;
      options.goroutines = 1;
      options.channels = options.sleeps = options.mutexes = options.network = options.syscalls = options.yields = 0;
      options.short_lived = options.coroutines = options.c_threads = 0;
      options.generation_events = ~uint64_t{0} >> 1;
      break;
    case TraceShape::kLive:
      options.goroutines = static_cast<uint32_t>(count);
      options.events = count * 10;
      break;
  }
  return options;
}

std::string Cut(std::string_view trace, uint64_t size) {
  return std::string(trace.substr(0, static_cast<size_t>(std::min<uint64_t>(size, trace.size()))));
}

std::string FlipBytes(std::string_view trace, uint64_t seed, size_t count) {
  std::string damaged(trace);
  Random random(seed);
  for (size_t i = 0; i < count && damaged.size() > kHeaderBytes; ++i) {
    const auto at = static_cast<size_t>(kHeaderBytes + random.Below(damaged.size() - kHeaderBytes));
    damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(1 + random.Below(255)));
  }
  return damaged;
}

std::string InsertLogLines(std::string_view trace, uint64_t seed, size_t count) {
  std::string damaged(trace);
  Random random(seed);
  for (size_t i = 0; i < count && damaged.size() > kHeaderBytes; ++i) {
    const auto at = static_cast<size_t>(kHeaderBytes + random.Below(damaged.size() - kHeaderBytes));
    damaged.insert(at, "2026/11/24 12:00:0" + std::to_string(i % 10) + " request handled in 3ms\n");
  }
  return damaged;
}

std::string SwapStretches(std::string_view trace, uint64_t seed) {
  std::string damaged(trace);
  Random random(seed);
  if (damaged.size() < kHeaderBytes + 64) return damaged;
  const auto length = static_cast<size_t>(1 + random.Below((damaged.size() - kHeaderBytes) / 4));
  const auto first = static_cast<size_t>(kHeaderBytes + random.Below(length));
  const size_t second = first + length + static_cast<size_t>(random.Below(length));
  if (second + length > damaged.size()) return damaged;
  std::swap_ranges(damaged.begin() + static_cast<std::ptrdiff_t>(first),
                   damaged.begin() + static_cast<std::ptrdiff_t>(first + length),
                   damaged.begin() + static_cast<std::ptrdiff_t>(second));
  return damaged;
}

}  // namespace flametrail::testing
