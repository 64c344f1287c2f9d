// Decoding execution traces in memory: events a second, and bytes an event that stay. Inputs are made up here.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <map>
#include <memory>
#include <string>

#include "core/formats/gotrace/gotrace_reader.h"
#include "tests/bench/tracegen/generate.h"

namespace flametrail {
namespace {

using testing::TraceShape;

struct Input {
  std::string bytes;
  uint64_t events = 0;
};

const Input& InputOf(int version, TraceShape shape, uint64_t count) {
  static std::map<std::tuple<int, TraceShape, uint64_t>, Input> inputs;
  Input& input = inputs[{version, shape, count}];
  if (input.bytes.empty()) {
    input.events = testing::GenerateTrace(testing::OptionsFor(shape, version, count),
                                          [&](std::string_view part) { input.bytes += part; });
  }
  return input;
}

void Decode(benchmark::State& state, TraceShape shape) {
  const Input& input = InputOf(static_cast<int>(state.range(0)), shape, static_cast<uint64_t>(state.range(1)));
  uint64_t resident = 0;
  for (auto _ : state) {
    const size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    auto reader = MakeGoTraceReader(ReadOptions());
    constexpr size_t kChunk = size_t{1} << 20;
    for (size_t at = 0; at < input.bytes.size(); at += kChunk) {
      reader->Append(AsBytes(std::string_view(input.bytes).substr(at, kChunk)));
    }
    Result<Document> document = reader->Finish(std::nullopt);
    reader.reset();
    CHECK(document.ok());
    resident = mallinfo2().uordblks + mallinfo2().hblkhd - before;
    benchmark::DoNotOptimize(document);
  }
  const auto events = static_cast<double>(input.events);
  state.counters["events/s"] = benchmark::Counter(events, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["wire B/event"] = static_cast<double>(input.bytes.size()) / events;
  state.counters["resident B/event"] = static_cast<double>(resident) / events;
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(input.bytes.size()));
}

void Arguments(benchmark::internal::Benchmark* benchmark, int64_t count) {
  for (const int64_t version : {19, 26}) benchmark->Args({version, count});
  benchmark->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(Decode, mixed, TraceShape::kMixed)->Apply([](auto* b) { Arguments(b, 20'000'000); });
BENCHMARK_CAPTURE(Decode, goroutines, TraceShape::kGoroutines)->Apply([](auto* b) { Arguments(b, 200'000); });
BENCHMARK_CAPTURE(Decode, generations, TraceShape::kGenerations)->Apply([](auto* b) { Arguments(b, 50'000); });
BENCHMARK_CAPTURE(Decode, one_thread, TraceShape::kOneThread)->Apply([](auto* b) { Arguments(b, 2'000'000); });
BENCHMARK_CAPTURE(Decode, live, TraceShape::kLive)->Apply([](auto* b) { Arguments(b, 100'000); });

}  // namespace
}  // namespace flametrail
