#include "core/analysis/reports/labels_text.h"

#include <algorithm>

namespace flametrail {

std::vector<KeyLabels> LabelsByKey(const Profile& profile, LabelSetId set, bool numbers) {
  const LabelSetTable& sets = profile.label_sets;
  std::vector<const Label*> labels;
  for (uint32_t i = sets.begin[set.index()]; i < sets.begin[set.index() + 1]; ++i) {
    if (sets.labels[i].is_number == numbers) labels.push_back(&sets.labels[i]);
  }
  std::stable_sort(labels.begin(), labels.end(),
                   [&](const Label* a, const Label* b) { return profile.Text(a->key) < profile.Text(b->key); });
  std::vector<KeyLabels> by_key;
  for (const Label* label : labels) {
    if (by_key.empty() || by_key.back().key != label->key) by_key.push_back({label->key, {}, false});
    by_key.back().labels.push_back(label);
    by_key.back().has_unit |= numbers && !profile.Text(label->unit).empty();
  }
  return by_key;
}

}  // namespace flametrail
