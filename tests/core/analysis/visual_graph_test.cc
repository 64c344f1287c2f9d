#include "core/analysis/visual_graph.h"

#include <gtest/gtest.h>

#include "tests/core/support/prepare.h"

namespace flametrail {
namespace {

// Shown nodes as "name flat/cum [tag flat/cum ...]" in order, then edges as "caller -> callee weight", "~>" for
// residual ones; numbers are places in the list.
std::string Draw(std::string_view folded, VisualOptions options = {}, ReportOptions report = {}) {
  const testing::Drawn drawn = testing::Draw(folded, report);
  options.mean = report.mean;
  options.sample_type = drawn.sample_type;
  const VisualGraph graph = BuildVisualGraph(drawn.profile, drawn.frames, drawn.weights, options);
  std::vector<size_t> place(graph.nodes.size(), 0);
  std::string out;
  std::vector<uint32_t> edges;
  for (size_t i = 0; i < graph.shown.size(); ++i) place[graph.shown[i]] = i + 1;
  for (const uint32_t node : graph.shown) {
    const GraphNode& values = graph.nodes[node];
    out += std::to_string(place[node]) + " " + graph.Name(node) + " " + std::to_string(values.FlatValue()) + "/" +
           std::to_string(values.CumValue());
    if (!graph.tags.empty()) {
      for (const NodeTag& tag : graph.tags.of_node[node]) {
        const NodeTags::Tag& what = graph.tags.tags[tag.tag];
        out += " [" + what.text + (what.number.empty() ? "" : "|" + what.number) + " " +
               std::to_string(tag.FlatValue()) + "/" + std::to_string(tag.CumValue()) + "]";
      }
    }
    out += "\n";
    edges.insert(edges.end(), graph.out[node].begin(), graph.out[node].end());
  }
  graph.SortEdges(&edges);
  for (const uint32_t e : edges) {
    const VisualEdge& edge = graph.edges[e];
    out += std::to_string(place[edge.caller]) + (edge.is_residual ? " ~> " : " -> ") +
           std::to_string(place[edge.callee]) + " " + std::to_string(edge.weight) +
           (edge.is_inlined ? " (inline)\n" : "\n");
  }
  return out;
}

TEST(VisualGraph, PutsNodesThatTellMoreFirst) {
  // "b" only hands on what "a" calls, so it comes last though it has more than "d".
  EXPECT_EQ(Draw("a;b;c 6\na;d 4\n"),
            "1 a 0/10\n"
            "2 c 6/6\n"
            "3 d 4/4\n"
            "4 b 0/6\n"
            "1 -> 4 6\n"
            "4 -> 2 6\n"
            "1 -> 3 4\n");
}

TEST(VisualGraph, ATreeHasANodeForEachWay) {
  VisualOptions options;
  options.call_tree = true;
  options.order = NodeOrder::kCum;
  EXPECT_EQ(Draw("a;c 3\nb;c 1\na;c;a 2\n", options),
            "1 a 0/5\n"
            "2 c 3/5\n"
            "3 a 2/2\n"
            "4 b 0/1\n"
            "5 c 1/1\n"
            "1 -> 2 5\n"
            "2 -> 3 2\n"
            "4 -> 5 1\n");
}

TEST(VisualGraph, ACutTreeHandsCalleesToTheCaller) {
  VisualOptions options;
  options.call_tree = true;
  options.order = NodeOrder::kFlat;
  options.trim.node_count = 2;
  EXPECT_EQ(Draw("a;b;c 5\na 7\nroot;x 2\n", options), "1 a 7/12\n2 c 5/5\n1 ~> 2 5\n");
  options.trim.node_count = 3;  // "root" goes: "x" becomes a root
  EXPECT_EQ(Draw("a;b;c 5\na 7\nroot;x 2\n", options), "1 a 7/12\n2 c 5/5\n3 x 2/2\n1 ~> 2 5\n");
}

TEST(VisualGraph, AnInlinedWayStaysInlinedOverWhatIsCut) {
  VisualOptions options;
  options.call_tree = true;
  options.order = NodeOrder::kFlat;
  options.trim.node_count = 2;
  EXPECT_EQ(Draw("a>b>c 5\na 7\n", options), "1 a 7/12\n2 c 5/5\n1 ~> 2 5 (inline)\n");
}

TEST(VisualGraph, LeavesOutEdgesThatALongerWayMakesNeedless) {
  // a ~> c goes over the hidden "x"; a -> b -> c is there too.
  VisualOptions options;
  options.trim.node_fraction = 0.2;
  EXPECT_EQ(Draw("a;b;c 50\na;x;c 1\nb 9\n", options),
            "1 c 51/51\n"
            "2 a 0/51\n"
            "3 b 9/59\n"
            "2 -> 3 50\n"
            "3 -> 1 50\n");
}

TEST(VisualGraph, TagsCountAsNodes) {
  VisualOptions options;
  options.trim.node_count = 3;
  EXPECT_EQ(Draw("a 5 k=x\na 4 k=y\nb 1\n", options), "1 a 9/9 [k:x 5/5] [k:y 4/4]\n");
  EXPECT_EQ(Draw("a 9\nb 1\n", options), "1 a 9/9\n2 b 1/1\n");
}

TEST(VisualGraph, TagsAreOfTextsJoinedAndOfBytes) {
  EXPECT_EQ(Draw("a;b 5 z=1 k=x bytes:=2048 request:=7\na 4 bytes:=512\n"),
            "1 a 4/9 [k:x\\nz:1 0/5] [k:x\\nz:1|2kB 0/5] [|512B 4/4]\n"
            "2 b 5/5 [k:x\\nz:1 5/5] [k:x\\nz:1|2kB 5/5]\n"
            "1 -> 2 5\n");
}

TEST(VisualGraph, ARecursiveFrameHasATagOnce) { EXPECT_EQ(Draw("a;a 5 k=x\n"), "1 a 5/5 [k:x 5/5]\n"); }

TEST(VisualGraph, TheMarkOfABaseIsNoTag) { EXPECT_EQ(Draw("a 5 pprof::base=true\n"), "1 a 5/5\n"); }

}  // namespace
}  // namespace flametrail
