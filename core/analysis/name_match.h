// Which function of one build is which of another. Compilers number closures, print type arguments differently from
// version to version, and people move packages; a comparison must not tell such functions apart.
#ifndef CORE_ANALYSIS_NAME_MATCH_H_
#define CORE_ANALYSIS_NAME_MATCH_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace flametrail {

enum class MatchKind : uint8_t {
  kSame,
  kRenamed,  // but for numbers of closures and lines, and for type arguments
  kMoved,    // the same package name and function under another import path
  kOldOnly,
  kNewOnly,
};

// Without what differs between builds: "p.F.func2.1" → "p.F.func#.#", "p.F[go.shape.int]" → "p.F[...]",
// "p.F a.go:12" → "p.F a.go:#".
std::string PlainName(std::string_view name);
// The last element of the import path and what follows; a major version is no element ("a/p/v2.F" → "p.F").
std::string LastElement(std::string_view plain_name);

struct NamePairs {
  static constexpr uint32_t kNone = 0xFFFFFFFFu;
  std::vector<uint32_t> new_of_old;  // by old index
  std::vector<MatchKind> kind;       // by old index: of the match, or kOldOnly
};

// Equal names first; of the rest those that are alike, where each side has the same number of them (then in order).
// Each list names each function once.
NamePairs MatchNames(std::span<const std::string_view> old_names, std::span<const std::string_view> new_names);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_NAME_MATCH_H_
