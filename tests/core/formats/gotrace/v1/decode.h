// Decodes a whole v1 trace, past detection and the reader.
#ifndef TESTS_CORE_FORMATS_GOTRACE_V1_DECODE_H_
#define TESTS_CORE_FORMATS_GOTRACE_V1_DECODE_H_

#include <cctype>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/formats/gotrace/decoder.h"
#include "tests/core/support/trace_text.h"

namespace flametrail::testing {

struct Decoded {
  std::unique_ptr<Trace> trace = std::make_unique<Trace>();
  std::optional<Error> fault;
  std::string diagnostics;  // "2 x SENTENCE (DETAIL)" lines
};

// N of "go 1.N trace", or 0.
inline int VersionOf(std::string_view bytes) {
  if (!bytes.starts_with("go 1.")) return 0;
  int version = 0;
  for (size_t i = 5; i < bytes.size() && i < 8 && std::isdigit(static_cast<unsigned char>(bytes[i])) != 0; ++i) {
    version = version * 10 + (bytes[i] - '0');
  }
  return version;
}

// REQUIRES: 16 bytes at least. `chunk`: bytes told at once.
inline Decoded DecodeV1(std::string_view bytes, bool strict, size_t chunk = SIZE_MAX) {
  Decoded decoded;
  decoded.trace->version = VersionOf(bytes);
  Diagnostics diagnostics;
  TraceBuilder builder(decoded.trace.get());
  const auto decoder =
      gotrace::MakeV1Decoder({decoded.trace->version, strict, decoded.trace.get(), &builder, &diagnostics});
  for (bytes.remove_prefix(16); !bytes.empty();) {
    const std::string_view part = bytes.substr(0, chunk);
    if (!decoder->Append(AsBytes(part))) break;
    bytes.remove_prefix(part.size());
  }
  decoded.fault = decoder->Finish(std::nullopt);
  for (const Diagnostic& d : diagnostics.list()) {
    decoded.diagnostics += std::to_string(d.count) + " x " + std::string(d.sentence) + " (" + d.detail + ")\n";
  }
  return decoded;
}

inline std::string ShowTrace(const Trace& trace) {
  return ShowGoroutines(trace) + ShowProcs(trace) + ShowAnnotations(trace);
}

}  // namespace flametrail::testing

#endif  // TESTS_CORE_FORMATS_GOTRACE_V1_DECODE_H_
