#include "core/analysis/name_match.h"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

namespace flametrail {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Behind these a number is the compiler's or the editor's, not the person's.
constexpr std::string_view kBeforeNumbers[] = {".func", ".gowrap", ".deferwrap", "-range", ":", "."};

bool EndsWithCounted(std::string_view text) {
  return std::any_of(std::begin(kBeforeNumbers), std::end(kBeforeNumbers),
                     [&](std::string_view before) { return text.ends_with(before); });
}

// "a/p/v2.F" and "a/p/v2/q.F": the element goes.
std::string WithoutMajorVersion(std::string_view name) {
  std::string out;
  for (size_t at = 0; at < name.size();) {
    if (name[at] == '/' && at + 2 < name.size() && name[at + 1] == 'v' && IsDigit(name[at + 2])) {
      size_t end = at + 2;
      while (end < name.size() && IsDigit(name[end])) ++end;
      if (end < name.size() && (name[end] == '/' || name[end] == '.')) {
        at = end;
        continue;
      }
    }
    out += name[at++];
  }
  return out;
}

struct Unmatched {
  std::vector<uint32_t> old_ones;
  std::vector<uint32_t> new_ones;
};

class Matcher {
 public:
  Matcher(std::span<const std::string_view> old_names, std::span<const std::string_view> new_names)
      : old_names_(old_names), new_names_(new_names), is_taken_(new_names.size(), false) {
    out_.new_of_old.assign(old_names.size(), NamePairs::kNone);
    out_.kind.assign(old_names.size(), MatchKind::kOldOnly);
  }

  void MatchEqual() {
    std::unordered_map<std::string_view, uint32_t> by_name;
    for (uint32_t i = 0; i < new_names_.size(); ++i) by_name.emplace(new_names_[i], i);
    for (uint32_t i = 0; i < old_names_.size(); ++i) {
      const auto found = by_name.find(old_names_[i]);
      if (found != by_name.end()) Take(i, found->second, MatchKind::kSame);
    }
  }

  // Of those without a match, by what `key` makes of their names.
  void MatchAlike(const std::function<std::string(std::string_view)>& key, MatchKind kind) {
    std::map<std::string, Unmatched> groups;
    for (uint32_t i = 0; i < old_names_.size(); ++i) {
      if (out_.new_of_old[i] == NamePairs::kNone) groups[key(old_names_[i])].old_ones.push_back(i);
    }
    for (uint32_t i = 0; i < new_names_.size(); ++i) {
      if (is_taken_[i]) continue;
      const auto group = groups.find(key(new_names_[i]));
      if (group != groups.end()) group->second.new_ones.push_back(i);
    }
    for (auto& [text, group] : groups) {
      if (group.old_ones.size() != group.new_ones.size()) continue;
      SortByName(old_names_, &group.old_ones);
      SortByName(new_names_, &group.new_ones);
      for (size_t i = 0; i < group.old_ones.size(); ++i) Take(group.old_ones[i], group.new_ones[i], kind);
    }
  }

  NamePairs Finish() { return std::move(out_); }

 private:
  // Shorter first, so that "func2" stands before "func10".
  static void SortByName(std::span<const std::string_view> names, std::vector<uint32_t>* indexes) {
    std::sort(indexes->begin(), indexes->end(), [&](uint32_t a, uint32_t b) {
      return names[a].size() != names[b].size() ? names[a].size() < names[b].size() : names[a] < names[b];
    });
  }
  void Take(uint32_t old_one, uint32_t new_one, MatchKind kind) {
    out_.new_of_old[old_one] = new_one;
    out_.kind[old_one] = kind;
    is_taken_[new_one] = true;
  }

  std::span<const std::string_view> old_names_;
  std::span<const std::string_view> new_names_;
  std::vector<bool> is_taken_;
  NamePairs out_;
};

}  // namespace

std::string PlainName(std::string_view name) {
  std::string out;
  int depth = 0;
  for (size_t at = 0; at < name.size();) {
    const char c = name[at];
    if (c == '[' && depth++ == 0) out += "[...]";
    if (depth > 0) {
      if (c == ']') --depth;
      ++at;
      continue;
    }
    if (IsDigit(c) && EndsWithCounted(out)) {
      out += '#';
      while (at < name.size() && IsDigit(name[at])) ++at;
      continue;
    }
    out += c;
    ++at;
  }
  return out;
}

std::string LastElement(std::string_view plain_name) {
  const std::string name = WithoutMajorVersion(plain_name);
  // Slashes of a receiver's type arguments are gone in a plain name; those of a path stand before the first "(".
  const size_t slash = name.substr(0, name.find('(')).rfind('/');
  return slash == std::string::npos ? name : name.substr(slash + 1);
}

NamePairs MatchNames(std::span<const std::string_view> old_names, std::span<const std::string_view> new_names) {
  Matcher matcher(old_names, new_names);
  matcher.MatchEqual();
  matcher.MatchAlike(PlainName, MatchKind::kRenamed);
  matcher.MatchAlike([](std::string_view name) { return LastElement(PlainName(name)); }, MatchKind::kMoved);
  return matcher.Finish();
}

}  // namespace flametrail
