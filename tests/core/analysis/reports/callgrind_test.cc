#include "core/analysis/reports/callgrind.h"

#include <gtest/gtest.h>

#include "tests/core/support/prepare.h"

namespace flametrail {
namespace {

std::string Callgrind(std::string_view folded, bool call_tree = false) {
  ReportOptions options;
  options.trim = false;
  options.frames.granularity = Granularity::kAddresses;
  options.frames.object_names = true;
  FoldedOptions profile;
  profile.binary = "/srv/shop";
  testing::Drawn drawn = testing::Draw(folded, options, profile);
  VisualOptions visual;
  visual.order = NodeOrder::kFlat;
  visual.call_tree = call_tree;
  const VisualGraph graph = BuildVisualGraph(drawn.profile, drawn.frames, drawn.weights, visual);
  drawn.context.SelectUnit(graph.summary.nodes, true);
  return testing::Text([&](TextOut* out) { WriteCallgrind(drawn.profile, drawn.frames, graph, drawn.context, out); });
}

TEST(Callgrind, WritesNamesOnceAndPositionsRelative) {
  EXPECT_EQ(Callgrind("run@a.go:3!0x401000;read@b.go:9!0x401010 5\nrun@a.go:3!0x401000 2\n"),
            "positions: instr line\n"
            "events: cpu(ns)\n"
            "\n"
            "ob=(1) /srv/shop\n"
            "fl=(1) b.go\n"
            "fn=(1) read\n"
            "0x401010 9 5\n"
            "\n"
            "ob=(1)\n"
            "fl=(2) a.go\n"
            "fn=(2) run\n"
            "-16 3 2\n"
            "cfl=(1)\n"
            "cfn=(1)\n"
            "calls=0 * 9\n"
            "* * 5\n");
}

TEST(Callgrind, NumbersFunctionsOfOneNameInATree) {
  const std::string text = Callgrind("a;c 5\nb;c 1\n", true);
  EXPECT_NE(text.find("cfn=(3) c [1/2]\n"), std::string::npos) << text;
  EXPECT_NE(text.find("cfn=(5) c [2/2]\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace flametrail
