// Go's path/filepath on Unix, for texts from profiles: the same on every system we run on.
#ifndef CORE_BASE_PATHS_H_
#define CORE_BASE_PATHS_H_

#include <string>
#include <string_view>

namespace flametrail {

// filepath.Clean: the shortest equal path; "" becomes ".".
std::string CleanPath(std::string_view path);
// False: CleanPath would give the same text back.
bool NeedsCleaning(std::string_view path);
// filepath.Base: the last element without trailing slashes; "." for "", "/" for slashes alone.
std::string_view PathBase(std::string_view path);

}  // namespace flametrail

#endif  // CORE_BASE_PATHS_H_
