// Bytes of profiles for tests: right ones from a picture, wrong ones field by field. Does not use proto/profile.proto,
// so that it can write what no valid encoder would, and so that a wrong field number there does not go unseen.
#ifndef TESTS_CORE_SUPPORT_PROFILE_BUILDER_H_
#define TESTS_CORE_SUPPORT_PROFILE_BUILDER_H_

#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flametrail::testing {

std::string VarintBytes(uint64_t value);
// `value` in exactly `size` bytes (1..), the last ones padded with zeros: 10 is the longest that a reader must take.
std::string PaddedVarint(uint64_t value, size_t size);

// One message, field by field.
class Message {
 public:
  Message& Varint(uint64_t field, uint64_t value);
  Message& Bytes(uint64_t field, std::string_view payload);
  Message& Sub(uint64_t field, const Message& message) { return Bytes(field, message.bytes()); }
  Message& Packed(uint64_t field, std::span<const uint64_t> values);
  Message& Fixed32(uint64_t field, uint32_t value);
  Message& Fixed64(uint64_t field, uint64_t value);
  Message& Tag(uint64_t field, uint64_t wire_type);
  Message& Raw(std::string_view bytes);

  const std::string& bytes() const { return bytes_; }
  size_t size() const { return bytes_.size(); }

 private:
  std::string bytes_;
};

// A whole profile; indexes, ids and fields are right unless the caller gives wrong ones. Build() writes sample types,
// samples, mappings, locations, functions, strings, scalars, extra: the order that Go's runtime and pprof write.
class ProfileBuilder {
 public:
  ProfileBuilder();

  uint64_t String(std::string_view text);
  ProfileBuilder& SampleType(std::string_view type, std::string_view unit);
  // Ids count from 1.
  uint64_t Mapping(std::string_view file, std::string_view build_id = "");
  uint64_t Function(std::string_view name, std::string_view file = "main.go", int64_t start_line = 0);
  // Function names innermost first, "name" or "name:line".
  uint64_t Location(std::initializer_list<std::string_view> lines, uint64_t mapping = 0, uint64_t address = 0);
  ProfileBuilder& Sample(std::initializer_list<uint64_t> locations, std::initializer_list<int64_t> values);
  // Labels of the next Sample.
  ProfileBuilder& TextLabel(std::string_view key, std::string_view text);
  ProfileBuilder& NumberLabel(std::string_view key, int64_t number, std::string_view unit = "");

  // Fields of Profile, in the order of the calls, behind everything else.
  Message& scalars() { return scalars_; }
  Message& extra() { return extra_; }
  // Anything as a whole message of these kinds.
  Message& samples() { return samples_; }
  Message& mappings() { return mappings_; }
  Message& locations() { return locations_; }
  Message& functions() { return functions_; }

  std::string Build() const;

 private:
  uint64_t FunctionOf(std::string_view name);

  Message types_, samples_, mappings_, locations_, functions_, scalars_, extra_;
  Message labels_;  // of the next sample
  std::vector<std::string> strings_;
  std::map<std::string, uint64_t, std::less<>> string_index_;
  std::map<std::string, uint64_t, std::less<>> function_by_name_;
  uint64_t mapping_count_ = 0;
  uint64_t location_count_ = 0;
};

// A profile with one sample type (samples/count) from folded stacks: "main;run;read 3\nmain;run 1".
std::string FoldedProfileBytes(std::string_view folded);

// Field numbers of Profile, for the tests' readability.
namespace field {
inline constexpr uint64_t kSampleType = 1, kSample = 2, kMapping = 3, kLocation = 4, kFunction = 5, kString = 6,
                          kDropFrames = 7, kKeepFrames = 8, kTime = 9, kDuration = 10, kPeriodType = 11, kPeriod = 12,
                          kComment = 13, kDefaultType = 14, kDocUrl = 15;
}  // namespace field

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_PROFILE_BUILDER_H_
