// All labels with what carries them: the page's Labels view. Weights equal `pprof -tags`.
#ifndef CORE_ANALYSIS_LABEL_TABLE_H_
#define CORE_ANALYSIS_LABEL_TABLE_H_

#include <cstdint>
#include <vector>

#include "core/model/profile.h"

namespace flametrail {

// One row for each value of each key: keys by text; values by |weight| descending, then text, then number. Same names
// and order as web/src/protocol/columns.ts.
struct LabelColumns {
  std::vector<uint32_t> key;    // StringId
  std::vector<uint32_t> value;  // StringId of what a person reads ("4kB"), numbers in their unit
  std::vector<uint8_t> is_number;
  std::vector<double> number;  // when is_number
  std::vector<uint32_t> unit;  // StringId, of the number
  std::vector<double> weight;
  std::vector<double> samples;
};

// `texts` is the profile's own pool.
LabelColumns LabelsOf(const Profile& profile, size_t sample_type, StringPool* texts);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_LABEL_TABLE_H_
