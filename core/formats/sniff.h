// The questions that detect.cc asks, in the order of its table. Each looks at the head of a file and either names what
// it sees or passes.
#ifndef CORE_FORMATS_SNIFF_H_
#define CORE_FORMATS_SNIFF_H_

#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/formats/detect.h"

namespace flametrail::sniff {

struct Head {
  Bytes bytes;
  bool whole;  // the input ends with `bytes`

  std::string_view raw() const { return AsText(bytes); }
};

struct Guess {
  Format format;
  std::string phrase;  // with its article: "a JPEG image"
};

using MaybeGuess = std::optional<Guess>;

// sniff_binary.cc
MaybeGuess Nothing(const Head& head);    // empty, zeros only
MaybeGuess Signature(const Head& head);  // fixed bytes at fixed places
MaybeGuess GoTrace(const Head& head);
MaybeGuess LegacyCpu(const Head& head);
MaybeGuess Anything(const Head& head);  // binary data: always answers

// sniff_pprof.cc
MaybeGuess Pprof(const Head& head);

// sniff_text.cc: pass unless the head is text.
MaybeGuess Utf16(const Head& head);
MaybeGuess LegacyText(const Head& head);
MaybeGuess GoroutineText(const Head& head);
MaybeGuess PerfScript(const Head& head);
MaybeGuess Folded(const Head& head);
MaybeGuess LineSignature(const Head& head);  // a line that begins so
MaybeGuess Text(const Head& head);           // any other text

// sniff_json.cc
MaybeGuess Json(const Head& head);

// The head without byte order mark if it is text (UTF-8, or nearly).
std::optional<std::string_view> PlainText(const Head& head);

// The same without a last line that the head cuts, unless it is the only one.
std::optional<std::string_view> WholeLines(const Head& head);

// Takes the next line off `text`, without its end (LF or CR LF).
std::string_view TakeLine(std::string_view* text);

}  // namespace flametrail::sniff

#endif  // CORE_FORMATS_SNIFF_H_
