#include "core/formats/pprof_legacy/memstats_text.h"

#include <cstdlib>
#include <string>

#include "core/formats/pprof_legacy/text.h"

namespace flametrail::legacy {
namespace {

using NumberField = std::optional<uint64_t> MemStats::*;

struct NumberRow {
  std::string_view name;
  NumberField first;
  NumberField second = nullptr;  // behind " / "
};

constexpr NumberRow kNumbers[] = {
    {"Alloc", &MemStats::alloc},
    {"TotalAlloc", &MemStats::total_alloc},
    {"Sys", &MemStats::sys},
    {"Lookups", &MemStats::lookups},
    {"Mallocs", &MemStats::mallocs},
    {"Frees", &MemStats::frees},
    {"HeapAlloc", &MemStats::heap_alloc},
    {"HeapSys", &MemStats::heap_sys},
    {"HeapIdle", &MemStats::heap_idle},
    {"HeapInuse", &MemStats::heap_inuse},
    {"HeapReleased", &MemStats::heap_released},
    {"HeapObjects", &MemStats::heap_objects},
    {"Stack", &MemStats::stack_inuse, &MemStats::stack_sys},
    {"MSpan", &MemStats::mspan_inuse, &MemStats::mspan_sys},
    {"MCache", &MemStats::mcache_inuse, &MemStats::mcache_sys},
    {"BuckHashSys", &MemStats::buck_hash_sys},
    {"GCSys", &MemStats::gc_sys},
    {"OtherSys", &MemStats::other_sys},
    {"NextGC", &MemStats::next_gc},
    {"LastGC", &MemStats::last_gc},
    {"NumGC", &MemStats::num_gc},
    {"NumForcedGC", &MemStats::num_forced_gc},
    {"MaxRSS", &MemStats::max_rss},
};

std::optional<uint64_t> ParseCount(std::string_view text) {
  const auto value = ParseDecimal(text);
  if (!value || *value < 0) return std::nullopt;
  return static_cast<uint64_t>(*value);
}

void ReadRing(std::string_view value, std::vector<uint64_t>* ring) {
  ring->clear();
  Cursor at(value);
  at.Take("[");
  while (ring->size() < MemStats::kPauses) {
    at.SkipBlanks();
    const auto number = ParseCount(at.Digits());
    if (!number) return;
    ring->push_back(*number);
  }
}

void ReadNumber(const NumberRow& row, std::string_view value, MemStats* stats) {
  const size_t slash = value.find(" / ");
  stats->*row.first = ParseCount(value.substr(0, slash));
  if (row.second != nullptr && slash != std::string_view::npos)
    stats->*row.second = ParseCount(value.substr(slash + 3));
}

}  // namespace

void ReadMemStatsLine(std::string_view line, uint64_t offset, MemStats* stats, Diagnostics* diagnostics) {
  constexpr std::string_view kEquals = " = ";
  if (!line.starts_with("# ")) return;
  line.remove_prefix(2);
  const size_t equals = line.find(kEquals);
  if (equals == std::string_view::npos) return;
  const std::string_view name = line.substr(0, equals);
  const std::string_view value = TrimSpace(line.substr(equals + kEquals.size()));
  if (name == "PauseNs") return ReadRing(value, &stats->pause_ns);
  if (name == "PauseEnd") return ReadRing(value, &stats->pause_end);
  if (stats->entries.size() == kMaxMemStatsEntries || line.size() > kMaxMemStatsValueBytes) {
    diagnostics->Count(Issue::kBadRecord, offset, "runtime.MemStats has too many or too long lines");
    return;
  }
  stats->entries.emplace_back(name, value);
  for (const NumberRow& row : kNumbers) {
    if (row.name == name) ReadNumber(row, value, stats);
  }
  if (name == "GCCPUFraction") stats->gc_cpu_fraction = std::strtod(std::string(value).c_str(), nullptr);
  if (name == "DebugGC") stats->debug_gc = value == "true";
}

}  // namespace flametrail::legacy
