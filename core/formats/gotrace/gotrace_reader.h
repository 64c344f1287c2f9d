// Go execution traces of every version.
#ifndef CORE_FORMATS_GOTRACE_GOTRACE_READER_H_
#define CORE_FORMATS_GOTRACE_GOTRACE_READER_H_

#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

std::unique_ptr<Reader> MakeGoTraceReader(const ReadOptions& options);

}  // namespace flametrail

#endif  // CORE_FORMATS_GOTRACE_GOTRACE_READER_H_
