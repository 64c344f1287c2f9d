#include "core/base/decimal.h"

#include <gtest/gtest.h>

#include <string>

namespace flametrail {
namespace {

// "12", "12~" when rounded, "12!" when out of range, "-" when it is no number.
std::string Whole(std::string_view text, int32_t shift = 0) {
  const auto decimal = ParseDecimal(text);
  if (!decimal) return "-";
  const WholeNumber whole = ToWhole(*decimal, shift);
  return std::to_string(whole.value) + (whole.rounded ? "~" : "") + (whole.out_of_range ? "!" : "");
}

TEST(DecimalTest, WhatIsANumber) {
  EXPECT_EQ(Whole("12"), "12");
  EXPECT_EQ(Whole("+12"), "12");
  EXPECT_EQ(Whole("-0"), "0");
  EXPECT_EQ(Whole("12."), "12");
  EXPECT_EQ(Whole(".5e1"), "5");
  for (const std::string_view text :
       {"", "-", ".", "e5", "1e", "1e+", "1x", "0x10", "nan", "inf", "1 ", "--1", "1.2.3"}) {
    EXPECT_EQ(Whole(text), "-") << text;
  }
}

TEST(DecimalTest, ShiftsAreExact) {
  EXPECT_EQ(Whole("3439.040293", 9), "3439040293000");
  EXPECT_EQ(Whole("0.1", 9), "100000000");
  EXPECT_EQ(Whole("0.30000000000000004", 9), "300000000~");
  EXPECT_EQ(Whole("9007199254740993"), "9007199254740993") << "2^53 + 1";
  EXPECT_EQ(Whole("1e-9", 9), "1");
  EXPECT_EQ(Whole("000000000000000000000000000012.5", 1), "125");
}

TEST(DecimalTest, HalvesGoAwayFromZero) {
  EXPECT_EQ(Whole("0.5"), "1~");
  EXPECT_EQ(Whole("-0.5"), "-1~");
  EXPECT_EQ(Whole("0.49"), "0~");
  EXPECT_EQ(Whole("2.5"), "3~");
  EXPECT_EQ(Whole("1e-300"), "0~");
  EXPECT_EQ(Whole("999999999999999999e-18"), "1~");
  EXPECT_EQ(Whole("499999999999999999e-18"), "0~");
}

TEST(DecimalTest, TheEndsOfTheRange) {
  EXPECT_EQ(Whole("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(Whole("9223372036854775808"), "9223372036854775807!");
  EXPECT_EQ(Whole("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(Whole("-9223372036854775809"), "-9223372036854775808!");
  EXPECT_EQ(Whole("9.223372036854775807", 18), "9223372036854775807");
  EXPECT_EQ(Whole("9999999999999999999e-19"), "1~");
  EXPECT_EQ(Whole("1e18"), "1000000000000000000");
  EXPECT_EQ(Whole("1e19"), "9223372036854775807!");
  EXPECT_EQ(Whole("-1e999999999999999999"), "-9223372036854775808!");
  EXPECT_EQ(Whole("1e-999999999999999999"), "0~");
  EXPECT_EQ(Whole("0e999999999"), "0");
  EXPECT_EQ(Whole(std::string(5000, '9')), "9223372036854775807!");
  EXPECT_EQ(Whole("0." + std::string(5000, '0') + "1"), "0~");
}

}  // namespace
}  // namespace flametrail
