#include "core/formats/detect.h"

#include <algorithm>

#include "core/formats/folded/folded_reader.h"
#include "core/formats/perf_script/perf_script_reader.h"
#include "core/formats/pprof/pprof_reader.h"
#include "core/formats/pprof_legacy/legacy_reader.h"
#include "core/formats/sniff.h"
#include "core/formats/speedscope/speedscope_reader.h"

namespace flametrail {
namespace {

// The first that answers wins: the surest first, so that a JPEG is never searched for folded stacks. Pprof stands behind
// fixed signatures (none of which is a valid profile) and before text (no text is a valid profile).
constexpr sniff::MaybeGuess (*kQuestions[])(const sniff::Head&) = {
    &sniff::Nothing,    &sniff::Signature,     &sniff::GoTrace,    &sniff::LegacyCpu, &sniff::Pprof,
    &sniff::Utf16,      &sniff::LegacyText,    &sniff::Json,       &sniff::LineSignature,
    &sniff::PerfScript, &sniff::GoroutineText, &sniff::Folded,     &sniff::Text,      &sniff::Anything,
};

struct FormatRow {
  Format format;
  bool planned;                                         // a reader will come
  std::unique_ptr<Reader> (*make)(const ReadOptions&);  // null: none yet
};

// A reader that knows no options.
template <std::unique_ptr<Reader> (*kMake)()>
std::unique_ptr<Reader> Plain(const ReadOptions&) {
  return kMake();
}

// In the order of the enum.
constexpr FormatRow kFormats[] = {
    {Format::kUnknown, false, nullptr},
    {Format::kPprof, true, &Plain<&MakePprofReader>},
    {Format::kPprofLegacyCpu, true, &MakeLegacyCpuReader},
    {Format::kPprofLegacyText, true, &MakeLegacyTextReader},
    {Format::kGoTrace, true, nullptr},
    {Format::kGoroutineText, true, nullptr},
    {Format::kPerfScript, true, &Plain<&MakePerfScriptReader>},
    {Format::kFolded, true, &Plain<&MakeFoldedReader>},
    {Format::kSpeedscope, true, &Plain<&MakeSpeedscopeReader>},
    {Format::kGoVars, true, nullptr},
    {Format::kGoBench, true, nullptr},
    {Format::kGcTrace, true, nullptr},
    {Format::kForeign, false, nullptr},
};

constexpr bool RowsFollowTheEnum() {
  size_t index = 0;
  for (const FormatRow& row : kFormats) {
    if (static_cast<size_t>(row.format) != index++) return false;
  }
  return index == static_cast<size_t>(Format::kForeign) + 1;
}
static_assert(RowsFollowTheEnum());

const FormatRow& RowOf(Format format) { return kFormats[static_cast<size_t>(format)]; }

std::string WithoutArticle(std::string_view phrase) {
  for (std::string_view article : {"a ", "an ", "the "}) {
    if (phrase.starts_with(article)) phrase.remove_prefix(article.size());
  }
  return std::string(phrase);
}

}  // namespace

Detection Detect(Bytes head, bool whole) {
  const Bytes seen = head.first(std::min(head.size(), kDetectBytes));
  const sniff::Head question = {seen, whole && seen.size() == head.size()};
  Detection detection;
  for (const auto ask : kQuestions) {
    if (const sniff::MaybeGuess guess = ask(question)) {
      detection.format = guess->format;
      detection.phrase = guess->phrase;
      break;
    }
  }
  detection.supported = RowOf(detection.format).make != nullptr;
  detection.description = WithoutArticle(detection.phrase);
  return detection;
}

std::unique_ptr<Reader> MakeReader(Format format, const ReadOptions& options) {
  const FormatRow& row = RowOf(format);
  return row.make != nullptr ? row.make(options) : nullptr;
}

Error NotSupported(const Detection& detection) {
  std::string text = "this looks like " + detection.phrase;
  text += RowOf(detection.format).planned
              ? ", which Flametrail does not read yet; so far it reads pprof profiles (cpu.pb.gz, heap.pb.gz)"
              : "; Flametrail reads pprof profiles (cpu.pb.gz, heap.pb.gz)";
  return Error{Code::kUnsupported, 0, std::move(text)};
}

}  // namespace flametrail
