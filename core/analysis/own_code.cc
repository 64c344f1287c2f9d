#include "core/analysis/own_code.h"

#include <algorithm>
#include <string_view>

namespace flametrail {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsDependency(std::string_view file) {
  if (file.find("/vendor/") != std::string_view::npos) return true;
  for (size_t at = file.find("@v"); at != std::string_view::npos; at = file.find("@v", at + 2)) {
    if (at + 2 < file.size() && IsDigit(file[at + 2])) return true;
  }
  return false;
}

bool IsIn(std::string_view package, std::string_view root) {
  return package.starts_with(root) && (package.size() == root.size() || package[root.size()] == '/');
}

}  // namespace

std::vector<uint8_t> SquashedFrames(const FrameColumns& frames, const StringPool& texts, const SquashRules& rules) {
  std::vector<uint8_t> squashed(frames.name.size(), 0);
  for (size_t frame = 0; frame < squashed.size(); ++frame) {
    const auto kind = static_cast<FrameKind>(frames.kind[frame]);
    bool is_squashed =
        (rules.standard && kind == FrameKind::kStandard) || (rules.runtime && kind == FrameKind::kRuntime);
    if (!is_squashed && rules.dependencies) is_squashed = IsDependency(texts.View(StringId(frames.file[frame])));
    if (!is_squashed && !rules.packages.empty()) {
      const std::string_view package = texts.View(StringId(frames.package[frame]));
      is_squashed = std::any_of(rules.packages.begin(), rules.packages.end(),
                                [&](const std::string& root) { return !root.empty() && IsIn(package, root); });
    }
    squashed[frame] = is_squashed;
  }
  return squashed;
}

}  // namespace flametrail
