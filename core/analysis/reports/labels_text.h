// Labels of a sample as pprof's reports see them: by key, sorted.
#ifndef CORE_ANALYSIS_REPORTS_LABELS_TEXT_H_
#define CORE_ANALYSIS_REPORTS_LABELS_TEXT_H_

#include <string_view>
#include <vector>

#include "core/model/profile.h"

namespace flametrail {

struct KeyLabels {
  StringId key;
  std::vector<const Label*> labels;  // in the order of the sample
  bool has_unit = false;             // some number of this key has a unit: then all are written with one
};

// The labels of one kind (texts or numbers), keys in bytewise order.
std::vector<KeyLabels> LabelsByKey(const Profile& profile, LabelSetId set, bool numbers);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_LABELS_TEXT_H_
