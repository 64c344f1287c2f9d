// Values as reports print them: the rules of google/pprof internal/measurement (as vendored by Go 1.23) and of the Go
// functions around it. Texts are equal byte for byte.
#ifndef CORE_BASE_UNITS_H_
#define CORE_BASE_UNITS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace flametrail {

struct ScaledValue {
  double value = 0;
  std::string unit;  // empty: not worth printing ("count")
};

// `value` of unit `from` in unit `to`. "auto" and "minimum" as `to` take the largest unit that leaves at least 1. A unit
// that is not of from's family becomes the family's default unit (B, s, GCU); units of no family are passed through.
ScaledValue Scale(int64_t value, std::string_view from, std::string_view to);

// Whether values of these units can be brought to one unit without loss of meaning: equal, or of one family.
bool SameUnitFamily(std::string_view a, std::string_view b);

// "1.50kB", "0", "3": two decimals unless both are zero.
std::string ScaledLabel(int64_t value, std::string_view from, std::string_view to);

// |value / total| in five columns and a percent sign: "  100%", " 9.80%", " 0.31%", "2.1e-07%". 0 of 0 is "    0%".
std::string Percentage(int64_t value, int64_t total);

// A time zone at one moment. Only the command knows zones (from TZ); the core is told.
struct Zone {
  int32_t offset_seconds = 0;  // east of UTC
  std::string name = "UTC";
};

// Go's layout "Jan 2, 2006 at 3:04pm (MST)".
std::string FormatTime(int64_t unix_nanos, const Zone& zone);

}  // namespace flametrail

#endif  // CORE_BASE_UNITS_H_
