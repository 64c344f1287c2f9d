#include "core/analysis/call_tree.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

#include "core/analysis/flame_layout.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

struct Built {
  Profile profile;
  FrameTable frames;
  CallTree tree;
};

Built Build(std::string_view folded, const FoldedOptions& options = {}) {
  Built built{FoldedProfile(folded, options), {}, {}};
  built.frames = BuildFrames(built.profile, FrameOptions(), &built.profile.strings);
  built.tree = BuildCallTree(built.profile, built.frames, SumByStack(built.profile, WeightOptions()));
  return built;
}

// One line a node: depth as blanks, name, self/total, "+" for partly and "*" for always inlined.
std::string Draw(const Built& built) {
  const CallTree& tree = built.tree;
  std::string out;
  for (size_t i = 0; i < tree.size(); ++i) {
    out.append(tree.depth[i], ' ');
    out += i == 0 ? "root" : PrintableName(built.frames, tree.frame[i], built.profile.strings);
    if (tree.inlining[i] == Inlining::kAll) out += '*';
    if (tree.inlining[i] == Inlining::kSome) out += '+';
    out += ' ' + std::to_string(tree.self[i]) + '/' + std::to_string(tree.total[i]) + '\n';
  }
  return out;
}

TEST(CallTreeTest, StacksMergeByFrameWithHeavyChildrenFirst) {
  EXPECT_EQ(Draw(Build("main;run;read 3\n"
                       "main;run 1\n"
                       "main;idle 2\n")),
            "root 0/6\n"
            " main 0/6\n"
            "  run 1/4\n"
            "   read 3/3\n"
            "  idle 2/2\n");
}

TEST(CallTreeTest, EqualSiblingsStandByName) {
  EXPECT_EQ(Draw(Build("main;b 1\nmain;a 1\nmain;c 1")),
            "root 0/3\n"
            " main 0/3\n"
            "  a 1/1\n"
            "  b 1/1\n"
            "  c 1/1\n");
}

TEST(CallTreeTest, RecursionStaysAsDeepAsItWas) {
  EXPECT_EQ(Draw(Build("a;a;a 5\na;a 1")),
            "root 0/6\n"
            " a 0/6\n"
            "  a 1/6\n"
            "   a 5/5\n");
}

TEST(CallTreeTest, InlinedLinesAreFramesAndAreMarked) {
  EXPECT_EQ(Draw(Build("main;run>helper 4\n"
                       "main;run;helper 1\n")),
            "root 0/5\n"
            " main 0/5\n"
            "  run 0/5\n"
            "   helper+ 5/5\n");
  EXPECT_EQ(Draw(Build("run>helper 4")),
            "root 0/4\n"
            " run 0/4\n"
            "  helper* 4/4\n");
}

TEST(CallTreeTest, SamplesWithoutStackBelongToTheRoot) {
  EXPECT_EQ(Draw(Build("- 7\nmain 1")),
            "root 7/8\n"
            " main 1/1\n");
}

TEST(CallTreeTest, StacksWithoutWeightAreAbsent) {
  EXPECT_EQ(Draw(Build("main;busy 1\nmain;quiet 0")),
            "root 0/1\n"
            " main 0/1\n"
            "  busy 1/1\n");
}

// A difference of profiles: boxes are as wide as what moved, totals are what is left of it.
TEST(CallTreeTest, NegativeValuesWidenAndCancel) {
  const Built built = Build("main;grew 5\nmain;shrank -5");
  EXPECT_EQ(Draw(built),
            "root 0/0\n"
            " main 0/0\n"
            "  grew 5/5\n"
            "  shrank -5/-5\n");
  EXPECT_EQ(built.tree.width[0], 10);
  EXPECT_EQ(built.tree.width[3], 5);
}

TEST(CallTreeTest, AnEmptyProfileIsALoneRoot) {
  EXPECT_EQ(Draw(Build("")), "root 0/0\n");
  EXPECT_EQ(Draw(Build("main 0")), "root 0/0\n");
}

TEST(CallTreeTest, SelfAndChildrenSumToTotalEverywhere) {
  const Built built = Build("a;b;c 5\na;b 2\na;d;b;c 7\ne 1\n- 4\na;d 3\na;b;c;c -2");
  const CallTree& tree = built.tree;
  std::vector<int64_t> totals = tree.self;
  for (size_t i = tree.size(); i-- > 1;) totals[tree.parent[i].index()] += totals[i];
  EXPECT_EQ(totals, tree.total);
  EXPECT_EQ(tree.total[0], 20);
  EXPECT_EQ(std::accumulate(tree.self.begin(), tree.self.end(), int64_t{0}), 20);
  EXPECT_EQ(tree.subtree_end[0], tree.size());
}

TEST(FlameLayoutTest, RowsHoldBoxesFromLeftToRight) {
  const Built built = Build("main;run;read 3\nmain;run 1\nmain;idle 2\nother 1");
  const FlameColumns flame = LayoutFlame(built.tree);
  EXPECT_EQ(flame.row_begin, (std::vector<uint32_t>{0, 1, 3, 5, 6}));
  EXPECT_EQ(flame.start, (std::vector<double>{0, 0, 6, 0, 4, 0}));
  EXPECT_EQ(flame.width, (std::vector<double>{7, 6, 1, 4, 2, 3}));
  EXPECT_EQ(flame.self, (std::vector<double>{0, 0, 1, 1, 2, 3}));
  EXPECT_EQ(flame.parent, (std::vector<uint32_t>{0xFFFFFFFF, 0, 0, 1, 1, 3}));
  EXPECT_EQ(flame.first_child, (std::vector<uint32_t>{1, 3, 5, 5, 6, 6}));
}

TEST(FlameLayoutTest, AnEmptyTreeIsOneRowOfOneBox) {
  const FlameColumns flame = LayoutFlame(Build("").tree);
  EXPECT_EQ(flame.row_begin, (std::vector<uint32_t>{0, 1}));
  EXPECT_EQ(flame.width, std::vector<double>{0});
}

}  // namespace
}  // namespace flametrail
