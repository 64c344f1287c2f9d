#include "core/base/utf8.h"

#include <gtest/gtest.h>

namespace flametrail {
namespace {

TEST(RuneCount, CountsCodePoints) {
  EXPECT_EQ(RuneCount(""), 0u);
  EXPECT_EQ(RuneCount("abc"), 3u);
  EXPECT_EQ(RuneCount("\u03BCs"), 2u);
  EXPECT_EQ(RuneCount("\u20AC\U0001F525"), 2u);
}

TEST(RuneCount, CountsEachStrayByte) {
  EXPECT_EQ(RuneCount("\x80\xFF"), 2u);
  EXPECT_EQ(RuneCount("\xC3"), 1u);              // cut
  EXPECT_EQ(RuneCount("\xE2\x82"), 2u);          // cut
  EXPECT_EQ(RuneCount("\xC0\xAF"), 2u);          // overlong
  EXPECT_EQ(RuneCount("\xE0\x80\xAF"), 3u);      // overlong
  EXPECT_EQ(RuneCount("\xED\xA0\x80"), 3u);      // surrogate
  EXPECT_EQ(RuneCount("\xF4\x90\x80\x80"), 4u);  // above U+10FFFF
  EXPECT_EQ(RuneCount("\xF0\x8F\xBF\xBF"), 4u);  // overlong
}

}  // namespace
}  // namespace flametrail
