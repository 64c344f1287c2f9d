// tagfocus, tagignore, tagshow, taghide: filters by label (google/pprof driver_focus.go, profile/filter.go).
#ifndef CORE_ANALYSIS_TRANSFORM_FILTER_TAGS_H_
#define CORE_ANALYSIS_TRANSFORM_FILTER_TAGS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/expression.h"
#include "core/base/result.h"
#include "core/model/profile.h"

namespace flametrail {

// The unit in which each numeric label's values are compared: the first one that a sample gives, else guessed from the
// key as google/pprof NumLabelUnits does ("bytes" for request and alignment, the key itself for others). Of a filtered
// profile: as before the filters.
std::map<StringId, std::string> NumberLabelUnits(const Profile& profile);

// How a filter's value is read. pprof decides by its looks, so that a text "0" cannot be asked for; the page lets a
// person say.
enum class TagValueKind : uint8_t { kByLooks, kText, kNumber };

// "key=value", or a value for any key. As number: N, N with unit, A:B, A:, :B. As text: expressions joined by commas;
// with a key one of them must match one of its values, without a key each must match some "key:value".
class TagFilter {
 public:
  static Result<TagFilter> Parse(std::string_view filter, TagValueKind kind = TagValueKind::kByLooks);

  bool is_number() const { return range_.has_value(); }
  // By LabelSetId: whether a sample with these labels matches.
  std::vector<uint8_t> MatchSets(const Profile& profile) const;

 private:
  struct Range {
    std::optional<double> from;  // in `unit`
    std::optional<double> to;
    std::string unit;

    bool Holds(int64_t value, std::string_view value_unit) const;
  };

  static std::optional<Range> ParseRange(std::string_view text);
  bool MatchesNumbers(const Profile& profile, const Label* begin, const Label* end,
                      const std::map<StringId, std::string>& units) const;
  bool MatchesTexts(const Profile& profile, const Label* begin, const Label* end) const;

  std::optional<std::string> key_;
  std::optional<Range> range_;
  std::vector<Expression> expressions_;
};

struct TagMatches {
  bool focus = true;
  bool ignore = true;
};

// Null: not set.
Profile FilterByTag(Profile profile, const TagFilter* focus, const TagFilter* ignore, TagMatches* matches);

// Removes labels whose key does not match `show` or matches `hide`. Returns what matched in `matches` (focus: show).
Profile FilterTagKeys(Profile profile, const Expression* show, const Expression* hide, TagMatches* matches);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_FILTER_TAGS_H_
