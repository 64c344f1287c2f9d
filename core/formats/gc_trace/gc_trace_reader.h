#ifndef CORE_FORMATS_GC_TRACE_GC_TRACE_READER_H_
#define CORE_FORMATS_GC_TRACE_GC_TRACE_READER_H_

#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

inline constexpr size_t kMaxGcLogRows = size_t{1} << 22;

// A log of a program that ran with GODEBUG=gctrace=1 or schedtrace=N. Other lines are the program's.
std::unique_ptr<Reader> MakeGcTraceReader();

}  // namespace flametrail

#endif  // CORE_FORMATS_GC_TRACE_GC_TRACE_READER_H_
