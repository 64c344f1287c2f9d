#include "core/analysis/transform/tag_frames.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "core/base/units.h"

namespace flametrail {
namespace {

class TagFramer {
 public:
  TagFramer(Profile* profile, std::string_view unit) : profile_(*profile), unit_(unit) {
    for (const uint64_t id : profile_.locations.id) next_location_id_ = std::max(next_location_id_, id + 1);
    for (const uint64_t id : profile_.functions.id) next_function_id_ = std::max(next_function_id_, id + 1);
  }

  // Leaf first: the last key stands first.
  std::vector<LocationId> FramesOf(LabelSetId set, const std::vector<std::string>& keys, bool* matched) {
    std::vector<LocationId> frames;
    for (size_t i = keys.size(); i-- > 0;) {
      const std::optional<std::string> value = JoinedValues(set, keys[i]);
      *matched |= value.has_value();
      frames.push_back(Intern(value.value_or(""), keys[i]));
    }
    return frames;
  }

 private:
  // Texts first, then numbers. Unset: the sample has no such label.
  std::optional<std::string> JoinedValues(LabelSetId set, std::string_view key) const {
    const LabelSetTable& sets = profile_.label_sets;
    std::vector<std::string> texts, numbers;
    bool has_unit = false;
    for (uint32_t i = sets.begin[set.index()]; i < sets.begin[set.index() + 1]; ++i) {
      const Label& label = sets.labels[i];
      if (profile_.Text(label.key) != key) continue;
      if (label.is_number) has_unit |= !profile_.Text(label.unit).empty();
    }
    for (uint32_t i = sets.begin[set.index()]; i < sets.begin[set.index() + 1]; ++i) {
      const Label& label = sets.labels[i];
      if (profile_.Text(label.key) != key) continue;
      if (!label.is_number) {
        texts.emplace_back(profile_.Text(label.text));
      } else if (has_unit) {
        numbers.push_back(ScaledLabel(label.number, profile_.Text(label.unit), unit_));
      } else {
        numbers.push_back(ScaledLabel(label.number, "", ""));
      }
    }
    texts.insert(texts.end(), numbers.begin(), numbers.end());
    if (texts.empty()) return std::nullopt;
    std::string joined = texts[0];
    for (size_t i = 1; i < texts.size(); ++i) joined.append(",").append(texts[i]);
    return joined;
  }

  LocationId Intern(const std::string& name, const std::string& file) {
    const auto [at, is_new] = known_.try_emplace({name, file}, LocationId(profile_.locations.size()));
    if (!is_new) return at->second;
    FunctionTable& functions = profile_.functions;
    const FunctionId function(functions.size());
    functions.id.push_back(next_function_id_++);
    functions.name.push_back(profile_.strings.Intern(name));
    functions.system_name.push_back(StringPool::kEmpty);
    functions.file.push_back(profile_.strings.Intern(file));
    functions.start_line.push_back(0);
    LocationTable& locations = profile_.locations;
    locations.id.push_back(next_location_id_++);
    locations.mapping.push_back(MappingId::None());
    locations.address.push_back(0);
    locations.is_folded.push_back(0);
    locations.line_function.push_back(function);
    locations.line_number.push_back(0);
    locations.line_column.push_back(0);
    locations.line_begin.push_back(static_cast<uint32_t>(locations.line_function.size()));
    return at->second;
  }

  Profile& profile_;
  std::string_view unit_;
  std::map<std::pair<std::string, std::string>, LocationId> known_;
  uint64_t next_location_id_ = 1;
  uint64_t next_function_id_ = 1;
};

struct SetFrames {
  bool known = false;
  std::vector<LocationId> roots;
  std::vector<LocationId> leaves;
};

}  // namespace

Profile AddTagFrames(Profile profile, const TagFrameOptions& options, TagFrameMatches* matches) {
  *matches = TagFrameMatches();
  if (options.root_keys.empty() && options.leaf_keys.empty()) return profile;
  TagFramer framer(&profile, options.unit);
  StackTableBuilder builder;
  std::vector<SetFrames> frames(profile.label_sets.size());
  std::unordered_map<uint64_t, StackId> moved;  // by stack and label set
  std::vector<LocationId> old_stack, new_stack;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    const LabelSetId set = profile.samples.labels[i];
    const StackId stack = profile.samples.stack[i];
    SetFrames& added = frames[set.index()];
    if (!added.known) {
      added.known = true;
      added.roots = framer.FramesOf(set, options.root_keys, &matches->root);
      added.leaves = framer.FramesOf(set, options.leaf_keys, &matches->leaf);
    }
    const auto [at, is_new] = moved.try_emplace((uint64_t{stack.value} << 32) | set.value);
    if (is_new) {
      profile.stacks.Expand(stack, &old_stack);
      new_stack = added.leaves;
      new_stack.insert(new_stack.end(), old_stack.begin(), old_stack.end());
      new_stack.insert(new_stack.end(), added.roots.begin(), added.roots.end());
      at->second = builder.Insert(new_stack);
    }
    profile.samples.stack[i] = at->second;
  }
  profile.stacks = builder.Take();
  return profile;
}

}  // namespace flametrail
