#include "core/session/gzip_profile.h"

#include "core/formats/pprof/pprof_writer.h"
#include "core/io/gzip_writer.h"

namespace flametrail {

void WriteGzipProfile(const Profile& profile, const TextSink& sink) {
  GzipWriter gzip([&](Bytes bytes) { sink(AsText(bytes)); });
  WritePprof(profile, [&](Bytes bytes) { gzip.Write(bytes); });
  gzip.Finish();
}

}  // namespace flametrail
