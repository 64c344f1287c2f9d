// Profiles of traces as text.
#ifndef TESTS_CORE_SUPPORT_TRACE_PROFILE_H_
#define TESTS_CORE_SUPPORT_TRACE_PROFILE_H_

#include <string>

#include "core/model/profile.h"

namespace flametrail::testing {

// "root;...;leaf COUNT TIME" a sample, sorted; a sample without stack is "(none)".
std::string Folded(const Profile& profile);

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_TRACE_PROFILE_H_
