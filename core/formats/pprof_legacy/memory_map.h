// Memory maps as legacy profiles end with them: /proc/self/maps, or the brief form "400000-fcb000: /bin/server".
#ifndef CORE_FORMATS_PPROF_LEGACY_MEMORY_MAP_H_
#define CORE_FORMATS_PPROF_LEGACY_MEMORY_MAP_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/string_pool.h"
#include "core/formats/pprof_legacy/text.h"
#include "core/model/profile.h"

namespace flametrail::legacy {

inline constexpr size_t kMaxMappings = size_t{1} << 20;
// "name=value" lines, whose "$name" later lines may contain.
inline constexpr size_t kMaxMapAttributes = 64;
inline constexpr size_t kMaxMapAttributeBytes = 4096;
// Longer lines of a memory map are left out.
inline constexpr size_t kMaxMapLineBytes = size_t{64} << 10;

// Adds the executable mappings of all lines that are left. Lines that are none are passed over, as in google/pprof.
void ReadMemoryMap(LineScanner* lines, StringPool* strings, Diagnostics* diagnostics, std::vector<Mapping>* mappings);

// Joins neighbours that are one, puts the main binary first (google/pprof massageMappings).
void TidyMappings(const StringPool& strings, std::vector<Mapping>* mappings);

// The mapping of each address, None for address 0 (google/pprof remapMappingIDs): corrects the start of mappings, adds
// one for everything if an address lies in none, and numbers them.
std::vector<MappingId> MapAddresses(std::span<const uint64_t> addresses, const StringPool& strings,
                                    std::vector<Mapping>* mappings);

}  // namespace flametrail::legacy

#endif  // CORE_FORMATS_PPROF_LEGACY_MEMORY_MAP_H_
