#include "core/analysis/graph.h"

#include "core/base/checked.h"
#include "core/base/hash.h"

namespace flametrail {
namespace {

constexpr uint32_t kNoEdge = 0xFFFFFFFFu;

// Things (frames, edges) that are on the path from the root to where the walk is. Opened ones are closed again when the
// walk leaves the stack that opened them: `marks` of the walk's levels are lengths of `log_`.
class OpenSet {
 public:
  explicit OpenSet(size_t size) : is_open_(size, 0) {}

  void Resize(size_t size) { is_open_.resize(size, 0); }
  // True when `index` was not open yet.
  bool Open(uint32_t index) {
    if (is_open_[index]) return false;
    is_open_[index] = 1;
    log_.push_back(index);
    return true;
  }
  uint32_t mark() const { return static_cast<uint32_t>(log_.size()); }
  void CloseTo(uint32_t mark) {
    for (; log_.size() > mark; log_.pop_back()) is_open_[log_.back()] = 0;
  }

 private:
  std::vector<uint8_t> is_open_;
  std::vector<uint32_t> log_;
};

void Add(std::vector<int64_t>& sums, FrameId frame, int64_t value) {
  sums[frame.index()] = WrapAdd(sums[frame.index()], value);
}

// Edges by caller and callee.
class EdgeTable {
 public:
  EdgeTable() : slots_(kInitialSlots, kNoEdge) {}

  uint32_t Find(FrameId caller, FrameId callee) {
    const size_t mask = slots_.size() - 1;
    size_t slot = Hash(caller, callee) & mask;
    for (; slots_[slot] != kNoEdge; slot = (slot + 1) & mask) {
      const GraphEdge& edge = edges_[slots_[slot]];
      if (edge.caller == caller && edge.callee == callee) return slots_[slot];
    }
    const auto index = static_cast<uint32_t>(edges_.size());
    slots_[slot] = index;
    edges_.push_back({caller, callee});
    if (edges_.size() * 2 > slots_.size()) Grow();
    return index;
  }
  GraphEdge& operator[](uint32_t index) { return edges_[index]; }
  size_t size() const { return edges_.size(); }
  std::vector<GraphEdge> Take() { return std::move(edges_); }

 private:
  static constexpr size_t kInitialSlots = 1024;

  static size_t Hash(FrameId caller, FrameId callee) {
    return static_cast<size_t>(Mix64(uint64_t{caller.value} << 32 | callee.value));
  }
  void Grow() {
    slots_.assign(slots_.size() * 2, kNoEdge);
    const size_t mask = slots_.size() - 1;
    for (uint32_t i = 0; i < edges_.size(); ++i) {
      size_t slot = Hash(edges_[i].caller, edges_[i].callee) & mask;
      while (slots_[slot] != kNoEdge) slot = (slot + 1) & mask;
      slots_[slot] = i;
    }
  }

  std::vector<GraphEdge> edges_;
  std::vector<uint32_t> slots_;  // open addressing, power of two
};

// A stack that the walk is inside of.
struct Level {
  uint32_t subtree_end;
  uint32_t mark;     // of the open set before this stack
  FrameId caller;    // the last kept frame so far
  bool is_residual;  // frames that are not kept came after it
};

class EdgeWalk {
 public:
  EdgeWalk(const StackTable& stacks, const FrameTable& frames, const StackWeights& weights, const EdgeFilter& filter)
      : stacks_(stacks),
        frames_(frames),
        filter_(filter),
        sums_(SubtreeSums(stacks, weights.self)),
        divisor_sums_(SubtreeSums(stacks, weights.divisor)),
        open_(0) {}

  std::vector<GraphEdge> Run(const StackWalk& walk) {
    std::vector<Level> levels = {{static_cast<uint32_t>(walk.size()), 0, FrameId::None(), false}};
    for (uint32_t place = 1; place < walk.size(); ++place) {
      while (levels.back().subtree_end <= place) {
        open_.CloseTo(levels.back().mark);
        levels.pop_back();
      }
      Level level = levels.back();
      level.subtree_end = walk.subtree_end[place];
      level.mark = open_.mark();
      Enter(walk.order[place], &level);
      levels.push_back(level);
    }
    return edges_.Take();
  }

 private:
  void Enter(StackId stack, Level* level) {
    const std::span<const FrameId> frames = frames_.FramesOf(stacks_.location[stack.index()]);
    for (size_t i = frames.size(); i-- > 0;) {
      const FrameId callee = frames[i];
      if (!Passes(filter_.keep, callee)) {
        level->is_residual = true;
        continue;
      }
      const bool is_inlined = i + 1 != frames.size();
      if (!level->caller.is_none() && level->caller != callee) Call(stack, *level, callee, is_inlined);
      level->caller = callee;
      level->is_residual = false;
    }
  }

  static bool Passes(const std::vector<uint8_t>& mask, FrameId frame) { return mask.empty() || mask[frame.index()]; }

  void Call(StackId stack, const Level& level, FrameId callee, bool is_inlined) {
    if (!Passes(filter_.callees, callee)) return;
    const uint32_t index = edges_.Find(level.caller, callee);
    open_.Resize(edges_.size());
    if (!open_.Open(index)) return;
    GraphEdge& edge = edges_[index];
    edge.weight = WrapAdd(edge.weight, sums_[stack.index()]);
    if (!divisor_sums_.empty()) edge.divisor = WrapAdd(edge.divisor, divisor_sums_[stack.index()]);
    edge.is_residual |= level.is_residual;
    edge.is_inlined &= is_inlined;
  }

  const StackTable& stacks_;
  const FrameTable& frames_;
  const EdgeFilter& filter_;
  const std::vector<int64_t> sums_;
  const std::vector<int64_t> divisor_sums_;
  OpenSet open_;
  EdgeTable edges_;
};

}  // namespace

int64_t GraphNode::FlatValue() const { return flat_divisor == 0 ? flat : WrapDivide(flat, flat_divisor); }
int64_t GraphNode::CumValue() const { return cum_divisor == 0 ? cum : WrapDivide(cum, cum_divisor); }

FrameSums SumFrames(const StackTable& stacks, const FrameTable& frames, const StackWeights& weights,
                    const StackWalk& walk) {
  const bool has_divisor = !weights.divisor.empty();
  FrameSums sums;
  sums.flat.assign(frames.size(), 0);
  sums.cum.assign(frames.size(), 0);
  sums.flat_divisor.assign(has_divisor ? frames.size() : 0, 0);
  sums.cum_divisor.assign(has_divisor ? frames.size() : 0, 0);
  const std::vector<int64_t> totals = SubtreeSums(stacks, weights.self);
  const std::vector<int64_t> divisor_totals = SubtreeSums(stacks, weights.divisor);
  OpenSet open(frames.size());
  std::vector<std::pair<uint32_t, uint32_t>> levels = {{static_cast<uint32_t>(walk.size()), 0}};  // subtree end, mark
  for (uint32_t place = 1; place < walk.size(); ++place) {
    while (levels.back().first <= place) {
      open.CloseTo(levels.back().second);
      levels.pop_back();
    }
    levels.emplace_back(walk.subtree_end[place], open.mark());
    const size_t stack = walk.order[place].index();
    const std::span<const FrameId> own = frames.FramesOf(stacks.location[stack]);
    for (FrameId frame : own) {
      if (!open.Open(frame.value)) continue;
      Add(sums.cum, frame, totals[stack]);
      if (has_divisor) Add(sums.cum_divisor, frame, divisor_totals[stack]);
    }
    Add(sums.flat, own.front(), weights.self[stack]);
    if (has_divisor) Add(sums.flat_divisor, own.front(), weights.divisor[stack]);
  }
  return sums;
}

std::vector<GraphEdge> SumEdges(const StackTable& stacks, const FrameTable& frames, const StackWeights& weights,
                                const StackWalk& walk, const EdgeFilter& filter) {
  return EdgeWalk(stacks, frames, weights, filter).Run(walk);
}

}  // namespace flametrail
