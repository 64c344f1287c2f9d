#include "core/analysis/source_lines.h"

#include <algorithm>

#include "core/analysis/frame_table.h"
#include "core/analysis/graph.h"

namespace flametrail {
namespace {

// By FrameId: whether some function of the file has it.
std::vector<uint8_t> FramesInFile(const Profile& profile, const FrameTable& frames, StringId file) {
  std::vector<uint8_t> in_file(frames.size(), 0);
  const LocationTable& locations = profile.locations;
  for (uint32_t location = 0; location < locations.size(); ++location) {
    const auto own = frames.FramesOf(LocationId(location));
    const uint32_t end = locations.line_begin[location + 1];
    if (end == locations.line_begin[location]) continue;
    // Without inlined functions the last line alone has a frame.
    const auto first = static_cast<uint32_t>(end - own.size());
    for (uint32_t i = 0; i < own.size(); ++i) {
      const FunctionId function = locations.line_function[first + i];
      if (!function.is_none() && profile.functions.file[function.index()] == file) in_file[own[i].index()] = 1;
    }
  }
  return in_file;
}

}  // namespace

SourceColumns LinesOfFile(const Profile& profile, const StackWeights& weights, StringId file, bool no_inlines,
                          StringPool* texts) {
  FrameOptions options;
  options.granularity = Granularity::kLines;
  options.no_inlines = no_inlines;
  options.object_names = true;
  const FrameTable frames = BuildFrames(profile, options, texts);
  const FrameSums sums = SumFrames(profile.stacks, frames, weights, WalkStacks(profile.stacks, weights));
  const std::vector<uint8_t> in_file = FramesInFile(profile, frames, file);
  std::vector<uint32_t> rows;
  for (uint32_t frame = 0; frame < frames.size(); ++frame) {
    if (in_file[frame] && (sums.flat[frame] != 0 || sums.cum[frame] != 0)) rows.push_back(frame);
  }
  std::sort(rows.begin(), rows.end(), [&](uint32_t a, uint32_t b) {
    if (const int order = texts->View(frames.name[a]).compare(texts->View(frames.name[b])); order != 0) {
      return order < 0;
    }
    return frames.line[a] != frames.line[b] ? frames.line[a] < frames.line[b] : a < b;
  });
  SourceColumns columns;
  for (const uint32_t frame : rows) {
    columns.name.push_back(frames.name[frame].value);
    columns.start.push_back(static_cast<double>(frames.start_line[frame]));
    columns.line.push_back(static_cast<double>(frames.line[frame]));
    columns.flat.push_back(static_cast<double>(sums.flat[frame]));
    columns.cum.push_back(static_cast<double>(sums.cum[frame]));
  }
  return columns;
}

}  // namespace flametrail
