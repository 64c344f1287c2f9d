#include "core/model/profile.h"

#include <charconv>

namespace flametrail {
namespace {

std::optional<size_t> FindType(const Profile& profile, std::string_view name, std::string_view other_name) {
  for (size_t i = 0; i < profile.sample_types.size(); ++i) {
    const std::string_view type = profile.Text(profile.sample_types[i].type);
    if (type == name || type == other_name) return i;
  }
  return std::nullopt;
}

// strconv.Atoi: an optional sign and digits, nothing else. Too large for int64 is not a number either.
std::optional<int64_t> ParseInt(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<size_t> SampleTypeIndex(const Profile& profile, std::string_view name) {
  const size_t count = profile.sample_types.size();
  if (name.empty()) {
    if (count == 0) return std::nullopt;
    const std::string_view wanted = profile.Text(profile.default_sample_type);
    if (wanted.empty()) return count - 1;
    return FindType(profile, wanted, wanted).value_or(count - 1);
  }
  if (const auto index = ParseInt(name)) {
    if (*index < 0 || static_cast<uint64_t>(*index) >= count) return std::nullopt;
    return static_cast<size_t>(*index);
  }
  constexpr std::string_view kInuse = "inuse_";
  return FindType(profile, name, name.starts_with(kInuse) ? name.substr(kInuse.size()) : name);
}

}  // namespace flametrail
