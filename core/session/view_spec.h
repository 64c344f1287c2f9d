// What every question of the page is about: one sample type of what tag frames and filters leave of the document, at
// one granularity.
#ifndef CORE_SESSION_VIEW_SPEC_H_
#define CORE_SESSION_VIEW_SPEC_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/frame_table.h"
#include "core/analysis/transform/apply_filters.h"

namespace flametrail {

struct ViewSpec {
  size_t sample_type = 0;
  // An expression that cannot be read filters nothing; ViewFacts says why. The page never asks for kByLooks, so that
  // pprof's taking of numbers for ranges is a person's choice.
  FilterOptions filters = {};
  std::vector<std::string> tag_root = {};  // label keys that become frames, as in pprof
  std::vector<std::string> tag_leaf = {};
  Granularity granularity = Granularity::kFunctions;
  bool no_inlines = false;

  bool operator==(const ViewSpec&) const = default;
};

// The filters that the page has, in the order in which it lists them.
enum class FilterField : uint8_t { kFocus, kIgnore, kHide, kShow, kShowFrom, kPruneFrom, kTagFocus, kTagIgnore };
inline constexpr size_t kFilterFields = 8;

// What one filter matches of the document (after tag frames, before the other filters).
struct FilterFact {
  uint64_t samples = 0;
  int64_t value = 0;  // their sum
  std::string error;  // RE2's text, or what a label's value must look like; the filter is not applied then
};

struct ViewFacts {
  std::array<FilterFact, kFilterFields> filters;  // by FilterField; zero for a filter that is not set
  uint64_t samples = 0;                           // what all of them leave
  int64_t total = 0;
  int64_t magnitude_total = 0;  // sum of |value|
};

}  // namespace flametrail

#endif  // CORE_SESSION_VIEW_SPEC_H_
