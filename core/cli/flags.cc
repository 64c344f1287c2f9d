#include "core/cli/flags.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>

namespace flametrail {
namespace {

Error Wrong(std::string text) { return {Code::kInvalid, std::nullopt, std::move(text)}; }

std::optional<bool> ParseBool(std::string_view text) {
  constexpr std::array<std::string_view, 6> kTrue = {"1", "t", "T", "true", "TRUE", "True"};
  constexpr std::array<std::string_view, 6> kFalse = {"0", "f", "F", "false", "FALSE", "False"};
  if (std::find(kTrue.begin(), kTrue.end(), text) != kTrue.end()) return true;
  if (std::find(kFalse.begin(), kFalse.end(), text) != kFalse.end()) return false;
  return std::nullopt;
}

// strconv.ParseInt with base 0, but for underscores.
std::optional<int64_t> ParseInt(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const char mark = static_cast<char>(text[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
    text.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
  }
  uint64_t magnitude = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), magnitude, base);
  constexpr uint64_t kMost = uint64_t{1} << 63;
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (magnitude > (is_negative ? kMost : kMost - 1)) return std::nullopt;
  return static_cast<int64_t>(is_negative ? uint64_t{0} - magnitude : magnitude);
}

// Our standard library in wasm has no from_chars for floating point; nobody sets a locale here, so strtod is exact.
// "1e400" is out of range, as for strconv.ParseFloat; "Inf" is not.
std::optional<double> ParseFloat(std::string_view text) {
  constexpr std::string_view kStarts = "+-.0123456789iInN";
  if (text.empty() || kStarts.find(text[0]) == std::string_view::npos) return std::nullopt;
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size()) return std::nullopt;
  if (std::isinf(value) && text.find_first_of("iI") == std::string_view::npos) return std::nullopt;
  return value;
}

Error BadValue(const FlagSpec& spec, std::string_view value, std::string_view wanted) {
  return Wrong("-" + std::string(spec.name) + " wants " + std::string(wanted) + ", not \"" + std::string(value) + "\"");
}

template <typename T>
T Get(const std::map<std::string, T, std::less<>>& values, std::string_view name, T fallback) {
  const auto at = values.find(name);
  return at == values.end() ? fallback : at->second;
}

}  // namespace

bool ParsedFlags::Bool(std::string_view name, bool fallback) const { return Get(bools_, name, fallback); }
int64_t ParsedFlags::Int(std::string_view name, int64_t fallback) const { return Get(ints_, name, fallback); }
double ParsedFlags::Float(std::string_view name, double fallback) const { return Get(floats_, name, fallback); }
std::string ParsedFlags::Text(std::string_view name, std::string_view fallback) const {
  return Get(texts_, name, std::string(fallback));
}

Status ParsedFlags::Set(const FlagSpec& spec, std::string_view value) {
  // Set to what changes nothing (-focus=), a flag that we lack does no harm.
  const bool is_inert = value.empty() || (spec.kind == FlagKind::kBool && ParseBool(value) == false);
  if (!spec.instead.empty() && !is_inert) {
    return Wrong("-" + std::string(spec.name) +
                 " is a flag of Go's tool that flametrail does not have: " + std::string(spec.instead));
  }
  const std::string name(spec.name);
  switch (spec.kind) {
    case FlagKind::kBool: {
      const auto parsed = ParseBool(value);
      if (!parsed) return BadValue(spec, value, "true or false");
      bools_[name] = *parsed;
      break;
    }
    case FlagKind::kInt: {
      const auto parsed = ParseInt(value);
      if (!parsed) return BadValue(spec, value, "a whole number");
      ints_[name] = *parsed;
      break;
    }
    case FlagKind::kFloat: {
      const auto parsed = ParseFloat(value);
      if (!parsed) return BadValue(spec, value, "a number");
      floats_[name] = *parsed;
      break;
    }
    case FlagKind::kText:
      texts_[name] = std::string(value);
      break;
  }
  return OkStatus();
}

Result<ParsedFlags> ParseFlags(std::span<const std::string> args, std::span<const FlagSpec> specs) {
  ParsedFlags flags;
  bool flags_have_ended = false;
  for (size_t i = 0; i < args.size(); ++i) {
    std::string_view arg = args[i];
    if (flags_have_ended || arg.size() < 2 || arg[0] != '-') {
      flags.files_.emplace_back(arg);
      continue;
    }
    if (arg == "--") {
      flags_have_ended = true;
      continue;
    }
    arg.remove_prefix(arg[1] == '-' ? 2 : 1);
    const size_t equals = arg.find('=');
    const std::string_view name = arg.substr(0, equals);
    const auto spec = std::find_if(specs.begin(), specs.end(), [&](const FlagSpec& s) { return s.name == name; });
    if (spec == specs.end()) return Wrong("there is no flag -" + std::string(name));
    std::string_view value = "true";
    if (equals != std::string_view::npos) {
      value = arg.substr(equals + 1);
    } else if (spec->kind != FlagKind::kBool) {
      if (i + 1 == args.size()) return Wrong("-" + std::string(name) + " wants a value");
      value = args[++i];
    }
    RETURN_IF_ERROR(flags.Set(*spec, value));
  }
  return flags;
}

}  // namespace flametrail
