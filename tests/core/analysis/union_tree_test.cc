#include "core/analysis/union_tree.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

// Profiles merged by the names of their frames.
class UnionTreeTest : public testing::Test {
 protected:
  UnionTree Merge(const std::vector<std::string>& folded, const std::vector<double>& factors) {
    std::vector<CallTree> trees;
    std::vector<std::vector<uint32_t>> frame_of;
    for (const std::string& text : folded) {
      Profile profile = FoldedProfile(text);
      const FrameTable frames = BuildFrames(profile, FrameOptions(), &profile.strings);
      trees.push_back(BuildCallTree(profile, frames, SumByStack(profile, WeightOptions())));
      std::vector<uint32_t> ids;
      for (const StringId name : frames.name) ids.push_back(Frame(profile.Text(name)));
      frame_of.push_back(std::move(ids));
    }
    std::vector<UnionPart> parts;
    for (size_t i = 0; i < trees.size(); ++i) parts.push_back({trees[i], frame_of[i], factors[i], i});
    return MergeTrees(parts, {names_, texts_});
  }
  uint32_t Frame(std::string_view name) {
    const StringId id = texts_.Intern(name);
    for (uint32_t i = 0; i < names_.size(); ++i) {
      if (names_[i] == id) return i;
    }
    names_.push_back(id);
    return static_cast<uint32_t>(names_.size() - 1);
  }
  // One line a node: depth as blanks, name, width, then the total of each series.
  std::string Draw(const UnionTree& tree) const {
    std::string out;
    for (size_t i = 0; i < tree.tree.size(); ++i) {
      out.append(tree.tree.depth[i], ' ');
      out += i == 0 ? "root" : std::string(texts_.View(names_[tree.tree.frame[i].index()]));
      out += " [" + std::to_string(tree.tree.width[i]) + "]";
      for (const auto& total : tree.total) out += ' ' + std::to_string(total[i]);
      out += '\n';
    }
    return out;
  }

  std::vector<StringId> names_;
  StringPool texts_;
};

TEST_F(UnionTreeTest, EachBoxHoldsTheValueOfEveryTree) {
  EXPECT_EQ(Draw(Merge({"main;a 3\nmain;b 2\n", "main;b 5\nmain;c 1\n"}, {1, 1})),
            "root [11] 5 6\n"
            " main [11] 5 6\n"
            "  b [7] 2 5\n"
            "  a [3] 3 0\n"
            "  c [1] 0 1\n");
}

TEST_F(UnionTreeTest, KnowsWhatTheNodesOfTheLastTreeBecame) {
  const UnionTree tree = Merge({"main;a 3\nmain;b 2\n", "main;b 5\nmain;c 1\n"}, {1, 1});
  // The last tree's nodes are root, main, b, c; the union's are root, main, b, a, c.
  EXPECT_EQ(tree.of_last, (std::vector<uint32_t>{0, 1, 2, 4}));
}

TEST_F(UnionTreeTest, AFactorScalesOneOfThem) {
  EXPECT_EQ(Draw(Merge({"main;a 3\n", "main;a 5\n"}, {2, 1})),
            "root [11] 6 5\n"
            " main [11] 6 5\n"
            "  a [11] 6 5\n");
}

TEST_F(UnionTreeTest, SumsAreThoseOfTheParts) {
  const UnionTree tree = Merge({"a;b;a;b 3\na -2\n", "a;b 4\nb;a 1\n", "- 7\n"}, {1, 1, 1});
  EXPECT_EQ(tree.total[0][0], 1);
  EXPECT_EQ(tree.total[1][0], 5);
  EXPECT_EQ(tree.total[2][0], 7);
  EXPECT_EQ(tree.tree.width[0], 5 + 5 + 7);
}

TEST_F(UnionTreeTest, CumCountsRecursionOnce) {
  const UnionTree tree = Merge({"a;b;a;b 3\na 2\nb;a 1\n"}, {1});
  const FunctionValues values = SumByFunction(tree, 0, names_.size());
  EXPECT_EQ(values.flat[Frame("a")], 3);
  EXPECT_EQ(values.cum[Frame("a")], 6);
  EXPECT_EQ(values.flat[Frame("b")], 3);
  EXPECT_EQ(values.cum[Frame("b")], 4);
}

}  // namespace
}  // namespace flametrail
