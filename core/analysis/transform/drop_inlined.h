#ifndef CORE_ANALYSIS_TRANSFORM_DROP_INLINED_H_
#define CORE_ANALYSIS_TRANSFORM_DROP_INLINED_H_

#include "core/model/profile.h"

namespace flametrail {

// Only the outermost line of each location stays (-noinlines): for what prints locations as they are. The reference
// forgets the columns on that way too, unless they are asked for.
void DropInlinedLines(bool keep_columns, Profile* profile);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_DROP_INLINED_H_
