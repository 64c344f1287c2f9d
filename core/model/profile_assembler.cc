#include "core/model/profile_assembler.h"

#include <utility>

#include "core/base/check.h"

namespace flametrail {

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
  const FunctionKey key{Text(name), Text(system_name), Text(file), start_line};
  const auto [at, is_new] = functions_.try_emplace(key, FunctionId(functions.size()));
  if (is_new) {
    functions.id.push_back(functions.size() + 1);
    functions.name.push_back(std::get<0>(key));
    functions.system_name.push_back(std::get<1>(key));
    functions.file.push_back(std::get<2>(key));
    functions.start_line.push_back(start_line);
  }
  return at->second;
}

LocationId ProfileAssembler::Location(MappingId mapping, uint64_t address, std::span<const SourceLine> lines) {
  LocationTable& locations = profile_.locations;
  LocationKey key{mapping, address, {lines.begin(), lines.end()}};
  const auto [at, is_new] = locations_.try_emplace(std::move(key), LocationId(locations.size()));
  if (is_new) {
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
  return at->second;
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
