#include "core/analysis/search.h"

#include <re2/re2.h>

#include <string>

#include "core/base/checked.h"

namespace flametrail {
namespace {

bool Matches(const RE2& expression, std::string_view text) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), expression);
}

// Answers by text, each asked once: a file has many functions.
class CachedMatch {
 public:
  CachedMatch(const Profile& profile, const RE2& expression)
      : profile_(profile), expression_(expression), known_(profile.strings.size(), kNotAsked) {}

  bool operator()(StringId text) {
    uint8_t& known = known_[text.index()];
    if (known == kNotAsked) known = Matches(expression_, profile_.Text(text)) ? 1 : 0;
    return known == 1;
  }

 private:
  static constexpr uint8_t kNotAsked = 2;
  const Profile& profile_;
  const RE2& expression_;
  std::vector<uint8_t> known_;
};

// Files match through each frame's own file, also where the granularity leaves it out of the frame.
std::vector<uint8_t> MatchFrames(const Profile& profile, const FrameTable& frames, const RE2& expression) {
  std::vector<uint8_t> match(frames.size(), 0);
  for (uint32_t frame = 0; frame < frames.size(); ++frame) {
    match[frame] = Matches(expression, PrintableName(frames, FrameId(frame), profile.strings));
  }
  CachedMatch file_matches(profile, expression);
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
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(case_sensitive);
  const RE2 expression(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!expression.ok()) return Error{Code::kInvalid, std::nullopt, expression.error()};

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
