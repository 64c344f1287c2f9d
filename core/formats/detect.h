// Which format a file is, by content, never by name.
#ifndef CORE_FORMATS_DETECT_H_
#define CORE_FORMATS_DETECT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/formats/reader.h"

namespace flametrail {

enum class Format : uint8_t {
  kUnknown,
  kPprof,
  // Recognised and named, no reader yet: the person hears what the file is.
  kPprofLegacyCpu,
  kPprofLegacyText,
  kGoTrace,
  kGoroutineText,
  kPerfScript,
  kFolded,
  kSpeedscope,
  kGoVars,   // expvar JSON of /debug/vars
  kGoBench,  // output of go test -bench
  kGcTrace,  // lines of GODEBUG=gctrace=1 or schedtrace
  kForeign,  // an image, an archive, a program, ...
};

struct Detection {
  Format format = Format::kUnknown;
  bool supported = false;   // MakeReader gives a reader
  std::string description;  // "pprof profile (protocol buffer)", "JPEG image", "text"
  std::string phrase;       // the same for use in a sentence: "a JPEG image", "text"
};

// The first bytes of the *decompressed* input, at most kDetectBytes are looked at; `whole` when the input ends there.
Detection Detect(Bytes head, bool whole);
inline constexpr size_t kDetectBytes = size_t{64} << 10;

// For kinds with `supported` only, otherwise null.
std::unique_ptr<Reader> MakeReader(Format format, const ReadOptions& options = {});

// One sentence for the person whose file is not one of ours: what it looks like and what is supported.
Error NotSupported(const Detection& detection);

}  // namespace flametrail

#endif  // CORE_FORMATS_DETECT_H_
