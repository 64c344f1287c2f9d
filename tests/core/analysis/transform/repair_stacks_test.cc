#include "core/analysis/transform/repair_stacks.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "tests/core/support/files.h"
#include "tests/core/support/folded_profile.h"
#include "tests/core/support/open.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

// "f3;f4;f5": functions FROM to TO of a chain of calls.
std::string Chain(int from, int to) {
  std::string text;
  for (int i = from; i <= to; ++i) text += (i > from ? ";f" : "f") + std::to_string(i);
  return text;
}

// The stacks with runs of the chain written "f3..f5", then what was done.
std::string Repair(std::string_view folded, const FoldedOptions& options = {}) {
  StackRepair repair;
  const Profile profile = RepairStacks(FoldedProfile(folded, options), &repair);
  std::string shown = testing::ShowSamples(profile);
  for (int from = 0; from < 200; ++from) {
    for (int to = 200; to > from + 1; --to) {
      const std::string run = Chain(from, to);
      for (size_t at;
           (at = shown.find(run + ";")) != std::string::npos || (at = shown.find(run + " ")) != std::string::npos;) {
        shown.replace(at, run.size(), "f" + std::to_string(from) + "..f" + std::to_string(to));
      }
    }
  }
  return shown + DescribeRepair(profile, repair, 0) + "\n";
}

TEST(RepairStacksTest, ACutStackGoesWhereAFullOneHasItsFrames) {
  EXPECT_EQ(Repair("main;" + Chain(1, 22) + " 7\n" + Chain(11, 42) + " 3\nmain;" + Chain(1, 2) + " 1\n"),
            "main;f1..f22 7\n"
            "main;f1..f42 3\n"
            "main;f1;f2 1\n"
            "1 of 1 stacks cut at 32 frames (1 of 1 samples, 27.27% of cpu), 12 to 12 frames in common\n");
}

TEST(RepairStacksTest, FewFramesInCommonAreNoEvidence) {
  EXPECT_EQ(Repair("main;" + Chain(1, 21) + " 7\n" + Chain(11, 42) + " 3\n"),
            "main;f1..f21 7\n"
            "f11..f42 3\n"
            "0 of 1 stacks cut at 32 frames (0 of 1 samples, 0% of cpu)\n");
}

TEST(RepairStacksTest, TwoCallersThatFitLeaveItAlone) {
  EXPECT_EQ(Repair("main;a;" + Chain(11, 22) + " 7\nmain;b;" + Chain(11, 24) + " 7\n" + Chain(11, 42) + " 3\n"),
            "main;a;f11..f22 7\n"
            "main;b;f11..f24 7\n"
            "f11..f42 3\n"
            "0 of 1 stacks cut at 32 frames (0 of 1 samples, 0% of cpu); 1 fits more than one caller\n");
}

TEST(RepairStacksTest, WhatWasJoinedHelpsTheNext) {
  EXPECT_EQ(Repair("main;" + Chain(1, 25) + " 7\n" + Chain(11, 42) + " 3\n" + Chain(31, 62) + " 2\n"),
            "main;f1..f25 7\n"
            "main;f1..f42 3\n"
            "main;f1..f62 2\n"
            "2 of 2 stacks cut at 32 frames (2 of 2 samples, 41.67% of cpu), 12 to 15 frames in common\n");
}

TEST(RepairStacksTest, AStackAsDeepAsTheLimitThatBeginsAtAnEntryIsWhole) {
  EXPECT_EQ(Repair("main;" + Chain(1, 31) + " 7\nmain;" + Chain(1, 3) + " 1\n"),
            "main;f1..f31 7\nmain;f1..f3 1\n0 of 0 stacks cut at 32 frames (0 of 0 samples, 0% of cpu)\n");
}

TEST(RepairStacksTest, OtherDepthsAreNoLimit) {
  const std::string shown = Repair("main;" + Chain(1, 22) + " 7\n" + Chain(11, 79) + " 3\n");
  EXPECT_NE(shown.find("cut at 64 frames"), std::string::npos) << "up to 15 frames inlined into the last";
  EXPECT_NE(Repair("main;" + Chain(1, 20) + " 7\n" + Chain(11, 100) + " 3\n").find("0 of 0 stacks cut at 0 frames"),
            std::string::npos);
  EXPECT_NE(Repair("main;" + Chain(1, 22) + " 7\n" + Chain(11, 138) + " 3\n").find("1 of 1 stacks cut at 128 frames"),
            std::string::npos);
}

// 32 locations of three lines each: the limit counts locations.
TEST(RepairStacksTest, OlderProfilersCountAddresses) {
  const auto chain = [](int from, int to) {
    std::string text;
    for (int i = from; i <= to; ++i) {
      const std::string n = std::to_string(i);
      text += (i > from ? ";f" : "f") + n + ">g" + n + ">h" + n;
    }
    return text;
  };
  const std::string shown = Repair("main;" + chain(1, 22) + " 7\n" + chain(11, 42) + " 3\n");
  EXPECT_NE(shown.find("1 of 1 stacks cut at 32 frames (1 of 1 samples, 30.00% of cpu), 12 to 12"), std::string::npos)
      << shown;
}

TEST(RepairStacksTest, RecursionTellsNothing) {
  std::string recursion;
  for (int i = 0; i < 32; ++i) recursion += i > 0 ? ";walk" : "walk";
  std::string full = "main";
  for (int i = 0; i < 13; ++i) full += ";walk";
  const std::string shown = Repair(full + " 1\n" + recursion + " 3\n");
  EXPECT_NE(shown.find("0 of 1 stacks"), std::string::npos) << shown;
  EXPECT_NE(shown.find("1 fits more than one caller"), std::string::npos) << shown;
}

TEST(RepairStacksTest, TotalsStay) {
  FoldedOptions options;
  options.types = {{"samples", "count"}, {"cpu", "nanoseconds"}};
  StackRepair repair;
  const std::string text = "main;" + Chain(1, 23) + " 7 70\n" + Chain(11, 42) + " 3 -30\n" + Chain(12, 43) + " 2 20\n";
  const Profile before = FoldedProfile(text, options);
  const Profile after = RepairStacks(before, &repair);
  EXPECT_EQ(after.samples.values, before.samples.values);
  EXPECT_EQ(repair.joined_values, (std::vector<int64_t>{5, 50}));
  EXPECT_EQ(FindCutStacks(before).cut_values, (std::vector<int64_t>{5, 50}));
  EXPECT_EQ(FindCutStacks(before).joined_stacks, 0u);
  EXPECT_EQ(FindCutStacks(after).cut_stacks, 0u);
}

// The innermost 32 frames of each stack, as a profiler with that limit would have recorded them.
Profile CutAt(Profile profile, size_t limit) {
  StackTableBuilder builder;
  std::vector<LocationId> path;
  std::vector<StackId> stacks;
  for (const StackId stack : profile.samples.stack) {
    profile.stacks.Expand(stack, &path);
    size_t frames = 0;
    size_t kept = 0;
    while (kept < path.size() && frames < limit) {
      const size_t location = path[kept].index();
      const uint32_t lines = profile.locations.line_begin[location + 1] - profile.locations.line_begin[location];
      frames += lines > 0 ? lines : 1;
      ++kept;
    }
    path.resize(kept);
    stacks.push_back(builder.Insert(path));
  }
  profile.samples.stack = stacks;
  profile.stacks = builder.Take();
  return profile;
}

std::vector<LocationId> PathOf(const Profile& profile, size_t sample) {
  std::vector<LocationId> path;
  profile.stacks.Expand(profile.samples.stack[sample], &path);
  return path;
}

// Real profiles with deep stacks, cut on purpose: what is joined must be what was cut off.
TEST(RepairStacksTest, WhatIsJoinedIsWhatWasCutOff) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  size_t cut = 0;
  size_t joined = 0;
  size_t right = 0;
  for (const char* name : {"esbuild-0.8.57-go116.cpu", "esbuild-0.14.54-go119.cpu", "esbuild-0.25.12-go123.cpu",
                           "esbuild-0.27.7-go125.cpu", "cpudeep-a-go119.cpu", "cpudeep-a-go123.cpu"}) {
    const std::string bytes = testing::ReadFile(*corpus + "/profiles/" + name + ".pb.gz");
    const testing::Opened opened = testing::OpenInChunks(bytes, [] { return size_t{1} << 20; });
    ASSERT_TRUE(opened.finished.ok()) << name;
    const Profile& whole = opened.session->profile();
    StackRepair repair;
    const Profile shorter = CutAt(whole, 32);
    const Profile repaired = RepairStacks(shorter, &repair);
    EXPECT_EQ(repair.limit, 32u) << name;
    cut += repair.cut_samples;
    for (size_t i = 0; i < whole.samples.size(); ++i) {
      const auto path = PathOf(repaired, i);
      if (path == PathOf(shorter, i)) continue;
      ++joined;
      right += path == PathOf(whole, i);
    }
  }
  std::printf("stack repair: of %zu samples cut at 32 frames %zu were joined, %zu to the callers they had\n", cut,
              joined, right);
  EXPECT_GT(joined * 5, cut);
  EXPECT_GE(right * 100, joined * 94);
}

}  // namespace
}  // namespace flametrail
