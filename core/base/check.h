#ifndef CORE_BASE_CHECK_H_
#define CORE_BASE_CHECK_H_

namespace flametrail {

// Ends the program: for our own bugs only. What a file contains never gets here.
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace flametrail

#define CHECK(condition) \
  (static_cast<bool>(condition) ? static_cast<void>(0) : ::flametrail::CheckFailed(#condition, __FILE__, __LINE__))

#endif  // CORE_BASE_CHECK_H_
