#include "core/analysis/label_steps.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

// "steps; value weight, ...": boxes in the order of the flame graph.
std::string Draw(std::string_view folded, std::string_view key) {
  Profile profile = FoldedProfile(folded);
  const FrameTable frames = BuildFrames(profile, FrameOptions(), &profile.strings);
  const StackWeights weights = SumByStack(profile, WeightOptions());
  const LabelStepColumns columns = StepsByLabel(profile, frames, weights, 0, key, &profile.strings);
  std::string out;
  for (const uint8_t step : columns.step) out += std::to_string(step) + " ";
  for (size_t i = 0; i < columns.value.size(); ++i) {
    out += "; " + std::string(profile.Text(StringId(columns.value[i]))) + " " +
           std::to_string(static_cast<int64_t>(columns.weight[i]));
  }
  return out;
}

TEST(LabelStepsTest, EachBoxIsOfTheValueThatWeighsMostInIt) {
  // root, main, a, b, c
  EXPECT_EQ(Draw("main;a 5 user=x\nmain;b 3 user=y\nmain;b 1 user=x\nmain;c 2\n", "user"), "0 0 0 1 12 ; x 6; y 3");
}

TEST(LabelStepsTest, NumbersAreWrittenWithTheirUnit) {
  EXPECT_EQ(Draw("main 5 size:=4kb\nmain 1 size:=8kb\n", "size"), "0 0 ; 4kb 5; 8kb 1");
}

TEST(LabelStepsTest, AKeyThatNoSampleHas) { EXPECT_EQ(Draw("main 5 user=x\n", "nobody"), "12 12 "); }

TEST(LabelStepsTest, BeyondElevenValuesTheLightestAreOthers) {
  std::string folded;
  for (int i = 0; i < 13; ++i)
    folded += "main;f" + std::to_string(i) + " " + std::to_string(100 - i) + " k=" + std::to_string(i) + "\n";
  const std::string drawn = Draw(folded, "k");
  EXPECT_TRUE(drawn.starts_with("11 11 0 1 2 3 4 5 6 7 8 9 10 11 11 ") || drawn.starts_with("0 ")) << drawn;
  EXPECT_NE(drawn.find(" 10 11 11 ;"), std::string::npos) << drawn;
}

}  // namespace
}  // namespace flametrail
