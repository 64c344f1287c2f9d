#include "core/analysis/graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "core/analysis/top_report.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

struct Drawing {
  bool mean = false;
  TrimOptions trim = {};
  FrameOptions frames = {};
  size_t sample_type = 0;
};

std::string DrawNode(const GraphNode& node, std::string_view name) {
  return std::string(name) + " " + std::to_string(node.FlatValue()) + "/" + std::to_string(node.CumValue()) + "\n";
}

// Nodes as "name flat/cum" in report order, then edges as "caller -> callee weight" with "~" for residual ones and
// "(inline)", by name.
std::string Draw(const Profile& const_profile, const Drawing& drawing = {}) {
  auto& profile = const_cast<Profile&>(const_profile);
  const FrameTable frames = BuildFrames(profile, drawing.frames, &profile.strings);
  WeightOptions weight_options;
  weight_options.mean = drawing.mean;
  weight_options.sample_type = drawing.sample_type;
  const StackWeights weights = SumByStack(profile, weight_options);
  const TrimmedGraph graph = BuildTrimmedGraph(profile, frames, weights, drawing.trim);
  std::string out;
  for (size_t i = 0; i < graph.nodes.size(); ++i) out += DrawNode(graph.nodes[i], graph.names[i]);
  std::vector<std::string> edges;
  for (const GraphEdge& edge : graph.edges) {
    edges.push_back(PrintableName(frames, edge.caller, profile.strings) + (edge.is_residual ? " ~> " : " -> ") +
                    PrintableName(frames, edge.callee, profile.strings) + " " + std::to_string(edge.weight) +
                    (edge.is_inlined ? " (inline)" : "") + "\n");
  }
  std::sort(edges.begin(), edges.end());
  for (const std::string& edge : edges) out += edge;
  return out;
}

std::string Draw(std::string_view folded, const Drawing& drawing = {}) { return Draw(FoldedProfile(folded), drawing); }

TEST(Graph, AddsUpFlatAndCum) {
  EXPECT_EQ(Draw("main;run;read 3\n"
                 "main;run 1\n"
                 "main 2\n"),
            "read 3/3\n"
            "main 2/6\n"
            "run 1/4\n"
            "main -> run 4\n"
            "run -> read 3\n");
}

TEST(Graph, RecursionCountsOncePerStack) {
  EXPECT_EQ(Draw("f;f;f 5\n"), "f 5/5\n");
  EXPECT_EQ(Draw("f;g;f;g 2\n"
                 "f;g 1\n"),
            "g 3/3\n"
            "f 0/3\n"
            "f -> g 3\n"
            "g -> f 2\n");
}

TEST(Graph, FramesAreClosedWhenTheWalkLeavesThem) {
  EXPECT_EQ(Draw("a;b;c 1\n"
                 "a;d;b 2\n"
                 "b;a 4\n"),
            "a 4/7\n"
            "b 2/7\n"
            "c 1/1\n"
            "d 0/2\n"
            "a -> b 1\n"
            "a -> d 2\n"
            "b -> a 4\n"
            "b -> c 1\n"
            "d -> b 2\n");
}

TEST(Graph, InlinedLinesAreCallsInsideOneLocation) {
  EXPECT_EQ(Draw("main;run>a>b 3\n"
                 "main;run>a;b 2\n"),
            "b 5/5\n"
            "a 0/5\n"
            "main 0/5\n"
            "run 0/5\n"
            "a -> b 5\n"
            "main -> run 5\n"
            "run -> a 5 (inline)\n");
}

TEST(Graph, TheOutermostOccurrenceDecidesAboutInlining) {
  // The second call of g by f is out of line, but the stack has counted in that edge already.
  EXPECT_EQ(Draw("f>g;x;f;g 1\n"), "g 1/1\nf 0/1\nx 0/1\nf -> g 1 (inline)\ng -> x 1\nx -> f 1\n");
}

TEST(Graph, ResidualEdgesBridgeWhatIsNotKept) {
  Drawing drawing;
  drawing.trim.node_fraction = 0.2;  // of 10: below 2
  EXPECT_EQ(Draw("main;a;b;c 6\n"
                 "main;small;c 1\n"
                 "main;c;tiny 1\n"
                 "main 2\n",
                 drawing),
            "c 7/8\n"
            "main 2/10\n"
            "a 0/6\n"
            "b 0/6\n"
            "a -> b 6\n"
            "b -> c 6\n"
            "main -> a 6\n"
            "main ~> c 2\n");
}

TEST(Graph, ResidualEdgesAreInlineByTheirLastCall) {
  Drawing drawing;
  drawing.trim.node_count = 2;
  EXPECT_EQ(Draw("main>small>leaf 5\n"
                 "main 3\n",
                 drawing),
            "leaf 5/5\nmain 3/8\nmain ~> leaf 5 (inline)\n");
}

TEST(Graph, NodeCountKeepsTheFirstRows) {
  Drawing drawing;
  drawing.trim.node_count = 2;
  EXPECT_EQ(Draw("a;b 1\na;c 2\na;d 3\n", drawing), "d 3/3\nc 2/2\n");
  drawing.trim.sort_by_cum = true;
  EXPECT_EQ(Draw("a;b 1\na;c 2\na;d 3\n", drawing), "a 0/6\nd 3/3\na -> d 3\n");
}

TEST(Graph, LightEdgesGo) {
  Drawing drawing;
  drawing.trim.edge_fraction = 0.3;
  EXPECT_EQ(Draw("a;c 8\nb;c 2\n", drawing), "c 10/10\na 0/8\nb 0/2\na -> c 8\n");
}

TEST(Graph, EqualValuesAreSortedByName) { EXPECT_EQ(Draw("b 1\na 1\nc;a 1\n"), "a 2/2\nb 1/1\nc 0/1\nc -> a 1\n"); }

TEST(Graph, NegativeValuesAreSortedByMagnitude) {
  EXPECT_EQ(Draw("a -5\nb 3\nc;b 1\n"), "a -5/-5\nb 4/4\nc 0/1\nc -> b 1\n");
  Drawing drawing;
  drawing.trim.drop_negative = true;
  EXPECT_EQ(Draw("a -5\nb 3\nc;d -1\n", drawing), "b 3/3\nc -> d -1\n");
}

TEST(Graph, WhatCancelsOutDisappears) {
  EXPECT_EQ(Draw("a;b 5\na;b -5\na;c 1\n"), "c 1/1\na 0/1\na -> b 0\na -> c 1\n");
}

TEST(Graph, ZeroSamplesDoNotCount) { EXPECT_EQ(Draw("a;b 0\n"), ""); }

TEST(Graph, NothingInNothingOut) {
  EXPECT_EQ(Draw(""), "");
  EXPECT_EQ(Draw("- 5\n"), "");
}

TEST(Graph, MeanDividesByTheFirstValue) {
  FoldedOptions options;
  options.types = {{"contentions", "count"}, {"delay", "nanoseconds"}};
  const Profile profile = FoldedProfile("main;a 2 101\nmain;b 3 30\n", options);
  Drawing drawing;
  drawing.mean = true;
  drawing.sample_type = 1;
  EXPECT_EQ(Draw(profile, drawing), "a 50/50\nb 10/10\nmain 0/26\nmain -> a 101\nmain -> b 30\n");
}

TEST(Graph, MeanCountsSamplesOfZeroDelay) {
  FoldedOptions options;
  options.types = {{"contentions", "count"}, {"delay", "nanoseconds"}};
  const Profile profile = FoldedProfile("a 9 0\na 1 100\n", options);
  Drawing drawing;
  drawing.mean = true;
  drawing.sample_type = 1;
  EXPECT_EQ(Draw(profile, drawing), "a 10/10\n");
}

// Flat values and stacks without frames add up to the total, whatever the shape.
TEST(Graph, FlatValuesAddUpToTheTotal) {
  Profile profile = FoldedProfile("a;b;a>c 7\nb 4\n- 2\na;b;d;d;d;b 9\na;x>y>z 1\n");
  const FrameTable frames = BuildFrames(profile, {}, &profile.strings);
  const StackWeights weights = SumByStack(profile, {});
  const FrameSums sums = SumFrames(profile.stacks, frames, weights, WalkStacks(profile.stacks, weights));
  int64_t flat = 0;
  for (size_t f = 0; f < frames.size(); ++f) {
    flat += sums.flat[f];
    EXPECT_LE(sums.flat[f], sums.cum[f]);
  }
  EXPECT_EQ(flat + weights.self[0], weights.total);
}

TEST(WalkStacks, GoesDepthFirstAndLeavesOutWhatHasNoWeight) {
  const Profile profile = FoldedProfile("a;b 1\nc 1\na;z;z 0\na;d 1\n");
  const StackWeights weights = SumByStack(profile, {});
  const StackWalk walk = WalkStacks(profile.stacks, weights);
  ASSERT_EQ(walk.size(), 5u);  // the empty stack, a, a;b, a;d, c
  for (size_t i = 1; i < walk.size(); ++i) {
    const StackId parent = profile.stacks.parent[walk.order[i].index()];
    const auto at = std::find(walk.order.begin(), walk.order.end(), parent) - walk.order.begin();
    EXPECT_LT(static_cast<size_t>(at), i);
    EXPECT_LE(walk.subtree_end[i], walk.subtree_end[static_cast<size_t>(at)]);
  }
}

// Deep stacks must not need a deep machine stack.
TEST(Graph, HalfAMillionFramesDeep) {
  std::string folded = "f0";
  for (int i = 1; i < 500000; ++i) folded += ";f" + std::to_string(i % 100);
  Profile profile = FoldedProfile(folded + " 1\n");
  const FrameTable frames = BuildFrames(profile, {}, &profile.strings);
  const StackWeights weights = SumByStack(profile, {});
  const TrimmedGraph graph = BuildTrimmedGraph(profile, frames, weights, {});
  EXPECT_EQ(graph.nodes.size(), 100u);
  EXPECT_EQ(graph.edges.size(), 100u);
  for (const GraphNode& node : graph.nodes) EXPECT_EQ(node.cum, 1);
}

}  // namespace
}  // namespace flametrail
