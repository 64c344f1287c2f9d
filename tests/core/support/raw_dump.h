// A profile as text, for tests: what google/pprof's Profile.String() prints.
#ifndef TESTS_CORE_SUPPORT_RAW_DUMP_H_
#define TESTS_CORE_SUPPORT_RAW_DUMP_H_

#include <string>

#include "core/model/profile.h"

namespace flametrail::testing {

// Without the Time line, which depends on a zone.
std::string RawDump(const Profile& profile);

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_RAW_DUMP_H_
