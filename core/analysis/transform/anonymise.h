// A profile that can be shown to strangers.
#ifndef CORE_ANALYSIS_TRANSFORM_ANONYMISE_H_
#define CORE_ANALYSIS_TRANSFORM_ANONYMISE_H_

#include "core/model/profile.h"

namespace flametrail {

// Packages, functions, files, binaries and label texts get numbers in order of first use; Go's standard library and
// runtime keep their names, closures their suffix (".func2"), files their extension. Build ids, comments and the
// documentation's address go. Numbers, lines, addresses and label keys stay.
Profile Anonymise(Profile profile);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_ANONYMISE_H_
