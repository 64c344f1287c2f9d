// Go's runtime.MemStats as the text of a heap profile ends with it, and as expvar gives it: what the allocator and the
// collector say of themselves at the moment of the profile. Values are totals of the process, not samples.
#ifndef CORE_MODEL_MEMSTATS_H_
#define CORE_MODEL_MEMSTATS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace flametrail {

// Names as in package runtime. Unset: the text does not have it. Bytes unless said otherwise.
struct MemStats {
  std::optional<uint64_t> alloc;
  std::optional<uint64_t> total_alloc;
  std::optional<uint64_t> sys;
  std::optional<uint64_t> lookups;  // count
  std::optional<uint64_t> mallocs;  // count
  std::optional<uint64_t> frees;    // count
  std::optional<uint64_t> heap_alloc;
  std::optional<uint64_t> heap_sys;
  std::optional<uint64_t> heap_idle;
  std::optional<uint64_t> heap_inuse;
  std::optional<uint64_t> heap_released;
  std::optional<uint64_t> heap_objects;  // count
  std::optional<uint64_t> stack_inuse;
  std::optional<uint64_t> stack_sys;
  std::optional<uint64_t> mspan_inuse;
  std::optional<uint64_t> mspan_sys;
  std::optional<uint64_t> mcache_inuse;
  std::optional<uint64_t> mcache_sys;
  std::optional<uint64_t> buck_hash_sys;
  std::optional<uint64_t> gc_sys;
  std::optional<uint64_t> other_sys;
  std::optional<uint64_t> next_gc;
  std::optional<uint64_t> last_gc;  // ns since the Unix epoch
  std::optional<uint64_t> pause_total_ns;
  std::optional<uint64_t> num_gc;         // count
  std::optional<uint64_t> num_forced_gc;  // count
  std::optional<uint64_t> max_rss;
  std::optional<double> gc_cpu_fraction;  // 0..1
  std::optional<bool> debug_gc;

  // The last kPauses collections, a ring: collection n (counted from 1) is at (n + 255) % 256.
  static constexpr size_t kPauses = 256;
  std::vector<uint64_t> pause_ns;
  std::vector<uint64_t> pause_end;  // ns since the Unix epoch

  // Objects by size class, where the text has them (expvar).
  struct SizeClass {
    uint64_t size = 0;
    uint64_t mallocs = 0;
    uint64_t frees = 0;
  };
  std::vector<SizeClass> by_size;

  // Every line as it stands, in the order of the text, but for the two rings.
  std::vector<std::pair<std::string, std::string>> entries;
};

}  // namespace flametrail

#endif  // CORE_MODEL_MEMSTATS_H_
