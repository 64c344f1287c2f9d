#ifndef CORE_SESSION_GZIP_PROFILE_H_
#define CORE_SESSION_GZIP_PROFILE_H_

#include "core/base/text_out.h"
#include "core/model/profile.h"

namespace flametrail {

// As gzip-ed profile.proto, which every reader of pprof opens.
void WriteGzipProfile(const Profile& profile, const TextSink& sink);

}  // namespace flametrail

#endif  // CORE_SESSION_GZIP_PROFILE_H_
