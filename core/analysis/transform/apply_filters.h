// All filters of a report in pprof's order (google/pprof driver_focus.go applyFocus): names, show_from, tags, tag keys,
// prune_from.
#ifndef CORE_ANALYSIS_TRANSFORM_APPLY_FILTERS_H_
#define CORE_ANALYSIS_TRANSFORM_APPLY_FILTERS_H_

#include <string>
#include <vector>

#include "core/analysis/transform/filter_tags.h"
#include "core/base/result.h"
#include "core/model/profile.h"

namespace flametrail {

// Expressions as a person typed them; empty: not set.
struct FilterOptions {
  std::string focus;
  std::string ignore;
  std::string hide;
  std::string show;
  std::string show_from;
  std::string prune_from;
  std::string tag_focus;
  std::string tag_ignore;
  std::string tag_show;
  std::string tag_hide;
  TagValueKind tag_focus_kind = TagValueKind::kByLooks;
  TagValueKind tag_ignore_kind = TagValueKind::kByLooks;

  bool operator==(const FilterOptions&) const = default;
};

// `warnings` gets a sentence for each filter that matched nothing. A bad expression is an Error kInvalid that names the
// filter.
Result<Profile> ApplyFilters(Profile profile, const FilterOptions& options, std::vector<std::string>* warnings);

// "focus=main", ...: what a report says of its filters.
std::vector<std::string> ActiveFilters(const FilterOptions& options);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_APPLY_FILTERS_H_
