// The mappings of a profile, for the page's Info view.
#ifndef CORE_ANALYSIS_MAPPING_TABLE_H_
#define CORE_ANALYSIS_MAPPING_TABLE_H_

#include <cstdint>
#include <vector>

#include "core/model/profile.h"

namespace flametrail {

// One row for each mapping, in the order of the file. Addresses are hexadecimal texts: they exceed 2^53. Same names and
// order as web/src/protocol/columns.ts.
struct MappingColumns {
  std::vector<uint32_t> start;  // StringIds
  std::vector<uint32_t> limit;
  std::vector<uint32_t> offset;
  std::vector<uint32_t> file;
  std::vector<uint32_t> build_id;
  std::vector<uint8_t> has;  // bits: 1 functions, 2 file names, 4 line numbers, 8 inlined frames
};

// `texts` is the profile's own pool.
MappingColumns MappingsOf(const Profile& profile, StringPool* texts);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_MAPPING_TABLE_H_
