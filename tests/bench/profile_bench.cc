// The hot paths of a profile, one by one: from bytes to columns. The input is the file that FLAMETRAIL_BENCH_PROFILE
// names (scripts/bench makes it with gen_profile).
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "core/analysis/call_tree.h"
#include "core/analysis/flame_layout.h"
#include "core/analysis/search.h"
#include "core/analysis/stack_weights.h"
#include "core/analysis/top.h"
#include "core/analysis/transform/filter_names.h"
#include "core/analysis/transform/merge.h"
#include "core/formats/pprof/pprof_reader.h"
#include "core/formats/pprof/pprof_writer.h"
#include "core/io/gzip_writer.h"
#include "core/io/inflate.h"
#include "core/session/session.h"

namespace flametrail {
namespace {

std::string ReadInput() {
  const char* path = std::getenv("FLAMETRAIL_BENCH_PROFILE");
  std::FILE* file = path == nullptr ? nullptr : std::fopen(path, "rb");
  CHECK(file != nullptr);
  std::string bytes;
  std::vector<char> chunk(size_t{1} << 20);
  for (size_t size; (size = std::fread(chunk.data(), 1, chunk.size(), file)) > 0;) bytes.append(chunk.data(), size);
  std::fclose(file);
  return bytes;
}

const std::string& Raw() {
  static const std::string bytes = ReadInput();
  return bytes;
}

Profile Decode() {
  const auto reader = MakePprofReader();
  reader->Append(AsBytes(Raw()));
  Result<Document> document = reader->Finish(std::nullopt);
  CHECK(document.ok());
  return std::get<Profile>(std::move(document).value().body);
}

// A decoded profile with what the questions are asked of.
struct Loaded {
  Profile profile = Decode();
  FrameTable frames = BuildFrames(profile, FrameOptions(), &profile.strings);
  StackWeights weights = SumByStack(profile, Type());
  CallTree tree = BuildCallTree(profile, frames, weights);

  WeightOptions Type() const {
    WeightOptions options;
    options.sample_type = profile.sample_types.size() - 1;
    return options;
  }
};

Loaded& Shared() {
  static Loaded loaded;
  return loaded;
}

void CountBytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(Raw().size()));
}

void DecodePprof(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Decode());
  CountBytes(state);
}
BENCHMARK(DecodePprof)->Unit(benchmark::kMillisecond);

void InflateGzip(benchmark::State& state) {
  std::string packed;
  GzipWriter writer([&](Bytes bytes) { packed += AsText(bytes); });
  writer.Write(AsBytes(Raw()));
  writer.Finish();
  for (auto _ : state) {
    uint64_t size = 0;
    Inflater inflater([&](Bytes bytes) {
      size += bytes.size();
      return true;
    });
    CHECK(inflater.Append(AsBytes(packed)).ok());
    benchmark::DoNotOptimize(size);
  }
  CountBytes(state);
}
BENCHMARK(InflateGzip)->Unit(benchmark::kMillisecond);

void EncodePprof(benchmark::State& state) {
  for (auto _ : state) {
    uint64_t size = 0;
    WritePprof(Shared().profile, [&](Bytes bytes) { size += bytes.size(); });
    benchmark::DoNotOptimize(size);
  }
  CountBytes(state);
}
BENCHMARK(EncodePprof)->Unit(benchmark::kMillisecond);

void Frames(benchmark::State& state) {
  Loaded& loaded = Shared();
  for (auto _ : state) {
    benchmark::DoNotOptimize(BuildFrames(loaded.profile, FrameOptions(), &loaded.profile.strings));
  }
}
BENCHMARK(Frames)->Unit(benchmark::kMillisecond);

void WeightsOfStacks(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(SumByStack(Shared().profile, Shared().Type()));
}
BENCHMARK(WeightsOfStacks)->Unit(benchmark::kMillisecond);

void CallTreeOfStacks(benchmark::State& state) {
  const Loaded& loaded = Shared();
  for (auto _ : state) benchmark::DoNotOptimize(BuildCallTree(loaded.profile, loaded.frames, loaded.weights));
}
BENCHMARK(CallTreeOfStacks)->Unit(benchmark::kMillisecond);

void FlameRows(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(LayoutFlame(Shared().tree));
}
BENCHMARK(FlameRows)->Unit(benchmark::kMillisecond);

void TopOfFrames(benchmark::State& state) {
  const Loaded& loaded = Shared();
  for (auto _ : state) benchmark::DoNotOptimize(TopTable(loaded.profile, loaded.frames, loaded.weights));
}
BENCHMARK(TopOfFrames)->Unit(benchmark::kMillisecond);

void SearchFrames(benchmark::State& state) {
  const Loaded& loaded = Shared();
  for (auto _ : state) {
    benchmark::DoNotOptimize(Search(loaded.profile, loaded.frames, loaded.tree, "Merge|Scan[12]", false));
  }
}
BENCHMARK(SearchFrames)->Unit(benchmark::kMillisecond);

void FocusAndHide(benchmark::State& state) {
  Result<Expression> focus = Expression::Compile("Merge1|Scan");
  Result<Expression> hide = Expression::Compile("Encode");
  NameFilters filters;
  filters.focus = &*focus;
  filters.hide = &*hide;
  for (auto _ : state) {
    NameMatches matches;
    benchmark::DoNotOptimize(FilterByName(Shared().profile, filters, &matches));
  }
}
BENCHMARK(FocusAndHide)->Unit(benchmark::kMillisecond);

// What a person waits for after a key in a filter: counts, then the flame graph. Each round is another filter.
void FilterToFlame(benchmark::State& state) {
  Session session;
  CHECK(session.Append(AsBytes(Raw())).ok() && session.Finish().ok());
  ViewSpec spec;
  spec.sample_type = session.summary().sample_types.size() - 1;
  CHECK(session.Flame(spec).ok());
  int round = 0;
  for (auto _ : state) {
    const std::string other = "no" + std::to_string(++round);
    spec.filters.focus = "Merge1|Scan|" + other;
    if (state.range(0) != 0) spec.filters.hide = "Encode|" + other;
    CHECK(session.Facts(spec).ok());
    benchmark::DoNotOptimize(session.Flame(spec));
  }
}
BENCHMARK(FilterToFlame)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void MergeTwo(benchmark::State& state) {
  const std::vector<Profile> both(2, Shared().profile);
  for (auto _ : state) benchmark::DoNotOptimize(MergeProfiles(both));
}
BENCHMARK(MergeTwo)->Unit(benchmark::kMillisecond);

// Every report of the command, by ReportKind; nothing is written anywhere.
void WriteReport(benchmark::State& state) {
  Session session;
  CHECK(session.Append(AsBytes(Raw())).ok() && session.Finish().ok());
  ReportRequest request;
  request.kind = static_cast<ReportKind>(state.range(0));
  request.symbol = "Merge1";
  size_t bytes = 0;
  for (auto _ : state) {
    std::vector<std::string> warnings;
    CHECK(session
              .WriteReport(
                  request, [&](std::string_view text) { bytes += text.size(); }, &warnings)
              .ok());
  }
  benchmark::DoNotOptimize(bytes);
}
BENCHMARK(WriteReport)
    ->DenseRange(static_cast<int>(ReportKind::kTop), static_cast<int>(ReportKind::kList))
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace flametrail
