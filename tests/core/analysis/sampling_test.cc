#include "core/analysis/sampling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/base/checked.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

constexpr int64_t kRate = 512 * 1024;

FoldedOptions Heap() {
  FoldedOptions options;
  options.types = {
      {"alloc_objects", "count"}, {"alloc_space", "bytes"}, {"inuse_objects", "count"}, {"inuse_space", "bytes"}};
  return options;
}

// Events behind each sample of one type, as "3 -1".
std::string Events(const Profile& profile, size_t type) {
  const SamplingModel model = FindSamplingModel(profile, type);
  std::string text;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    text += (i > 0 ? " " : "") + std::to_string(RecoverRawSample(profile, model, i).events);
  }
  return text;
}

SamplingKind KindOf(std::string_view type, std::string_view unit) {
  FoldedOptions options;
  options.types = {{std::string(type), std::string(unit)}};
  return FindSamplingModel(FoldedProfile("a 1\n", options), 0).kind;
}

TEST(SamplingTest, TheFirstTypeOfACpuProfileCounts) {
  FoldedOptions options;
  options.types = {{"samples", "count"}, {"cpu", "nanoseconds"}};
  const Profile profile = FoldedProfile("a 3 30000000\nb 1 10000000\nc 0 0\nd -2 -20000000\n", options);
  for (const size_t type : {0, 1}) {
    EXPECT_EQ(FindSamplingModel(profile, type).kind, SamplingKind::kTicks);
    EXPECT_EQ(Events(profile, type), "3 1 0 -2");
  }
}

TEST(SamplingTest, NamesTellTheKind) {
  EXPECT_EQ(KindOf("goroutine", "count"), SamplingKind::kComplete);
  EXPECT_EQ(KindOf("threadcreate", "count"), SamplingKind::kComplete);
  EXPECT_EQ(KindOf("samples", "count"), SamplingKind::kTicks);
  EXPECT_EQ(KindOf("samples", "lines"), SamplingKind::kUnknown);
  EXPECT_EQ(KindOf("weight", "bytes"), SamplingKind::kUnknown);
}

// Go's scaleHeapSample and gperftools' heap_v2: count and size over 1 - e^(-size / rate), both cut to whole numbers.
TEST(SamplingTest, HeapCountsAreRecoveredExactly) {
  for (const int64_t size : {1, 8, 48, 1024, 65536, 300000, 524288, 2000000, 20000000}) {
    for (const int64_t count : {1, 2, 3, 5, 6, 9, 17, 100, 9999}) {
      const double factor = 1 / (1 - std::exp(-static_cast<double>(size) / static_cast<double>(kRate)));
      const std::string objects = std::to_string(TruncateToInt64(static_cast<double>(count) * factor));
      const std::string space = std::to_string(TruncateToInt64(static_cast<double>(count * size) * factor));
      for (const std::string& label : {" bytes:=" + std::to_string(size), std::string()}) {
        Profile profile =
            FoldedProfile("a " + objects + " " + space + " " + objects + " " + space + label + "\n", Heap());
        profile.period = kRate;
        // Without the label the size follows from the values; of few small objects that is not exact.
        if (label.empty() && count > 100) continue;
        for (size_t type = 0; type < 4; ++type)
          EXPECT_EQ(Events(profile, type), std::to_string(count)) << size << label;
      }
    }
  }
}

TEST(SamplingTest, HeapInuseHasItsOwnCounts) {
  Profile profile = FoldedProfile("a 10486 10737418 0 0 bytes:=1024\nb 512 524544 512 524544 bytes:=1024\n", Heap());
  profile.period = kRate;
  EXPECT_EQ(Events(profile, 1), "20 1");
  EXPECT_EQ(Events(profile, 3), "0 1");
  EXPECT_NEAR(RecoverRawSample(profile, FindSamplingModel(profile, 1), 0).probability, 0.00195122, 1e-8);
}

TEST(SamplingTest, AHeapOfRateOneIsComplete) {
  Profile profile = FoldedProfile("a 1 8 1 8\n", Heap());
  profile.period = 1;
  EXPECT_EQ(FindSamplingModel(profile, 3).kind, SamplingKind::kComplete);
}

TEST(SamplingTest, AMutexFractionIsWhatDividesAllCounts) {
  FoldedOptions options;
  options.types = {{"contentions", "count"}, {"delay", "nanoseconds"}};
  std::string text;
  for (int i = 1; i <= 8; ++i) text += "f" + std::to_string(i) + " " + std::to_string(i * 100) + " 5000\n";
  EXPECT_EQ(Events(FoldedProfile(text, options), 1), "1 2 3 4 5 6 7 8");
  // Too few to tell, or one that does not fit.
  EXPECT_EQ(Events(FoldedProfile("a 100 5\nb 200 5\n", options), 1), "100 200");
  EXPECT_EQ(Events(FoldedProfile(text + "odd 1 5\n", options), 0), "100 200 300 400 500 600 700 800 1");
}

// Values that no sampler writes still give an event each.
TEST(SamplingTest, AValueWithoutACountIsOneEvent) {
  FoldedOptions options;
  options.types = {{"samples", "count"}, {"cpu", "nanoseconds"}};
  EXPECT_EQ(Events(FoldedProfile("a 0 7\nb 0 -7\n", options), 1), "1 -1");
  Profile heap = FoldedProfile("a 0 4096 5 0\n", Heap());
  heap.period = kRate;
  EXPECT_EQ(Events(heap, 1), "1");
  EXPECT_EQ(Events(heap, 2), "1");
}

}  // namespace
}  // namespace flametrail
