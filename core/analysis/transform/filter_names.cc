#include "core/analysis/transform/filter_names.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/analysis/transform/samples.h"
#include "core/analysis/transform/simplify_name.h"

namespace flametrail {
namespace {

// One expression against the names of a profile's locations.
class Matcher {
 public:
  Matcher(const Profile& profile, const Expression& expression)
      : profile_(profile), matches_(expression, profile.strings) {}

  bool Mapping(LocationId location) {
    const MappingId mapping = profile_.locations.mapping[location.index()];
    return !mapping.is_none() && matches_(profile_.mappings[mapping.index()].file);
  }

  bool Function(FunctionId function) {
    const FunctionTable& functions = profile_.functions;
    return matches_(functions.name[function.index()]) || matches_(functions.file[function.index()]);
  }

  // False for lines without a function.
  bool Line(uint32_t line) {
    const FunctionId function = profile_.locations.line_function[line];
    return !function.is_none() && Function(function);
  }

  bool Location(LocationId location) {
    const LocationTable& locations = profile_.locations;
    for (uint32_t line = locations.line_begin[location.index()]; line < locations.line_begin[location.index() + 1];
         ++line) {
      if (Line(line)) return true;
    }
    return Mapping(location);
  }

 private:
  const Profile& profile_;
  CachedMatch matches_;
};

// By FunctionId, of simplified names.
std::vector<uint8_t> MatchFunctions(const Profile& profile, const Expression& expression) {
  std::vector<uint8_t> matches(profile.functions.size());
  for (size_t i = 0; i < matches.size(); ++i) {
    const std::string_view name = profile.Text(profile.functions.name[i]);
    matches[i] = !name.empty() && expression.Matches(SimplifyName(name));
  }
  return matches;
}

enum class Focus : uint8_t { kUnset, kFocused, kIgnored };

std::vector<Focus> FocusLocations(const Profile& profile, const NameFilters& filters, NameMatches* matches) {
  std::vector<Focus> focus(profile.locations.size(), Focus::kUnset);
  std::optional<Matcher> focus_matcher, ignore_matcher;
  if (filters.focus != nullptr) focus_matcher.emplace(profile, *filters.focus);
  if (filters.ignore != nullptr) ignore_matcher.emplace(profile, *filters.ignore);
  matches->focus = matches->ignore = false;
  for (uint32_t i = 0; i < focus.size(); ++i) {
    const LocationId location(i);
    if (ignore_matcher && ignore_matcher->Location(location)) {
      matches->ignore = true;
      focus[i] = Focus::kIgnored;
    } else if (!focus_matcher || focus_matcher->Location(location)) {
      matches->focus = true;
      focus[i] = Focus::kFocused;
    }
  }
  if (filters.focus == nullptr) matches->focus = true;
  if (filters.ignore == nullptr) matches->ignore = true;
  return focus;
}

// By stack: whether a sample with it stays.
std::vector<uint8_t> FocusStacks(const StackTable& stacks, const std::vector<Focus>& focus) {
  std::vector<Focus> state(stacks.size(), Focus::kUnset);
  std::vector<uint8_t> keep(stacks.size(), 0);
  for (size_t stack = 1; stack < stacks.size(); ++stack) {
    const Focus above = state[stacks.parent[stack].index()];
    const Focus own = focus[stacks.location[stack].index()];
    state[stack] = above == Focus::kIgnored || own == Focus::kUnset ? above : own;
    keep[stack] = state[stack] == Focus::kFocused;
  }
  return keep;
}

// Removes lines; returns by location whether all of it is hidden.
std::vector<uint8_t> HideLines(const NameFilters& filters, NameMatches* matches, Profile* profile) {
  std::vector<uint8_t> hidden(profile->locations.size(), 0);
  const auto note_empty = [&](LocationId location) {
    const auto& begin = profile->locations.line_begin;
    if (begin[location.index()] == begin[location.index() + 1]) hidden[location.index()] = 1;
  };
  if (filters.hide != nullptr) {
    Matcher matcher(*profile, *filters.hide);
    std::vector<uint8_t> matched(profile->locations.size());
    std::vector<uint8_t> mapping(profile->locations.size());
    matches->hide = false;
    for (uint32_t i = 0; i < matched.size(); ++i) {
      matched[i] = matcher.Location(LocationId(i));
      mapping[i] = matcher.Mapping(LocationId(i));
      matches->hide |= matched[i] != 0;
    }
    KeepLines(&profile->locations,
              [&](LocationId location, uint32_t line) { return !mapping[location.index()] && !matcher.Line(line); });
    for (uint32_t i = 0; i < matched.size(); ++i) {
      if (matched[i]) note_empty(LocationId(i));
    }
  }
  if (filters.show != nullptr) {
    Matcher matcher(*profile, *filters.show);
    matches->show = false;
    KeepLines(&profile->locations, [&](LocationId location, uint32_t line) {
      return profile->locations.line_function[line].is_none() || matcher.Mapping(location) || matcher.Line(line);
    });
    for (uint32_t i = 0; i < hidden.size(); ++i) {
      note_empty(LocationId(i));
      const auto& begin = profile->locations.line_begin;
      matches->show |= begin[i] != begin[i + 1];
    }
  }
  return hidden;
}

void RemoveHidden(const std::vector<uint8_t>& hidden, Profile* profile) {
  const StackTable& stacks = profile->stacks;
  StackTableBuilder builder;
  std::vector<StackId> moved(stacks.size(), StackTable::kEmpty);
  for (size_t stack = 1; stack < stacks.size(); ++stack) {
    const StackId parent = moved[stacks.parent[stack].index()];
    const LocationId location = stacks.location[stack];
    moved[stack] = hidden[location.index()] ? parent : builder.Push(parent, location);
  }
  profile->stacks = builder.Take();
  for (StackId& stack : moved) {
    if (stack == StackTable::kEmpty) stack = StackId::None();
  }
  MoveSamples(moved, &profile->samples);
}

}  // namespace

std::vector<uint8_t> MatchLocations(const Profile& profile, const Expression& expression) {
  Matcher matcher(profile, expression);
  std::vector<uint8_t> match(profile.locations.size());
  for (uint32_t i = 0; i < match.size(); ++i) match[i] = matcher.Location(LocationId(i));
  return match;
}

std::vector<uint8_t> MatchSimplifiedNames(const Profile& profile, const Expression& expression) {
  const LocationTable& locations = profile.locations;
  const std::vector<uint8_t> functions = MatchFunctions(profile, expression);
  std::vector<uint8_t> match(locations.size(), 0);
  for (uint32_t i = 0; i < match.size(); ++i) {
    for (uint32_t line = locations.line_begin[i]; !match[i] && line < locations.line_begin[i + 1]; ++line) {
      const FunctionId function = locations.line_function[line];
      match[i] = !function.is_none() && functions[function.index()];
    }
  }
  return match;
}

Profile FilterByName(Profile profile, const NameFilters& filters, NameMatches* matches) {
  *matches = NameMatches();
  if (!filters.focus && !filters.ignore && !filters.hide && !filters.show) return profile;
  const std::vector<Focus> focus = FocusLocations(profile, filters, matches);
  const std::vector<uint8_t> keep = FocusStacks(profile.stacks, focus);
  KeepSamples(&profile.samples, [&](size_t i) { return keep[profile.samples.stack[i].index()] != 0; });
  const std::vector<uint8_t> hidden = HideLines(filters, matches, &profile);
  if (std::find(hidden.begin(), hidden.end(), 1) != hidden.end()) RemoveHidden(hidden, &profile);
  return profile;
}

Profile ShowFrom(Profile profile, const Expression& expression, bool* matched) {
  Matcher matcher(profile, expression);
  LocationTable& locations = profile.locations;
  std::vector<uint8_t> match(locations.size(), 0);
  std::vector<uint32_t> lines_end(locations.size());
  for (uint32_t i = 0; i < locations.size(); ++i) {
    lines_end[i] = locations.line_begin[i + 1];
    match[i] = matcher.Mapping(LocationId(i));
    for (uint32_t line = lines_end[i]; !match[i] && line-- > locations.line_begin[i];) {
      if (!matcher.Line(line)) continue;
      match[i] = 1;
      lines_end[i] = line + 1;
    }
  }
  *matched = std::find(match.begin(), match.end(), 1) != match.end();
  KeepLines(&locations, [&](LocationId location, uint32_t line) { return line < lines_end[location.index()]; });

  const StackTable& stacks = profile.stacks;
  StackTableBuilder builder;
  std::vector<StackId> moved(stacks.size(), StackId::None());  // None: no match so far
  for (size_t stack = 1; stack < stacks.size(); ++stack) {
    const LocationId location = stacks.location[stack];
    StackId parent = moved[stacks.parent[stack].index()];
    if (parent.is_none() && !match[location.index()]) continue;
    if (parent.is_none()) parent = StackTable::kEmpty;
    moved[stack] = builder.Push(parent, location);
  }
  profile.stacks = builder.Take();
  MoveSamples(moved, &profile.samples);
  return profile;
}

Profile PruneFrom(Profile profile, const Expression& expression) {
  LocationTable& locations = profile.locations;
  const std::vector<uint8_t> function_matches = MatchFunctions(profile, expression);
  std::vector<uint8_t> match(locations.size(), 0);
  std::vector<uint32_t> lines_begin(locations.size());
  for (uint32_t i = 0; i < locations.size(); ++i) {
    lines_begin[i] = locations.line_begin[i];
    for (uint32_t line = locations.line_begin[i]; !match[i] && line < locations.line_begin[i + 1]; ++line) {
      const FunctionId function = locations.line_function[line];
      if (function.is_none() || !function_matches[function.index()]) continue;
      match[i] = 1;
      lines_begin[i] = line;
    }
  }
  KeepLines(&locations, [&](LocationId location, uint32_t line) { return line >= lines_begin[location.index()]; });

  // A stack ends at its own match, else where its caller's stack ends if that has one, else stays.
  const StackTable& stacks = profile.stacks;
  std::vector<StackId> moved(stacks.size(), StackTable::kEmpty);
  std::vector<uint8_t> has_match(stacks.size(), 0);
  for (size_t stack = 1; stack < stacks.size(); ++stack) {
    const size_t parent = stacks.parent[stack].index();
    const bool own = match[stacks.location[stack].index()] != 0;
    has_match[stack] = own || has_match[parent];
    moved[stack] = own || !has_match[parent] ? StackId(static_cast<uint32_t>(stack)) : moved[parent];
  }
  MoveSamples(moved, &profile.samples);
  return profile;
}

}  // namespace flametrail
