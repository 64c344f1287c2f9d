#include "core/analysis/tree_shape.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

class TreeShapeTest : public testing::Test {
 protected:
  CallTree Tree(std::string_view folded) {
    profile_ = FoldedProfile(folded);
    frames_ = BuildFrames(profile_, FrameOptions(), &profile_.strings);
    return BuildCallTree(profile_, frames_, SumByStack(profile_, WeightOptions()));
  }
  FrameTexts Texts() const { return {frames_.name, profile_.strings}; }
  FrameId Frame(std::string_view name) const {
    for (uint32_t frame = 0; frame < frames_.size(); ++frame) {
      if (profile_.Text(frames_.name[frame]) == name) return FrameId(frame);
    }
    ADD_FAILURE() << "no frame " << name;
    return FrameId::None();
  }
  std::vector<uint8_t> Flags(const std::vector<std::string>& names) const {
    std::vector<uint8_t> flags(frames_.size(), 0);
    for (const std::string& name : names) flags[Frame(name).index()] = 1;
    return flags;
  }
  // One line a node: depth as blanks, name, self/total. Checks that every node is the sum of its parts.
  std::string Draw(const CallTree& tree) const {
    std::vector<int64_t> total = tree.self;
    std::string out;
    for (size_t i = tree.size(); i-- > 1;) total[tree.parent[i].index()] += total[i];
    EXPECT_EQ(total, tree.total);
    for (size_t i = 0; i < tree.size(); ++i) {
      out.append(tree.depth[i], ' ');
      out += i == 0 ? "root" : PrintableName(frames_, tree.frame[i], profile_.strings);
      if (tree.inlining[i] == Inlining::kAll) out += '*';
      out += ' ' + std::to_string(tree.self[i]) + '/' + std::to_string(tree.total[i]) + '\n';
    }
    return out;
  }
  int64_t Self(const CallTree& tree, std::string_view name) const {
    int64_t sum = 0;
    for (size_t i = 1; i < tree.size(); ++i) sum += tree.frame[i] == Frame(name) ? tree.self[i] : 0;
    return sum;
  }

  Profile profile_;
  FrameTable frames_;
};

TEST_F(TreeShapeTest, SquashedFramesGiveTheirSelfValueToTheNearestOwnFrame) {
  const CallTree tree = Tree(
      "runtime.main;main.main;sort.Sort;main.less 3\n"
      "runtime.main;main.main;sort.Sort;sort.swap 2\n"
      "runtime.main;main.main 1\n"
      "runtime.gc 5\n");
  EXPECT_EQ(Draw(SquashFrames(tree, Flags({"runtime.main", "sort.Sort", "sort.swap", "runtime.gc"}), Texts())),
            "root 5/11\n"
            " main.main 3/6\n"
            "  main.less 3/3\n");
}

TEST_F(TreeShapeTest, SiblingsThatBecomeOneAreMerged) {
  const CallTree tree = Tree("a;x;b 1\na;y;b 2\n");
  EXPECT_EQ(Draw(SquashFrames(tree, Flags({"x", "y"}), Texts())),
            "root 0/3\n"
            " a 0/3\n"
            "  b 3/3\n");
}

TEST_F(TreeShapeTest, NothingSquashedIsTheSameTree) {
  const CallTree tree = Tree("a;b 1\na;c>d 2\nb -4\n");
  EXPECT_EQ(Draw(SquashFrames(tree, std::vector<uint8_t>(frames_.size(), 0), Texts())), Draw(tree));
}

TEST_F(TreeShapeTest, DirectRecursionIsOneBox) {
  const CallTree tree = Tree("main;walk;walk;walk;leaf 3\nmain;walk;walk 2\nmain;walk;leaf 1\n");
  EXPECT_EQ(Draw(CollapseRecursion(tree, Texts())),
            "root 0/6\n"
            " main 0/6\n"
            "  walk 2/6\n"
            "   leaf 4/4\n");
}

TEST_F(TreeShapeTest, ALoopOverSeveralFunctionsGoesBackToItsBox) {
  const CallTree tree = Tree("main;a;b;a;c 3\nmain;a;b;a;b 2\n");
  const CallTree collapsed = CollapseRecursion(tree, Texts());
  EXPECT_EQ(Draw(collapsed),
            "root 0/5\n"
            " main 0/5\n"
            "  a 0/5\n"
            "   c 3/3\n"
            "   b 2/2\n");
  for (const char* name : {"main", "a", "b", "c"}) EXPECT_EQ(Self(collapsed, name), Self(tree, name)) << name;
}

TEST_F(TreeShapeTest, InvertedStandsOnTheFunctionsWhereSamplesEnd) {
  EXPECT_EQ(Draw(Invert(Tree("main;a;leaf 3\nmain;b;leaf 2\nmain;b 1\n"), Texts()).tree),
            "root 0/6\n"
            " leaf 0/5\n"
            "  a 0/3\n"
            "   main 3/3\n"
            "  b 0/2\n"
            "   main 2/2\n"
            " b 0/1\n"
            "  main 1/1\n");
}

TEST_F(TreeShapeTest, InvertedTwiceIsTheSameTree) {
  const CallTree tree = Tree("main;a;leaf 3\nmain;b;leaf 2\nmain;b 1\nmain;b;b -7\n- 4\n");
  EXPECT_EQ(Draw(Invert(Invert(tree, Texts()).tree, Texts()).tree), Draw(tree));
}

TEST_F(TreeShapeTest, BeyondTheLimitCallersAreLeftOutAndTheSumStays) {
  const InvertedTree inverted = Invert(Tree("main;a;leaf 3\nmain;b;leaf 2\n"), Texts(), 4);
  EXPECT_EQ(Draw(inverted.tree),
            "root 0/5\n"
            " leaf 2/5\n"
            "  a 0/3\n"
            "   main 3/3\n");
  EXPECT_EQ(inverted.cut, 2);
}

TEST_F(TreeShapeTest, ASandwichHoldsCallersAndCalleesOfOneFunction) {
  const CallTree tree = Tree(
      "main;a;f;x 3\n"
      "main;b;f;y 2\n"
      "main;b;f 1\n"
      "main;b;f;f;x 4\n"
      "main;other 9\n");
  EXPECT_EQ(Draw(CalleesOf(tree, Frame("f"), Texts())),
            "root 1/10\n"
            " f 0/4\n"
            "  x 4/4\n"
            " x 3/3\n"
            " y 2/2\n");
  EXPECT_EQ(Draw(CallersOf(tree, Frame("f"), Texts()).tree),
            "root 0/10\n"
            " b 0/7\n"
            "  main 7/7\n"
            " a 0/3\n"
            "  main 3/3\n");
}

TEST_F(TreeShapeTest, NegativeValuesKeepTheirWidth) {
  const CallTree inverted = Invert(Tree("main;a 3\nmain;b -5\n"), Texts()).tree;
  EXPECT_EQ(inverted.total[0], -2);
  EXPECT_EQ(inverted.width[0], 8);
}

}  // namespace
}  // namespace flametrail
