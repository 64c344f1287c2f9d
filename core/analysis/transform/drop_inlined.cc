#include "core/analysis/transform/drop_inlined.h"

#include <algorithm>
#include <vector>

#include "core/analysis/transform/samples.h"

namespace flametrail {

void DropInlinedLines(bool keep_columns, Profile* profile) {
  LocationTable& locations = profile->locations;
  std::vector<uint32_t> last(locations.size());
  for (size_t i = 0; i < last.size(); ++i) last[i] = locations.line_begin[i + 1];
  KeepLines(&locations, [&](LocationId location, uint32_t line) { return line + 1 == last[location.index()]; });
  if (!keep_columns) std::fill(locations.line_column.begin(), locations.line_column.end(), 0);
  for (Mapping& mapping : profile->mappings) mapping.has_inline_frames = false;
}

}  // namespace flametrail
