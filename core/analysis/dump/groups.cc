#include "core/analysis/dump/groups.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/base/checked.h"

namespace flametrail {
namespace {

// What goroutines of one group have in common, as ids.
using GroupKey = std::array<uint32_t, 4>;

// By StackId: a number that stacks of the same functions share.
std::vector<uint32_t> NumberByFunctions(const Profile& profile) {
  std::map<std::pair<uint32_t, std::string_view>, uint32_t> numbers;
  std::vector<uint32_t> by_stack(profile.stacks.size());
  for (size_t i = 1; i < by_stack.size(); ++i) {
    const uint32_t parent = by_stack[profile.stacks.parent[i].index()];
    const auto next = static_cast<uint32_t>(numbers.size() + 1);
    by_stack[i] =
        numbers.emplace(std::make_pair(parent, FunctionAt(profile, profile.stacks.location[i])), next).first->second;
  }
  return by_stack;
}

GroupKey KeyOf(const GoroutineSource& source, size_t row, GroupBy by, const std::vector<uint32_t>& by_functions) {
  const StackId stack_id = source.profile->samples.stack[row];
  const uint32_t stack = by == GroupBy::kFunctions ? by_functions[stack_id.index()] : stack_id.value;
  if (source.dump == nullptr) return {by == GroupBy::kStack || by == GroupBy::kFunctions ? stack : 0, 0, 0, 0};
  const DumpGoroutine& goroutine = source.dump->goroutines[row];
  const uint32_t leaked = goroutine.is_leaked ? 1 : 0;
  switch (by) {
    case GroupBy::kStack:
      return {stack, goroutine.state.value, goroutine.creator.value, leaked};
    case GroupBy::kFunctions:
      return {stack, goroutine.state.value, 0, leaked};
    case GroupBy::kState:
      return {goroutine.state.value, 0, 0, leaked};
    case GroupBy::kWait:
      return {goroutine.wait_minutes, 0, 0, 0};
    case GroupBy::kCreator:
      return {goroutine.creator.value, 0, 0, 0};
  }
  return {};
}

// Rows of the goroutines that created others, by id within their snapshot.
class Parents {
 public:
  explicit Parents(const Dump& dump) : dump_(dump) {
    for (size_t i = 0; i < dump.goroutines.size(); ++i) {
      rows_.emplace(std::make_pair(dump.goroutines[i].snapshot, dump.goroutines[i].id), static_cast<uint32_t>(i));
    }
  }
  // None: no creator is told, or it is gone.
  uint32_t RowOf(uint32_t row) const {
    const DumpGoroutine& goroutine = dump_.goroutines[row];
    if (!goroutine.creator_id) return FamilyNode::kNoParent;
    const auto at = rows_.find({goroutine.snapshot, *goroutine.creator_id});
    return at == rows_.end() || at->second == row ? FamilyNode::kNoParent : at->second;
  }

 private:
  const Dump& dump_;
  std::map<std::pair<uint32_t, uint64_t>, uint32_t> rows_;
};

// Sites from the root down to the row's own.
std::vector<uint32_t> LineOfDescent(const Dump& dump, const Parents& parents, uint32_t row) {
  std::vector<uint32_t> sites;
  for (uint32_t at = row; at != FamilyNode::kNoParent && sites.size() < kMaxFamilyDepth; at = parents.RowOf(at)) {
    sites.push_back(dump.goroutines[at].creator.value);
  }
  std::reverse(sites.begin(), sites.end());
  return sites;
}

// While it is built: children by site.
struct Draft {
  std::vector<FamilyNode> nodes;
  std::vector<std::map<uint32_t, uint32_t>> children;  // of each node; the last: of none

  uint32_t Child(uint32_t parent, uint32_t site);
};

uint32_t Draft::Child(uint32_t parent, uint32_t site) {
  const size_t of = parent == FamilyNode::kNoParent ? 0 : parent + size_t{1};
  const auto [at, is_new] = children[of].emplace(site, static_cast<uint32_t>(nodes.size()));
  if (!is_new) return at->second;
  FamilyNode node;
  node.site = LocationId(site);
  node.parent = parent;
  node.depth = parent == FamilyNode::kNoParent ? 0 : nodes[parent].depth + 1;
  const uint32_t index = at->second;
  nodes.push_back(node);
  children.emplace_back();
  return index;
}

// Depth first without recursion.
std::vector<FamilyNode> InOrder(const Draft& draft) {
  std::vector<FamilyNode> ordered;
  std::vector<std::pair<uint32_t, uint32_t>> pending;  // node, its parent's new index
  const auto push = [&](size_t of, uint32_t parent) {
    std::vector<uint32_t> kids;
    for (const auto& [site, node] : draft.children[of]) kids.push_back(node);
    std::sort(kids.begin(), kids.end(), [&](uint32_t a, uint32_t b) {
      return std::make_pair(-draft.nodes[a].descendants, a) < std::make_pair(-draft.nodes[b].descendants, b);
    });
    for (size_t i = kids.size(); i-- > 0;) pending.emplace_back(kids[i], parent);
  };
  push(0, FamilyNode::kNoParent);
  while (!pending.empty()) {
    const auto [node, parent] = pending.back();
    pending.pop_back();
    ordered.push_back(draft.nodes[node]);
    ordered.back().parent = parent;
    push(node + size_t{1}, static_cast<uint32_t>(ordered.size() - 1));
  }
  return ordered;
}

}  // namespace

std::vector<GoroutineGroup> GroupGoroutines(const GoroutineSource& source, GroupBy by) {
  const std::vector<uint32_t> by_functions =
      by == GroupBy::kFunctions ? NumberByFunctions(*source.profile) : std::vector<uint32_t>();
  std::map<GroupKey, size_t> index;
  std::vector<GoroutineGroup> groups;
  for (size_t row = 0; row < source.profile->samples.size(); ++row) {
    const int64_t count = GoroutineCount(source, row);
    if (count == 0) continue;
    const auto [at, is_new] = index.emplace(KeyOf(source, row, by, by_functions), groups.size());
    if (is_new) {
      groups.emplace_back();
      groups.back().first_row = static_cast<uint32_t>(row);
      groups.back().min_wait_minutes = UINT32_MAX;
    }
    GoroutineGroup& group = groups[at->second];
    group.count = SaturateAdd(group.count, count);
    group.rows.push_back(static_cast<uint32_t>(row));
    const uint32_t wait = source.dump != nullptr ? source.dump->goroutines[row].wait_minutes : 0;
    group.min_wait_minutes = std::min(group.min_wait_minutes, wait);
    group.max_wait_minutes = std::max(group.max_wait_minutes, wait);
  }
  std::sort(groups.begin(), groups.end(), [](const GoroutineGroup& a, const GoroutineGroup& b) {
    return std::make_pair(-a.count, a.first_row) < std::make_pair(-b.count, b.first_row);
  });
  return groups;
}

std::vector<FamilyNode> FamilyTree(const GoroutineSource& source) {
  if (source.dump == nullptr) return {};
  const Dump& dump = *source.dump;
  const Parents parents(dump);
  Draft draft;
  draft.children.emplace_back();
  for (size_t row = 0; row < dump.goroutines.size(); ++row) {
    uint32_t node = FamilyNode::kNoParent;
    for (const uint32_t site : LineOfDescent(dump, parents, static_cast<uint32_t>(row))) {
      node = draft.Child(node, site);
      ++draft.nodes[node].descendants;
    }
    ++draft.nodes[node].count;
  }
  return InOrder(draft);
}

}  // namespace flametrail
