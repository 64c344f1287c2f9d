#include "core/analysis/search.h"

#include "core/analysis/expression.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

// Files match through each frame's own file, also where the granularity leaves it out of the frame.
std::vector<uint8_t> MatchFrames(const Profile& profile, const FrameTable& frames, const Expression& expression) {
  std::vector<uint8_t> match(frames.size(), 0);
  for (uint32_t frame = 0; frame < frames.size(); ++frame) {
    match[frame] = expression.Matches(PrintableName(frames, FrameId(frame), profile.strings));
  }
  CachedMatch file_matches(expression, profile.strings);
  const LocationTable& locations = profile.locations;
  for (uint32_t location = 0; location < locations.size(); ++location) {
    const auto lines = frames.FramesOf(LocationId(location));
    const uint32_t first = locations.line_begin[location];
    if (locations.line_begin[location + 1] - first != lines.size()) continue;
    for (uint32_t i = 0; i < lines.size(); ++i) {
      const FunctionId function = locations.line_function[first + i];
      if (function.is_none() || match[lines[i].index()]) continue;
      match[lines[i].index()] = file_matches(profile.functions.file[function.index()]);
    }
  }
  return match;
}

}  // namespace

Result<SearchColumns> Search(const Profile& profile, const FrameTable& frames, const CallTree& tree,
                             std::string_view pattern, bool case_sensitive) {
  ASSIGN_OR_RETURN(const Expression expression, Expression::Compile(pattern, case_sensitive));

  SearchColumns columns;
  columns.match = MatchFrames(profile, frames, expression);
  for (const uint8_t match : columns.match) columns.frame_count += match;
  int64_t total = 0;
  int64_t self = 0;
  size_t covered_until = 0;  // nodes before it lie below a match that is counted
  for (size_t node = 1; node < tree.size(); ++node) {
    if (!columns.match[tree.frame[node].index()]) continue;
    ++columns.box_count;
    self = WrapAdd(self, tree.self[node]);
    if (node < covered_until) continue;
    total = WrapAdd(total, tree.total[node]);
    covered_until = tree.subtree_end[node];
  }
  columns.matched_total = static_cast<double>(total);
  columns.matched_self = static_cast<double>(self);
  return columns;
}

}  // namespace flametrail
