#include "core/formats/speedscope/add_samples.h"

#include <string>

#include "core/model/label_sets.h"

namespace flametrail::speedscope {
namespace {

struct KindRow {
  std::string_view type;
  std::string_view unit;
};
constexpr KindRow kKindRows[kKinds] = {{"time", "nanoseconds"}, {"space", "bytes"}, {"weight", "count"}};

// The active one first.
std::vector<size_t> ProfileOrder(const Collector& collector, int64_t active_index) {
  const size_t count = collector.profiles().size();
  std::vector<size_t> order;
  const bool in_range = active_index >= 0 && static_cast<uint64_t>(active_index) < count;
  const size_t active = in_range ? static_cast<size_t>(active_index) : 0;
  if (count > 0) order.push_back(active);
  for (size_t i = 0; i < count; ++i) {
    if (i != active) order.push_back(i);
  }
  return order;
}

// A location of which nothing is known.
LocationId AddUnknown(LocationTable* locations) {
  const LocationId unknown(locations->size());
  locations->id.push_back(locations->size() + 1);
  locations->mapping.push_back(MappingId::None());
  locations->address.push_back(0);
  locations->is_folded.push_back(0);
  locations->line_begin.push_back(static_cast<uint32_t>(locations->line_function.size()));
  return unknown;
}

// Frame numbers become locations. Equal frames are one location, so two stacks may become one: returns the new ids.
std::vector<StackId> PlaceFrames(const std::vector<LocationId>& frames, Collector* collector, Profile* profile) {
  const StackTable by_number = collector->TakeStacks();
  StackTableBuilder builder;
  std::vector<StackId> moved(by_number.size(), StackTable::kEmpty);
  LocationId unknown;
  for (size_t i = 1; i < by_number.size(); ++i) {
    const LocationId frame = by_number.location[i];
    const bool known = frame.index() < frames.size();
    if (!known) {
      collector->Broken(
          Issue::kDanglingLocation, std::nullopt,
          "samples want frame " + std::to_string(frame.value) + ", the file has " + std::to_string(frames.size()));
      if (unknown.is_none()) unknown = AddUnknown(&profile->locations);
    }
    moved[i] = builder.Push(moved[by_number.parent[i].index()], known ? frames[frame.index()] : unknown);
  }
  profile->stacks = builder.Take();
  return moved;
}

}  // namespace

void AddSamples(const std::vector<LocationId>& frames, int64_t active_index, Collector* collector, Profile* profile) {
  const std::vector<size_t> order = ProfileOrder(*collector, active_index);
  size_t type_of_kind[kKinds] = {kKinds, kKinds, kKinds};
  for (const size_t index : order) {
    const auto kind = static_cast<size_t>(collector->profiles()[index].kind);
    if (type_of_kind[kind] < kKinds) continue;
    type_of_kind[kind] = profile->sample_types.size();
    const KindRow& row = kKindRows[kind];
    profile->sample_types.push_back({profile->strings.Intern(row.type), profile->strings.Intern(row.unit)});
  }
  if (!order.empty()) profile->default_sample_type = profile->sample_types[0].type;
  SampleTable& samples = profile->samples;
  samples.values.assign(profile->sample_types.size(), {});
  const std::vector<StackId> stacks = PlaceFrames(frames, collector, profile);
  LabelSetBuilder label_sets;
  const StringId key = profile->strings.Intern("profile");
  for (const size_t index : order) {
    const CollectedProfile& from = collector->profiles()[index];
    const Label label = {key, false, profile->strings.Intern(from.name), 0, StringId()};
    const LabelSetId labels = from.name.empty() ? LabelSetTable::kEmpty : label_sets.Insert({&label, 1});
    const size_t type = type_of_kind[static_cast<size_t>(from.kind)];
    for (size_t i = from.begin; i < from.end; ++i) {
      samples.stack.push_back(stacks[collector->samples()[i].stack.index()]);
      samples.labels.push_back(labels);
      for (size_t t = 0; t < samples.values.size(); ++t) {
        samples.values[t].push_back(t == type ? collector->samples()[i].value : 0);
      }
    }
  }
  profile->label_sets = label_sets.Take();
  profile->duration_nanos = collector->duration_nanos();
}

}  // namespace flametrail::speedscope
