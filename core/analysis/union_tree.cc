#include "core/analysis/union_tree.h"

#include <cmath>

#include "core/analysis/tree_grower.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

int64_t Scale(int64_t value, double factor) {
  return factor == 1 ? value : TruncateToInt64(std::round(static_cast<double>(value) * factor));
}

}  // namespace

UnionTree MergeTrees(std::span<const UnionPart> parts, const FrameTexts& frames) {
  TreeGrower grower;
  std::vector<std::vector<uint32_t>> place(parts.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    const UnionPart& part = parts[i];
    const CallTree& tree = part.tree;
    const std::vector<int64_t> self_width = SelfWidths(tree);
    place[i].assign(tree.size(), 0);
    for (size_t node = 0; node < tree.size(); ++node) {
      uint32_t at = 0;
      if (node > 0) {
        at = grower.Child(place[i][tree.parent[node].index()], FrameId(part.frame_of[tree.frame[node].index()]));
        grower.See(at, tree.inlining[node]);
      }
      place[i][node] = at;
      grower.AddSelf(at, 0, Magnitude(Scale(self_width[node], part.factor)));
    }
  }
  UnionTree out;
  std::vector<uint32_t> final_place;
  out.tree = grower.Finish(frames.name, frames.texts, &final_place);
  const size_t size = out.tree.size();
  out.self.assign(parts.empty() ? 0 : parts.back().series + 1, std::vector<int64_t>(size, 0));
  for (size_t i = 0; i < parts.size(); ++i) {
    const CallTree& tree = parts[i].tree;
    for (size_t node = 0; node < tree.size(); ++node) {
      int64_t& value = out.self[parts[i].series][final_place[place[i][node]]];
      value = WrapAdd(value, Scale(tree.self[node], parts[i].factor));
    }
  }
  for (const std::vector<int64_t>& self : out.self) {
    std::vector<int64_t>& total = out.total.emplace_back(self);
    for (size_t node = size; node-- > 1;) {
      int64_t& above = total[out.tree.parent[node].index()];
      above = WrapAdd(above, total[node]);
    }
  }
  if (!parts.empty()) {
    out.tree.self = out.self.back();
    out.tree.total = out.total.back();
    for (const uint32_t at : place.back()) out.of_last.push_back(final_place[at]);
  }
  return out;
}

FunctionValues SumByFunction(const UnionTree& tree, size_t series, size_t frame_count) {
  FunctionValues values{std::vector<int64_t>(frame_count, 0), std::vector<int64_t>(frame_count, 0)};
  const CallTree& shape = tree.tree;
  std::vector<uint32_t> covered_until(frame_count, 0);  // nodes before it lie below a box of the frame
  for (size_t node = 1; node < shape.size(); ++node) {
    const size_t frame = shape.frame[node].index();
    values.flat[frame] = WrapAdd(values.flat[frame], tree.self[series][node]);
    if (node < covered_until[frame]) continue;
    values.cum[frame] = WrapAdd(values.cum[frame], tree.total[series][node]);
    covered_until[frame] = shape.subtree_end[node];
  }
  return values;
}

}  // namespace flametrail
