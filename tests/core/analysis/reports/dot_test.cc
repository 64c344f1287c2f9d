#include "core/analysis/reports/dot.h"

#include <gtest/gtest.h>

#include "tests/core/support/prepare.h"

namespace flametrail {
namespace {

std::string Dot(std::string_view folded, const ReportOptions& options = {}, const FoldedOptions& profile = {}) {
  testing::Drawn drawn = testing::Draw(folded, options, profile);
  VisualOptions visual;
  visual.trim = options.GraphTrim();
  visual.call_tree = options.call_tree;
  visual.mean = options.mean;
  visual.sample_type = drawn.sample_type;
  const VisualGraph graph = BuildVisualGraph(drawn.profile, drawn.frames, drawn.weights, visual);
  drawn.context.SelectUnit(graph.summary.nodes);
  const auto labels = ReportLabels(drawn.profile, drawn.context, graph.summary, options, true);
  return testing::Text([&](TextOut* out) { WriteDot(drawn.profile, drawn.frames, graph, drawn.context, labels, out); });
}

// Without the lines that every graph has.
std::string Body(const std::string& dot) {
  const size_t legend = dot.find("] }\n") + 4;
  return dot.substr(legend, dot.size() - legend - 2);
}

TEST(Dot, DrawsNodesAndCalls) {
  EXPECT_EQ(
      Dot("net/http.serve;main.run 1\nnet/http.serve 3\n"),
      "digraph \"unnamed\" {\n"
      "node [style=filled fillcolor=\"#f8f8f8\"]\n"
      "subgraph cluster_L { \"Type: cpu\" [shape=box fontsize=16 label=\"Type: cpu\\lShowing nodes accounting for "
      "4ns, 100% of 4ns total\\l\\lSee https://git.io/JfYMW for how to read the graph\\l\"] }\n"
      "N1 [label=\"http\\nserve\\n3ns (75.00%)\\nof 4ns (100%)\" id=\"node1\" fontsize=24 shape=box "
      "tooltip=\"net/http.serve (4ns)\" color=\"#b20000\" fillcolor=\"#edd5d5\"]\n"
      "N2 [label=\"main\\nrun\\n1ns (25.00%)\" id=\"node2\" fontsize=18 shape=box tooltip=\"main.run (1ns)\" "
      "color=\"#b23c00\" fillcolor=\"#edddd5\"]\n"
      "N1 -> N2 [label=\" 1ns\" weight=26 penwidth=2 color=\"#b23c00\" tooltip=\"net/http.serve -> main.run "
      "(1ns)\" labeltooltip=\"net/http.serve -> main.run (1ns)\"]\n"
      "}\n");
}

TEST(Dot, NamesTheBinary) {
  FoldedOptions profile;
  profile.binary = "/srv/shop";
  const std::string dot = Dot("a 1\n", {}, profile);
  EXPECT_TRUE(dot.starts_with("digraph \"shop\" {\n")) << dot;
  EXPECT_NE(dot.find(" tooltip=\"shop\"] }\n"), std::string::npos) << dot;
}

TEST(Dot, AnEmptyProfileIsALegend) { EXPECT_EQ(Body(Dot("")), ""); }

TEST(Dot, TellsInlinedAndResidualCalls) {
  ReportOptions options;
  options.node_fraction = 0.2;
  const std::string dot = Dot("a>b 50\na;x;c 30\nx 1\n", options);
  EXPECT_NE(dot.find("label=\" 50ns\\n (inline)\""), std::string::npos) << dot;
  options.node_fraction = 0.05;
  options.node_count = 2;
  EXPECT_NE(Dot("a;x;c 30\na 30\n", options).find("tooltip=\"a ... c (30ns)\""), std::string::npos);
}

TEST(Dot, EscapesQuotesAndSplitsNames) {
  const std::string dot = Dot("say\"hi\"::x.y[...] 1\n");
  EXPECT_NE(dot.find("label=\"say\\\"hi\\\"\\nx\\ny[\u2026]\\n1ns (100%)\""), std::string::npos) << dot;
  EXPECT_NE(dot.find("tooltip=\"say\\\"hi\\\"::x.y[...] (1ns)\""), std::string::npos) << dot;
}

TEST(Dot, PutsLabelsBesideTheirNode) {
  EXPECT_EQ(Body(Dot("a 3 k=v bytes:=2048\na 1 bytes:=512\n")),
            "N1 [label=\"a\\n4ns (100%)\" id=\"node1\" fontsize=24 shape=box tooltip=\"a (4ns)\" color=\"#b20000\" "
            "fillcolor=\"#edd5d5\"]\n"
            "N1_0 [label = \"k:v\" id=\"N1_0\" fontsize=8 shape=box3d tooltip=\"3ns\"]\n"
            "N1 -> N1_0 [label=\" 3ns\" weight=100 tooltip=\"3ns\" labeltooltip=\"3ns\"]\n"
            "NN1_0_0 [label = \"2kB\" id=\"NN1_0_0\" fontsize=8 shape=box3d tooltip=\"3ns\"]\n"
            "N1_0 -> NN1_0_0 [label=\" 3ns\" weight=100 tooltip=\"3ns\" labeltooltip=\"3ns\"]\n"
            "NN1_0 [label = \"512B\" id=\"NN1_0\" fontsize=8 shape=box3d tooltip=\"1ns\"]\n"
            "N1 -> NN1_0 [label=\" 1ns\" weight=100 tooltip=\"1ns\" labeltooltip=\"1ns\"]\n");
}

TEST(Dot, MakesRangesOfManyNumbers) {
  const std::string dot = Dot("a 9 bytes:=1\na 8 bytes:=100\na 7 bytes:=10000\na 6 bytes:=1000000\na 1 bytes:=120\n");
  EXPECT_NE(dot.find("[label = \"100B..120B\" id=\"NN1_0\""), std::string::npos) << dot;
  EXPECT_NE(dot.find("[label = \"1B\" id=\"NN1_1\""), std::string::npos) << dot;
}

TEST(Dot, ColoursGoFromGreenOverGreyToRed) {
  EXPECT_EQ(DotColor(1, false), "#b20000");
  EXPECT_EQ(DotColor(-1, false), "#00b200");
  EXPECT_EQ(DotColor(0, false), "#b2b2b2");
  EXPECT_EQ(DotColor(0, true), "#ededed");
  EXPECT_EQ(DotColor(7, true), DotColor(1, true));
}

}  // namespace
}  // namespace flametrail
