#ifndef CORE_FORMATS_PERF_SCRIPT_PERF_SCRIPT_READER_H_
#define CORE_FORMATS_PERF_SCRIPT_PERF_SCRIPT_READER_H_

#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

// The text that Linux' `perf script` prints. README.md says what becomes of what.
std::unique_ptr<Reader> MakePerfScriptReader();

}  // namespace flametrail

#endif  // CORE_FORMATS_PERF_SCRIPT_PERF_SCRIPT_READER_H_
