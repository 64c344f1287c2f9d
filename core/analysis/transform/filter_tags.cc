#include "core/analysis/transform/filter_tags.h"

#include <charconv>
#include <utility>

#include "core/analysis/transform/samples.h"
#include "core/base/units.h"
#include "core/model/label_sets.h"

namespace flametrail {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Bound {
  size_t begin = 0;  // in the text
  size_t end = 0;
  int64_t number = 0;
  std::string_view unit;
};

// The next "[+-]?digits letters?" at or after `from`. Numbers beyond int64 are no bounds (pprof panics on them).
std::optional<Bound> FindBound(std::string_view text, size_t from) {
  size_t digits = from;
  while (digits < text.size() && !IsDigit(text[digits])) ++digits;
  if (digits == text.size()) return std::nullopt;
  const bool negative = digits > from && text[digits - 1] == '-';
  const bool has_sign = negative || (digits > from && text[digits - 1] == '+');
  Bound bound;
  bound.begin = has_sign ? digits - 1 : digits;
  size_t end = digits;
  while (end < text.size() && IsDigit(text[end])) ++end;
  const size_t number_begin = negative ? digits - 1 : digits;
  const auto parsed = std::from_chars(text.data() + number_begin, text.data() + end, bound.number);
  if (parsed.ec != std::errc()) return std::nullopt;
  const size_t unit_begin = end;
  while (end < text.size() && IsAlpha(text[end])) ++end;
  bound.unit = text.substr(unit_begin, end - unit_begin);
  bound.end = end;
  return bound;
}

std::vector<std::string_view> SplitCommas(std::string_view text) {
  std::vector<std::string_view> parts;
  for (size_t comma = 0; (comma = text.find(',')) != std::string_view::npos; text.remove_prefix(comma + 1)) {
    parts.push_back(text.substr(0, comma));
  }
  parts.push_back(text);
  return parts;
}

}  // namespace

std::map<StringId, std::string> NumberLabelUnits(const Profile& profile) {
  if (!profile.number_units.empty()) return profile.number_units;
  std::map<StringId, std::string> units;
  std::vector<uint8_t> seen(profile.label_sets.size(), 0);
  for (const LabelSetId set : profile.samples.labels) {
    if (std::exchange(seen[set.index()], 1)) continue;
    for (uint32_t i = profile.label_sets.begin[set.index()]; i < profile.label_sets.begin[set.index() + 1]; ++i) {
      const Label& label = profile.label_sets.labels[i];
      if (!label.is_number) continue;
      std::string& unit = units[label.key];
      if (unit.empty() && !label.unit.is_none()) unit = profile.Text(label.unit);
    }
  }
  for (auto& [key, unit] : units) {
    if (!unit.empty()) continue;
    const std::string_view name = profile.Text(key);
    unit = name == "alignment" || name == "request" ? "bytes" : std::string(name);
  }
  return units;
}

bool TagFilter::Range::Holds(int64_t value, std::string_view value_unit) const {
  const ScaledValue scaled = Scale(value, value_unit, unit);
  return scaled.unit == unit && (!from || scaled.value >= *from) && (!to || scaled.value <= *to);
}

std::optional<TagFilter::Range> TagFilter::ParseRange(std::string_view text) {
  const std::optional<Bound> first = FindBound(text, 0);
  if (!first) return std::nullopt;
  const ScaledValue scaled = Scale(first->number, first->unit, first->unit);
  Range range{scaled.value, scaled.value, scaled.unit};
  const std::string_view whole = text.substr(first->begin, first->end - first->begin);
  const std::optional<Bound> second = FindBound(text, first->end);
  if (!second) {
    if (text == whole) return range;
    if (text == std::string(whole) + ':') return Range{scaled.value, std::nullopt, scaled.unit};
    if (text == ':' + std::string(whole)) return Range{std::nullopt, scaled.value, scaled.unit};
    return std::nullopt;
  }
  const bool is_pair = first->begin == 0 && text.substr(first->end).starts_with(':') &&
                       second->begin == first->end + 1 && second->end == text.size();
  if (!is_pair) return std::nullopt;
  const ScaledValue end = Scale(second->number, second->unit, range.unit);
  if (end.unit != range.unit) return std::nullopt;
  range.to = end.value;
  return range;
}

Result<TagFilter> TagFilter::Parse(std::string_view filter, TagValueKind kind) {
  TagFilter parsed;
  if (const size_t equals = filter.find('='); equals != std::string_view::npos) {
    parsed.key_ = std::string(filter.substr(0, equals));
    filter.remove_prefix(equals + 1);
  }
  // As pprof: an empty key asks for any key.
  if (parsed.key_ && parsed.key_->empty()) parsed.key_.reset();
  if (kind != TagValueKind::kText) parsed.range_ = ParseRange(filter);
  if (parsed.range_) return parsed;
  if (kind == TagValueKind::kNumber) {
    return Error{Code::kInvalid, std::nullopt,
                 "\"" + std::string(filter) + "\" is not a number or a range: write 64, 4kb, 1:3, 64kb: or :1ms"};
  }
  for (const std::string_view part : SplitCommas(filter)) {
    ASSIGN_OR_RETURN(Expression expression, Expression::Compile(part));
    parsed.expressions_.push_back(std::move(expression));
  }
  return parsed;
}

bool TagFilter::MatchesNumbers(const Profile& profile, const Label* begin, const Label* end,
                               const std::map<StringId, std::string>& units) const {
  for (const Label* label = begin; label != end; ++label) {
    if (!label->is_number || (key_ && profile.Text(label->key) != *key_)) continue;
    if (range_->Holds(label->number, units.at(label->key))) return true;
  }
  return false;
}

bool TagFilter::MatchesTexts(const Profile& profile, const Label* begin, const Label* end) const {
  const auto matches_some = [&](const Expression& expression) {
    for (const Label* label = begin; label != end; ++label) {
      if (label->is_number) continue;
      const std::string_view key = profile.Text(label->key);
      const std::string_view value = profile.Text(label->text);
      if (key_ ? key == *key_ && expression.Matches(value)
               : expression.Matches(std::string(key).append(":").append(value))) {
        return true;
      }
    }
    return false;
  };
  for (const Expression& expression : expressions_) {
    if (matches_some(expression) == key_.has_value()) return key_.has_value();
  }
  return !key_;
}

std::vector<uint8_t> TagFilter::MatchSets(const Profile& profile) const {
  const LabelSetTable& sets = profile.label_sets;
  const auto units = range_ ? NumberLabelUnits(profile) : std::map<StringId, std::string>();
  std::vector<uint8_t> used(sets.size(), 0);
  for (const LabelSetId set : profile.samples.labels) used[set.index()] = 1;
  std::vector<uint8_t> match(sets.size(), 0);
  for (size_t set = 0; set < sets.size(); ++set) {
    if (!used[set]) continue;
    const Label* begin = sets.labels.data() + sets.begin[set];
    const Label* end = sets.labels.data() + sets.begin[set + 1];
    match[set] = range_ ? MatchesNumbers(profile, begin, end, units) : MatchesTexts(profile, begin, end);
  }
  return match;
}

Profile FilterByTag(Profile profile, const TagFilter* focus, const TagFilter* ignore, TagMatches* matches) {
  *matches = TagMatches();
  if (focus == nullptr && ignore == nullptr) return profile;
  const size_t sets = profile.label_sets.size();
  const std::vector<uint8_t> focused = focus ? focus->MatchSets(profile) : std::vector<uint8_t>(sets, 1);
  const std::vector<uint8_t> ignored = ignore ? ignore->MatchSets(profile) : std::vector<uint8_t>(sets, 0);
  TagMatches found{false, false};
  KeepSamples(&profile.samples, [&](size_t i) {
    const size_t set = profile.samples.labels[i].index();
    found.focus |= focused[set] != 0;
    found.ignore |= ignored[set] != 0;
    return focused[set] && !ignored[set];
  });
  *matches = {focus == nullptr || found.focus, ignore == nullptr || found.ignore};
  return profile;
}

Profile FilterTagKeys(Profile profile, const Expression* show, const Expression* hide, TagMatches* matches) {
  *matches = TagMatches();
  if (show == nullptr && hide == nullptr) return profile;
  TagMatches found{false, false};
  const LabelSetTable& sets = profile.label_sets;
  LabelSetBuilder builder;
  std::vector<LabelSetId> moved(sets.size());
  std::vector<Label> kept;
  for (size_t set = 0; set < sets.size(); ++set) {
    kept.clear();
    for (uint32_t i = sets.begin[set]; i < sets.begin[set + 1]; ++i) {
      const std::string_view key = profile.Text(sets.labels[i].key);
      const bool shown = show == nullptr || show->Matches(key);
      const bool hidden = hide != nullptr && hide->Matches(key);
      found.focus |= shown;
      found.ignore |= hidden;
      if (shown && !hidden) kept.push_back(sets.labels[i]);
    }
    moved[set] = builder.Insert(kept);
  }
  for (LabelSetId& set : profile.samples.labels) set = moved[set.index()];
  profile.label_sets = builder.Take();
  *matches = {show == nullptr || found.focus, hide == nullptr || found.ignore};
  return profile;
}

}  // namespace flametrail
