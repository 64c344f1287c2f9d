#ifndef CORE_FORMATS_PPROF_PPROF_READER_H_
#define CORE_FORMATS_PPROF_PPROF_READER_H_

#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

// profile.proto, not compressed. What google/pprof refuses (decoder of proto.go and encode.go, CheckValid) sets the
// document's fault; all that can still be understood is kept beside it.
std::unique_ptr<Reader> MakePprofReader();

}  // namespace flametrail

#endif  // CORE_FORMATS_PPROF_PPROF_READER_H_
