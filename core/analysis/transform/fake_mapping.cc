#include "core/analysis/transform/fake_mapping.h"

#include <algorithm>

namespace flametrail {

Profile AddFakeMapping(Profile profile) {
  if (!profile.mappings.empty()) return profile;
  Mapping mapping;
  mapping.id = 1;
  mapping.file = StringPool::kEmpty;
  mapping.build_id = StringPool::kEmpty;
  profile.mappings.push_back(mapping);
  std::fill(profile.locations.mapping.begin(), profile.locations.mapping.end(), MappingId(0u));
  return profile;
}

}  // namespace flametrail
