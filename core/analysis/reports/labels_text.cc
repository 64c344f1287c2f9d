#include "core/analysis/reports/labels_text.h"

#include <algorithm>

namespace flametrail {

std::vector<KeyLabels> LabelsByKey(const Profile& profile, LabelSetId set, bool numbers) {
  std::vector<KeyLabels> by_key;
  const LabelSetTable& sets = profile.label_sets;
  for (uint32_t i = sets.begin[set.index()]; i < sets.begin[set.index() + 1]; ++i) {
    const Label& label = sets.labels[i];
    if (label.is_number != numbers) continue;
    auto at =
        std::find_if(by_key.begin(), by_key.end(), [&](const KeyLabels& known) { return known.key == label.key; });
    if (at == by_key.end()) at = by_key.insert(at, {label.key, {}, false});
    at->labels.push_back(&label);
    at->has_unit |= numbers && !profile.Text(label.unit).empty();
  }
  std::sort(by_key.begin(), by_key.end(),
            [&](const KeyLabels& a, const KeyLabels& b) { return profile.Text(a.key) < profile.Text(b.key); });
  return by_key;
}

}  // namespace flametrail
