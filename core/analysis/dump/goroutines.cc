#include "core/analysis/dump/goroutines.h"

#include <algorithm>

#include "core/base/checked.h"
#include "core/base/text_out.h"

namespace flametrail {
namespace {

// The innermost line of the location; unset: an address without symbol.
std::optional<uint32_t> FirstLine(const Profile& profile, LocationId location) {
  if (location.is_none()) return std::nullopt;
  const LocationTable& table = profile.locations;
  const uint32_t line = table.line_begin[location.index()];
  if (line == table.line_begin[location.index() + 1] || table.line_function[line].is_none()) return std::nullopt;
  return line;
}

}  // namespace

std::optional<GoroutineSource> GoroutinesOf(const Profile& profile, const Dump* dump) {
  for (size_t i = 0; i < profile.sample_types.size(); ++i) {
    const std::string_view type = profile.Text(profile.sample_types[i].type);
    if (type == "goroutine" || type == "goroutines" || type == "goroutineleak") {
      return GoroutineSource{&profile, dump, i};
    }
  }
  return std::nullopt;
}

int64_t GoroutineCount(const GoroutineSource& source, size_t row) {
  return std::max<int64_t>(0, source.profile->samples.values[source.sample_type][row]);
}

int64_t CountGoroutines(const GoroutineSource& source) {
  int64_t count = 0;
  for (size_t i = 0; i < source.profile->samples.size(); ++i) count = SaturateAdd(count, GoroutineCount(source, i));
  return count;
}

std::string_view FunctionAt(const Profile& profile, LocationId location) {
  const auto line = FirstLine(profile, location);
  return line ? profile.Text(profile.functions.name[profile.locations.line_function[*line].index()])
              : std::string_view();
}

std::string_view FileAt(const Profile& profile, LocationId location) {
  const auto line = FirstLine(profile, location);
  return line ? profile.Text(profile.functions.file[profile.locations.line_function[*line].index()])
              : std::string_view();
}

int64_t LineAt(const Profile& profile, LocationId location) {
  const auto line = FirstLine(profile, location);
  return line ? profile.locations.line_number[*line] : 0;
}

std::string PlaceText(const Profile& profile, LocationId location) {
  std::string text(FunctionAt(profile, location));
  const std::string_view file = FileAt(profile, location);
  if (file.empty()) return text;
  return text.append(" ").append(file).append(":").append(std::to_string(LineAt(profile, location)));
}

std::vector<std::string> StackText(const Profile& profile, StackId stack) {
  std::vector<LocationId> locations;
  profile.stacks.Expand(stack, &locations);
  std::vector<std::string> frames;
  const LocationTable& table = profile.locations;
  for (const LocationId location : locations) {
    const uint32_t begin = table.line_begin[location.index()];
    const uint32_t end = table.line_begin[location.index() + 1];
    if (begin == end) frames.push_back(Hex(table.address[location.index()]));
    for (uint32_t line = begin; line < end; ++line) {
      if (table.line_function[line].is_none()) continue;
      const size_t function = table.line_function[line].index();
      frames.emplace_back(profile.Text(profile.functions.name[function]));
      const std::string_view file = profile.Text(profile.functions.file[function]);
      if (!file.empty()) frames.back().append(" ").append(file).append(":") += std::to_string(table.line_number[line]);
    }
  }
  return frames;
}

}  // namespace flametrail
