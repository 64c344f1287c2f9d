#include "core/analysis/search.h"

#include <gtest/gtest.h>

#include "core/analysis/frame_columns.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

Result<SearchColumns> SearchIn(std::string_view folded, std::string_view pattern, bool case_sensitive = true) {
  Profile profile = FoldedProfile(folded);
  const FrameTable frames = BuildFrames(profile, FrameOptions(), &profile.strings);
  const CallTree tree = BuildCallTree(profile, frames, SumByStack(profile, WeightOptions()));
  return Search(profile, frames, tree, pattern, case_sensitive);
}

TEST(SearchTest, RecursionCountsOnce) {
  const auto found = SearchIn("main;parse;expr;parse;expr 5\nmain;parse 2\nmain;print 3", "parse");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->matched_total, 7);
  EXPECT_EQ(found->matched_self, 2);
  EXPECT_EQ(found->box_count, 2u);
  EXPECT_EQ(found->frame_count, 1u);
}

TEST(SearchTest, AMatchBelowAnotherIsCoveredByIt) {
  const auto found = SearchIn("main;fmt.Print;fmt.write 5\nmain;fmt.write 1", "fmt\\.");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->matched_total, 6);
  EXPECT_EQ(found->matched_self, 6);
}

TEST(SearchTest, CaseSwitch) {
  EXPECT_EQ(SearchIn("main;Read 1", "read")->matched_total, 0);
  EXPECT_EQ(SearchIn("main;Read 1", "read", false)->matched_total, 1);
}

TEST(SearchTest, FilesMatchToo) {
  const auto found = SearchIn("main@cmd/app.go:3;run@pkg/run.go:9 4\nmain@cmd/app.go:3 1", "pkg/run");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->matched_total, 4);
}

TEST(SearchTest, ABadExpressionIsTheExpressionsFault) {
  const auto found = SearchIn("main 1", "a(b");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, Code::kInvalid);
  EXPECT_EQ(found.error().text, "missing ): a(b");
}

TEST(FrameColumnsTest, PackagesKindsAndPlaces) {
  Profile profile = FoldedProfile(
      "runtime.main@runtime/proc.go:250;main.main@app/main.go:10;net/http.(*conn).serve@net/http/server.go:7;"
      "github.com/a/b/v2.Map[github.com/x/y.T]@b/map.go:3;internal/runtime/atomic.Load@a.go:1;memeqbody;0x1234 1\n"
      "main.main@app/main.go:4 1");
  const FrameTable frames = BuildFrames(profile, FrameOptions(), &profile.strings);
  const FrameColumns columns = DescribeFrames(profile, frames, &profile.strings);
  std::string drawn;
  for (size_t i = 0; i < frames.size(); ++i) {
    drawn += std::string(profile.Text(StringId(columns.package[i]))) + ' ' + std::to_string(columns.kind[i]) + ' ' +
             std::string(profile.Text(StringId(columns.file[i]))) + ':' +
             std::to_string(static_cast<int>(columns.line[i])) + '\n';
  }
  EXPECT_EQ(drawn,
            "runtime 2 runtime/proc.go:250\n"
            "main 0 app/main.go:4\n"
            "net/http 1 net/http/server.go:7\n"
            "github.com/a/b/v2 0 b/map.go:3\n"
            "internal/runtime/atomic 2 a.go:1\n"
            " 2 :0\n"
            " 3 :0\n");
  EXPECT_LT(columns.hue[0], 360);
}

}  // namespace
}  // namespace flametrail
