#include "core/base/units.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/base/checked.h"

namespace flametrail {
namespace {

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

struct ScaleCase {
  int64_t value;
  const char* from;
  const char* to;
  double want;
  const char* unit;
};

class ScaleTest : public ::testing::TestWithParam<ScaleCase> {};

TEST_P(ScaleTest, GivesValueAndUnit) {
  const ScaleCase& c = GetParam();
  const ScaledValue scaled = Scale(c.value, c.from, c.to);
  EXPECT_DOUBLE_EQ(scaled.value, c.want) << c.value << " " << c.from << " in " << c.to;
  EXPECT_EQ(scaled.unit, c.unit) << c.value << " " << c.from << " in " << c.to;
}

constexpr ScaleCase kMemoryCases[] = {
    {1, "kb", "b", 1024, "B"},        {1, "kbyte", "b", 1024, "B"},    {1, "kilobyte", "b", 1024, "B"},
    {1, "mb", "kb", 1024, "kB"},      {1, "gb", "mb", 1024, "MB"},     {1024, "gb", "tb", 1, "TB"},
    {1024, "tb", "pb", 1, "PB"},      {2048, "mb", "auto", 2, "GB"},   {1023, "bytes", "auto", 1023, "B"},
    {0, "bytes", "minimum", 0, "B"},  {512, "Bytes", "KB", 0.5, "kB"}, {1, "B", "seconds", 1, "B"},
    {-1536, "b", "auto", -1.5, "kB"},
};
// The small mu is two bytes: the reference takes the plural s off the unit and then does not know it.
constexpr ScaleCase kTimeCases[] = {
    {1, "s", "ms", 1000, "ms"},          {-1, "s", "ms", -1000, "ms"},     {31536000, "s", "auto", 8760, "hrs"},
    {90, "seconds", "hr", 0.025, "hrs"}, {5, "\u03BCs", "ns", 5, "ns"},    {5, "\u039CSs", "ns", 5000, "ns"},
    {3600, "sec", "hours", 1, "hrs"},    {0, "ns", "auto", 0, "s"},        {1500000, "nanoseconds", "foo", 0.0015, "s"},
    {999, "ns", "minimum", 999, "ns"},   {1000, "ns", "minimum", 1, "us"},
};
constexpr ScaleCase kComputeCases[] = {
    {80000000000, "nanogcu", "petagcus", 8e-14, "P*GCU"},
    {15000000000, "microGCU", "teraGCU", 1.5e-8, "T*GCU"},
    {3000000, "milliGCU", "gigagcu", 3e-6, "G*GCU"},
    {1000, "kilogcu", "megagcu", 1, "M*GCU"},
    {2000, "GCU", "kiloGCU", 2, "k*GCU"},
    {7, "megaGCU", "gcu", 7e6, "GCU"},
    {5, "gigagcus", "milligcu", 5e12, "m*GCU"},
    {7, "teragcus", "microGCU", 7e18, "u*GCU"},
    {1, "petaGCU", "nanogcus", 1e24, "n*GCU"},
    {5000, "nanogcu", "auto", 5, "u*GCU"},
    {9000, "PetaGCU", "auto", 9000, "P*GCU"},
};
constexpr ScaleCase kOtherCases[] = {
    {1, "foo", "count", 1, ""},
    {1, "foo", "bar", 1, "bar"},
    {2000, "count", "auto", 2000, ""},
    {2000, "count", "minimum", 2000, ""},
    {2000, "count", "ns", 2000, "ns"},
    {7, "", "auto", 7, ""},
    {7, "", "", 7, ""},
    {kMin, "count", "auto", -9223372036854775808.0, ""},
};

INSTANTIATE_TEST_SUITE_P(Memory, ScaleTest, ::testing::ValuesIn(kMemoryCases));
INSTANTIATE_TEST_SUITE_P(Time, ScaleTest, ::testing::ValuesIn(kTimeCases));
INSTANTIATE_TEST_SUITE_P(ComputeUnits, ScaleTest, ::testing::ValuesIn(kComputeCases));
INSTANTIATE_TEST_SUITE_P(Other, ScaleTest, ::testing::ValuesIn(kOtherCases));

TEST(ScaledLabel, CutsDecimalsOnlyWhenBothAreZero) {
  EXPECT_EQ(ScaledLabel(1500, "ms", "s"), "1.50s");
  EXPECT_EQ(ScaledLabel(2000, "ms", "s"), "2s");
  EXPECT_EQ(ScaledLabel(1536, "bytes", "auto"), "1.50kB");
  EXPECT_EQ(ScaledLabel(-1536, "bytes", "kb"), "-1.50kB");
  EXPECT_EQ(ScaledLabel(42, "count", "minimum"), "42");
}

TEST(ScaledLabel, ZeroHasNoUnit) {
  EXPECT_EQ(ScaledLabel(0, "bytes", "MB"), "0");
  EXPECT_EQ(ScaledLabel(1, "ns", "s"), "0");
  EXPECT_EQ(ScaledLabel(-1, "ns", "s"), "0");
  EXPECT_EQ(ScaledLabel(5, "ms", "s"), "0.01s");  // 0.005 is a bit above its half in binary
}

TEST(ScaledLabel, HoldsTheLargestNumbers) {
  EXPECT_EQ(ScaledLabel(kMax, "count", "auto"), "9223372036854775808");
  EXPECT_EQ(ScaledLabel(kMax, "petagcu", "nanogcu"), "9223372036854775653257495089327465637609472n*GCU");
}

TEST(Percentage, HasAtLeastTwoDigits) {
  EXPECT_EQ(Percentage(1, 2), "50.00%");
  EXPECT_EQ(Percentage(3, 100), " 3.00%");
  EXPECT_EQ(Percentage(31, 10000), " 0.31%");
  EXPECT_EQ(Percentage(1, 100000), "0.001%");
  EXPECT_EQ(Percentage(21, 10000000000), "2.1e-07%");
  EXPECT_EQ(Percentage(9999, 10000), "  100%");
  EXPECT_EQ(Percentage(10004, 10000), "  100%");
  EXPECT_EQ(Percentage(10006, 10000), "100.06%");
  EXPECT_EQ(Percentage(9994, 10000), "99.94%");
  EXPECT_EQ(Percentage(999, 100000), "    1%");
}

TEST(Percentage, HasNoSignAndNoTotal) {
  EXPECT_EQ(Percentage(-1, 2), "50.00%");
  EXPECT_EQ(Percentage(1, -2), "50.00%");
  EXPECT_EQ(Percentage(5, 0), "    0%");
  EXPECT_EQ(Percentage(0, 5), "    0%");
}

TEST(TruncateToInt64, IsGosConversion) {
  EXPECT_EQ(TruncateToInt64(-1.9), -1);
  EXPECT_EQ(TruncateToInt64(1.9), 1);
  EXPECT_EQ(TruncateToInt64(9.3e18), kMin);
  EXPECT_EQ(TruncateToInt64(-9.3e18), kMin);
  EXPECT_EQ(TruncateToInt64(std::numeric_limits<double>::quiet_NaN()), kMin);
}

TEST(WrapDivide, TruncatesAndWraps) {
  EXPECT_EQ(WrapDivide(-7, 2), -3);
  EXPECT_EQ(WrapDivide(7, -1), -7);
  EXPECT_EQ(WrapDivide(kMin, -1), kMin);
}

TEST(FormatTime, IsGosLayout) {
  constexpr int64_t kSecond = 1000000000;
  const Zone utc;
  EXPECT_EQ(FormatTime(0, utc), "Jan 1, 1970 at 12:00am (UTC)");
  EXPECT_EQ(FormatTime(1700000000 * kSecond, utc), "Nov 14, 2023 at 10:13pm (UTC)");
  EXPECT_EQ(FormatTime(1709208000 * kSecond, utc), "Feb 29, 2024 at 12:00pm (UTC)");
  EXPECT_EQ(FormatTime(-1, utc), "Dec 31, 1969 at 11:59pm (UTC)");
  EXPECT_EQ(FormatTime(kMin, utc), "Sep 21, 1677 at 12:12am (UTC)");
  EXPECT_EQ(FormatTime(kMax, utc), "Apr 11, 2262 at 11:47pm (UTC)");
  EXPECT_EQ(FormatTime(1700000000 * kSecond, {19800, "IST"}), "Nov 15, 2023 at 3:43am (IST)");
  EXPECT_EQ(FormatTime(1700000000 * kSecond, {-28800, "PST"}), "Nov 14, 2023 at 2:13pm (PST)");
}

}  // namespace
}  // namespace flametrail
