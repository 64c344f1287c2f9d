#include "core/cli/flags.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace flametrail {
namespace {

constexpr FlagSpec kSpecs[] = {
    {"top", FlagKind::kBool},
    {"n", FlagKind::kInt},
    {"f", FlagKind::kFloat},
    {"unit", FlagKind::kText},
    {"focus", FlagKind::kText, "look twice"},
    {"dot", FlagKind::kBool, "draw it"},
};

Result<ParsedFlags> Parse(const std::vector<std::string>& args) { return ParseFlags(args, kSpecs); }

std::string WhyNot(const std::vector<std::string>& args) {
  const auto flags = Parse(args);
  return flags.ok() ? "" : flags.error().text;
}

TEST(ParseFlags, TakesValuesBehindEqualsOrBlank) {
  const auto flags = Parse({"-top", "--n=5", "-f", "0.25", "-unit=", "a.pb.gz"});
  ASSERT_TRUE(flags.ok());
  EXPECT_TRUE(flags->Bool("top"));
  EXPECT_EQ(flags->Int("n", 1), 5);
  EXPECT_EQ(flags->Float("f", 1), 0.25);
  EXPECT_EQ(flags->Text("unit", "minimum"), "");
  EXPECT_EQ(flags->files(), std::vector<std::string>{"a.pb.gz"});
}

TEST(ParseFlags, ABoolTakesNoValueBehindABlank) {
  const auto flags = Parse({"-top", "false"});
  ASSERT_TRUE(flags.ok());
  EXPECT_TRUE(flags->Bool("top"));
  EXPECT_EQ(flags->files(), std::vector<std::string>{"false"});
  EXPECT_FALSE(Parse({"-top=F"})->Bool("top", true));
}

TEST(ParseFlags, MayStandAfterFiles) {
  const auto flags = Parse({"a", "-n=3", "--", "-top", "-"});
  ASSERT_TRUE(flags.ok());
  EXPECT_EQ(flags->Int("n", 0), 3);
  EXPECT_EQ(flags->files(), (std::vector<std::string>{"a", "-top", "-"}));
}

TEST(ParseFlags, TheLastOneWins) { EXPECT_EQ(Parse({"-n=1", "-n=2"})->Int("n", 0), 2); }

TEST(ParseFlags, ReadsNumbersAsGoDoes) {
  EXPECT_EQ(Parse({"-n=0x10"})->Int("n", 0), 16);
  EXPECT_EQ(Parse({"-n=-0b11"})->Int("n", 0), -3);
  EXPECT_EQ(Parse({"-n=010"})->Int("n", 0), 8);
  EXPECT_EQ(Parse({"-n=0"})->Int("n", 1), 0);
  EXPECT_EQ(Parse({"-n=-9223372036854775808"})->Int("n", 0), INT64_MIN);
  EXPECT_EQ(Parse({"-f=1e-3"})->Float("f", 0), 1e-3);
}

TEST(ParseFlags, RefusesWhatIsNoNumber) {
  EXPECT_EQ(WhyNot({"-n=1.5"}), "-n wants a whole number, not \"1.5\"");
  EXPECT_EQ(WhyNot({"-n="}), "-n wants a whole number, not \"\"");
  EXPECT_EQ(WhyNot({"-n=9223372036854775808"}), "-n wants a whole number, not \"9223372036854775808\"");
  EXPECT_EQ(WhyNot({"-f= 1"}), "-f wants a number, not \" 1\"");
  EXPECT_EQ(WhyNot({"-f=1e400"}), "-f wants a number, not \"1e400\"");
  EXPECT_EQ(WhyNot({"-f=-Inf"}), "");
  EXPECT_EQ(WhyNot({"-f=1x"}), "-f wants a number, not \"1x\"");
  EXPECT_EQ(WhyNot({"-top=maybe"}), "-top wants true or false, not \"maybe\"");
}

TEST(ParseFlags, SaysWhichFlagIsWrong) {
  EXPECT_EQ(WhyNot({"-nosuch=1"}), "there is no flag -nosuch");
  EXPECT_EQ(WhyNot({"-n"}), "-n wants a value");
  EXPECT_EQ(WhyNot({"-focus=main"}), "-focus is a flag of Go's tool that flametrail does not have: look twice");
  EXPECT_EQ(WhyNot({"-dot"}), "-dot is a flag of Go's tool that flametrail does not have: draw it");
}

TEST(ParseFlags, AFlagThatWeLackDoesNoHarmWhenItAsksForNothing) { EXPECT_EQ(WhyNot({"-focus=", "-dot=false"}), ""); }

}  // namespace
}  // namespace flametrail
