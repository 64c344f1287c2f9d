#include "core/analysis/call_tree.h"

#include <utility>

#include "core/analysis/tree_grower.h"

namespace flametrail {

CallTree BuildCallTree(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                       std::vector<uint32_t>* node_of_stack) {
  TreeGrower grower;
  const StackTable& stacks = profile.stacks;
  std::vector<uint32_t> node_of(stacks.size(), 0);
  for (size_t stack = 0; stack < stacks.size(); ++stack) {
    if (!weights.present[stack]) continue;
    uint32_t node = 0;
    if (stack != 0) {
      node = node_of[stacks.parent[stack].index()];
      const auto lines = frames.FramesOf(stacks.location[stack]);
      for (size_t i = lines.size(); i-- > 0;) {
        node = grower.Child(node, lines[i]);
        grower.See(node, i + 1 < lines.size());
      }
      node_of[stack] = node;
    }
    grower.AddSelf(node, weights.self[stack], weights.Width(StackId(static_cast<uint32_t>(stack))));
  }
  if (node_of_stack == nullptr) return grower.Finish(frames.name, profile.strings);
  std::vector<uint32_t> place;
  CallTree tree = grower.Finish(frames.name, profile.strings, &place);
  for (uint32_t& node : node_of) node = place[node];
  *node_of_stack = std::move(node_of);
  return tree;
}

}  // namespace flametrail
