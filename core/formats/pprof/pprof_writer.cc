// Written by hand, not through protobuf's runtime: the reference packs numbers only from three on, which the runtime
// cannot be told, and a message of ours never exists as an object.
#include "core/formats/pprof/pprof_writer.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace flametrail {
namespace {

constexpr size_t kFlushBytes = size_t{1} << 16;
constexpr size_t kPackFrom = 3;

void AppendVarint(uint64_t value, std::string* out) {
  char bytes[10];
  size_t size = 0;
  for (; value >= 0x80; value >>= 7) bytes[size++] = static_cast<char>(value | 0x80);
  bytes[size++] = static_cast<char>(value);
  out->append(bytes, size);
}

class Message {
 public:
  void Number(uint32_t field, uint64_t value) {
    AppendVarint(uint64_t{field} << 3, &bytes_);
    AppendVarint(value, &bytes_);
  }
  void Optional(uint32_t field, uint64_t value) {
    if (value != 0) Number(field, value);
  }
  void Signed(uint32_t field, int64_t value) { Optional(field, static_cast<uint64_t>(value)); }
  void Bytes(uint32_t field, std::string_view content) {
    AppendVarint((uint64_t{field} << 3) | 2, &bytes_);
    AppendVarint(content.size(), &bytes_);
    bytes_ += content;
  }
  void Numbers(uint32_t field, const std::vector<uint64_t>& values) {
    if (values.size() < kPackFrom) {
      for (const uint64_t value : values) Number(field, value);
      return;
    }
    packed_.clear();
    for (const uint64_t value : values) AppendVarint(value, &packed_);
    Bytes(field, packed_);
  }

  const std::string& bytes() const { return bytes_; }
  void Clear() { bytes_.clear(); }

 private:
  std::string bytes_;
  std::string packed_;  // of Numbers, kept for its memory
};

// Texts get the next index when they are first named.
class Strings {
 public:
  explicit Strings(const StringPool& texts) : texts_(texts), index_(texts.size(), kNone) { Index(StringPool::kEmpty); }

  uint64_t Index(StringId text) {
    uint32_t& index = index_[text.index()];
    if (index == kNone) {
      index = static_cast<uint32_t>(order_.size());
      order_.push_back(text);
    }
    return index;
  }
  void Write(Message* out) const {
    for (const StringId text : order_) out->Bytes(6, texts_.View(text));
  }

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFFu;
  const StringPool& texts_;
  std::vector<uint32_t> index_;
  std::vector<StringId> order_;
};

class Writer {
 public:
  Writer(const Profile& profile, const std::function<void(Bytes)>& sink)
      : profile_(profile), sink_(sink), strings_(profile.strings) {}

  void Run() {
    for (const ValueType& type : profile_.sample_types) Type(1, type);
    for (size_t i = 0; i < profile_.samples.size(); ++i) Sample(i);
    for (const Mapping& mapping : profile_.mappings) Map(mapping);
    for (size_t i = 0; i < profile_.locations.size(); ++i) Location(i);
    for (size_t i = 0; i < profile_.functions.size(); ++i) Function(i);
    Tail();
    Flush();
  }

 private:
  void Put(uint32_t field) {
    out_.Bytes(field, record_.bytes());
    record_.Clear();
    if (out_.bytes().size() >= kFlushBytes) Flush();
  }
  void Flush() {
    if (!out_.bytes().empty()) sink_(AsBytes(out_.bytes()));
    out_.Clear();
  }

  void Type(uint32_t field, const ValueType& type) {
    record_.Optional(1, strings_.Index(type.type));
    record_.Optional(2, strings_.Index(type.unit));
    Put(field);
  }
  void Sample(size_t sample);
  void Labels(LabelSetId set);
  void Map(const Mapping& mapping);
  void Location(size_t location);
  void Function(size_t function);
  void Tail();

  const Profile& profile_;
  const std::function<void(Bytes)>& sink_;
  Strings strings_;
  Message out_;
  Message record_;  // the one that is being put together
  Message nested_;
  std::vector<LocationId> stack_;
  std::vector<uint64_t> numbers_;
};

void Writer::Sample(size_t sample) {
  profile_.stacks.Expand(profile_.samples.stack[sample], &stack_);
  numbers_.clear();
  for (const LocationId location : stack_) numbers_.push_back(profile_.locations.id[location.index()]);
  record_.Numbers(1, numbers_);
  numbers_.clear();
  for (const auto& values : profile_.samples.values) numbers_.push_back(static_cast<uint64_t>(values[sample]));
  record_.Numbers(2, numbers_);
  Labels(profile_.samples.labels[sample]);
  Put(2);
}

// Texts by key, then numbers by key. A number's unit is written as soon as one number of its key has a unit; all of
// that is the same for us, as an empty unit is index 0, which is left out.
void Writer::Labels(LabelSetId set) {
  const LabelSetTable& sets = profile_.label_sets;
  std::vector<Label> labels(sets.labels.begin() + sets.begin[set.index()],
                            sets.labels.begin() + sets.begin[set.index() + 1]);
  std::stable_sort(labels.begin(), labels.end(), [&](const Label& a, const Label& b) {
    if (a.is_number != b.is_number) return !a.is_number;
    return profile_.Text(a.key) < profile_.Text(b.key);
  });
  for (const Label& label : labels) {
    nested_.Clear();
    nested_.Optional(1, strings_.Index(label.key));
    if (label.is_number) {
      nested_.Signed(3, label.number);
      nested_.Optional(4, strings_.Index(label.unit));
    } else {
      nested_.Optional(2, strings_.Index(label.text));
    }
    record_.Bytes(3, nested_.bytes());
  }
}

void Writer::Map(const Mapping& mapping) {
  record_.Optional(1, mapping.id);
  record_.Optional(2, mapping.start);
  record_.Optional(3, mapping.limit);
  record_.Optional(4, mapping.offset);
  record_.Optional(5, strings_.Index(mapping.file));
  record_.Optional(6, strings_.Index(mapping.build_id));
  record_.Optional(7, mapping.has_functions);
  record_.Optional(8, mapping.has_filenames);
  record_.Optional(9, mapping.has_line_numbers);
  record_.Optional(10, mapping.has_inline_frames);
  Put(3);
}

void Writer::Location(size_t location) {
  const LocationTable& locations = profile_.locations;
  record_.Optional(1, locations.id[location]);
  const MappingId mapping = locations.mapping[location];
  if (!mapping.is_none()) record_.Optional(2, profile_.mappings[mapping.index()].id);
  record_.Optional(3, locations.address[location]);
  for (uint32_t line = locations.line_begin[location]; line < locations.line_begin[location + 1]; ++line) {
    nested_.Clear();
    const FunctionId function = locations.line_function[line];
    if (!function.is_none()) nested_.Optional(1, profile_.functions.id[function.index()]);
    nested_.Signed(2, locations.line_number[line]);
    nested_.Signed(3, locations.line_column[line]);
    record_.Bytes(4, nested_.bytes());
  }
  record_.Optional(5, locations.is_folded[location]);
  Put(4);
}

void Writer::Function(size_t function) {
  const FunctionTable& functions = profile_.functions;
  record_.Optional(1, functions.id[function]);
  record_.Optional(2, strings_.Index(functions.name[function]));
  record_.Optional(3, strings_.Index(functions.system_name[function]));
  record_.Optional(4, strings_.Index(functions.file[function]));
  record_.Signed(5, functions.start_line[function]);
  Put(5);
}

// The last texts are named before the string table is written, the fields that name them come after it.
void Writer::Tail() {
  Message tail;
  tail.Optional(7, strings_.Index(profile_.drop_frames));
  tail.Optional(8, strings_.Index(profile_.keep_frames));
  tail.Signed(9, profile_.time_nanos);
  tail.Signed(10, profile_.duration_nanos);
  Message period_type;
  period_type.Optional(1, strings_.Index(profile_.period_type.type));
  period_type.Optional(2, strings_.Index(profile_.period_type.unit));
  if (!period_type.bytes().empty()) tail.Bytes(11, period_type.bytes());
  tail.Signed(12, profile_.period);
  numbers_.clear();
  for (const StringId comment : profile_.comments) numbers_.push_back(strings_.Index(comment));
  tail.Numbers(13, numbers_);
  tail.Number(14, strings_.Index(profile_.default_sample_type));
  tail.Optional(15, strings_.Index(profile_.doc_url));
  strings_.Write(&out_);
  Flush();
  sink_(AsBytes(tail.bytes()));
}

}  // namespace

void WritePprof(const Profile& profile, const std::function<void(Bytes)>& sink) { Writer(profile, sink).Run(); }

}  // namespace flametrail
