// Stacks as a prefix tree over locations. A million samples of a large program share most of their callers: the tree
// of corpus/large has 600 k nodes for 35 M stack entries, and every analysis is one pass over nodes.
#ifndef CORE_MODEL_STACK_TABLE_H_
#define CORE_MODEL_STACK_TABLE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/ids.h"

namespace flametrail {

using LocationId = Id<struct LocationTag>;
using StackId = Id<struct StackTag>;

// Columns by StackId. Node 0 is the empty stack; a node is its location called from the stack `parent`. A parent's id
// is smaller than its children's, so a backward pass sums subtrees and a forward pass hands down.
struct StackTable {
  static constexpr StackId kEmpty = StackId(0u);

  std::vector<StackId> parent;       // None for node 0
  std::vector<LocationId> location;  // None for node 0

  size_t size() const { return parent.size(); }
  // Locations of a stack, leaf first as samples list them; replaces what `out` holds.
  void Expand(StackId stack, std::vector<LocationId>* out) const;
};

// Builds a StackTable. A stack is found by 64-bit hashes of its prefixes, deepest first: a stack that was seen before
// costs one look-up, not one per frame. Two different prefixes with equal hash and equal last location would be taken
// for one; for 35 M prefixes that has a chance below 1e-9, and a file made to cause it only gets its own picture wrong.
class StackTableBuilder {
 public:
  StackTableBuilder();

  // Leaf first. At most kMaxStackDepth entries (callers check, it is their error to word).
  StackId Insert(std::span<const LocationId> leaf_first);
  // The stack of `location` called from `parent`.
  StackId Push(StackId parent, LocationId location);
  size_t size() const { return nodes_.size(); }
  // For who shows stacks while they still come in.
  StackId Parent(StackId stack) const { return nodes_[stack.index()].parent; }
  LocationId Location(StackId stack) const { return nodes_[stack.index()].location; }
  // Ends the building; the builder is empty afterwards.
  StackTable Take();

  static constexpr size_t kMaxStackDepth = size_t{1} << 20;
  static constexpr size_t kMaxStacks = 0xFFFFFFF0u;

 private:
  static uint64_t Extend(uint64_t prefix_hash, LocationId location);
  StackId Find(uint64_t hash, LocationId location) const;
  StackId Add(StackId parent, LocationId location, uint64_t hash);
  void Grow();

  // What a look-up compares stands together: one cache miss a node instead of two.
  struct Node {
    uint64_t hash;  // of the whole prefix
    LocationId location;
    StackId parent;
  };

  std::vector<Node> nodes_;
  std::vector<uint64_t> slots_;  // open addressing: upper half of the hash and the node, in one word
  std::vector<uint64_t> scratch_;
};

}  // namespace flametrail

#endif  // CORE_MODEL_STACK_TABLE_H_
