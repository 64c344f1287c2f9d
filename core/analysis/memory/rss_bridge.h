// From what a heap profile shows to what the system counts as resident: where the rest is.
#ifndef CORE_ANALYSIS_MEMORY_RSS_BRIDGE_H_
#define CORE_ANALYSIS_MEMORY_RSS_BRIDGE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/model/memstats.h"

namespace flametrail {

enum class MemoryPart : uint8_t {
  kLive,          // the profile's inuse_space: alive at the last collection
  kNotCollected,  // allocated since, or dead and not yet swept
  kFragmented,    // in spans that are in use, but in no object
  kIdle,          // free spans that are still resident
  kStacks,        // of goroutines
  kRuntime,       // spans, caches, profile buckets, collector, other
};
std::string_view MemoryPartText(MemoryPart part);

struct RssBridge {
  struct Row {
    MemoryPart part;
    uint64_t bytes;
  };
  std::vector<Row> rows;  // add up to `resident`
  uint64_t resident = 0;  // Sys less HeapReleased: what Go may have resident, without C, mapped files and the binary
  uint64_t released = 0;  // given back to the system; counts in Sys only
  std::optional<uint64_t> max_rss;  // the system's own peak, where the text has it
};

// `live`: of the profile beside it; unset (expvar): live and not collected are one row, kNotCollected.
// Nothing: the statistics lack a field, or contradict themselves.
std::optional<RssBridge> BridgeToRss(const MemStats& stats, std::optional<uint64_t> live);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_MEMORY_RSS_BRIDGE_H_
