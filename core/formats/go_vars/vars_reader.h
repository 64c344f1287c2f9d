#ifndef CORE_FORMATS_GO_VARS_VARS_READER_H_
#define CORE_FORMATS_GO_VARS_VARS_READER_H_

#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

// /debug/vars of package expvar: one JSON object whose member "memstats" is runtime.MemStats. Other members are the
// program's; numbers among them, and of objects in them, are kept as MemStats::entries ("served.order").
std::unique_ptr<Reader> MakeGoVarsReader();

inline constexpr size_t kMaxVarsEntries = 4096;

}  // namespace flametrail

#endif  // CORE_FORMATS_GO_VARS_VARS_READER_H_
