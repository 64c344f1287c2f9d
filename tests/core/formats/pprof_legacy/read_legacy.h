// Reading one legacy text or binary in a test.
#ifndef TESTS_CORE_FORMATS_PPROF_LEGACY_READ_LEGACY_H_
#define TESTS_CORE_FORMATS_PPROF_LEGACY_READ_LEGACY_H_

#include <string_view>

#include "core/formats/detect.h"
#include "core/formats/pprof_legacy/legacy_reader.h"

namespace flametrail::testing {

inline constexpr ReadOptions kRight = {false};
inline constexpr ReadOptions kCompat = {true};

inline Result<Document> Read(Format format, std::string_view bytes, const ReadOptions& options, size_t chunk) {
  const auto reader = MakeReader(format, options);
  for (size_t at = 0; at < bytes.size(); at += chunk) {
    if (!reader->Append(AsBytes(bytes.substr(at, chunk)))) break;
  }
  return reader->Finish(std::nullopt);
}

inline Result<Document> ReadLegacyText(std::string_view text, const ReadOptions& options = kRight) {
  return Read(Format::kPprofLegacyText, text, options, size_t{1} << 20);
}

inline Result<Document> ReadLegacyCpu(std::string_view bytes, const ReadOptions& options = kRight) {
  return Read(Format::kPprofLegacyCpu, bytes, options, size_t{1} << 20);
}

inline Profile ProfileOf(const Result<Document>& document) {
  CHECK(document.ok());
  return std::get<Profile>(document->body);
}

}  // namespace flametrail::testing

#endif  // TESTS_CORE_FORMATS_PPROF_LEGACY_READ_LEGACY_H_
