#include "core/analysis/node_tags.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/analysis/report.h"
#include "core/analysis/transform/filter_tags.h"
#include "core/base/checked.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

constexpr std::string_view kNumberKey = "bytes";

// What one label set adds to each node of its samples.
struct TagUse {
  uint32_t tag;
  int64_t value;
};

// The tags of each label set, by LabelSetId.
class TagSets {
 public:
  TagSets(const Profile& profile, std::string_view print_unit, NodeTags* tags)
      : profile_(profile), print_unit_(print_unit), tags_(*tags), uses_(profile.label_sets.size()) {
    for (const auto& [key, unit] : NumberLabelUnits(profile)) {
      if (profile.Text(key) == kNumberKey) tags_.number_unit = unit;
    }
    for (size_t set = 0; set < uses_.size(); ++set) Read(set);
  }

  const std::vector<TagUse>& Of(LabelSetId set) const { return uses_[set.index()]; }
  bool empty() const { return tags_.tags.empty(); }

 private:
  void Read(size_t set) {
    const LabelSetTable& sets = profile_.label_sets;
    std::vector<std::string> texts;
    for (uint32_t i = sets.begin[set]; i < sets.begin[set + 1]; ++i) {
      const Label& label = sets.labels[i];
      const std::string_view key = profile_.Text(label.key);
      if (label.is_number || key == kBaseKey) continue;
      texts.push_back(std::string(key) + ":" + std::string(profile_.Text(label.text)));
    }
    std::sort(texts.begin(), texts.end());
    std::string joined;
    for (const std::string& text : texts) joined.append(joined.empty() ? "" : "\\n") += text;
    if (!joined.empty()) uses_[set].push_back({Intern(joined, ""), 0});
    for (uint32_t i = sets.begin[set]; i < sets.begin[set + 1]; ++i) {
      const Label& label = sets.labels[i];
      if (!label.is_number || profile_.Text(label.key) != kNumberKey) continue;
      const std::string shown = ScaledLabel(label.number, tags_.number_unit, print_unit_);
      uses_[set].push_back({Intern(joined, shown), label.number});
    }
  }

  uint32_t Intern(const std::string& text, const std::string& number) {
    const auto [at, is_new] = ids_.try_emplace({text, number}, static_cast<uint32_t>(tags_.tags.size()));
    if (is_new) tags_.tags.push_back({text, number});
    return at->second;
  }

  const Profile& profile_;
  const std::string_view print_unit_;
  NodeTags& tags_;
  std::map<std::pair<std::string, std::string>, uint32_t> ids_;
  std::vector<std::vector<TagUse>> uses_;
};

// Samples of one stack and label set count at once.
struct Group {
  StackId stack;
  LabelSetId set;
  int64_t value = 0;
  int64_t divisor = 0;
};

// In order of first appearance.
std::vector<Group> GroupSamples(const Profile& profile, const WeightOptions& options, const TagSets& sets) {
  const SampleTable& samples = profile.samples;
  std::unordered_map<uint64_t, size_t> group_of;
  std::vector<Group> groups;
  for (size_t s = 0; s < samples.size(); ++s) {
    if (sets.Of(samples.labels[s]).empty()) continue;
    const int64_t value = samples.values[options.sample_type][s];
    const int64_t divisor = options.mean ? samples.values[0][s] : 0;
    if (value == 0 && divisor == 0) continue;
    const uint64_t key = uint64_t{samples.stack[s].value} << 32 | samples.labels[s].value;
    const auto [at, is_new] = group_of.try_emplace(key, groups.size());
    if (is_new) groups.push_back({samples.stack[s], samples.labels[s]});
    Group& group = groups[at->second];
    group.value = WrapAdd(group.value, value);
    group.divisor = WrapAdd(group.divisor, divisor);
  }
  return groups;
}

}  // namespace

int64_t NodeTag::FlatValue() const { return flat_divisor == 0 ? flat : WrapDivide(flat, flat_divisor); }
int64_t NodeTag::CumValue() const { return cum_divisor == 0 ? cum : WrapDivide(cum, cum_divisor); }

void NodeTags::DropBelow(int64_t cutoff) {
  for (auto& tags_here : of_node) {
    std::erase_if(tags_here, [&](const NodeTag& t) { return WrapAbs(t.flat) < cutoff && WrapAbs(t.cum) < cutoff; });
  }
}

NodeTags SumTags(const Profile& profile, const WeightOptions& options, std::string_view number_unit, size_t node_count,
                 const PathOfStack& path_of) {
  NodeTags tags;
  const TagSets sets(profile, number_unit, &tags);
  if (sets.empty()) return tags;
  tags.of_node.resize(node_count);
  std::unordered_map<uint64_t, uint32_t> place_of;  // of a tag among its node's
  NodePath path;
  for (const Group& group : GroupSamples(profile, options, sets)) {
    path_of(group.stack, &path);
    for (size_t i = 0; i < path.nodes.size(); ++i) {
      std::vector<NodeTag>& here = tags.of_node[path.nodes[i]];
      for (const TagUse& use : sets.Of(group.set)) {
        const uint64_t key = uint64_t{path.nodes[i]} << 32 | use.tag;
        const auto [at, is_new] = place_of.try_emplace(key, static_cast<uint32_t>(here.size()));
        if (is_new) here.push_back({use.tag, use.value});
        NodeTag& tag = here[at->second];
        tag.cum = WrapAdd(tag.cum, group.value);
        tag.cum_divisor = WrapAdd(tag.cum_divisor, group.divisor);
        if (i > 0 || !path.leaf_is_kept) continue;
        tag.flat = WrapAdd(tag.flat, group.value);
        tag.flat_divisor = WrapAdd(tag.flat_divisor, group.divisor);
      }
    }
  }
  return tags;
}

}  // namespace flametrail
