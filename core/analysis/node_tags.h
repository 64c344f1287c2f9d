// Labels of samples as weights on the nodes of a graph: what part of a node's value has which label (google/pprof
// graph.go addSample). Text labels of a sample are one tag, "key:value" joined; of numbers only "bytes" is looked at,
// and belongs to the text tag of the same sample.
#ifndef CORE_ANALYSIS_NODE_TAGS_H_
#define CORE_ANALYSIS_NODE_TAGS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/stack_weights.h"
#include "core/model/profile.h"

namespace flametrail {

struct NodeTag {
  uint32_t tag = 0;   // index of NodeTags::tags
  int64_t value = 0;  // of a number: the first one that is printed so
  int64_t flat = 0;
  int64_t cum = 0;
  int64_t flat_divisor = 0;
  int64_t cum_divisor = 0;

  int64_t FlatValue() const;
  int64_t CumValue() const;
};

struct NodeTags {
  struct Tag {
    std::string text;    // the joined text labels; empty: the sample has none
    std::string number;  // as printed; empty: this is the text tag itself
  };
  std::vector<Tag> tags;
  std::string number_unit;
  std::vector<std::vector<NodeTag>> of_node;  // empty where no sample has labels

  std::vector<NodeTag>& Of(uint32_t node) { return of_node[node]; }
  bool empty() const { return of_node.empty(); }
  // Removes tags whose own and cumulative weight are both below `cutoff`.
  void DropBelow(int64_t cutoff);
};

// The nodes on a stack, each once, leaf first. `leaf_is_kept`: the first is where the stack's own weight goes.
struct NodePath {
  std::vector<uint32_t> nodes;
  bool leaf_is_kept = false;
};
using PathOfStack = std::function<void(StackId, NodePath*)>;

// `number_unit`: the unit in which numbers are printed.
NodeTags SumTags(const Profile& profile, const WeightOptions& options, std::string_view number_unit, size_t node_count,
                 const PathOfStack& path_of);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_NODE_TAGS_H_
