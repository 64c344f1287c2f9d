#ifndef CORE_FORMATS_PPROF_PPROF_WRITER_H_
#define CORE_FORMATS_PPROF_PPROF_WRITER_H_

#include <functional>

#include "core/base/bytes.h"
#include "core/model/profile.h"

namespace flametrail {

// Encodes as profile.proto, not compressed, byte for byte as google/pprof encode.go does (which texts come first, what
// is packed, what is left out), so that a file written by either can be compared. Only doc_url goes beyond it.
void WritePprof(const Profile& profile, const std::function<void(Bytes)>& sink);

}  // namespace flametrail

#endif  // CORE_FORMATS_PPROF_PPROF_WRITER_H_
