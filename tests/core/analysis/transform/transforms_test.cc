// filter_names, filter_tags, tag_frames, merge and scale on small drawings.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/transform/apply_filters.h"
#include "core/analysis/transform/filter_names.h"
#include "core/analysis/transform/filter_tags.h"
#include "core/analysis/transform/merge.h"
#include "core/analysis/transform/scale.h"
#include "core/analysis/transform/tag_frames.h"
#include "tests/core/support/folded_profile.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

using testing::ShowSamples;

constexpr std::string_view kShop =
    "main;run;net.Read 1\n"
    "main;run;net.Write 2\n"
    "main;idle 4\n";

struct Names {
  std::string focus = {};
  std::string ignore = {};
  std::string hide = {};
  std::string show = {};
};

// The samples that are left, and the filters that matched nothing.
std::string ByName(std::string_view folded, const Names& names) {
  std::vector<std::optional<Expression>> compiled;
  for (const std::string* text : {&names.focus, &names.ignore, &names.hide, &names.show}) {
    compiled.emplace_back();
    if (text->empty()) continue;
    Result<Expression> expression = Expression::Compile(*text);
    if (!expression.ok()) return expression.error().text;
    compiled.back() = std::move(expression).value();
  }
  const auto at = [&](size_t i) { return compiled[i] ? &*compiled[i] : nullptr; };
  NameMatches matches;
  const Profile profile = FilterByName(FoldedProfile(folded), {at(0), at(1), at(2), at(3)}, &matches);
  std::string shown = ShowSamples(profile);
  if (!matches.focus) shown += "focus matched nothing\n";
  if (!matches.ignore) shown += "ignore matched nothing\n";
  if (!matches.hide) shown += "hide matched nothing\n";
  if (!matches.show) shown += "show matched nothing\n";
  return shown;
}

TEST(FilterNamesTest, FocusKeepsSamplesThatPassAMatch) {
  EXPECT_EQ(ByName(kShop, {.focus = "net"}), "main;run;net.Read 1\nmain;run;net.Write 2\n");
  EXPECT_EQ(ByName(kShop, {.focus = "^net\\.R"}), "main;run;net.Read 1\n");
  EXPECT_EQ(ByName(kShop, {.focus = "NET"}), "focus matched nothing\n");
  EXPECT_EQ(ByName("main;f@net/a.go 1\nmain;g 1\n", {.focus = "net/"}), "main;f@net/a.go 1\n") << "files count";
}

TEST(FilterNamesTest, IgnoreWinsOverFocus) {
  EXPECT_EQ(ByName(kShop, {.focus = "run", .ignore = "Write"}), "main;run;net.Read 1\n");
  EXPECT_EQ(ByName(kShop, {.focus = "main", .ignore = "main"}), "focus matched nothing\n") << "what pprof says";
  EXPECT_EQ(ByName(kShop, {.ignore = "nosuch"}), std::string(kShop) + "ignore matched nothing\n");
}

TEST(FilterNamesTest, HideTakesFramesOutAndShowKeepsOnlyThem) {
  EXPECT_EQ(ByName(kShop, {.hide = "run|idle"}), "main;net.Read 1\nmain;net.Write 2\nmain 4\n");
  EXPECT_EQ(ByName(kShop, {.show = "net|run"}), "run;net.Read 1\nrun;net.Write 2\n") << "idle has nothing left";
  EXPECT_EQ(ByName("main;run>helper 1\n", {.hide = "helper"}), "main;run 1\n") << "one line of a location";
  EXPECT_EQ(ByName("main;run>helper 1\n", {.show = "helper"}), "helper 1\n");
  EXPECT_EQ(ByName(kShop, {.hide = "main|run|idle|net"}), "");
}

Expression Compiled(const char* text) { return std::move(Expression::Compile(text)).value(); }

TEST(FilterNamesTest, ShowFromCutsAboveTheMatchNearestToTheRoot) {
  bool matched = false;
  EXPECT_EQ(ShowSamples(ShowFrom(FoldedProfile("main;a;b;a;c 1\nmain;c 2\n"), Compiled("^a$"), &matched)),
            "a;b;a;c 1\n");
  EXPECT_TRUE(matched);
  EXPECT_EQ(ShowSamples(ShowFrom(FoldedProfile("main;c 2\n"), Compiled("^a$"), &matched)), "");
  EXPECT_FALSE(matched);
}

TEST(FilterNamesTest, PruneFromCutsBelowTheMatchNearestToTheLeaf) {
  EXPECT_EQ(ShowSamples(PruneFrom(FoldedProfile("main;a;b;a;c 1\nmain;c 2\n"), Compiled("^a$"))),
            "main;a;b;a 1\nmain;c 2\n");
}

constexpr std::string_view kTagged =
    "a 1 worker=0\n"
    "b 2 worker=12 region=eu\n"
    "c 4 worker:=0\n"
    "d 8 size:=4096bytes region=us\n"
    "e 16\n";

std::string ByTag(std::string_view filter, TagValueKind kind = TagValueKind::kByLooks, bool ignores = false) {
  Result<TagFilter> parsed = TagFilter::Parse(filter, kind);
  if (!parsed.ok()) return parsed.error().text;
  TagMatches matches;
  const TagFilter* given = &*parsed;
  const Profile profile =
      FilterByTag(FoldedProfile(kTagged), ignores ? nullptr : given, ignores ? given : nullptr, &matches);
  std::string functions;
  for (const StackId stack : profile.samples.stack) {
    functions += testing::ShowLocation(profile, profile.stacks.location[stack.index()]);
  }
  return functions;
}

TEST(FilterTagsTest, PprofDecidesByTheLooksOfAValue) {
  EXPECT_EQ(ByTag("worker=0"), "c") << "a number: the text \"0\" cannot be asked for";
  EXPECT_EQ(ByTag("region=eu"), "b");
  EXPECT_EQ(ByTag("region=eu,us"), "bd");
  EXPECT_EQ(ByTag("region"), "bd") << "matches key:value without a key";
  EXPECT_EQ(ByTag("size=1kb:8kb"), "d");
  EXPECT_EQ(ByTag("size=8kb:"), "");
  EXPECT_EQ(ByTag("size=:4kb"), "d");
  EXPECT_EQ(ByTag("region=eu", TagValueKind::kByLooks, true), "acde") << "tagignore";
}

// What the page asks: the person says whether a value is text or a number.
TEST(FilterTagsTest, ATypedValueIsWhatItIsCalled) {
  EXPECT_EQ(ByTag("worker=0", TagValueKind::kText), "a");
  EXPECT_EQ(ByTag("worker=0", TagValueKind::kNumber), "c");
  EXPECT_EQ(ByTag("worker=^0$", TagValueKind::kText), "a");
  EXPECT_EQ(ByTag("worker=12", TagValueKind::kText), "b");
  EXPECT_EQ(ByTag("worker=12", TagValueKind::kNumber), "");
  EXPECT_EQ(ByTag("worker=0", TagValueKind::kText, true), "bcde");
  EXPECT_EQ(ByTag("worker=0", TagValueKind::kNumber, true), "abde");
  EXPECT_EQ(ByTag("size=4096", TagValueKind::kText), "");
  EXPECT_NE(ByTag("worker=zero", TagValueKind::kNumber), "") << "an error that says what is wanted";
}

TEST(FilterTagsTest, KeysAreShownAndHidden) {
  const Expression worker = Compiled("worker");
  TagMatches matches;
  EXPECT_EQ(ShowSamples(FilterTagKeys(FoldedProfile("a 1 worker=x region=eu\n"), &worker, nullptr, &matches)),
            "a 1 worker=x\n");
  EXPECT_EQ(ShowSamples(FilterTagKeys(FoldedProfile("a 1 worker=x region=eu\n"), nullptr, &worker, &matches)),
            "a 1 region=eu\n");
}

std::string WithFrames(std::string_view folded, std::vector<std::string> roots, std::vector<std::string> leaves) {
  TagFrameMatches matches;
  return ShowSamples(AddTagFrames(FoldedProfile(folded), {std::move(roots), std::move(leaves), "minimum"}, &matches));
}

TEST(TagFramesTest, LabelsBecomeFramesNamedByTheirValues) {
  EXPECT_EQ(WithFrames("main;run 1 worker=w1\nmain;run 2 worker=w2\nmain;run 4\n", {"worker"}, {}),
            "w1@worker;main;run 1 worker=w1\n"
            "w2@worker;main;run 2 worker=w2\n"
            "@worker;main;run 4\n");
  EXPECT_EQ(WithFrames("main 1 a=x b=y\n", {"a", "b"}, {}), "x@a;y@b;main 1 a=x b=y\n") << "the first is the root";
  EXPECT_EQ(WithFrames("main 1 a=x b=y\n", {}, {"a", "b"}), "main;x@a;y@b 1 a=x b=y\n") << "the last is the leaf";
  EXPECT_EQ(WithFrames("main 1 a=x a=z\n", {"a"}, {}), "x,z@a;main 1 a=x a=z\n");
}

FoldedOptions Types(std::vector<std::pair<std::string, std::string>> types) {
  FoldedOptions options;
  options.types = std::move(types);
  return options;
}

std::string Merged(std::vector<Profile> profiles) {
  if (const Status status = MakeCompatible(profiles); !status.ok()) return status.error().text;
  const Result<Profile> merged = MergeProfiles(profiles);
  if (!merged.ok()) return merged.error().text;
  return testing::ShowTypes(*merged) + "\n" + ShowSamples(*merged);
}

TEST(MergeTest, EqualStacksWithEqualLabelsAreOne) {
  std::vector<Profile> profiles;
  profiles.push_back(FoldedProfile("main;run 1\nmain;idle 2 worker=1\n"));
  profiles.push_back(FoldedProfile("main;idle 4 worker=1\nmain;idle 8 worker=2\nmain;run 16\n"));
  EXPECT_EQ(Merged(std::move(profiles)),
            "cpu/nanoseconds\n"
            "main;run 17\n"
            "main;idle 6 worker=1\n"
            "main;idle 8 worker=2\n");
}

TEST(MergeTest, ABaseCancels) {
  std::vector<Profile> profiles;
  profiles.push_back(FoldedProfile("main;run 5\nmain;idle 2\n"));
  profiles.push_back(ScaleValues(FoldedProfile("main;run 5\nmain;idle 7\n"), std::vector<double>{-1}));
  EXPECT_EQ(Merged(std::move(profiles)), "cpu/nanoseconds\nmain;idle -5\n") << "samples of zero go";
  profiles.clear();
  profiles.push_back(FoldedProfile("main;run 5\n"));
  profiles.push_back(
      SetLabel(ScaleValues(FoldedProfile("main;run 5\n"), std::vector<double>{-1}), "pprof::base", "true"));
  EXPECT_EQ(Merged(std::move(profiles)), "cpu/nanoseconds\nmain;run 5\nmain;run -5 pprof::base=true\n");
}

TEST(MergeTest, OnlyCommonTypesStayInTheFinestUnit) {
  std::vector<Profile> profiles;
  profiles.push_back(FoldedProfile("a 1 2 3\n", Types({{"x", "count"}, {"wall", "milliseconds"}, {"y", "bytes"}})));
  profiles.push_back(FoldedProfile("a 5 7\n", Types({{"wall", "microseconds"}, {"x", "count"}})));
  EXPECT_EQ(Merged(std::move(profiles)), "x/count wall/microseconds\na 8 2005\n");
  profiles.clear();
  profiles.push_back(FoldedProfile("a 1\n", Types({{"x", "count"}})));
  profiles.push_back(FoldedProfile("a 1\n", Types({{"y", "count"}})));
  EXPECT_EQ(Merged(std::move(profiles)), "profiles have empty common sample type list");
}

TEST(MergeTest, ATypeListedTwiceIsNotCommon) {
  std::vector<Profile> profiles;
  profiles.push_back(FoldedProfile("a 1 2 3\n", Types({{"x", "count"}, {"y", "count"}, {"x", "count"}})));
  ASSERT_TRUE(MakeCompatible(profiles).ok());
  EXPECT_EQ(testing::ShowTypes(profiles[0]) + "\n" + ShowSamples(profiles[0]), "y/count\na 2\n");
}

TEST(ScaleTest, RoundsHalfAwayFromZeroAndDropsWhatIsLeftWithNothing) {
  const auto scaled = [](std::string_view folded, double factor) {
    return ShowSamples(ScaleValues(FoldedProfile(folded), std::vector<double>{factor}));
  };
  EXPECT_EQ(scaled("a 1\nb 3\nc -1\nd 0\n", 0.5), "a 1\nb 2\nc -1\n");
  EXPECT_EQ(scaled("a 1\nb 3\n", 0.1), "");
  EXPECT_EQ(scaled("a 1\nd 0\n", 1), "a 1\nd 0\n") << "a factor of 1 leaves all alone";
}

TEST(ScaleTest, NormalizeMakesTheSumsThoseOfTheBase) {
  const Result<Profile> profile = Normalize(FoldedProfile("a 1\nb 3\n"), FoldedProfile("c 100\nd 300\n"));
  ASSERT_TRUE(profile.ok());
  EXPECT_EQ(ShowSamples(*profile), "a 100\nb 300\n");
  const Result<Profile> nothing = Normalize(FoldedProfile("a 0\n"), FoldedProfile("c 100\n"));
  ASSERT_TRUE(nothing.ok());
  EXPECT_EQ(ShowSamples(*nothing), "");
}

}  // namespace
}  // namespace flametrail
