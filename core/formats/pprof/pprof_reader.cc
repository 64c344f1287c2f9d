#include "core/formats/pprof/pprof_reader.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/base/varint.h"
#include "core/formats/pprof/raw_profile.h"
#include "core/formats/pprof/wire.h"
#include "proto/profile.pb.h"

namespace flametrail {
namespace pprof {
namespace {

namespace pb = perftools::profiles;

constexpr uint8_t kValueTypeTypes[] = {kUnused, kVarintOnly, kVarintOnly};
constexpr uint8_t kSampleTypes[] = {kUnused, kPackedOrVarint, kPackedOrVarint, kBytesOnly};
constexpr uint8_t kLabelTypes[] = {kUnused, kVarintOnly, kVarintOnly, kVarintOnly, kVarintOnly};
constexpr uint8_t kMappingTypes[] = {kUnused,     kVarintOnly, kVarintOnly, kVarintOnly, kVarintOnly, kVarintOnly,
                                     kVarintOnly, kVarintOnly, kVarintOnly, kVarintOnly, kVarintOnly};
constexpr uint8_t kLocationTypes[] = {kUnused, kVarintOnly, kVarintOnly, kVarintOnly, kBytesOnly, kVarintOnly};
constexpr uint8_t kLineTypes[] = {kUnused, kVarintOnly, kVarintOnly, kVarintOnly};
constexpr uint8_t kFunctionTypes[] = {kUnused, kVarintOnly, kVarintOnly, kVarintOnly, kVarintOnly, kVarintOnly};

constexpr MessageShape kValueType{kValueTypeTypes};
constexpr MessageShape kLabel{kLabelTypes};
constexpr MessageShape kSample{kSampleTypes, 3, &kLabel};
constexpr MessageShape kMapping{kMappingTypes};
constexpr MessageShape kLine{kLineTypes};
constexpr MessageShape kLocation{kLocationTypes, 4, &kLine};
constexpr MessageShape kFunction{kFunctionTypes};

constexpr uint64_t kSampleField = 2;

// 100 times the largest profile seen so far; what a hostile file may inflate to has to stop somewhere.
constexpr size_t kMaxSamples = 100'000'000;
// Every sample has a value of every type. Go writes at most four.
constexpr size_t kMaxSampleTypes = 256;

class PprofReader final : public Reader {
 public:
  PprofReader() : framer_([this](const Field& field) { return OnField(field); }) {}

  bool Append(Bytes chunk) override { return framer_.Append(chunk); }
  Result<Document> Finish(std::optional<Error> input_fault) override;

 private:
  using Handler = bool (PprofReader::*)(const Field&);
  struct FieldRule {
    const char* name = nullptr;  // null: a number that profile.proto does not use
    uint8_t types = 0;
    Handler handler = nullptr;
  };
  static const FieldRule kRules[16];

  // Handlers return false to end the reading.
  bool OnField(const Field& field);
  bool OnSampleType(const Field& field);
  bool OnSample(const Field& field);
  bool OnMapping(const Field& field);
  bool OnLocation(const Field& field);
  bool OnFunction(const Field& field);
  bool OnString(const Field& field);
  bool OnDropFrames(const Field& field) { return SetString(&profile().drop_frames, field); }
  bool OnKeepFrames(const Field& field) { return SetString(&profile().keep_frames, field); }
  bool OnTime(const Field& field);
  bool OnDuration(const Field& field);
  bool OnPeriodType(const Field& field);
  bool OnPeriod(const Field& field);
  bool OnComment(const Field& field);
  bool OnDefaultSampleType(const Field& field) { return SetString(&profile().default_sample_type, field); }
  bool OnDocUrl(const Field& field) { return SetString(&profile().doc_url, field); }

  template <typename Message>
  bool Parse(const Field& field, Message* message, const MessageShape& shape);
  void BadRecord(const Field& field, Code code, std::string_view why);
  void AddValues(const Field& field);
  LabelSetId AddLabels();
  bool SetString(StringId* target, const Field& field);
  void AddComment(uint64_t index) { profile().comments.push_back(PendingString(static_cast<int64_t>(index))); }

  Profile& profile() { return raw_.profile; }

  Framer framer_;
  RawProfile raw_;
  bool has_time_ = false;
  uint64_t sample_count_ = 0;  // also of those left out, for messages

  // One message of a kind, used again and again: its arrays keep their room.
  pb::Sample sample_;
  pb::Location location_;
  pb::Function function_;
  std::vector<LocationId> stack_;
  std::vector<Label> labels_;
};

const PprofReader::FieldRule PprofReader::kRules[16] = {
    {},
    {"sample_type", kBytesOnly, &PprofReader::OnSampleType},
    {"sample", kBytesOnly, &PprofReader::OnSample},
    {"mapping", kBytesOnly, &PprofReader::OnMapping},
    {"location", kBytesOnly, &PprofReader::OnLocation},
    {"function", kBytesOnly, &PprofReader::OnFunction},
    {"string_table", kBytesOnly, &PprofReader::OnString},
    {"drop_frames", kVarintOnly, &PprofReader::OnDropFrames},
    {"keep_frames", kVarintOnly, &PprofReader::OnKeepFrames},
    {"time_nanos", kVarintOnly, &PprofReader::OnTime},
    {"duration_nanos", kVarintOnly, &PprofReader::OnDuration},
    {"period_type", kBytesOnly, &PprofReader::OnPeriodType},
    {"period", kVarintOnly, &PprofReader::OnPeriod},
    {"comment", kPackedOrVarint, &PprofReader::OnComment},
    {"default_sample_type", kVarintOnly, &PprofReader::OnDefaultSampleType},
    {"doc_url", kVarintOnly, &PprofReader::OnDocUrl},
};

bool PprofReader::OnField(const Field& field) {
  if (field.number >= std::size(kRules) || kRules[field.number].handler == nullptr) {
    // The text is made for the first one only: a file may have millions.
    const bool first = !raw_.diagnostics.Has(Issue::kUnknownField);
    raw_.diagnostics.Count(Issue::kUnknownField, field.offset, first ? "field " + std::to_string(field.number) : "");
    return true;
  }
  const FieldRule& rule = kRules[field.number];
  if (field.number == kSampleField) ++sample_count_;
  if (!TypeAllowed(field.type, rule.types)) {
    BadRecord(field, Code::kCorrupt,
              "has wire type " + std::to_string(static_cast<int>(field.type)) + ", which that field never has");
    return true;
  }
  return (this->*rule.handler)(field);
}

// The record is left out and reading goes on behind it: the framing around it is whole.
void PprofReader::BadRecord(const Field& field, Code code, std::string_view why) {
  std::string text = kRules[field.number].name;
  if (field.number == kSampleField) text += ' ' + std::to_string(sample_count_);
  text.append(" ").append(why);
  raw_.diagnostics.Count(Issue::kBadRecord, field.offset, text);
  raw_.SetFault(code, field.offset, std::move(text));
}

template <typename Message>
bool PprofReader::Parse(const Field& field, Message* message, const MessageShape& shape) {
  static_assert(kMaxFieldBytes <= std::numeric_limits<int>::max());
  bool has_unknown = false;
  std::optional<std::string> why = CheckMessage(field.payload, shape, &has_unknown);
  if (!why && !message->ParseFromArray(field.payload.data(), static_cast<int>(field.payload.size()))) {
    why = "protobuf refuses it";
  }
  if (why) {
    BadRecord(field, Code::kCorrupt, "cannot be read: " + *why);
    return false;
  }
  if (has_unknown) raw_.diagnostics.Count(Issue::kUnknownField, field.offset, "inside a record");
  return true;
}

bool PprofReader::OnSampleType(const Field& field) {
  pb::ValueType type;
  if (profile().sample_types.size() == kMaxSampleTypes) {
    BadRecord(field, Code::kTooLarge,
              "is one more than the " + std::to_string(kMaxSampleTypes) + " that a file may have");
    return true;
  }
  if (Parse(field, &type, kValueType)) {
    profile().sample_types.push_back({PendingString(type.type()), PendingString(type.unit())});
  }
  return true;
}

bool PprofReader::OnSample(const Field& field) {
  if (profile().samples.size() >= kMaxSamples) {
    BadRecord(field, Code::kTooLarge,
              "is one more than the " + std::to_string(kMaxSamples) + " that one file may have");
    return false;
  }
  if (!Parse(field, &sample_, kSample)) return true;
  const auto depth = static_cast<size_t>(sample_.location_id_size());
  if (depth > StackTableBuilder::kMaxStackDepth) {
    BadRecord(field, Code::kTooLarge,
              "has a stack of " + std::to_string(depth) + " locations, more than the " +
                  std::to_string(StackTableBuilder::kMaxStackDepth) + " that one stack may have");
    return true;
  }
  AddValues(field);
  profile().samples.labels.push_back(AddLabels());
  stack_.clear();
  for (const uint64_t id : sample_.location_id()) stack_.push_back(LocationId(raw_.location_refs.FindOrAdd(id)));
  if (stack_.empty()) raw_.diagnostics.Count(Issue::kEmptyStackSamples, field.offset);
  profile().samples.stack.push_back(raw_.stacks.Insert(stack_));
  return true;
}

// Writers put the types first; where none came yet, the first sample tells how many there will be. A sample with
// another number of values keeps those that have a type.
void PprofReader::AddValues(const Field& field) {
  SampleTable& samples = profile().samples;
  const auto count = static_cast<size_t>(sample_.value_size());
  const size_t types = profile().sample_types.size();
  if (samples.size() == 0) samples.values.resize(types > 0 ? types : std::min(count, kMaxSampleTypes));
  if (samples.values.size() != count) {
    std::string text = "sample " + std::to_string(sample_count_) + " has " + std::to_string(count) + " values, " +
                       (types > 0 ? "the profile has " + std::to_string(types) + " sample types"
                                  : "those before it have " + std::to_string(samples.values.size()));
    raw_.diagnostics.Count(Issue::kMismatchedValueCount, field.offset, text);
    raw_.SetFault(Code::kCorrupt, field.offset, std::move(text));
  }
  for (size_t i = 0; i < samples.values.size(); ++i) {
    samples.values[i].push_back(i < count ? sample_.value(static_cast<int>(i)) : 0);
  }
}

// google/pprof's rule: a text if its index is not 0, else a number if it or its unit is not 0, else nothing.
LabelSetId PprofReader::AddLabels() {
  labels_.clear();
  for (const pb::Label& label : sample_.label()) {
    const StringId key = PendingString(label.key());
    if (label.str() != 0) {
      labels_.push_back({key, false, PendingString(label.str()), 0, StringId()});
    } else if (label.num() != 0 || label.num_unit() != 0) {
      labels_.push_back({key, true, StringId(), label.num(), PendingString(label.num_unit())});
    }
  }
  return raw_.label_sets.Insert(labels_);
}

bool PprofReader::OnMapping(const Field& field) {
  pb::Mapping mapping;
  if (!Parse(field, &mapping, kMapping)) return true;
  profile().mappings.push_back({mapping.id(), mapping.memory_start(), mapping.memory_limit(), mapping.file_offset(),
                                PendingString(mapping.filename()), PendingString(mapping.build_id()),
                                mapping.has_functions(), mapping.has_filenames(), mapping.has_line_numbers(),
                                mapping.has_inline_frames()});
  return true;
}

bool PprofReader::OnLocation(const Field& field) {
  if (!Parse(field, &location_, kLocation)) return true;
  LocationTable& locations = profile().locations;
  locations.id.push_back(location_.id());
  locations.address.push_back(location_.address());
  locations.is_folded.push_back(location_.is_folded() ? 1 : 0);
  raw_.location_mapping.push_back(location_.mapping_id());
  for (const pb::Line& line : location_.line()) {
    raw_.line_function.push_back(line.function_id());
    locations.line_number.push_back(line.line());
    locations.line_column.push_back(line.column());
  }
  locations.line_begin.push_back(static_cast<uint32_t>(locations.line_number.size()));
  return true;
}

bool PprofReader::OnFunction(const Field& field) {
  if (!Parse(field, &function_, kFunction)) return true;
  FunctionTable& functions = profile().functions;
  functions.id.push_back(function_.id());
  functions.name.push_back(PendingString(function_.name()));
  functions.system_name.push_back(PendingString(function_.system_name()));
  functions.file.push_back(PendingString(function_.filename()));
  functions.start_line.push_back(function_.start_line());
  return true;
}

bool PprofReader::OnString(const Field& field) {
  if (raw_.strings.empty() && !field.payload.empty()) {
    BadRecord(
        field, Code::kCorrupt,
        "begins with a text of " + std::to_string(field.payload.size()) + " bytes, its first entry is always empty");
  }
  raw_.strings.push_back(profile().strings.Intern(AsText(field.payload)));
  return true;
}

// A second time is how google/pprof knows two profiles glued together; a glued one is still the first one's bytes, then
// the second one's.
bool PprofReader::OnTime(const Field& field) {
  if (has_time_ && profile().time_nanos != 0) {
    std::string text =
        "a second profile begins before this byte: the file is several profiles glued together, and only "
        "one that pprof itself merged can be read as one";
    raw_.diagnostics.Count(Issue::kCorruptTail, field.offset, text);
    raw_.SetFault(Code::kCorrupt, field.offset, std::move(text));
    return false;
  }
  has_time_ = true;
  profile().time_nanos = static_cast<int64_t>(field.value);
  return true;
}

bool PprofReader::OnDuration(const Field& field) {
  profile().duration_nanos = static_cast<int64_t>(field.value);
  return true;
}

bool PprofReader::OnPeriodType(const Field& field) {
  pb::ValueType type;
  if (Parse(field, &type, kValueType)) {
    profile().period_type = {PendingString(type.type()), PendingString(type.unit())};
  }
  return true;
}

bool PprofReader::OnPeriod(const Field& field) {
  profile().period = static_cast<int64_t>(field.value);
  return true;
}

bool PprofReader::OnComment(const Field& field) {
  if (field.type == WireType::kVarint) {
    AddComment(field.value);
    return true;
  }
  for (size_t at = 0; at < field.payload.size();) {
    uint64_t index = 0;
    if (ReadVarint(field.payload, &at, &index) != VarintState::kOk) {
      BadRecord(field, Code::kCorrupt, "cannot be read: it ends inside a number");
      return true;
    }
    AddComment(index);
  }
  return true;
}

bool PprofReader::SetString(StringId* target, const Field& field) {
  *target = PendingString(static_cast<int64_t>(field.value));
  return true;
}

Result<Document> PprofReader::Finish(std::optional<Error> input_fault) {
  const std::optional<Error> wire_fault = framer_.Finish();
  // A faulty input ends inside a field as a matter of course; the input's fault tells more.
  const std::optional<Error>& ending = input_fault ? input_fault : wire_fault;
  if (ending) {
    const bool truncated = ending->code == Code::kTruncated;
    raw_.diagnostics.Count(truncated ? Issue::kTruncatedInput : Issue::kCorruptTail, ending->offset, ending->text);
    raw_.SetFault(ending->code, ending->offset, ending->text);
  }
  const bool has_anything = raw_.profile.samples.size() > 0 || !raw_.profile.sample_types.empty();
  if (raw_.fault && !has_anything) return *raw_.fault;
  Resolve(&raw_);
  return Document{"pprof profile", DocumentBody(std::move(raw_.profile)), std::move(raw_.diagnostics),
                  std::move(raw_.fault)};
}

}  // namespace
}  // namespace pprof

std::unique_ptr<Reader> MakePprofReader() { return std::make_unique<pprof::PprofReader>(); }

}  // namespace flametrail
