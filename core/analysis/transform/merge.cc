#include "core/analysis/transform/merge.h"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/checked.h"
#include "core/model/label_sets.h"

namespace flametrail {
namespace {

void AppendNumber(std::string* key, uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) key->push_back(static_cast<char>(number >> shift));
}

class Merger {
 public:
  explicit Merger(const Profile& first) {
    for (const ValueType& type : first.sample_types) {
      result_.sample_types.push_back({Copy(first, type.type), Copy(first, type.unit)});
    }
    result_.samples.values.resize(first.sample_types.size());
    result_.period_type = {Copy(first, first.period_type.type), Copy(first, first.period_type.unit)};
    result_.drop_frames = Copy(first, first.drop_frames);
    result_.keep_frames = Copy(first, first.keep_frames);
  }

  void Add(const Profile& source);
  Profile Finish();

 private:
  struct MappedMapping {
    MappingId id;
    uint64_t offset = 0;  // added to addresses
  };

  StringId Copy(const Profile& source, StringId text) { return result_.strings.Intern(source.Text(text)); }

  void AddHeader(const Profile& source);
  void AddSample(const Profile& source, size_t sample);
  MappedMapping MapMapping(const Profile& source, MappingId id);
  FunctionId MapFunction(const Profile& source, FunctionId id);
  LocationId MapLocation(const Profile& source, LocationId id);
  LocationId AppendLocation(const Profile& source, LocationId id, MappedMapping mapping,
                            const std::vector<FunctionId>& functions);
  StackId MapStack(const Profile& source, StackId stack);
  LabelSetId MapLabels(const Profile& source, LabelSetId set);

  Profile result_;
  StackTableBuilder stacks_;
  LabelSetBuilder label_sets_;
  std::set<StringId> comments_;  // those of result_
  std::unordered_map<std::string, MappingId> mappings_;
  std::unordered_map<std::string, FunctionId> functions_;
  std::unordered_map<std::string, LocationId> locations_;
  std::unordered_map<uint64_t, uint32_t> samples_;  // by stack and label set

  // Of the profile that is being added; None: not yet seen in it.
  std::vector<MappedMapping> mapping_of_;
  std::vector<FunctionId> function_of_;
  std::vector<LocationId> location_of_;
  std::vector<StackId> stack_of_;
  std::vector<LabelSetId> labels_of_;
  std::vector<StackId> new_nodes_;
};

void Merger::AddHeader(const Profile& source) {
  if (result_.time_nanos == 0 || source.time_nanos < result_.time_nanos) result_.time_nanos = source.time_nanos;
  result_.duration_nanos = WrapAdd(result_.duration_nanos, source.duration_nanos);
  if (result_.period == 0 || result_.period < source.period) result_.period = source.period;
  for (const StringId comment : source.comments) {
    const StringId copy = Copy(source, comment);
    if (comments_.insert(copy).second) result_.comments.push_back(copy);
  }
  if (result_.default_sample_type == StringPool::kEmpty) {
    result_.default_sample_type = Copy(source, source.default_sample_type);
  }
  if (result_.doc_url == StringPool::kEmpty) result_.doc_url = Copy(source, source.doc_url);
}

void Merger::Add(const Profile& source) {
  AddHeader(source);
  mapping_of_.assign(source.mappings.size(), {});
  function_of_.assign(source.functions.size(), FunctionId::None());
  location_of_.assign(source.locations.size(), LocationId::None());
  stack_of_.assign(source.stacks.size(), StackId::None());
  labels_of_.assign(source.label_sets.size(), LabelSetId::None());
  // The first mapping is the main binary: it must stay the first.
  if (result_.mappings.empty() && !source.mappings.empty()) MapMapping(source, MappingId(0u));
  for (size_t i = 0; i < source.samples.size(); ++i) AddSample(source, i);
}

void Merger::AddSample(const Profile& source, size_t sample) {
  const auto& values = source.samples.values;
  if (std::all_of(values.begin(), values.end(), [&](const auto& column) { return column[sample] == 0; })) return;
  const StackId stack = MapStack(source, source.samples.stack[sample]);
  const LabelSetId labels = MapLabels(source, source.samples.labels[sample]);
  SampleTable& merged = result_.samples;
  const uint64_t key = (uint64_t{stack.value} << 32) | labels.value;
  const auto [at, is_new] = samples_.try_emplace(key, static_cast<uint32_t>(merged.size()));
  if (is_new) {
    merged.stack.push_back(stack);
    merged.labels.push_back(labels);
    for (size_t type = 0; type < values.size(); ++type) merged.values[type].push_back(values[type][sample]);
    return;
  }
  for (size_t type = 0; type < values.size(); ++type) {
    int64_t& sum = merged.values[type][at->second];
    sum = WrapAdd(sum, values[type][sample]);
  }
}

Merger::MappedMapping Merger::MapMapping(const Profile& source, MappingId id) {
  if (id.is_none()) return {};
  MappedMapping& known = mapping_of_[id.index()];
  if (!known.id.is_none()) return known;
  const Mapping& mapping = source.mappings[id.index()];
  constexpr uint64_t kRounding = 0x1000;
  uint64_t size = mapping.limit - mapping.start + kRounding - 1;
  size -= size % kRounding;
  std::string key;
  AppendNumber(&key, size);
  AppendNumber(&key, mapping.offset);
  const std::string_view build_id = source.Text(mapping.build_id);
  key += build_id.empty() ? source.Text(mapping.file) : build_id;
  const auto [at, is_new] = mappings_.try_emplace(std::move(key), MappingId(result_.mappings.size()));
  known.id = at->second;
  if (is_new) {
    Mapping copy = mapping;
    copy.id = result_.mappings.size() + 1;
    copy.file = Copy(source, mapping.file);
    copy.build_id = Copy(source, mapping.build_id);
    result_.mappings.push_back(copy);
  } else {
    known.offset = result_.mappings[known.id.index()].start - mapping.start;
  }
  return known;
}

FunctionId Merger::MapFunction(const Profile& source, FunctionId id) {
  if (id.is_none()) return id;
  FunctionId& known = function_of_[id.index()];
  if (!known.is_none()) return known;
  const FunctionTable& from = source.functions;
  const StringId name = Copy(source, from.name[id.index()]);
  const StringId system_name = Copy(source, from.system_name[id.index()]);
  const StringId file = Copy(source, from.file[id.index()]);
  const int64_t start_line = from.start_line[id.index()];
  std::string key;
  for (const StringId text : {name, system_name, file}) AppendNumber(&key, text.value);
  AppendNumber(&key, static_cast<uint64_t>(start_line));
  FunctionTable& to = result_.functions;
  const auto [at, is_new] = functions_.try_emplace(std::move(key), FunctionId(to.size()));
  known = at->second;
  if (is_new) {
    to.id.push_back(to.size() + 1);
    to.name.push_back(name);
    to.system_name.push_back(system_name);
    to.file.push_back(file);
    to.start_line.push_back(start_line);
  }
  return known;
}

LocationId Merger::MapLocation(const Profile& source, LocationId id) {
  LocationId& known = location_of_[id.index()];
  if (!known.is_none()) return known;
  const LocationTable& from = source.locations;
  const MappedMapping mapping = MapMapping(source, from.mapping[id.index()]);
  const uint64_t address = from.address[id.index()] + mapping.offset;
  const uint64_t start = mapping.id.is_none() ? 0 : result_.mappings[mapping.id.index()].start;
  std::string key;
  AppendNumber(&key, address - start);
  AppendNumber(&key, mapping.id.value);
  key.push_back(static_cast<char>(from.is_folded[id.index()]));
  std::vector<FunctionId> functions;
  const uint32_t end = from.line_begin[id.index() + 1];
  for (uint32_t line = from.line_begin[id.index()]; line < end; ++line) {
    functions.push_back(MapFunction(source, from.line_function[line]));
    AppendNumber(&key, functions.back().value);
    AppendNumber(&key, static_cast<uint64_t>(from.line_number[line]));
    // Only the last line's column tells locations apart: the reference overwrites the others in its key.
    if (line + 1 == end) AppendNumber(&key, static_cast<uint64_t>(from.line_column[line]));
  }
  const auto at = locations_.find(key);
  if (at != locations_.end()) return known = at->second;
  known = AppendLocation(source, id, mapping, functions);
  locations_.emplace(std::move(key), known);
  return known;
}

LocationId Merger::AppendLocation(const Profile& source, LocationId id, MappedMapping mapping,
                                  const std::vector<FunctionId>& functions) {
  const LocationTable& from = source.locations;
  LocationTable& to = result_.locations;
  const LocationId added(to.size());
  to.id.push_back(to.size() + 1);
  to.mapping.push_back(mapping.id);
  to.address.push_back(from.address[id.index()] + mapping.offset);
  to.is_folded.push_back(from.is_folded[id.index()]);
  const uint32_t first = from.line_begin[id.index()];
  for (uint32_t i = 0; i < functions.size(); ++i) {
    to.line_function.push_back(functions[i]);
    to.line_number.push_back(from.line_number[first + i]);
    to.line_column.push_back(from.line_column[first + i]);
  }
  to.line_begin.push_back(static_cast<uint32_t>(to.line_function.size()));
  return added;
}

// Each node of the source's tree is looked at once, however many samples stand on it. Locations are numbered in the
// order in which samples show them, leaf first; those above a known node are all known.
StackId Merger::MapStack(const Profile& source, StackId stack) {
  const StackTable& stacks = source.stacks;
  new_nodes_.clear();
  for (; stack_of_[stack.index()].is_none() && stack != StackTable::kEmpty; stack = stacks.parent[stack.index()]) {
    MapLocation(source, stacks.location[stack.index()]);
    new_nodes_.push_back(stack);
  }
  StackId mapped = stack == StackTable::kEmpty ? stack : stack_of_[stack.index()];
  for (size_t i = new_nodes_.size(); i-- > 0;) {
    const size_t node = new_nodes_[i].index();
    mapped = stacks_.Push(mapped, location_of_[stacks.location[node].index()]);
    stack_of_[node] = mapped;
  }
  return mapped;
}

// Sorted by key, texts before numbers; values of one key keep their order.
LabelSetId Merger::MapLabels(const Profile& source, LabelSetId set) {
  LabelSetId& known = labels_of_[set.index()];
  if (!known.is_none()) return known;
  std::vector<Label> labels;
  for (uint32_t i = source.label_sets.begin[set.index()]; i < source.label_sets.begin[set.index() + 1]; ++i) {
    Label label = source.label_sets.labels[i];
    label.key = Copy(source, label.key);
    if (label.is_number) {
      label.unit = Copy(source, label.unit);
    } else {
      label.text = Copy(source, label.text);
    }
    labels.push_back(label);
  }
  std::stable_sort(labels.begin(), labels.end(), [&](const Label& a, const Label& b) {
    if (a.is_number != b.is_number) return !a.is_number;
    return result_.Text(a.key) < result_.Text(b.key);
  });
  known = label_sets_.Insert(labels);
  return known;
}

Profile Merger::Finish() {
  result_.stacks = stacks_.Take();
  result_.label_sets = label_sets_.Take();
  return std::move(result_);
}

bool HasZeroSample(const Profile& profile) {
  const auto& values = profile.samples.values;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    if (std::all_of(values.begin(), values.end(), [&](const auto& column) { return column[i] == 0; })) return true;
  }
  return false;
}

std::string TypeText(const Profile& profile, const ValueType& type) {
  return std::string(profile.Text(type.type)) + '/' + std::string(profile.Text(type.unit));
}

Status CheckTypes(const Profile& a, const Profile& b) {
  if (TypeText(a, a.period_type) != TypeText(b, b.period_type)) {
    return Error{Code::kInvalid, std::nullopt,
                 "incompatible period types " + TypeText(a, a.period_type) + " and " + TypeText(b, b.period_type)};
  }
  const auto all_types = [](const Profile& profile) {
    std::string text;
    for (const ValueType& type : profile.sample_types) text.append(text.empty() ? "" : ", ") += TypeText(profile, type);
    return text;
  };
  if (all_types(a) != all_types(b)) {
    return Error{Code::kInvalid, std::nullopt, "incompatible sample types " + all_types(a) + " and " + all_types(b)};
  }
  return OkStatus();
}

}  // namespace

Result<Profile> MergeProfiles(std::span<const Profile> profiles) {
  if (profiles.empty()) return Error{Code::kInvalid, std::nullopt, "no profiles to merge"};
  for (const Profile& profile : profiles.subspan(1)) RETURN_IF_ERROR(CheckTypes(profiles[0], profile));
  Merger merger(profiles[0]);
  for (const Profile& profile : profiles) merger.Add(profile);
  Profile merged = merger.Finish();
  // Samples that cancelled go, and with them what only they used.
  if (HasZeroSample(merged)) return MergeProfiles(std::span<const Profile>(&merged, 1));
  return merged;
}

}  // namespace flametrail
