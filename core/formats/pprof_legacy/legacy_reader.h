#ifndef CORE_FORMATS_PPROF_LEGACY_LEGACY_READER_H_
#define CORE_FORMATS_PPROF_LEGACY_LEGACY_READER_H_

#include <cstdint>
#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

// Legacy profiles are read as a whole; larger ones are cut here.
inline constexpr uint64_t kMaxLegacyBytes = uint64_t{1} << 30;

// Profiles from before profile.proto: gperftools' binary CPU profile; heap, growth, contention and thread texts; Go's
// debug=1 texts; a Java agent's texts. Values, locations and mappings are as google/pprof's legacy parsers give them.
// Go's texts get the functions of their comment lines, their labels and runtime.MemStats, and heap texts always all
// four sample types; `compat` leaves all that out and refuses what pprof refuses, in its words.
std::unique_ptr<Reader> MakeLegacyCpuReader(const ReadOptions& options);
std::unique_ptr<Reader> MakeLegacyTextReader(const ReadOptions& options);

}  // namespace flametrail

#endif  // CORE_FORMATS_PPROF_LEGACY_LEGACY_READER_H_
