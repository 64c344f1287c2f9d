#include "core/analysis/visual_graph.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/base/checked.h"
#include "core/base/go_math.h"

namespace flametrail {
namespace {

constexpr size_t kMostTags = 4;  // of a node, in a picture

class Builder {
 public:
  Builder(const Profile& profile, const FrameTable& frames, const StackWeights& weights, const VisualOptions& options)
      : profile_(profile),
        frames_(frames),
        weights_(weights),
        options_(options),
        walk_(WalkStacks(profile.stacks, weights)) {
    graph_.names.resize(frames.size());
  }

  VisualGraph Build() {
    options_.call_tree ? MakeTree() : MakeGraph();
    const int64_t total = SumFlat(ShownNodes());
    const int64_t node_cutoff = Cutoff(total, options_.trim.node_fraction);
    const int64_t edge_cutoff = Cutoff(total, options_.trim.edge_fraction);
    if (node_cutoff > 0) {
      graph_.summary.dropped_nodes =
          std::erase_if(graph_.shown, [&](uint32_t node) { return WrapAbs(graph_.nodes[node].cum) < node_cutoff; });
    }
    if (graph_.summary.dropped_nodes > 0 || !options_.call_tree) KeepShown(graph_.summary.dropped_nodes > 0);
    graph_.summary.nodes_before_count_limit = graph_.shown.size();
    if (options_.with_tags) SumNodeTags(node_cutoff);
    Sort();
    if (options_.trim.node_count > 0) {
      DropLightEdges(edge_cutoff);
      const size_t count = CountThatFits();
      if (count < graph_.shown.size()) {
        graph_.shown.resize(count);
        KeepShown(true);
        Sort();
      }
    }
    graph_.summary.dropped_edges = DropLightEdges(edge_cutoff);
    if (options_.order == NodeOrder::kEntropy) RemoveRedundantEdges();
    graph_.summary.nodes = ShownNodes();
    return std::move(graph_);
  }

 private:
  std::vector<GraphNode> ShownNodes() const {
    std::vector<GraphNode> nodes;
    for (const uint32_t node : graph_.shown) nodes.push_back(graph_.nodes[node]);
    return nodes;
  }

  void MakeGraph() {
    const FrameSums sums = SumFrames(profile_.stacks, frames_, weights_, walk_);
    graph_.nodes.resize(frames_.size());
    for (size_t f = 0; f < frames_.size(); ++f) graph_.nodes[f].frame = FrameId(f);
    for (const GraphNode& node : NodesWithWeight(sums, options_.trim.drop_negative)) {
      graph_.nodes[node.frame.index()] = node;
      graph_.shown.push_back(node.frame.value);
    }
  }

  // The tree's edges stand beside their callees: an edge has the weight of its node.
  void MakeTree() {
    const std::vector<int64_t> totals = SubtreeSums(profile_.stacks, weights_.self);
    const std::vector<int64_t> divisor_totals = SubtreeSums(profile_.stacks, weights_.divisor);
    node_of_stack_.assign(profile_.stacks.size(), kNoNode);
    std::unordered_map<uint64_t, uint32_t> child_of;
    for (size_t place = 1; place < walk_.size(); ++place) {
      const size_t stack = walk_.order[place].index();
      uint32_t at = node_of_stack_[profile_.stacks.parent[stack].index()];
      const auto own = frames_.FramesOf(profile_.stacks.location[stack]);
      for (size_t i = own.size(); i-- > 0;) {
        at = Child(at, own[i], &child_of);
        GraphNode& node = graph_.nodes[at];
        node.cum = WrapAdd(node.cum, totals[stack]);
        if (!divisor_totals.empty()) node.cum_divisor = WrapAdd(node.cum_divisor, divisor_totals[stack]);
        if (edge_into_[at] != kNoNode) graph_.edges[edge_into_[at]].is_inlined &= i + 1 < own.size();
      }
      GraphNode& leaf = graph_.nodes[at];
      leaf.flat = WrapAdd(leaf.flat, weights_.self[stack]);
      if (!weights_.divisor.empty()) leaf.flat_divisor = WrapAdd(leaf.flat_divisor, weights_.divisor[stack]);
      node_of_stack_[stack] = at;
    }
    for (VisualEdge& edge : graph_.edges) {
      edge.weight = graph_.nodes[edge.callee].cum;
      edge.divisor = graph_.nodes[edge.callee].cum_divisor;
    }
    LinkEdges();
    is_outside_.assign(graph_.nodes.size(), 1);
    for (uint32_t n = 0; n < graph_.nodes.size(); ++n) {
      const GraphNode& node = graph_.nodes[n];
      const bool is_negative = node.flat < 0 || (node.flat == 0 && node.cum < 0);
      if ((node.cum == 0 && node.flat == 0) || (options_.trim.drop_negative && is_negative)) continue;
      graph_.shown.push_back(n);
      is_outside_[n] = 0;
    }
  }

  uint32_t Child(uint32_t parent, FrameId frame, std::unordered_map<uint64_t, uint32_t>* child_of) {
    const uint64_t key = uint64_t{parent} << 32 | frame.value;
    const auto [at, is_new] = child_of->try_emplace(key, static_cast<uint32_t>(graph_.nodes.size()));
    if (is_new) {
      graph_.nodes.push_back({frame});
      graph_.parent.push_back(parent);
      edge_into_.push_back(parent == kNoNode ? kNoNode : static_cast<uint32_t>(graph_.edges.size()));
      if (parent != kNoNode) graph_.edges.push_back({parent, at->second});
    }
    return at->second;
  }

  void LinkEdges() {
    graph_.in.assign(graph_.nodes.size(), {});
    graph_.out.assign(graph_.nodes.size(), {});
    for (uint32_t e = 0; e < graph_.edges.size(); ++e) {
      if (graph_.edges[e].is_removed) continue;
      graph_.in[graph_.edges[e].callee].push_back(e);
      graph_.out[graph_.edges[e].caller].push_back(e);
    }
  }

  // Leaves only nodes that are shown, with edges over those that are not.
  void KeepShown(bool is_cut) {
    std::vector<uint8_t> keep(is_cut ? graph_.nodes.size() : 0, 0);
    if (is_cut) {
      for (const uint32_t node : graph_.shown) keep[node] = 1;
    }
    if (options_.call_tree) {
      TrimTree(keep);
      return;
    }
    EdgeFilter filter;
    filter.keep = std::move(keep);
    graph_.edges.clear();
    for (const GraphEdge& edge : SumEdges(profile_.stacks, frames_, weights_, walk_, filter)) {
      graph_.edges.push_back(
          {edge.caller.value, edge.callee.value, edge.weight, edge.divisor, edge.is_residual, edge.is_inlined});
    }
    LinkEdges();
  }

  // A node that goes hands its callees to its caller; a root's become roots. Callers come before their callees, so the
  // caller of a node that goes is one that stays. Nodes without weight were never in the reference's list: they stay.
  void TrimTree(const std::vector<uint8_t>& keep) {
    for (uint32_t node = 0; node < graph_.nodes.size(); ++node) {
      if (keep[node] || is_outside_[node]) continue;
      is_outside_[node] = 1;
      const uint32_t into = edge_into_[node];
      const bool is_root = into == kNoNode || graph_.edges[into].is_removed;
      if (!is_root) graph_.edges[into].is_removed = true;
      for (const uint32_t e : graph_.out[node]) {
        VisualEdge& edge = graph_.edges[e];
        edge.is_removed |= is_root;
        edge.is_residual = true;
        if (is_root) continue;
        edge.caller = graph_.edges[into].caller;
        edge.is_inlined &= graph_.edges[into].is_inlined;
      }
    }
    LinkEdges();
  }

  size_t DropLightEdges(int64_t cutoff) {
    if (cutoff <= 0) return 0;
    size_t dropped = 0;
    for (const uint32_t node : graph_.shown) {
      for (const uint32_t e : graph_.in[node]) {
        if (WrapAbs(graph_.edges[e].weight) >= cutoff) continue;
        graph_.edges[e].is_removed = true;
        ++dropped;
      }
    }
    if (dropped > 0) LinkEdges();
    return dropped;
  }

  void SumNodeTags(int64_t cutoff) {
    WeightOptions options;
    options.sample_type = options_.sample_type;
    options.mean = options_.mean;
    std::vector<uint8_t> is_shown(graph_.nodes.size(), 0);
    for (const uint32_t node : graph_.shown) is_shown[node] = 1;
    std::vector<uint32_t> seen(graph_.nodes.size(), 0);
    uint32_t turn = 0;
    const auto path_of = [&](StackId stack, NodePath* path) {
      path->nodes.clear();
      path->leaf_is_kept = false;
      ++turn;
      bool is_leaf = true;
      const auto visit = [&](uint32_t node) {
        if (is_leaf) path->leaf_is_kept = is_shown[node];
        is_leaf = false;
        if (is_shown[node] && std::exchange(seen[node], turn) != turn) path->nodes.push_back(node);
      };
      if (options_.call_tree) {
        for (uint32_t node = node_of_stack_[stack.index()]; node != kNoNode; node = graph_.parent[node]) visit(node);
        return;
      }
      for (; stack != StackTable::kEmpty; stack = profile_.stacks.parent[stack.index()]) {
        for (const FrameId frame : frames_.FramesOf(profile_.stacks.location[stack.index()])) visit(frame.value);
      }
    };
    graph_.tags = SumTags(profile_, options, options_.tag_unit, graph_.nodes.size(), path_of);
    graph_.tags.DropBelow(cutoff);
  }

  // How many nodes of the front of the list may be shown: in a picture their tags count as nodes.
  size_t CountThatFits() {
    const auto most = static_cast<uint64_t>(options_.trim.node_count);
    uint64_t count = 0;
    if (options_.order == NodeOrder::kEntropy) {
      for (size_t i = 0; i < graph_.shown.size(); ++i) {
        count += 1;
        if (!graph_.tags.empty()) {
          const auto& tags = graph_.tags.Of(graph_.shown[i]);
          const auto own = std::count_if(tags.begin(), tags.end(), [](const NodeTag& tag) { return tag.flat != 0; });
          count += std::min<uint64_t>(static_cast<uint64_t>(own), kMostTags);
        }
        if (count >= most) return i + 1;
      }
    }
    return static_cast<size_t>(std::min<uint64_t>(most, graph_.shown.size()));
  }

  double EdgeEntropy(const std::vector<uint32_t>& edges, int64_t self) const {
    int64_t total = self;
    for (const uint32_t e : edges) {
      if (graph_.edges[e].weight > 0) total = WrapAdd(total, graph_.edges[e].weight);
    }
    if (total == 0) return 0;
    double score = 0;
    const auto add = [&](int64_t weight) {
      const double part = static_cast<double>(WrapAbs(weight)) / static_cast<double>(total);
      score += -part * GoLog2(part);
    };
    for (const uint32_t e : edges) add(graph_.edges[e].weight);
    if (self > 0) add(self);
    return score;
  }

  // A node that only hands on what comes in tells little.
  int64_t Score(uint32_t n) const {
    const GraphNode& node = graph_.nodes[n];
    if (options_.order == NodeOrder::kFlat) return node.flat;
    if (options_.order == NodeOrder::kCum) return node.cum;
    double score = graph_.in[n].empty() ? 1 : EdgeEntropy(graph_.in[n], 0);
    score += graph_.out[n].empty() ? 1 : EdgeEntropy(graph_.out[n], node.flat);
    return WrapAdd(TruncateToInt64(score * static_cast<double>(node.cum)), node.flat);
  }

  void NameNode(uint32_t node) {
    std::string& name = graph_.names[graph_.nodes[node].frame.index()];
    if (name.empty()) name = PrintableName(frames_, graph_.nodes[node].frame, profile_.strings);
  }

  void Sort() {
    struct Key {
      uint32_t node;
      int64_t score;
      int64_t second;
    };
    std::vector<Key> keys;
    for (const uint32_t node : graph_.shown) {
      NameNode(node);
      for (const uint32_t e : graph_.in[node]) NameNode(graph_.edges[e].caller);
      for (const uint32_t e : graph_.out[node]) NameNode(graph_.edges[e].callee);
      const GraphNode& values = graph_.nodes[node];
      keys.push_back(
          {node, WrapAbs(Score(node)), WrapAbs(options_.order == NodeOrder::kFlat ? values.cum : values.flat)});
    }
    std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
      if (a.score != b.score) return a.score > b.score;
      if (const int names = graph_.Name(a.node).compare(graph_.Name(b.node)); names != 0) return names < 0;
      if (a.second != b.second) return a.second > b.second;
      const FrameId left = graph_.nodes[a.node].frame, right = graph_.nodes[b.node].frame;
      if (left == right) return a.node < b.node;
      const int debug = DebugName(frames_, left, profile_.strings).compare(DebugName(frames_, right, profile_.strings));
      return debug != 0 ? debug < 0 : a.node < b.node;
    });
    for (size_t i = 0; i < keys.size(); ++i) graph_.shown[i] = keys[i].node;
  }

  // Lightest first, so that of two edges that make each other needless the heavier one stays.
  void RemoveRedundantEdges() {
    std::vector<uint32_t> seen(graph_.nodes.size(), kNoNode);
    uint32_t turn = 0;
    for (size_t i = graph_.shown.size(); i-- > 0;) {
      std::vector<uint32_t> into = graph_.in[graph_.shown[i]];
      graph_.SortEdges(&into);
      for (size_t j = into.size(); j-- > 0;) {
        if (!graph_.edges[into[j]].is_residual) break;
        if (IsRedundant(into[j], turn++, &seen)) Remove(into[j]);
      }
    }
  }

  void Remove(uint32_t edge) {
    graph_.edges[edge].is_removed = true;
    std::erase(graph_.in[graph_.edges[edge].callee], edge);
    std::erase(graph_.out[graph_.edges[edge].caller], edge);
  }

  // Whether another way leads from the edge's caller to its callee.
  bool IsRedundant(uint32_t edge, uint32_t turn, std::vector<uint32_t>* seen) const {
    const uint32_t caller = graph_.edges[edge].caller;
    std::vector<uint32_t> queue = {graph_.edges[edge].callee};
    (*seen)[queue.front()] = turn;
    for (size_t next = 0; next < queue.size(); ++next) {
      for (const uint32_t e : graph_.in[queue[next]]) {
        const uint32_t from = graph_.edges[e].caller;
        if (e == edge || (*seen)[from] == turn) continue;
        if (from == caller) return true;
        (*seen)[from] = turn;
        queue.push_back(from);
      }
    }
    return false;
  }

  const Profile& profile_;
  const FrameTable& frames_;
  const StackWeights& weights_;
  const VisualOptions& options_;
  const StackWalk walk_;
  std::vector<uint32_t> node_of_stack_;  // of a call tree: the node of the stack's leaf
  std::vector<uint32_t> edge_into_;      // of a call tree's node
  std::vector<uint8_t> is_outside_;      // of a call tree's node: gone, or never in the list
  VisualGraph graph_;
};

}  // namespace

int64_t VisualEdge::Value() const { return divisor == 0 ? weight : WrapDivide(weight, divisor); }

void VisualGraph::SortEdges(std::vector<uint32_t>* edge_list) const {
  std::sort(edge_list->begin(), edge_list->end(), [&](uint32_t a, uint32_t b) {
    const VisualEdge& left = edges[a];
    const VisualEdge& right = edges[b];
    const int64_t left_weight = WrapAbs(left.weight), right_weight = WrapAbs(right.weight);
    if (left_weight != right_weight) return left_weight > right_weight;
    if (const int order = Name(left.caller).compare(Name(right.caller)); order != 0) return order < 0;
    if (const int order = Name(left.callee).compare(Name(right.callee)); order != 0) return order < 0;
    return a < b;
  });
}

VisualGraph BuildVisualGraph(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                             const VisualOptions& options) {
  return Builder(profile, frames, weights, options).Build();
}

}  // namespace flametrail
