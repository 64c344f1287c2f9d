#include "core/model/stack_table.h"

#include "core/base/check.h"
#include "core/base/hash.h"

namespace flametrail {
namespace {

constexpr uint64_t kFree = 0xFFFFFFFFFFFFFFFFull;
constexpr size_t kInitialSlots = 1024;
constexpr uint64_t kRootHash = 0x9E3779B97F4A7C15ull;

constexpr uint64_t Tag(uint64_t hash) { return hash & 0xFFFFFFFF00000000ull; }
constexpr uint32_t NodeOf(uint64_t slot) { return static_cast<uint32_t>(slot); }

}  // namespace

void StackTable::Expand(StackId stack, std::vector<LocationId>* out) const {
  out->clear();
  for (; stack != kEmpty; stack = parent[stack.index()]) out->push_back(location[stack.index()]);
}

StackTableBuilder::StackTableBuilder()
    : nodes_(1, Node{kRootHash, LocationId::None(), StackId::None()}), slots_(kInitialSlots, kFree) {}

// One multiply and one shift a frame: this runs for every stack entry of the file. The multiplier is odd, so the step
// is a bijection of the prefix hash; Find mixes by tag, slot and location together.
uint64_t StackTableBuilder::Extend(uint64_t prefix_hash, LocationId location) {
  const uint64_t h = (prefix_hash ^ (uint64_t{location.value} + 1)) * 0xD6E8FEB86659FD93ull;
  return h ^ (h >> 32);
}

StackId StackTableBuilder::Insert(std::span<const LocationId> leaf_first) {
  const size_t depth = leaf_first.size();
  if (depth == 0) return StackTable::kEmpty;
  if (scratch_.size() < depth) scratch_.resize(depth);
  uint64_t h = kRootHash;
  for (size_t i = 0; i < depth; ++i) {
    h = Extend(h, leaf_first[depth - 1 - i]);
    scratch_[i] = h;
  }
  size_t known = depth;
  StackId node;
  for (; known > 0; --known) {
    node = Find(scratch_[known - 1], leaf_first[depth - known]);
    if (!node.is_none()) break;
  }
  if (known == 0) node = StackTable::kEmpty;
  for (; known < depth; ++known) node = Add(node, leaf_first[depth - 1 - known], scratch_[known]);
  return node;
}

StackId StackTableBuilder::Push(StackId parent, LocationId location) {
  const uint64_t h = Extend(nodes_[parent.index()].hash, location);
  const StackId found = Find(h, location);
  return found.is_none() ? Add(parent, location, h) : found;
}

StackId StackTableBuilder::Find(uint64_t hash, LocationId location) const {
  const size_t mask = slots_.size() - 1;
  for (size_t slot = static_cast<size_t>(Mix64(hash)) & mask; slots_[slot] != kFree; slot = (slot + 1) & mask) {
    if (Tag(slots_[slot]) != Tag(hash)) continue;
    const uint32_t node = NodeOf(slots_[slot]);
    if (nodes_[node].hash == hash && nodes_[node].location == location) return StackId(node);
  }
  return StackId::None();
}

StackId StackTableBuilder::Add(StackId parent, LocationId location, uint64_t hash) {
  CHECK(nodes_.size() < kMaxStacks);
  if (nodes_.size() * 2 > slots_.size()) Grow();
  const auto node = static_cast<uint32_t>(nodes_.size());
  nodes_.push_back({hash, location, parent});
  const size_t mask = slots_.size() - 1;
  size_t slot = static_cast<size_t>(Mix64(hash)) & mask;
  while (slots_[slot] != kFree) slot = (slot + 1) & mask;
  slots_[slot] = Tag(hash) | node;
  return StackId(node);
}

void StackTableBuilder::Grow() {
  slots_.assign(slots_.size() * 2, kFree);
  const size_t mask = slots_.size() - 1;
  for (uint32_t node = 1; node < nodes_.size(); ++node) {
    size_t slot = static_cast<size_t>(Mix64(nodes_[node].hash)) & mask;
    while (slots_[slot] != kFree) slot = (slot + 1) & mask;
    slots_[slot] = Tag(nodes_[node].hash) | node;
  }
}

StackTable StackTableBuilder::Take() {
  slots_ = {};  // before the columns grow: both together would be the peak of memory
  StackTable table;
  table.parent.reserve(nodes_.size());
  table.location.reserve(nodes_.size());
  for (const Node& node : nodes_) {
    table.parent.push_back(node.parent);
    table.location.push_back(node.location);
  }
  *this = StackTableBuilder();
  return table;
}

}  // namespace flametrail
