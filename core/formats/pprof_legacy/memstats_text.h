#ifndef CORE_FORMATS_PPROF_LEGACY_MEMSTATS_TEXT_H_
#define CORE_FORMATS_PPROF_LEGACY_MEMSTATS_TEXT_H_

#include <string_view>

#include "core/base/diagnostics.h"
#include "core/model/memstats.h"

namespace flametrail::legacy {

inline constexpr std::string_view kMemStatsHeading = "# runtime.MemStats";
inline constexpr size_t kMaxMemStatsEntries = 256;
inline constexpr size_t kMaxMemStatsValueBytes = 1024;

// Reads "# HeapAlloc = 40090184", "# Stack = 1114112 / 1114112" or "# PauseNs = [201882 48447]" into `stats`. Lines
// that are none of these are passed over; more than the limits allow is counted.
void ReadMemStatsLine(std::string_view line, uint64_t offset, MemStats* stats, Diagnostics* diagnostics);

}  // namespace flametrail::legacy

#endif  // CORE_FORMATS_PPROF_LEGACY_MEMSTATS_TEXT_H_
