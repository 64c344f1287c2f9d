#include "core/analysis/name_match.h"

#include <gtest/gtest.h>

namespace flametrail {
namespace {

TEST(PlainNameTest, NumbersOfTheCompilerGo) {
  EXPECT_EQ(PlainName("p.F.func2"), "p.F.func#");
  EXPECT_EQ(PlainName("p.F.func2.1"), "p.F.func#.#");
  EXPECT_EQ(PlainName("p.init.0.func12"), "p.init.#.func#");
  EXPECT_EQ(PlainName("p.(*T).Run.gowrap1"), "p.(*T).Run.gowrap#");
  EXPECT_EQ(PlainName("p.F-range3"), "p.F-range#");
}

TEST(PlainNameTest, TypeArgumentsGoAndLinesGo) {
  EXPECT_EQ(PlainName("p.Map[go.shape.int_0,go.shape.[]uint8]"), "p.Map[...]");
  EXPECT_EQ(PlainName("p.(*Tree[...]).Find"), "p.(*Tree[...]).Find");
  EXPECT_EQ(PlainName("p.F /a/b.go:123"), "p.F /a/b.go:#");
}

TEST(PlainNameTest, NumbersOfAPersonStay) {
  EXPECT_EQ(PlainName("sha256.block"), "sha256.block");
  EXPECT_EQ(PlainName("p.Decode2"), "p.Decode2");
  EXPECT_EQ(PlainName("p.unclosed[int"), "p.unclosed[...]");
}

TEST(LastElementTest, PathsAndMajorVersionsGo) {
  EXPECT_EQ(LastElement("github.com/a/p.F"), "p.F");
  EXPECT_EQ(LastElement("github.com/a/p/v2.F"), "p.F");
  EXPECT_EQ(LastElement("github.com/a/v3/p.(*T).F"), "p.(*T).F");
  EXPECT_EQ(LastElement("main.main"), "main.main");
}

using Names = std::vector<std::string_view>;
constexpr uint32_t kNone = NamePairs::kNone;

TEST(MatchNamesTest, EqualNamesFirst) {
  const NamePairs matches = MatchNames(Names{"a.F.func1", "a.F.func2"}, Names{"a.F.func2"});
  EXPECT_EQ(matches.new_of_old, (std::vector<uint32_t>{kNone, 0}));
  EXPECT_EQ(matches.kind, (std::vector<MatchKind>{MatchKind::kOldOnly, MatchKind::kSame}));
}

TEST(MatchNamesTest, ClosuresThatWereRenumberedKeepTheirOrder) {
  const NamePairs matches = MatchNames(Names{"a.F.func9", "a.F.func10"}, Names{"a.F.func12", "a.F.func11"});
  EXPECT_EQ(matches.new_of_old, (std::vector<uint32_t>{1, 0}));
  EXPECT_EQ(matches.kind[0], MatchKind::kRenamed);
}

TEST(MatchNamesTest, DifferentNumbersOfThemAreNoMatch) {
  const NamePairs matches = MatchNames(Names{"a.F.func1"}, Names{"a.F.func2", "a.F.func3"});
  EXPECT_EQ(matches.new_of_old[0], kNone);
}

TEST(MatchNamesTest, APackageThatMoved) {
  const NamePairs matches = MatchNames(Names{"old.org/x/p.F", "old.org/x/p.G"}, Names{"new.org/y/p/v2.F"});
  EXPECT_EQ(matches.new_of_old, (std::vector<uint32_t>{0, kNone}));
  EXPECT_EQ(matches.kind[0], MatchKind::kMoved);
}

}  // namespace
}  // namespace flametrail
