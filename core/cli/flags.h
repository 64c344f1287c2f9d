// Command-line flags in Go's way: -name=value, -name value, --name; a boolean flag takes its value only after "=".
// Unlike Go's, ours may also stand after file names; "--" ends them.
#ifndef CORE_CLI_FLAGS_H_
#define CORE_CLI_FLAGS_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace flametrail {

enum class FlagKind : uint8_t { kBool, kInt, kFloat, kText };

struct FlagSpec {
  std::string_view name;
  FlagKind kind;
  std::string_view instead = {};  // what to do instead of a flag that only the Go tool has; empty: it is ours too
};

class ParsedFlags {
 public:
  bool Bool(std::string_view name, bool fallback = false) const;
  int64_t Int(std::string_view name, int64_t fallback) const;
  double Float(std::string_view name, double fallback) const;
  std::string Text(std::string_view name, std::string_view fallback) const;
  const std::vector<std::string>& files() const { return files_; }

 private:
  friend Result<ParsedFlags> ParseFlags(std::span<const std::string> args, std::span<const FlagSpec> specs);

  Status Set(const FlagSpec& spec, std::string_view value);

  // The last of several wins, as in Go.
  std::map<std::string, bool, std::less<>> bools_;
  std::map<std::string, int64_t, std::less<>> ints_;
  std::map<std::string, double, std::less<>> floats_;
  std::map<std::string, std::string, std::less<>> texts_;
  std::vector<std::string> files_;
};

// Errors are kInvalid and say which flag.
Result<ParsedFlags> ParseFlags(std::span<const std::string> args, std::span<const FlagSpec> specs);

}  // namespace flametrail

#endif  // CORE_CLI_FLAGS_H_
