// The one model of every profile format: columns and ids. Readers append, then nobody changes it: analyses take it
// const. Source of meaning: google/pprof proto/profile.proto.
#ifndef CORE_MODEL_PROFILE_H_
#define CORE_MODEL_PROFILE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/string_pool.h"
#include "core/model/stack_table.h"

namespace flametrail {

using MappingId = Id<struct MappingTag>;
using FunctionId = Id<struct FunctionTag>;
using LabelSetId = Id<struct LabelSetTag>;
using SampleId = Id<struct SampleTag>;

struct ValueType {
  StringId type;  // "cpu", "alloc_space"
  StringId unit;  // "nanoseconds", "bytes", "count"
};

struct Mapping {
  uint64_t id = 0;  // as in the file, for reports that print it
  uint64_t start = 0;
  uint64_t limit = 0;
  uint64_t offset = 0;
  StringId file;
  StringId build_id;
  bool has_functions = false;
  bool has_filenames = false;
  bool has_line_numbers = false;
  bool has_inline_frames = false;
};

// Columns by FunctionId.
struct FunctionTable {
  std::vector<uint64_t> id;  // as in the file
  std::vector<StringId> name;
  std::vector<StringId> system_name;
  std::vector<StringId> file;
  std::vector<int64_t> start_line;  // 0: not known

  size_t size() const { return id.size(); }
};

// Columns by LocationId. Lines of location l are [line_begin[l], line_begin[l + 1]), innermost first: all but the last
// are inlined into the one after them. A location without lines is an address without symbol.
struct LocationTable {
  std::vector<uint64_t> id;  // as in the file
  std::vector<MappingId> mapping;
  std::vector<uint64_t> address;
  std::vector<uint8_t> is_folded;
  std::vector<uint32_t> line_begin = {0};  // size() + 1

  std::vector<FunctionId> line_function;  // None: the file names no function here
  std::vector<int64_t> line_number;
  std::vector<int64_t> line_column;

  size_t size() const { return id.size(); }
};

struct Label {
  StringId key;
  bool is_number = false;
  StringId text;       // when not is_number
  int64_t number = 0;  // when is_number
  StringId unit;       // of number; may be empty

  bool operator==(const Label&) const = default;
};

// Sets of labels, each kept once, in the order of the file. Set 0 is the empty one.
struct LabelSetTable {
  static constexpr LabelSetId kEmpty = LabelSetId(0u);

  std::vector<uint32_t> begin = {0, 0};  // size() + 1
  std::vector<Label> labels;

  size_t size() const { return begin.size() - 1; }
};

// Columns by SampleId, in the order of the file.
struct SampleTable {
  std::vector<StackId> stack;
  std::vector<LabelSetId> labels;
  std::vector<std::vector<int64_t>> values;  // [sample type][sample]

  size_t size() const { return stack.size(); }
};

struct Profile {
  StringPool strings;
  std::vector<ValueType> sample_types;
  StringId default_sample_type = StringPool::kEmpty;  // a type's name, or empty
  std::vector<StringId> comments;
  StringId drop_frames = StringPool::kEmpty;  // regular expressions, as in the file
  StringId keep_frames = StringPool::kEmpty;
  StringId doc_url = StringPool::kEmpty;
  int64_t time_nanos = 0;  // since the Unix epoch; 0: not known
  int64_t duration_nanos = 0;
  ValueType period_type = {StringPool::kEmpty, StringPool::kEmpty};
  int64_t period = 0;

  std::vector<Mapping> mappings;  // by MappingId; the first is the main binary
  FunctionTable functions;
  LocationTable locations;
  StackTable stacks;
  SampleTable samples;
  LabelSetTable label_sets;
  // Units of numeric labels by key, as they were before filters; empty: NumberLabelUnits (filter_tags.h) finds them.
  std::map<StringId, std::string> number_units;

  std::string_view Text(StringId id) const { return strings.View(id); }
};

// The sample type that `name` asks for, by the rules of google/pprof profile/index.go SampleIndexByName: empty is the
// default sample type or else the last; an index; a type's name; a name without its "inuse_". None: no such type.
std::optional<size_t> SampleTypeIndex(const Profile& profile, std::string_view name);

}  // namespace flametrail

#endif  // CORE_MODEL_PROFILE_H_
