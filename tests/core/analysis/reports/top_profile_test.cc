#include "core/analysis/reports/top_profile.h"

#include <gtest/gtest.h>

#include "tests/core/support/prepare.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

TEST(TopProfile, HasASampleForEachRow) {
  testing::Drawn drawn = testing::Draw("main;run 2000000\nmain 3000000\n");
  drawn.profile.duration_nanos = 77;
  const TrimmedGraph graph = BuildTrimmedGraph(drawn.profile, drawn.frames, drawn.weights, drawn.options.TopTrim());
  drawn.context.SelectUnit(graph.nodes);
  const Profile top = TopAsProfile(drawn.profile, drawn.frames, graph, drawn.context);
  EXPECT_EQ(testing::ShowTypes(top), "cum/ms flat/ms");
  EXPECT_EQ(testing::ShowSamples(top), "main 5 3\nrun 2 2\n");
  EXPECT_EQ(top.duration_nanos, 77);
}

TEST(TopProfile, LinesOfOneFunctionShareIt) {
  ReportOptions options;
  options.frames.granularity = Granularity::kLines;
  const testing::Drawn drawn = testing::Draw("run@a.go:3 5\nrun@a.go:4 2\n", options);
  const TrimmedGraph graph = BuildTrimmedGraph(drawn.profile, drawn.frames, drawn.weights, options.TopTrim());
  const Profile top = TopAsProfile(drawn.profile, drawn.frames, graph, drawn.context);
  EXPECT_EQ(top.functions.size(), 1u);
  EXPECT_EQ(testing::ShowSamples(top), "run@a.go:3 5 5\nrun@a.go:4 2 2\n");
}

}  // namespace
}  // namespace flametrail
