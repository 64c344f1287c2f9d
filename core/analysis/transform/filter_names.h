// focus, ignore, hide, show, show_from, prune_from: filters by function, file and mapping name
// (google/pprof profile/filter.go, prune.go).
#ifndef CORE_ANALYSIS_TRANSFORM_FILTER_NAMES_H_
#define CORE_ANALYSIS_TRANSFORM_FILTER_NAMES_H_

#include <cstdint>
#include <vector>

#include "core/analysis/expression.h"
#include "core/model/profile.h"

namespace flametrail {

// Null: the filter is not set. A location matches if the name or file of one of its functions, or its mapping's file,
// matches.
struct NameFilters {
  const Expression* focus = nullptr;   // keep samples with a matching location
  const Expression* ignore = nullptr;  // drop samples with a matching location; wins over focus
  const Expression* hide = nullptr;    // remove matching lines
  const Expression* show = nullptr;    // keep only matching lines; lines without function stay
};

// Whether each filter matched anything (true where pprof would not warn).
struct NameMatches {
  bool focus = true;
  bool ignore = true;
  bool hide = true;
  bool show = true;
};

// By LocationId: whether focus, ignore, hide, show and show_from take it for a match.
std::vector<uint8_t> MatchLocations(const Profile& profile, const Expression& expression);
// The same for prune_from.
std::vector<uint8_t> MatchSimplifiedNames(const Profile& profile, const Expression& expression);

// Samples that lose all their locations are dropped.
Profile FilterByName(Profile profile, const NameFilters& filters, NameMatches* matches);

// Cuts every stack above the matching location nearest to the root; drops samples without a match.
Profile ShowFrom(Profile profile, const Expression& expression, bool* matched);

// Cuts every stack below the matching location nearest to the leaf. Matches simplified function names only.
Profile PruneFrom(Profile profile, const Expression& expression);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_FILTER_NAMES_H_
