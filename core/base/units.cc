#include "core/base/units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <span>

#include "core/base/check.h"

namespace flametrail {
namespace {

struct Unit {
  std::string_view name;
  std::array<std::string_view, 3> aliases;  // lower case, singular; empty ones match nothing
  double factor;                            // in the family's base unit
};

struct Family {
  std::span<const Unit> units;  // ascending
  std::string_view default_name;
  double default_factor;
};

constexpr Unit kMemory[] = {
    {"B", {"b", "byte"}, 1},
    {"kB", {"kb", "kbyte", "kilobyte"}, 1024.0},
    {"MB", {"mb", "mbyte", "megabyte"}, 1048576.0},
    {"GB", {"gb", "gbyte", "gigabyte"}, 1073741824.0},
    {"TB", {"tb", "tbyte", "terabyte"}, 1099511627776.0},
    {"PB", {"pb", "pbyte", "petabyte"}, 1125899906842624.0},
};
constexpr Unit kTime[] = {
    {"ns", {"ns", "nanosecond"}, 1},    {"us", {"\u03BCs", "us", "microsecond"}, 1e3},
    {"ms", {"ms", "millisecond"}, 1e6}, {"s", {"s", "sec", "second"}, 1e9},
    {"hrs", {"hour", "hr"}, 3600e9},
};
constexpr Unit kComputeUnits[] = {
    {"n*GCU", {"nanogcu"}, 1e-9}, {"u*GCU", {"microgcu"}, 1e-6}, {"m*GCU", {"milligcu"}, 1e-3},
    {"GCU", {"gcu"}, 1},          {"k*GCU", {"kilogcu"}, 1e3},   {"M*GCU", {"megagcu"}, 1e6},
    {"G*GCU", {"gigagcu"}, 1e9},  {"T*GCU", {"teragcu"}, 1e12},  {"P*GCU", {"petagcu"}, 1e15},
};
constexpr Family kFamilies[] = {{kMemory, "B", 1}, {kTime, "s", 1e9}, {kComputeUnits, "GCU", 1}};

// strings.ToLower, as far as it can lead to an alias: ASCII and the three other letters whose small form is in one.
std::string ToLower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\u212A")) {  // Kelvin sign
      out += 'k';
      i += 2;
    } else if (rest.starts_with("\u0130")) {  // capital I with a dot
      out += 'i';
      i += 1;
    } else if (rest.starts_with("\u039C")) {  // capital mu
      out += "\u03BC";
      i += 1;
    } else {
      out += text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    }
  }
  return out;
}

const Unit* Find(const Family& family, std::string_view name) {
  std::string lower = ToLower(name);
  if (lower.size() > 2 && lower.back() == 's') lower.pop_back();
  if (lower.empty()) return nullptr;
  for (const Unit& unit : family.units) {
    for (std::string_view alias : unit.aliases) {
      if (alias == lower) return &unit;
    }
  }
  return nullptr;
}

ScaledValue AutoScale(const Family& family, double value) {
  const Unit* best = nullptr;
  for (const Unit& unit : family.units) {
    if (value / unit.factor >= 1.0) best = &unit;
  }
  if (best == nullptr) return {value / family.default_factor, std::string(family.default_name)};
  return {value / best->factor, std::string(best->name)};
}

ScaledValue ScaleIn(const Family& family, double value, std::string_view to) {
  if (to == "minimum" || to == "auto") return AutoScale(family, value);
  const Unit* unit = Find(family, to);
  if (unit == nullptr) return {value / family.default_factor, std::string(family.default_name)};
  return {value / unit->factor, std::string(unit->name)};
}

template <typename... Args>
std::string Print(const char* format, Args... args) {
  std::array<char, 400> buffer;  // %.2f of the largest double has 312 characters
  const int size = std::snprintf(buffer.data(), buffer.size(), format, args...);
  CHECK(size >= 0 && static_cast<size_t>(size) < buffer.size());
  return std::string(buffer.data(), static_cast<size_t>(size));
}

int64_t FloorDivide(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

struct Date {
  int64_t year;
  int month;  // 1..12
  int day;    // 1..31
};

// Days since 1970-01-01 to the proleptic Gregorian calendar, counted in eras of 400 years that start in March (so that
// the leap day is the last of its year).
Date DateOfDays(int64_t days) {
  days += 719468;
  const int64_t era = FloorDivide(days, 146097);
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month = (5 * day_of_year + 2) / 153;  // 0: March
  const int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
  const int64_t year = year_of_era + era * 400 + (month >= 10 ? 1 : 0);
  return {year, static_cast<int>(month < 10 ? month + 3 : month - 9), static_cast<int>(day)};
}

}  // namespace

bool SameUnitFamily(std::string_view a, std::string_view b) {
  if (a == b) return true;
  for (const Family& family : kFamilies) {
    if (Find(family, a) != nullptr && Find(family, b) != nullptr) return true;
  }
  return false;
}

ScaledValue Scale(int64_t value, std::string_view from, std::string_view to) {
  if (value < 0 && value != std::numeric_limits<int64_t>::min()) {
    ScaledValue scaled = Scale(-value, from, to);
    scaled.value = -scaled.value;
    return scaled;
  }
  for (const Family& family : kFamilies) {
    const Unit* unit = Find(family, from);
    if (unit != nullptr) return ScaleIn(family, static_cast<double>(value) * unit->factor, to);
  }
  const bool is_plain = to == "count" || to == "sample" || to == "unit" || to == "minimum" || to == "auto";
  return {static_cast<double>(value), is_plain ? std::string() : std::string(to)};
}

std::string ScaledLabel(int64_t value, std::string_view from, std::string_view to) {
  const ScaledValue scaled = Scale(value, from, to);
  std::string text = Print("%.2f", scaled.value);
  if (text.ends_with(".00")) text.resize(text.size() - 3);
  if (text == "0" || text == "-0") return "0";
  return text + scaled.unit;
}

std::string FormatShortest(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  std::string text;
  for (int digits = 0; digits < 17; ++digits) {
    text = Print("%.*e", digits, value);
    if (std::strtod(text.c_str(), nullptr) == value) break;
  }
  const int exponent = std::atoi(text.c_str() + text.find('e') + 1);
  const size_t e = text.find('e');
  const size_t begin = text.starts_with('-') ? 1 : 0;
  const size_t digits = e - begin - (e > begin + 1 ? 1 : 0);
  constexpr int kExponentFrom = 6;
  if (exponent < -4 || exponent >= kExponentFrom) return text;
  return Print("%.*f", std::max(0, static_cast<int>(digits) - 1 - exponent), value);
}

std::string FormatFixed(double value, int digits) { return Print("%.*f", digits, value); }

std::string Percentage(int64_t value, int64_t total) {
  double percent = 0;
  if (total != 0) percent = std::fabs(static_cast<double>(value) / static_cast<double>(total)) * 100;
  if (percent >= 99.95 && percent <= 100.05) return "  100%";
  return Print(percent >= 1.0 ? "%5.2f%%" : "%5.2g%%", percent);
}

std::string FormatTime(int64_t unix_nanos, const Zone& zone) {
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr int64_t kDay = 86400;
  const int64_t seconds = FloorDivide(unix_nanos, 1000000000) + zone.offset_seconds;
  const int64_t days = FloorDivide(seconds, kDay);
  const Date date = DateOfDays(days);
  const int minute_of_day = static_cast<int>((seconds - days * kDay) / 60);
  const int hour = minute_of_day / 60;
  return Print("%s %d, %04lld at %d:%02d%s (", kMonths[static_cast<size_t>(date.month - 1)], date.day,
               static_cast<long long>(date.year), hour % 12 == 0 ? 12 : hour % 12, minute_of_day % 60,
               hour < 12 ? "am" : "pm") +
         zone.name + ")";
}

namespace {

// ".5", ".000000001", "": nine digits at most, no zeros at the end.
std::string Fraction(uint64_t nanos, int digits) {
  std::string text = std::to_string(nanos);
  text.insert(0, static_cast<size_t>(digits) - text.size(), '0');
  while (!text.empty() && text.back() == '0') text.pop_back();
  return text.empty() ? text : '.' + text;
}

}  // namespace

std::string FormatTimeExact(int64_t unix_nanos, const Zone& zone) {
  constexpr int64_t kSecond = 1000000000;
  constexpr int64_t kDay = 86400;
  const int64_t unix_seconds = FloorDivide(unix_nanos, kSecond);
  const int64_t seconds = unix_seconds + zone.offset_seconds;
  const int64_t days = FloorDivide(seconds, kDay);
  const Date date = DateOfDays(days);
  const int in_day = static_cast<int>(seconds - days * kDay);
  const int offset = zone.offset_seconds < 0 ? -zone.offset_seconds : zone.offset_seconds;
  return Print("%04lld-%02d-%02d %02d:%02d:%02d", static_cast<long long>(date.year), date.month, date.day,
               in_day / 3600, in_day / 60 % 60, in_day % 60) +
         Fraction(static_cast<uint64_t>(unix_nanos - unix_seconds * kSecond), 9) +
         Print(" %c%02d%02d ", zone.offset_seconds < 0 ? '-' : '+', offset / 3600, offset / 60 % 60) + zone.name;
}

std::string FormatDuration(int64_t nanos) {
  if (nanos == 0) return "0s";
  const uint64_t size = nanos < 0 ? uint64_t{0} - static_cast<uint64_t>(nanos) : static_cast<uint64_t>(nanos);
  std::string text = nanos < 0 ? "-" : "";
  if (size < 1000) return text + std::to_string(size) + "ns";
  if (size < 1000000) return text + std::to_string(size / 1000) + Fraction(size % 1000, 3) + "µs";
  if (size < 1000000000) return text + std::to_string(size / 1000000) + Fraction(size % 1000000, 6) + "ms";
  const uint64_t seconds = size / 1000000000;
  if (seconds >= 3600) text += std::to_string(seconds / 3600) + 'h';
  if (seconds >= 60) text += std::to_string(seconds / 60 % 60) + 'm';
  return text + std::to_string(seconds % 60) + Fraction(size % 1000000000, 9) + 's';
}

}  // namespace flametrail
