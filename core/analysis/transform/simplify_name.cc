#include "core/analysis/transform/simplify_name.h"

namespace flametrail {

std::string_view SimplifyName(std::string_view name) {
  if (name.starts_with('.')) name.remove_prefix(1);
  for (size_t at = 0; (at = name.find('(', at)) != std::string_view::npos;) {
    constexpr std::string_view kAnonymous = "(anonymous namespace)";
    constexpr std::string_view kOperator = "operator";
    if (name.substr(at).starts_with(kAnonymous)) {
      at += kAnonymous.size();
    } else if (name.substr(0, at).ends_with(kOperator) && name.substr(at).starts_with("()")) {
      at += 2;
    } else {
      return name.substr(0, at);
    }
  }
  return name;
}

}  // namespace flametrail
