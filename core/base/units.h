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

// `value` of unit `from` in unit `to`. "auto" and "minimum" as `to` take the largest unit that leaves at least 1. A
// unit that is not of from's family becomes the family's default unit (B, s, GCU); units of no family are passed
// through.
ScaledValue Scale(int64_t value, std::string_view from, std::string_view to);

// Whether values of these units can be brought to one unit without loss of meaning: equal, or of one family.
bool SameUnitFamily(std::string_view a, std::string_view b);

// "1.50kB", "0", "3": two decimals unless both are zero.
std::string ScaledLabel(int64_t value, std::string_view from, std::string_view to);

// Go's "%.Nf".
std::string FormatFixed(double value, int digits);

// Go's %v: the fewest digits that read back as `value`; with an exponent below 1e-4 and from 1e6 on.
std::string FormatShortest(double value);

// |value / total| in five columns and a percent sign: "  100%", " 9.80%", " 0.31%", "2.1e-07%". 0 of 0 is "    0%".
std::string Percentage(int64_t value, int64_t total);

// A time zone at one moment. Only the command knows zones (from TZ); the core is told.
struct Zone {
  int32_t offset_seconds = 0;  // east of UTC
  std::string name = "UTC";
};

// Go's layout "Jan 2, 2006 at 3:04pm (MST)".
std::string FormatTime(int64_t unix_nanos, const Zone& zone);
// Time.String: "2026-11-23 08:54:41.528068602 +0000 UTC".
std::string FormatTimeExact(int64_t unix_nanos, const Zone& zone);
// Duration.String: "1h5m10.5s", "6.127832377s", "1.5ms", "0s".
std::string FormatDuration(int64_t nanos);

}  // namespace flametrail

#endif  // CORE_BASE_UNITS_H_
