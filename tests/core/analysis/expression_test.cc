#include "core/analysis/expression.h"

#include <gtest/gtest.h>

#include <string>

namespace flametrail {
namespace {

// "yes" or "no", or why the pattern is none.
std::string Ask(std::string_view pattern, std::string_view text) {
  const Result<Expression> compiled = Expression::Compile(pattern);
  if (!compiled.ok()) return compiled.error().text;
  return compiled->Matches(text) ? "yes" : "no";
}

TEST(Expression, IsUnanchoredAndTellsCaseApart) {
  EXPECT_EQ(Ask("ain", "main.main"), "yes");
  EXPECT_EQ(Ask("MAIN", "main.main"), "no");
  EXPECT_EQ(Ask("(?i)MAIN", "main.main"), "yes");
  EXPECT_EQ(Ask("^main$", "main.main"), "no");
}

// Each answer is that of Go 1.23's regexp.
TEST(Expression, HasTheSyntaxOfGo) {
  EXPECT_EQ(Ask("(?<name>main)", "main"), "yes");
  EXPECT_EQ(Ask("(?P<name>main)", "main"), "yes");
  EXPECT_EQ(Ask("a(?<n>b(?<m>c))", "abc"), "yes");
  EXPECT_EQ(Ask("[(?<n>]a", "<a"), "yes");
  EXPECT_EQ(Ask("[(?<n>]a", "Pa"), "no");
  EXPECT_EQ(Ask("[](?<]a", "]a"), "yes");
  EXPECT_EQ(Ask("[^](?<]a", "Pa"), "yes");
  EXPECT_EQ(Ask("[\\](?<]a", "Pa"), "no");
  EXPECT_EQ(Ask("[[:alpha:](?<]a", "(a"), "yes");
  EXPECT_EQ(Ask("\\(?<n>", "(<n>"), "yes");
  EXPECT_EQ(Ask("\\Q(?<n>\\E(?<m>x)", "(?<n>x"), "yes");
  EXPECT_EQ(Ask("\\Q(?<n>\\C", "(?<n>\\C"), "yes");
  EXPECT_EQ(Ask("\\\\C", "\\C"), "yes");
}

TEST(Expression, SaysWhatIsWrong) {
  EXPECT_EQ(Ask("(", ""), "missing ): (");
  EXPECT_EQ(Ask("a**", ""), "bad repetition operator: **");
  EXPECT_EQ(Ask("\\C", ""), "invalid escape sequence: \\C");
  EXPECT_EQ(Ask("[a\\", ""), "trailing \\");
  EXPECT_EQ(Ask("[[:a", ""), "missing ]: [[:a");
  EXPECT_EQ(Ask("\\", ""), "trailing \\");
  EXPECT_EQ(Ask("(?<", ""), "invalid perl operator: (?P");
  EXPECT_EQ(Ask("((((((((((a{100}){100}){100}){100}){100}){100}){100}){100}){100}){100})", ""),
            "invalid repetition size: {100}");
}

}  // namespace
}  // namespace flametrail
