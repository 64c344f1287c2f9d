#include "core/session/page_frames.h"

#include <optional>

#include "core/base/hash.h"

namespace flametrail {
namespace {

uint64_t HashOf(const FrameTable& frames, uint32_t frame) {
  uint64_t hash =
      HashCombine(uint64_t{frames.name[frame].value} << 32 | frames.file[frame].value, frames.address[frame]);
  hash = HashCombine(hash, static_cast<uint64_t>(frames.line[frame]));
  return HashCombine(hash,
                     static_cast<uint64_t>(frames.start_line[frame]) ^ uint64_t{frames.object_file[frame].value} << 32);
}

bool IsSame(const FrameTable& a, uint32_t i, const FrameTable& b, uint32_t j) {
  return a.name[i] == b.name[j] && a.file[i] == b.file[j] && a.line[i] == b.line[j] && a.column[i] == b.column[j] &&
         a.address[i] == b.address[j] && a.start_line[i] == b.start_line[j] && a.object_file[i] == b.object_file[j];
}

void AppendRow(const FrameColumns& from, size_t row, FrameColumns* to) {
  to->name.push_back(from.name[row]);
  to->file.push_back(from.file[row]);
  to->line.push_back(from.line[row]);
  to->package.push_back(from.package[row]);
  to->hue.push_back(from.hue[row]);
  to->kind.push_back(from.kind[row]);
}

// Filters may leave locations without lines: their frames are none that a view shows.
std::vector<uint8_t> UsedFrames(const Profile& profile, const FrameTable& frames) {
  std::vector<uint8_t> used(frames.size(), 0);
  std::vector<uint8_t> seen(profile.locations.size(), 0);
  for (size_t stack = 1; stack < profile.stacks.size(); ++stack) {
    const LocationId location = profile.stacks.location[stack];
    if (seen[location.index()]) continue;
    seen[location.index()] = 1;
    for (const FrameId frame : frames.FramesOf(location)) used[frame.index()] = 1;
  }
  return used;
}

}  // namespace

uint32_t PageFrames::Find(const FrameTable& frames, uint32_t frame) const {
  return index_.Find(HashOf(frames, frame), [&](uint32_t known) { return IsSame(known_, known, frames, frame); });
}

void PageFrames::Add(const FrameTable& frames, uint32_t frame) {
  const auto id = static_cast<uint32_t>(known_.size());
  known_.name.push_back(frames.name[frame]);
  known_.file.push_back(frames.file[frame]);
  known_.start_line.push_back(frames.start_line[frame]);
  known_.line.push_back(frames.line[frame]);
  known_.column.push_back(frames.column[frame]);
  known_.address.push_back(frames.address[frame]);
  known_.object_file.push_back(frames.object_file[frame]);
  index_.Insert(HashOf(frames, frame), id, [&](uint32_t known) { return HashOf(known_, known); });
}

std::vector<uint32_t> PageFrames::Adopt(const Profile& profile, const FrameTable& frames, StringPool* texts) {
  std::vector<uint32_t> ids(frames.size(), kNone);
  const std::vector<uint8_t> used = UsedFrames(profile, frames);
  std::optional<FrameColumns> described;
  for (uint32_t frame = 0; frame < frames.size(); ++frame) {
    if (!used[frame]) continue;
    ids[frame] = Find(frames, frame);
    if (ids[frame] != kNone) continue;
    if (!described) described = DescribeFrames(profile, frames, texts);
    ids[frame] = static_cast<uint32_t>(known_.size());
    Add(frames, frame);
    AppendRow(*described, frame, &columns_);
  }
  return ids;
}

}  // namespace flametrail
