#include "core/base/paths.h"

#include <algorithm>
#include <vector>

namespace flametrail {

std::string CleanPath(std::string_view path) {
  const bool is_rooted = path.starts_with('/');
  std::vector<std::string_view> kept;
  size_t parents = 0;  // leading ".." of a relative path: nothing before them can be taken back
  for (size_t at = 0; at < path.size();) {
    const size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view element = path.substr(at, slash - at);
    at = slash + 1;
    if (element.empty() || element == ".") continue;
    if (element != "..") {
      kept.push_back(element);
    } else if (kept.size() > parents) {
      kept.pop_back();
    } else if (!is_rooted) {
      kept.push_back(element);
      ++parents;
    }
  }
  std::string clean = is_rooted ? "/" : "";
  for (size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) clean += '/';
    clean += kept[i];
  }
  return clean.empty() ? "." : clean;
}

bool NeedsCleaning(std::string_view path) {
  if (path.empty() || (path.size() > 1 && path.ends_with('/'))) return true;
  // Elements "", "." and ".." start with a slash or a dot: look closer only there.
  size_t start = path.starts_with('/') ? 1 : 0;
  while (start < path.size()) {
    const size_t slash = std::min(path.find('/', start), path.size());
    const std::string_view element = path.substr(start, slash - start);
    if (element.empty() || element == "." || element == "..") return path != "." && CleanPath(path) != path;
    start = slash + 1;
  }
  return false;
}

std::string_view PathBase(std::string_view path) {
  if (path.empty()) return ".";
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) return "/";
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace flametrail
