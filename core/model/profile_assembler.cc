#include "core/model/profile_assembler.h"

#include <utility>

#include "core/base/check.h"
#include "core/base/hash.h"

namespace flametrail {
namespace {

uint64_t HashFunction(StringId name, StringId system_name, StringId file, int64_t start_line) {
  uint64_t hash = HashCombine(name.value, system_name.value);
  hash = HashCombine(hash, file.value);
  return HashCombine(hash, static_cast<uint64_t>(start_line));
}

uint64_t HashPlace(MappingId mapping, uint64_t address) { return HashCombine(mapping.value, address); }

uint64_t HashLine(uint64_t hash, const SourceLine& line) {
  hash = HashCombine(hash, line.function.value);
  hash = HashCombine(hash, static_cast<uint64_t>(line.line));
  return HashCombine(hash, static_cast<uint64_t>(line.column));
}

}  // namespace

void ProfileAssembler::AddSampleType(std::string_view type, std::string_view unit) {
  CHECK(sample_count() == 0);
  profile_.sample_types.push_back({Text(type), Text(unit)});
  profile_.samples.values.emplace_back();
}

MappingId ProfileAssembler::AddMapping(Mapping mapping) {
  mapping.id = profile_.mappings.size() + 1;
  profile_.mappings.push_back(mapping);
  return MappingId(profile_.mappings.size() - 1);
}

FunctionId ProfileAssembler::Function(std::string_view name, std::string_view system_name, std::string_view file,
                                      int64_t start_line) {
  FunctionTable& functions = profile_.functions;
  const StringId name_id = Text(name), system_id = Text(system_name), file_id = Text(file);
  const uint64_t hash = HashFunction(name_id, system_id, file_id, start_line);
  const auto is_equal = [&](uint32_t i) {
    return functions.name[i] == name_id && functions.system_name[i] == system_id && functions.file[i] == file_id &&
           functions.start_line[i] == start_line;
  };
  if (const uint32_t known = functions_.Find(hash, is_equal); known != IndexTable::kNone) return FunctionId(known);
  const auto added = static_cast<uint32_t>(functions.size());
  functions.id.push_back(uint64_t{added} + 1);
  functions.name.push_back(name_id);
  functions.system_name.push_back(system_id);
  functions.file.push_back(file_id);
  functions.start_line.push_back(start_line);
  functions_.Insert(hash, added, [&](uint32_t i) { return FunctionHash(i); });
  return FunctionId(added);
}

LocationId ProfileAssembler::Location(MappingId mapping, uint64_t address, std::span<const SourceLine> lines) {
  LocationTable& locations = profile_.locations;
  uint64_t hash = HashPlace(mapping, address);
  for (const SourceLine& line : lines) hash = HashLine(hash, line);
  const auto is_equal = [&](uint32_t i) {
    return locations.address[i] == address && locations.mapping[i] == mapping && HasLines(i, lines);
  };
  if (const uint32_t known = locations_.Find(hash, is_equal); known != IndexTable::kNone) return LocationId(known);
  const auto added = static_cast<uint32_t>(locations.size());
  AppendLocation(mapping, address, lines);
  locations_.Insert(hash, added, [&](uint32_t i) { return LocationHash(i); });
  return LocationId(added);
}

uint64_t ProfileAssembler::FunctionHash(uint32_t function) const {
  const FunctionTable& functions = profile_.functions;
  return HashFunction(functions.name[function], functions.system_name[function], functions.file[function],
                      functions.start_line[function]);
}

uint64_t ProfileAssembler::LocationHash(uint32_t location) const {
  const LocationTable& locations = profile_.locations;
  uint64_t hash = HashPlace(locations.mapping[location], locations.address[location]);
  for (uint32_t i = locations.line_begin[location]; i < locations.line_begin[location + 1]; ++i) {
    hash = HashLine(hash, {locations.line_function[i], locations.line_number[i], locations.line_column[i]});
  }
  return hash;
}

bool ProfileAssembler::HasLines(uint32_t location, std::span<const SourceLine> lines) const {
  const LocationTable& locations = profile_.locations;
  const uint32_t first = locations.line_begin[location];
  if (locations.line_begin[location + 1] - first != lines.size()) return false;
  for (uint32_t i = 0; i < lines.size(); ++i) {
    const SourceLine known{locations.line_function[first + i], locations.line_number[first + i],
                           locations.line_column[first + i]};
    if (known != lines[i]) return false;
  }
  return true;
}

void ProfileAssembler::AppendLocation(MappingId mapping, uint64_t address, std::span<const SourceLine> lines) {
  LocationTable& locations = profile_.locations;
  locations.id.push_back(locations.size() + 1);
  locations.mapping.push_back(mapping);
  locations.address.push_back(address);
  locations.is_folded.push_back(0);
  for (const SourceLine& line : lines) {
    locations.line_function.push_back(line.function);
    locations.line_number.push_back(line.line);
    locations.line_column.push_back(line.column);
  }
  locations.line_begin.push_back(static_cast<uint32_t>(locations.line_function.size()));
}

void ProfileAssembler::AddSample(std::span<const LocationId> leaf_first, std::span<const int64_t> values,
                                 std::span<const Label> labels) {
  SampleTable& samples = profile_.samples;
  CHECK(values.size() == profile_.sample_types.size());
  samples.stack.push_back(stacks_.Insert(leaf_first));
  samples.labels.push_back(label_sets_.Insert(labels));
  for (size_t i = 0; i < values.size(); ++i) samples.values[i].push_back(values[i]);
}

Profile ProfileAssembler::Take() {
  profile_.stacks = stacks_.Take();
  profile_.label_sets = label_sets_.Take();
  Profile profile = std::move(profile_);
  *this = ProfileAssembler();
  return profile;
}

}  // namespace flametrail
