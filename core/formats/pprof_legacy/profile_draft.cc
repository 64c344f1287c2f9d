#include "core/formats/pprof_legacy/profile_draft.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/checked.h"
#include "core/base/hash.h"
#include "core/formats/pprof_legacy/memory_map.h"

namespace flametrail::legacy {
namespace {

constexpr size_t kInitialSlots = 256;
// One sample of so many may have another caller of the leaf than all the rest.
constexpr size_t kSimilarSamples = 32;
constexpr int kMaxSignalFrames = 2;

}  // namespace

ProfileDraft::ProfileDraft() : slots_(kInitialSlots, kFree) {}

void ProfileDraft::AddSampleType(std::string_view type, std::string_view unit) {
  CHECK(sample_count() == 0);
  profile_.sample_types.push_back({Text(type), Text(unit)});
  profile_.samples.values.emplace_back();
}

FunctionId ProfileDraft::AddFunction(std::string_view name, std::string_view file) {
  FunctionTable& functions = profile_.functions;
  const FunctionId id(functions.size());
  functions.id.push_back(functions.size() + 1);
  functions.name.push_back(Text(name));
  functions.system_name.push_back(Text(name));
  functions.file.push_back(Text(file));
  functions.start_line.push_back(0);
  return id;
}

size_t ProfileDraft::Slot(uint64_t address) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = static_cast<size_t>(Mix64(address + 0x9E3779B97F4A7C15ull)) & mask;
  while (slots_[slot] != kFree && locations_[slots_[slot]].key != address) slot = (slot + 1) & mask;
  return slot;
}

void ProfileDraft::GrowSlots() {
  std::vector<uint32_t> old(slots_.size() * 2, kFree);
  old.swap(slots_);
  for (const uint32_t location : old) {
    if (location != kFree) slots_[Slot(locations_[location].key)] = location;
  }
}

LocationId ProfileDraft::LocationAt(uint64_t address) {
  const size_t slot = Slot(address);
  if (slots_[slot] != kFree) return LocationId(slots_[slot]);
  const auto index = static_cast<uint32_t>(locations_.size());
  slots_[slot] = index;
  locations_.push_back({address, address, 0, 0, MappingId(), kFree});
  if (locations_.size() * 2 > slots_.size()) GrowSlots();
  return LocationId(index);
}

std::optional<LocationId> ProfileDraft::FindLocation(uint64_t address) const {
  const uint32_t index = slots_[Slot(address)];
  if (index == kFree) return std::nullopt;
  return LocationId(index);
}

void ProfileDraft::SetJavaLine(LocationId location, const SourceLine& line) {
  Location& entry = locations_[location.index()];
  if (entry.line_count == 0) {
    entry.line_begin = static_cast<uint32_t>(lines_.size());
    entry.line_count = 1;
    lines_.emplace_back();
  }
  lines_[entry.line_begin] = line;
  entry.address = 0;
}

LocationId ProfileDraft::SymbolizedLocation(uint64_t address, std::span<const SourceLine> lines) {
  const auto [at, is_new] = symbolized_.try_emplace({address, {lines.begin(), lines.end()}}, locations_.size());
  if (is_new) {
    locations_.push_back({address, address, static_cast<uint32_t>(lines_.size()), static_cast<uint32_t>(lines.size()),
                          MappingId(), kFree});
    lines_.insert(lines_.end(), lines.begin(), lines.end());
  }
  return at->second;
}

bool ProfileDraft::AddSample(std::span<const LocationId> leaf_first, std::span<const int64_t> values,
                             std::span<const Label> labels) {
  SampleTable& samples = profile_.samples;
  CHECK(values.size() == samples.values.size());
  if (leaf_first.size() > StackTableBuilder::kMaxStackDepth) return false;
  stack_begin_.push_back(entries_.size());
  stack_size_.push_back(static_cast<uint32_t>(leaf_first.size()));
  entries_.insert(entries_.end(), leaf_first.begin(), leaf_first.end());
  samples.labels.push_back(label_sets_.Insert(labels));
  for (size_t i = 0; i < values.size(); ++i) samples.values[i].push_back(values[i]);
  return true;
}

void ProfileDraft::RepeatLastSample() {
  if (sample_count() == 0) return;
  for (std::vector<int64_t>& column : profile_.samples.values) column.back() = WrapAdd(column.back(), 1);
}

void ProfileDraft::RemoveCaller(size_t sample) {
  const std::span<LocationId> stack = Stack(sample);
  std::copy(stack.begin() + 2, stack.end(), stack.begin() + 1);
  --stack_size_[sample];
}

void ProfileDraft::RemoveSignalFrame() {
  const size_t wanted = sample_count() - sample_count() / kSimilarSamples;
  for (int pass = 0; pass < kMaxSignalFrames; ++pass) {
    std::vector<size_t> uses(locations_.size(), 0);
    for (size_t sample = 0; sample < sample_count(); ++sample) {
      if (Stack(sample).size() > 1) ++uses[Stack(sample)[1].index()];
    }
    // More than half of the samples have it: there is one at most.
    const auto found = std::find_if(uses.begin(), uses.end(), [&](size_t n) { return n > 0 && n >= wanted; });
    if (found == uses.end()) return;
    const LocationId signal(static_cast<size_t>(found - uses.begin()));
    for (size_t sample = 0; sample < sample_count(); ++sample) {
      if (Stack(sample).size() > 1 && Stack(sample)[1] == signal) RemoveCaller(sample);
    }
  }
}

void ProfileDraft::RemoveDuplicateLeaves() {
  for (size_t sample = 0; sample < sample_count(); ++sample) {
    const std::span<LocationId> stack = Stack(sample);
    if (stack.size() < 2) continue;
    const uint64_t caller = locations_[stack[1].index()].address;
    if (locations_[stack[0].index()].address == caller + 1) RemoveCaller(sample);
  }
}

void ProfileDraft::NumberLocations() {
  for (size_t sample = 0; sample < sample_count(); ++sample) {
    for (const LocationId location : Stack(sample)) {
      Location& entry = locations_[location.index()];
      if (entry.number != kFree) continue;
      entry.number = static_cast<uint32_t>(order_.size());
      order_.push_back(location);
    }
  }
}

void ProfileDraft::AssignMappings() {
  std::vector<uint64_t> addresses;
  addresses.reserve(order_.size());
  for (const LocationId location : order_) addresses.push_back(locations_[location.index()].address);
  const std::vector<MappingId> found = MapAddresses(addresses, profile_.strings, &profile_.mappings);
  for (size_t i = 0; i < order_.size(); ++i) locations_[order_[i].index()].mapping = found[i];
}

FunctionId ProfileDraft::NumberFunction(FunctionId function, std::vector<FunctionId>* numbers,
                                        FunctionTable* kept) const {
  FunctionId& number = (*numbers)[function.index()];
  if (number.is_none()) {
    number = FunctionId(kept->size());
    kept->id.push_back(kept->size() + 1);
    kept->name.push_back(profile_.functions.name[function.index()]);
    kept->system_name.push_back(profile_.functions.system_name[function.index()]);
    kept->file.push_back(profile_.functions.file[function.index()]);
    kept->start_line.push_back(0);
  }
  return number;
}

void ProfileDraft::TakeLocations(bool keep_addresses) {
  std::vector<FunctionId> numbers(profile_.functions.size());
  FunctionTable functions;
  LocationTable& table = profile_.locations;
  for (const LocationId location : order_) {
    const Location& entry = locations_[location.index()];
    table.id.push_back(table.size() + 1);
    table.mapping.push_back(entry.mapping);
    table.address.push_back(keep_addresses ? entry.address : 0);
    table.is_folded.push_back(0);
    for (uint32_t i = 0; i < entry.line_count; ++i) {
      const SourceLine& line = lines_[entry.line_begin + i];
      table.line_function.push_back(NumberFunction(line.function, &numbers, &functions));
      table.line_number.push_back(line.line);
      table.line_column.push_back(line.column);
    }
    table.line_begin.push_back(static_cast<uint32_t>(table.line_function.size()));
  }
  profile_.functions = std::move(functions);
}

Profile ProfileDraft::Take(bool keep_addresses) {
  TakeLocations(keep_addresses);
  StackTableBuilder stacks;
  std::vector<LocationId> stack;
  for (size_t sample = 0; sample < sample_count(); ++sample) {
    stack.clear();
    for (const LocationId location : Stack(sample)) stack.push_back(LocationId(locations_[location.index()].number));
    profile_.samples.stack.push_back(stacks.Insert(stack));
  }
  profile_.stacks = stacks.Take();
  profile_.label_sets = label_sets_.Take();
  Profile profile = std::move(profile_);
  *this = ProfileDraft();
  return profile;
}

}  // namespace flametrail::legacy
