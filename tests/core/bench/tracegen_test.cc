// Made-up traces: a strict reader takes every one, and a damaged one costs it no more than the truth.
#include <gtest/gtest.h>

#include <string>

#include "core/formats/gotrace/gotrace_reader.h"
#include "tests/bench/tracegen/generate.h"
#include "tests/core/support/check_trace.h"
#include "tests/core/support/read_with.h"

namespace flametrail::testing {
namespace {

constexpr int kVersions[] = {11, 19, 21, 22, 23, 25, 26};

std::string Read(const std::string& bytes, bool strict, Trace* trace = nullptr) {
  ReadOptions options;
  options.compat = strict;
  Result<Document> result = ReadWith(MakeGoTraceReader(options), bytes);
  if (!result.ok()) return "error: " + result.error().text;
  Trace& read = std::get<Trace>(result->body);
  if (std::string fault = CheckTrace(read); !fault.empty()) return "not a whole model: " + fault;
  const std::string faults = ShowFaults(*result);
  if (trace != nullptr) *trace = std::move(read);
  return faults;
}

TEST(TracegenTest, AStrictReaderTakesEveryTrace) {
  for (const int version : kVersions) {
    for (uint64_t seed = 1; seed <= 3; ++seed) {
      TraceOptions options;
      options.version = version;
      options.seed = seed;
      options.bytes = 150000;
      options.generation_events = 5000 * seed;
      options.first_generation = seed * 7;
      options.experiments = seed == 2 ? 10 : 0;
      EXPECT_EQ(Read(GenerateTrace(options), true), "") << version << " seed " << seed;
    }
  }
}

// What the options promise is in the traces: else the other tests here prove nothing.
TEST(TracegenTest, HasEveryKindOfEvent) {
  TraceOptions options;
  options.bytes = 1500000;
  options.generation_events = 20000;
  options.experiments = 3;
  Trace trace;
  ASSERT_EQ(Read(GenerateTrace(options), true, &trace), "");
  for (size_t kind = 0; kind < kEventKinds; ++kind) EXPECT_GT(trace.events_by_kind[kind], 0u) << "kind " << kind;
  const auto count = [&](GoState from, GoState to) {
    return trace.go_transitions[static_cast<size_t>(from)][static_cast<size_t>(to)];
  };
  EXPECT_GT(count(GoState::kNotExist, GoState::kWaiting), 0u) << "coroutines";
  EXPECT_GT(count(GoState::kNotExist, GoState::kSyscall), 0u) << "threads of C enter";
  EXPECT_GT(count(GoState::kSyscall, GoState::kNotExist), 0u) << "and leave";
  EXPECT_GT(count(GoState::kSyscall, GoState::kRunning), 0u);
  EXPECT_GT(count(GoState::kSyscall, GoState::kRunnable), 0u) << "processors are stolen";
  EXPECT_GT(count(GoState::kWaiting, GoState::kWaiting), 0u) << "statuses of later generations";
  EXPECT_GT(trace.generations.size(), 5u);
  EXPECT_GT(trace.sweeps.size(), 0u);
}

TEST(TracegenTest, TheSameOptionsGiveTheSameBytes) {
  TraceOptions options;
  options.bytes = 60000;
  const std::string trace = GenerateTrace(options);
  EXPECT_EQ(GenerateTrace(options), trace);
  options.seed = 2;
  EXPECT_NE(GenerateTrace(options), trace);
}

TEST(TracegenTest, DamageOfEveryKindLeavesAWholeModel) {
  for (const int version : kVersions) {
    TraceOptions options;
    options.version = version;
    options.bytes = 40000;
    options.generation_events = 1500;
    const std::string trace = GenerateTrace(options);
    for (uint64_t seed = 1; seed <= 10; ++seed) {
      const std::string damaged[] = {Cut(trace, trace.size() * seed / 11), FlipBytes(trace, seed, seed * 2),
                                     InsertLogLines(trace, seed, 3), SwapStretches(trace, seed)};
      for (const std::string& bytes : damaged) {
        for (const bool strict : {true, false}) {
          const std::string read = Read(bytes, strict);
          EXPECT_FALSE(read.starts_with("not a whole model")) << version << " seed " << seed << ": " << read;
        }
      }
      // Other numbers in place of numbers may make another trace that is as good; this cannot.
      EXPECT_NE(Read(damaged[0], false), "") << "cut, and nobody hears of it: " << version << " seed " << seed;
      EXPECT_NE(Read(damaged[2], false), "") << "log lines that nobody hears of: " << version << " seed " << seed;
    }
  }
}

TEST(TracegenTest, TablesThatAreMissingAreNamed) {
  for (const int version : {22, 25, 26}) {
    for (const MissingTable missing : {MissingTable::kFrequency, MissingTable::kStrings, MissingTable::kStacks}) {
      TraceOptions options;
      options.version = version;
      options.bytes = 100000;
      options.generation_events = 4000;
      options.missing = missing;
      options.missing_generation = 1;
      const std::string trace = GenerateTrace(options);
      Trace read;
      EXPECT_NE(Read(trace, true), "") << version;
      EXPECT_NE(Read(trace, false, &read), "") << version;
      EXPECT_GT(read.generations.size(), 1u) << "generations around it are kept: " << version;
    }
  }
}

// Shapes that break readers whose cost is a product: each is far beyond what a quadratic one does in a test's time.
TEST(TracegenTest, StressShapes) {
  const struct {
    TraceShape shape;
    uint64_t count;
  } shapes[] = {{TraceShape::kGoroutines, 50000},
                {TraceShape::kGenerations, 3000},
                {TraceShape::kOneThread, 300000},
                {TraceShape::kLive, 20000}};
  for (const auto& [shape, count] : shapes) {
    for (const int version : {19, 26}) {
      Trace trace;
      EXPECT_EQ(Read(GenerateTrace(OptionsFor(shape, version, count)), true, &trace), "");
      if (shape == TraceShape::kGoroutines) EXPECT_GT(trace.goroutines.size(), count / 2);
      if (shape == TraceShape::kGenerations && version > 21) EXPECT_GT(trace.generations.size(), count / 2);
      if (shape == TraceShape::kLive) EXPECT_GT(trace.goroutines.size(), count);
    }
  }
}

}  // namespace
}  // namespace flametrail::testing
