#include "tests/core/support/trace_profile.h"

#include <algorithm>
#include <vector>

namespace flametrail::testing {

std::string Folded(const Profile& profile) {
  std::vector<std::string> lines;
  std::vector<LocationId> stack;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    profile.stacks.Expand(profile.samples.stack[i], &stack);
    std::string line;
    for (size_t k = stack.size(); k-- > 0;) {
      const uint32_t at = profile.locations.line_begin[stack[k].index()];
      const FunctionId function = profile.locations.line_function[at];
      line += (line.empty() ? "" : ";") + std::string(profile.Text(profile.functions.name[function.index()]));
    }
    if (line.empty()) line = "(none)";
    for (const auto& values : profile.samples.values) line += " " + std::to_string(values[i]);
    lines.push_back(line + "\n");
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

}  // namespace flametrail::testing
