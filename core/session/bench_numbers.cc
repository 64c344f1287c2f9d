#include "core/session/bench_numbers.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "core/base/units.h"

namespace flametrail {
namespace {

// From `at_least` on, values of this prefix are shown with so many digits.
struct Step {
  double at_least;
  NumberScale scale;
};

// What would round up to 100.0, 10.00 or 1.000 counts as that, so thresholds lie half a digit below.
std::vector<Step> DecimalSteps() {
  constexpr std::array<std::string_view, 8> kPrefixes = {"T", "G", "M", "k", "", "m", "\u00B5", "n"};
  std::vector<Step> steps;
  int exponent = 12;
  for (const std::string_view prefix : kPrefixes) {
    const std::string power = "e" + std::to_string(exponent);
    const double factor = std::strtod(("1" + power).c_str(), nullptr);
    steps.push_back({std::strtod(("99.995" + power).c_str(), nullptr), {1, factor, prefix}});
    steps.push_back({std::strtod(("9.9995" + power).c_str(), nullptr), {2, factor, prefix}});
    steps.push_back({std::strtod((".99995" + power).c_str(), nullptr), {3, factor, prefix}});
    exponent -= 3;
  }
  return steps;
}

std::vector<Step> BinarySteps() {
  constexpr std::array<std::string_view, 5> kPrefixes = {"Ti", "Gi", "Mi", "Ki", ""};
  std::vector<Step> steps;
  int exponent = 40;
  for (const std::string_view prefix : kPrefixes) {
    const double factor = std::ldexp(1.0, exponent);
    steps.push_back({99.995 * factor, {1, factor, prefix}});
    steps.push_back({9.9995 * factor, {2, factor, prefix}});
    // 1020 Ki, not 0.996 Mi: the smaller prefix reaches up to 1024.
    steps.push_back({.99995 * factor, {3, factor, prefix}});
    exponent -= 10;
  }
  return steps;
}

bool IsOfBytes(std::string_view unit) {
  bool denominator = false;
  while (!unit.empty()) {
    const size_t end = std::min(unit.find_first_of("*/- "), unit.size());
    const std::string_view word = unit.substr(0, end);
    if (!denominator && (word == "B" || word == "MB" || word == "bytes")) return true;
    if (end == unit.size()) return false;
    if (unit[end] == '/') denominator = true;
    if (unit[end] == '*') denominator = false;
    unit.remove_prefix(end + 1);
  }
  return false;
}

int Sign(double value) { return (value > 0) - (value < 0); }

}  // namespace

std::string NumberScale::Format(double value) const { return FormatFixed(value / factor, digits).append(prefix); }

NumberScale CommonScale(std::span<const double> values, std::string_view unit) {
  double least = 0;
  for (const double value : values) {
    const double magnitude = std::fabs(value);
    if (magnitude != 0 && (least == 0 || magnitude < least)) least = magnitude;
  }
  if (least == 0) return {};
  const std::vector<Step> steps = IsOfBytes(unit) ? BinarySteps() : DecimalSteps();
  for (const Step& step : steps) {
    if (least >= step.at_least) return step.scale;
  }
  // Below the smallest prefix: more digits.
  NumberScale scale = steps.back().scale;
  constexpr int kMostDigits = 10;
  const double scaled = least / scale.factor;
  for (double threshold = 0.99995; scale.digits < kMostDigits; ++scale.digits) {
    threshold /= 10;
    if (scaled >= threshold * 10) break;
  }
  return scale;
}

std::string RangeText(const BenchCell& cell) {
  if (std::isinf(cell.low) || std::isinf(cell.high)) return "\u221E";
  if (Sign(cell.center) != Sign(cell.low) || Sign(cell.center) != Sign(cell.high)) return "?";
  if (cell.center == 0) return "0%";
  return FormatFixed(100 * std::max(cell.high / cell.center - 1, 1 - cell.low / cell.center), 0) + "%";
}

std::string SignedPercent(double ratio_less_one) {
  const std::string text = FormatFixed(100 * ratio_less_one, 2) + "%";
  return text.starts_with('-') ? text : "+" + text;
}

std::string DeltaText(const BenchCell& cell) {
  if (!cell.comparison->is_significant) return "~";
  const double base = cell.comparison->base_center;
  if (base == cell.center) return "0.00%";
  if (base == 0) return "?";
  return SignedPercent(cell.center / base - 1);
}

std::string ComparisonText(const BenchCell& cell) {
  const BenchCell::Comparison& comparison = *cell.comparison;
  std::string text = comparison.p != 0 ? "p=" + FormatFixed(comparison.p, 3) + " " : "";
  text += "n=" + std::to_string(comparison.base_count);
  if (comparison.base_count != cell.values.size()) text += "+" + std::to_string(cell.values.size());
  return text;
}

}  // namespace flametrail
