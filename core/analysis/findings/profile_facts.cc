#include "core/analysis/findings/profile_facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace flametrail {
namespace {

// First elements of the paths of Go's standard library.
constexpr std::string_view kStandard[] = {"archive",
                                          "bufio",
                                          "builtin",
                                          "bytes",
                                          "cmp",
                                          "compress",
                                          "container",
                                          "context",
                                          "crypto",
                                          "database",
                                          "debug",
                                          "embed",
                                          "encoding",
                                          "errors",
                                          "expvar",
                                          "flag",
                                          "fmt",
                                          "go",
                                          "hash",
                                          "html",
                                          "image",
                                          "index",
                                          "internal",
                                          "io",
                                          "iter",
                                          "log",
                                          "maps",
                                          "math",
                                          "mime",
                                          "net",
                                          "os",
                                          "path",
                                          "plugin",
                                          "reflect",
                                          "regexp",
                                          "runtime",
                                          "slices",
                                          "sort",
                                          "strconv",
                                          "strings",
                                          "structs",
                                          "sync",
                                          "syscall",
                                          "testing",
                                          "text",
                                          "time",
                                          "type",
                                          "unicode",
                                          "unique",
                                          "unsafe",
                                          "vendor",
                                          "weak",
                                          "gcWriteBarrier",
                                          "memeqbody",
                                          "indexbytebody",
                                          "cmpbody",
                                          "aeshashbody",
                                          "callRet"};

double Positive(const Profile& profile, size_t type, size_t sample) {
  return static_cast<double>(std::max<int64_t>(0, profile.samples.values[type][sample]));
}

// The type that counts events, beside the one that measures them.
std::optional<size_t> CountTypeOf(const Profile& profile, size_t type) {
  const std::string_view name = profile.Text(profile.sample_types[type].type);
  if (name == "cpu") return TypeNamed(profile, "samples");
  if (name == "delay") return TypeNamed(profile, "contentions");
  if (name == "alloc_space") return TypeNamed(profile, "alloc_objects");
  if (name == "inuse_space") return TypeNamed(profile, "inuse_objects");
  return type;
}

// By StackId, handed down from the root: which functions stand on the way. kNone: none.
constexpr uint32_t kNone = 0xFFFFFFFFu;
struct OnStack {
  std::vector<uint32_t> matched;  // FunctionId of the outermost match
  std::vector<uint8_t> excluded;  // one of `without` is there
  std::vector<uint32_t> own;      // FunctionId of the innermost own code
  std::vector<uint32_t> leaf;     // FunctionId of the innermost function
};

OnStack Mark(const Profile& profile, const std::vector<uint8_t>& is_match, const std::vector<uint8_t>& is_without) {
  const size_t count = profile.stacks.size();
  OnStack marks = {std::vector<uint32_t>(count, kNone), std::vector<uint8_t>(count),
                   std::vector<uint32_t>(count, kNone), std::vector<uint32_t>(count, kNone)};
  std::vector<uint8_t> is_own(profile.functions.size());
  for (size_t f = 0; f < is_own.size(); ++f) is_own[f] = IsOwnCode(profile.Text(profile.functions.name[f]));
  const LocationTable& locations = profile.locations;
  for (size_t i = 1; i < count; ++i) {
    const size_t parent = profile.stacks.parent[i].index();
    marks.matched[i] = marks.matched[parent];
    marks.excluded[i] = marks.excluded[parent];
    marks.own[i] = marks.own[parent];
    marks.leaf[i] = marks.leaf[parent];
    const size_t location = profile.stacks.location[i].index();
    // Outermost line first: inlined ones are nearer the leaf.
    for (uint32_t line = locations.line_begin[location + 1]; line-- > locations.line_begin[location];) {
      const FunctionId function = locations.line_function[line];
      if (function.is_none()) continue;
      marks.leaf[i] = function.value;
      if (is_own[function.index()] != 0) marks.own[i] = function.value;
      if (is_match[function.index()] != 0 && marks.matched[i] == kNone) marks.matched[i] = function.value;
      if (is_without[function.index()] != 0) marks.excluded[i] = 1;
    }
  }
  return marks;
}

std::vector<uint8_t> MatchFunctions(const Profile& profile, std::span<const std::string_view> names) {
  std::vector<uint8_t> matches(profile.functions.size());
  for (size_t f = 0; f < matches.size(); ++f) matches[f] = MatchesName(profile.Text(profile.functions.name[f]), names);
  return matches;
}

// The entry with the most, the first by name among equals.
std::pair<std::string, double> Largest(const Profile& profile, const std::map<uint32_t, double>& sums) {
  std::pair<std::string, double> best = {"", 0};
  for (const auto& [function, sum] : sums) {
    std::string name(profile.Text(profile.functions.name[function]));
    if (sum > best.second || (sum == best.second && sum > 0 && name < best.first)) best = {std::move(name), sum};
  }
  return best;
}

}  // namespace

std::string ProgramOf(const Profile& profile) {
  if (profile.mappings.empty()) return "";
  return std::string(profile.Text(profile.mappings[0].file)) + "\n" +
         std::string(profile.Text(profile.mappings[0].build_id));
}

std::optional<size_t> TypeNamed(const Profile& profile, std::string_view type) {
  for (size_t i = 0; i < profile.sample_types.size(); ++i) {
    if (profile.Text(profile.sample_types[i].type) == type) return i;
  }
  return std::nullopt;
}

double TotalOf(const Profile& profile, size_t type) {
  double total = 0;
  for (size_t i = 0; i < profile.samples.size(); ++i) total += Positive(profile, type, i);
  return total;
}

uint64_t SampleCount(const Profile& profile) {
  const auto samples = TypeNamed(profile, "samples");
  return samples ? static_cast<uint64_t>(TotalOf(profile, *samples)) : profile.samples.size();
}

bool MatchesName(std::string_view name, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view wanted) {
    if (!wanted.ends_with('*')) return name == wanted;
    return name.starts_with(wanted.substr(0, wanted.size() - 1));
  });
}

std::string FocusOf(std::span<const std::string_view> names) {
  std::string expression;
  for (std::string_view name : names) {
    expression += expression.empty() ? "^(" : "|";
    const bool prefix = name.ends_with('*');
    if (prefix) name.remove_suffix(1);
    for (const char c : name) {
      if (std::string_view(".*()[]{}+?^$|\\").find(c) != std::string_view::npos) expression += '\\';
      expression += c;
    }
    if (!prefix) expression += '$';
  }
  return expression.empty() ? expression : expression + ")";
}

bool IsOwnCode(std::string_view function) {
  // "net/http.(*conn).serve": the path's first element; "main.main": the package.
  const std::string_view first = function.substr(0, function.find_first_of("/."));
  if (first.empty() || function.starts_with('_')) return false;
  if (function.find_first_of("/.") == std::string_view::npos) return false;
  // A dot before the first slash is a host: "example.com/...", never the library.
  const size_t slash = function.find('/');
  if (slash != std::string_view::npos && function.substr(0, slash).find('.') != std::string_view::npos) {
    return !function.starts_with("golang.org/x/sys");
  }
  return std::find(std::begin(kStandard), std::end(kStandard), first) == std::end(kStandard);
}

Matching SumMatching(const Profile& profile, size_t type, std::span<const std::string_view> names, bool leaf_only,
                     std::span<const std::string_view> without) {
  const std::vector<uint8_t> is_match = MatchFunctions(profile, names);
  const OnStack marks = Mark(profile, is_match, MatchFunctions(profile, without));
  const auto count_type = CountTypeOf(profile, type);
  Matching result;
  std::map<uint32_t, double> by_function;
  std::map<uint32_t, double> by_own;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    const size_t stack = profile.samples.stack[i].index();
    const uint32_t leaf = marks.leaf[stack];
    const bool matches = leaf_only ? leaf != kNone && is_match[leaf] != 0 : marks.matched[stack] != kNone;
    if (!matches || marks.excluded[stack] != 0) continue;
    const double value = Positive(profile, type, i);
    result.value += value;
    result.count += count_type ? Positive(profile, *count_type, i) : 1;
    by_function[leaf_only ? leaf : marks.matched[stack]] += value;
    if (marks.own[stack] != kNone) by_own[marks.own[stack]] += value;
  }
  result.function = Largest(profile, by_function).first;
  std::tie(result.where, result.where_value) = Largest(profile, by_own);
  return result;
}

std::vector<Site> SumBySite(const Profile& profile, size_t type) {
  const std::vector<uint8_t> none(profile.functions.size());
  const OnStack marks = Mark(profile, none, none);
  std::map<std::string_view, std::vector<double>> sums;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    const size_t stack = profile.samples.stack[i].index();
    const uint32_t function = marks.own[stack] != kNone ? marks.own[stack] : marks.leaf[stack];
    if (function == kNone) continue;
    std::vector<double>& values = sums[profile.Text(profile.functions.name[function])];
    values.resize(profile.sample_types.size());
    for (size_t t = 0; t < values.size(); ++t) values[t] += Positive(profile, t, i);
  }
  std::vector<Site> sites;
  sites.reserve(sums.size());
  for (auto& [function, values] : sums) sites.push_back({std::string(function), std::move(values)});
  std::stable_sort(sites.begin(), sites.end(),
                   [&](const Site& a, const Site& b) { return a.values[type] > b.values[type]; });
  return sites;
}

Certainty CertaintyFrom(double samples) {
  constexpr double kMany = 100;
  constexpr double kSome = 30;
  return samples >= kMany ? Certainty::kHigh : samples >= kSome ? Certainty::kMedium : Certainty::kLow;
}

}  // namespace flametrail
