// The second half of reading: ids and string indexes become columns that need no checks any more.
// Rules: google/pprof encode.go postDecode, profile.go CheckValid.
#include <algorithm>
#include <string>
#include <utility>

#include "core/formats/pprof/raw_profile.h"

namespace flametrail::pprof {
namespace {

class Resolver {
 public:
  explicit Resolver(RawProfile* raw) : raw_(*raw), profile_(raw->profile) {}

  void Run() {
    ResolveStrings();
    CheckSamples();
    ResolveMappings();
    ResolveFunctions();
    ResolveLocations();
    ResolveStacks();
  }

 private:
  void Fault(std::string text) { raw_.SetFault(Code::kCorrupt, std::nullopt, std::move(text)); }

  void Lookup(StringId* id, const char* what);
  void ResolveStrings();
  void CheckSamples();
  void ResolveMappings();
  bool AcceptId(const char* what, uint64_t id, IdMap* seen);
  void ResolveFunctions();
  void ResolveLocations();
  void AppendLocation(size_t from, LocationTable* to);
  void ResolveStacks();

  RawProfile& raw_;
  Profile& profile_;
  IdMap mapping_ids_;
  IdMap function_ids_;
  IdMap location_ids_;
};

void Resolver::Lookup(StringId* id, const char* what) {
  if (id->index() < raw_.strings.size() && !id->is_none()) {
    *id = raw_.strings[id->index()];
    return;
  }
  const std::string index = id->is_none() ? "below 0 or above 4294967294" : std::to_string(id->value);
  std::string text =
      std::string(what) + " wants string " + index + ", the string table has " + std::to_string(raw_.strings.size());
  raw_.diagnostics.Count(Issue::kStringOutOfRange, std::nullopt, text);
  Fault(std::move(text));
  *id = StringPool::kEmpty;
}

void Resolver::ResolveStrings() {
  for (Mapping& mapping : profile_.mappings) {
    Lookup(&mapping.file, "a mapping's file name");
    Lookup(&mapping.build_id, "a mapping's build id");
  }
  for (StringId& id : profile_.functions.name) Lookup(&id, "a function's name");
  for (StringId& id : profile_.functions.system_name) Lookup(&id, "a function's system name");
  for (StringId& id : profile_.functions.file) Lookup(&id, "a function's file name");
  for (ValueType& type : profile_.sample_types) {
    Lookup(&type.type, "a sample type");
    Lookup(&type.unit, "a sample type's unit");
  }
  profile_.label_sets = raw_.label_sets.Take();
  for (Label& label : profile_.label_sets.labels) {
    Lookup(&label.key, "a label's key");
    if (label.is_number) {
      Lookup(&label.unit, "a label's unit");
    } else {
      Lookup(&label.text, "a label's value");
    }
  }
  Lookup(&profile_.drop_frames, "drop_frames");
  Lookup(&profile_.keep_frames, "keep_frames");
  Lookup(&profile_.period_type.type, "the period type");
  Lookup(&profile_.period_type.unit, "the period type's unit");
  for (StringId& comment : profile_.comments) Lookup(&comment, "a comment");
  Lookup(&profile_.default_sample_type, "default_sample_type");
  Lookup(&profile_.doc_url, "doc_url");
}

void Resolver::CheckSamples() {
  SampleTable& samples = profile_.samples;
  const size_t types = profile_.sample_types.size();
  const size_t values = samples.values.size();
  if (samples.size() > 0 && types != values) {
    std::string text = "samples have " + std::to_string(values) + " values, the profile has " + std::to_string(types) +
                       " sample types";
    raw_.diagnostics.Count(Issue::kMismatchedValueCount, std::nullopt, text);
    Fault(std::move(text));
  }
  // Without samples the columns are still one per type; types without values have nothing to show.
  if (samples.size() == 0) samples.values.resize(types);
  const size_t both = std::min(types, samples.values.size());
  profile_.sample_types.resize(both);
  samples.values.resize(both);
}

// True if an entry with this id may stay: not 0, not seen before.
bool Resolver::AcceptId(const char* what, uint64_t id, IdMap* seen) {
  if (id == 0) {
    raw_.diagnostics.Count(Issue::kReservedId, std::nullopt, what);
    Fault(std::string("a ") + what + " has the reserved id 0");
    return false;
  }
  if (seen->Find(id) != IdMap::kNone) {
    raw_.diagnostics.Count(Issue::kDuplicateId, std::nullopt, what);
    Fault("two " + std::string(what) + "s have the id " + std::to_string(id));
    return false;
  }
  seen->FindOrAdd(id);
  return true;
}

void Resolver::ResolveMappings() {
  std::vector<Mapping> kept;
  for (const Mapping& mapping : profile_.mappings) {
    if (AcceptId("mapping", mapping.id, &mapping_ids_)) kept.push_back(mapping);
  }
  profile_.mappings = std::move(kept);
}

void Resolver::ResolveFunctions() {
  FunctionTable& from = profile_.functions;
  FunctionTable kept;
  for (size_t i = 0; i < from.size(); ++i) {
    if (!AcceptId("function", from.id[i], &function_ids_)) continue;
    kept.id.push_back(from.id[i]);
    kept.name.push_back(from.name[i]);
    kept.system_name.push_back(from.system_name[i]);
    kept.file.push_back(from.file[i]);
    kept.start_line.push_back(from.start_line[i]);
  }
  from = std::move(kept);
}

void Resolver::ResolveLocations() {
  LocationTable kept;
  for (size_t i = 0; i < profile_.locations.size(); ++i) {
    if (AcceptId("location", profile_.locations.id[i], &location_ids_)) AppendLocation(i, &kept);
  }
  profile_.locations = std::move(kept);
}

void Resolver::AppendLocation(size_t from, LocationTable* to) {
  const LocationTable& all = profile_.locations;
  to->id.push_back(all.id[from]);
  to->address.push_back(all.address[from]);
  to->is_folded.push_back(all.is_folded[from]);
  const uint64_t mapping = raw_.location_mapping[from];
  const uint32_t mapping_index = mapping == 0 ? IdMap::kNone : mapping_ids_.Find(mapping);
  if (mapping != 0 && mapping_index == IdMap::kNone) {
    raw_.diagnostics.Count(Issue::kDanglingMapping, std::nullopt, "mapping " + std::to_string(mapping));
  }
  to->mapping.push_back(MappingId(mapping_index));
  for (uint32_t line = all.line_begin[from]; line < all.line_begin[from + 1]; ++line) {
    const uint32_t function = function_ids_.Find(raw_.line_function[line]);
    if (function == IdMap::kNone) {
      std::string text = "location " + std::to_string(all.id[from]) + " wants function " +
                         std::to_string(raw_.line_function[line]) + ", which is not in the file";
      raw_.diagnostics.Count(Issue::kDanglingFunction, std::nullopt, text);
      Fault(std::move(text));
    }
    to->line_function.push_back(FunctionId(function));
    to->line_number.push_back(all.line_number[line]);
    to->line_column.push_back(all.line_column[line]);
  }
  to->line_begin.push_back(static_cast<uint32_t>(to->line_function.size()));
}

// Locations were numbered by first use; now they get the place of their definition. Those without one become locations
// of which nothing is known.
void Resolver::ResolveStacks() {
  profile_.stacks = raw_.stacks.Take();
  std::vector<LocationId> place;
  place.reserve(raw_.location_refs.size());
  LocationTable& locations = profile_.locations;
  for (const uint64_t id : raw_.location_refs.ids()) {
    uint32_t index = location_ids_.Find(id);
    if (index == IdMap::kNone) {
      std::string text = "samples want location " + std::to_string(id) + ", which is not in the file";
      raw_.diagnostics.Count(Issue::kDanglingLocation, std::nullopt, text);
      Fault(std::move(text));
      index = static_cast<uint32_t>(locations.size());
      locations.id.push_back(id);
      locations.mapping.push_back(MappingId::None());
      locations.address.push_back(0);
      locations.is_folded.push_back(0);
      locations.line_begin.push_back(static_cast<uint32_t>(locations.line_function.size()));
    }
    place.push_back(LocationId(index));
  }
  for (LocationId& location : profile_.stacks.location) {
    if (!location.is_none()) location = place[location.index()];
  }
}

}  // namespace

StringId PendingString(int64_t index) {
  constexpr int64_t kMax = int64_t{StringId::kNoneValue} - 1;
  return index < 0 || index > kMax ? StringId::None() : StringId(static_cast<uint32_t>(index));
}

void RawProfile::SetFault(Code code, std::optional<uint64_t> offset, std::string text) {
  if (!fault) fault = Error{code, offset, std::move(text)};
}

void Resolve(RawProfile* raw) { Resolver(raw).Run(); }

}  // namespace flametrail::pprof
