#ifndef CORE_FORMATS_SPEEDSCOPE_SPEEDSCOPE_READER_H_
#define CORE_FORMATS_SPEEDSCOPE_SPEEDSCOPE_READER_H_

#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

// speedscope's JSON, all versions of www.speedscope.app/file-format-schema.json (0.0.1 and later). README.md says what
// becomes of what.
std::unique_ptr<Reader> MakeSpeedscopeReader();

}  // namespace flametrail

#endif  // CORE_FORMATS_SPEEDSCOPE_SPEEDSCOPE_READER_H_
