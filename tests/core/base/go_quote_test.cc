#include "core/base/go_quote.h"

#include <gtest/gtest.h>

namespace flametrail {
namespace {

TEST(GoQuoteTest, EscapesAsGo) {
  EXPECT_EQ(GoQuote(""), R"("")");
  EXPECT_EQ(GoQuote("a \"b\" \\"), R"("a \"b\" \\")");
  EXPECT_EQ(GoQuote("\a\b\f\n\r\t\v"), R"("\a\b\f\n\r\t\v")");
  EXPECT_EQ(GoQuote(std::string_view("\0\x1F\x7F", 3)), R"("\x00\x1f\x7f")");
  EXPECT_EQ(GoQuote("inner ünïcode 世界 🙂"), "\"inner ünïcode 世界 🙂\"");
}

TEST(GoQuoteTest, WhatShowsNothingAndWhatIsNoUtf8) {
  EXPECT_EQ(GoQuote("\xC2\xA0"), R"("\u00a0")");
  EXPECT_EQ(GoQuote("\xE2\x80\x8B"), R"("\u200b")");
  EXPECT_EQ(GoQuote("\xFF\xC2"), R"("\xff\xc2")");
  EXPECT_EQ(GoQuote("\xED\xA0\x80"), R"("\xed\xa0\x80")");  // a surrogate
  EXPECT_EQ(GoQuote("\xF4\x8F\xBF\xBF"), R"("\U0010ffff")");
}

}  // namespace
}  // namespace flametrail
