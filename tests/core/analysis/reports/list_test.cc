#include "core/analysis/reports/list.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/core/support/prepare.h"

namespace flametrail {
namespace {

using Files = std::map<std::string, std::string>;

struct Question {
  std::string symbol = ".";
  std::string source_path;
  std::string trim_path;
};

std::string List(std::string_view folded, const Files& files, const Question& question = {}) {
  ReportOptions options;
  options.frames.granularity = Granularity::kLines;
  options.frames.object_names = true;
  options.frames.source_path = question.source_path;
  options.frames.trim_path = question.trim_path;
  const testing::Drawn drawn = testing::Draw(folded, options);
  const StackWalk walk = WalkStacks(drawn.profile.stacks, drawn.weights);
  const auto nodes = NodesWithWeight(SumFrames(drawn.profile.stacks, drawn.frames, drawn.weights, walk), false);
  SourceFiles sources;
  sources.working_folder = "/proj/here";
  sources.read = [&](const std::string& path) -> Result<std::string> {
    if (const auto at = files.find(path); at != files.end()) return at->second;
    return Error{Code::kUnsupported, std::nullopt, "no such file or directory"};
  };
  const Expression symbol = std::move(Expression::Compile(question.symbol)).value();
  bool has_matches = false;
  const std::string text = testing::Text([&](TextOut* out) {
    has_matches = WriteList(drawn.profile, drawn.frames, nodes, drawn.context, options.frames, symbol, sources, out);
  });
  EXPECT_TRUE(has_matches || text.empty());
  return has_matches ? text : "no matches";
}

constexpr std::string_view kHead =
    "Total: 5ns\n"
    "ROUTINE ======================== run in a.go\n"
    "       5ns        5ns (flat, cum)   100% of Total\n";

std::string Numbered(int lines) {
  std::string text;
  for (int i = 1; i <= lines; ++i) text += "line" + std::to_string(i) + "\n";
  return text;
}

TEST(List, ShowsFiveLinesAroundValues) {
  EXPECT_EQ(List("run@a.go:8 3\nrun@a.go:9 2\n", {{"/proj/here/a.go", Numbered(20)}}),
            std::string(kHead) +
                "         .          .      3:line3\n"
                "         .          .      4:line4\n"
                "         .          .      5:line5\n"
                "         .          .      6:line6\n"
                "         .          .      7:line7\n"
                "       3ns        3ns      8:line8\n"
                "       2ns        2ns      9:line9\n"
                "         .          .     10:line10\n"
                "         .          .     11:line11\n"
                "         .          .     12:line12\n"
                "         .          .     13:line13\n"
                "         .          .     14:line14\n");
}

TEST(List, LooksInFoldersAboveAndInSourcePath) {
  const std::string found = std::string(kHead) + "       5ns        5ns      1:x\n";
  EXPECT_EQ(List("run@a.go:1 5\n", {{"/proj/a.go", "x\n"}}), found);
  EXPECT_EQ(List("run@a.go:1 5\n", {{"/src/a.go", "x\r\n"}}, {".", "/nowhere:/src/deep", ""}), found);
}

TEST(List, CutsPathsOff) {
  const std::string found = std::string(kHead) + "       5ns        5ns      1:x\n";
  EXPECT_EQ(List("run@/build/7/a.go:1 5\n", {{"/proj/here/a.go", "x\n"}}, {".", "", "/build/7"}), found);
  EXPECT_EQ(List("run@/build/src/a.go:1 5\n", {{"/my/src/a.go", "x\n"}}, {".", "/my/src", ""}), found);
}

TEST(List, SaysWhichFileIsMissing) {
  EXPECT_EQ(List("run@a.go:1 5\n", {}), std::string(kHead) + " Error: could not find file a.go on path /proj/here\n");
  EXPECT_EQ(List("run@/go/a.go:1 5\n", {}),
            "Total: 5ns\n"
            "ROUTINE ======================== run in /go/a.go\n"
            "       5ns        5ns (flat, cum)   100% of Total\n"
            " Error: open /go/a.go: no such file or directory\n");
  EXPECT_EQ(List("run 5\n", {}), "Total: 5ns\nNo source information for run\n");
}

TEST(List, NeedsAMatch) {
  EXPECT_EQ(List("run@a.go:1 5\n", {}, {"nothing", "", ""}), "no matches");
  EXPECT_EQ(List("run@a.go:1 5\n", {}, {"a.go", "", ""}), "no matches");  // names of files do not count
}

TEST(List, StopsAtALineThatIsTooLong) {
  EXPECT_EQ(List("run@a.go:1 5\n", {{"/proj/here/a.go", "x\n" + std::string(70000, 'y') + "\nz\n"}}),
            std::string(kHead) + "       5ns        5ns      1:x\n");
}

}  // namespace
}  // namespace flametrail
