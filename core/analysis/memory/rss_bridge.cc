#include "core/analysis/memory/rss_bridge.h"

#include <algorithm>
#include <array>

namespace flametrail {

std::string_view MemoryPartText(MemoryPart part) {
  constexpr std::array<std::string_view, 6> kTexts = {
      "live objects (heap profile)",
      "allocated and not yet collected",
      "fragmentation of used spans",
      "free, not returned to the system",
      "goroutine stacks",
      "runtime (spans, GC, profiling)",
  };
  return kTexts[static_cast<size_t>(part)];
}

std::optional<RssBridge> BridgeToRss(const MemStats& stats, std::optional<uint64_t> live) {
  for (const auto& field : {stats.sys, stats.heap_alloc, stats.heap_sys, stats.heap_idle, stats.heap_inuse,
                            stats.heap_released, stats.stack_sys}) {
    if (!field) return std::nullopt;
  }
  const bool sound = *stats.heap_alloc <= *stats.heap_inuse && *stats.heap_released <= *stats.heap_idle &&
                     *stats.heap_sys <= *stats.sys && *stats.stack_sys <= *stats.sys - *stats.heap_sys &&
                     *stats.heap_inuse <= *stats.heap_sys && *stats.heap_idle == *stats.heap_sys - *stats.heap_inuse;
  if (!sound) return std::nullopt;
  RssBridge bridge;
  // Sampled, so it may come out above what is allocated.
  const uint64_t alive = std::min(live.value_or(0), *stats.heap_alloc);
  if (live) bridge.rows.push_back({MemoryPart::kLive, alive});
  bridge.rows.push_back({MemoryPart::kNotCollected, *stats.heap_alloc - alive});
  bridge.rows.push_back({MemoryPart::kFragmented, *stats.heap_inuse - *stats.heap_alloc});
  bridge.rows.push_back({MemoryPart::kIdle, *stats.heap_idle - *stats.heap_released});
  bridge.rows.push_back({MemoryPart::kStacks, *stats.stack_sys});
  bridge.rows.push_back({MemoryPart::kRuntime, *stats.sys - *stats.heap_sys - *stats.stack_sys});
  bridge.resident = *stats.sys - *stats.heap_released;
  bridge.released = *stats.heap_released;
  bridge.max_rss = stats.max_rss;
  return bridge;
}

}  // namespace flametrail
