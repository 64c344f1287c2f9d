#include "core/formats/detect.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/formats/folded/folded_reader.h"
#include "core/formats/gc_trace/gc_trace_reader.h"
#include "core/formats/go_bench/bench_reader.h"
#include "core/formats/go_vars/vars_reader.h"
#include "core/formats/goroutine_dump/dump_reader.h"
#include "core/formats/gotrace/gotrace_reader.h"
#include "core/formats/perf_script/perf_script_reader.h"
#include "core/formats/pprof/pprof_reader.h"
#include "core/formats/pprof_legacy/legacy_reader.h"
#include "core/formats/sniff.h"
#include "core/formats/speedscope/speedscope_reader.h"

namespace flametrail {
namespace {

// The first that answers wins: the surest first, so that a JPEG is never searched for folded stacks. Pprof stands
// behind fixed signatures (none of which is a valid profile) and before text (no text is a valid profile).
constexpr sniff::MaybeGuess (*kQuestions[])(const sniff::Head&) = {
    &sniff::Nothing,    &sniff::Signature,  &sniff::GoTrace, &sniff::LegacyCpu,     &sniff::Pprof,
    &sniff::Utf16,      &sniff::LegacyText, &sniff::Json,    &sniff::GoroutineText, &sniff::LineSignature,
    &sniff::PerfScript, &sniff::Folded,     &sniff::Text,    &sniff::Anything,
};

struct FormatRow {
  Format format;
  bool planned;                                         // a reader will come
  std::unique_ptr<Reader> (*make)(const ReadOptions&);  // null: none yet
  std::string_view plural = {};                         // in the list of what is read; empty: another row names it too
};

// A reader that knows no options.
template <std::unique_ptr<Reader> (*kMake)()>
std::unique_ptr<Reader> Plain(const ReadOptions&) {
  return kMake();
}

// In the order of the enum.
constexpr FormatRow kFormats[] = {
    {Format::kUnknown, false, nullptr},
    {Format::kPprof, true, &Plain<&MakePprofReader>, "pprof profiles (cpu.pb.gz, heap.pb.gz)"},
    {Format::kPprofLegacyCpu, true, &MakeLegacyCpuReader},
    {Format::kPprofLegacyText, true, &MakeLegacyTextReader, "their older forms (debug=1 text, gperftools)"},
    {Format::kGoTrace, true, &MakeGoTraceReader, "Go execution traces"},
    {Format::kGoroutineText, true, &Plain<&MakeGoroutineDumpReader>, "goroutine dumps and crash texts"},
    {Format::kPerfScript, true, &Plain<&MakePerfScriptReader>, "perf script output"},
    {Format::kFolded, true, &Plain<&MakeFoldedReader>, "folded stacks"},
    {Format::kSpeedscope, true, &Plain<&MakeSpeedscopeReader>, "speedscope files"},
    {Format::kGoVars, true, &Plain<&MakeGoVarsReader>, "expvar JSON"},
    {Format::kGoBench, true, &Plain<&MakeGoBenchReader>, "Go benchmark results"},
    {Format::kGcTrace, true, &Plain<&MakeGcTraceReader>, "GC trace logs"},
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

// "pprof profiles, folded stacks and speedscope files"
std::string ListOfReadable() {
  std::vector<std::string_view> names;
  for (const FormatRow& row : kFormats) {
    if (row.make != nullptr && !row.plural.empty()) names.push_back(row.plural);
  }
  std::string list;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 == names.size() ? " and " : ", ";
    list += names[i];
  }
  return list;
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
  text += RowOf(detection.format).planned ? ", which Flametrail does not read yet; so far it reads "
                                          : "; Flametrail reads ";
  return Error{Code::kUnsupported, 0, text + ListOfReadable()};
}

}  // namespace flametrail
