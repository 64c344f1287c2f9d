#include "core/formats/pprof_legacy/legacy_reader.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "core/formats/pprof_legacy/reading.h"

namespace flametrail {
namespace legacy {
namespace {

using Parser = Verdict (*)(Reading*);

constexpr Parser kCpuParsers[] = {&ParseCpu};
// In google/pprof's order.
constexpr Parser kTextParsers[] = {&ParseHeap, &ParseGoCount, &ParseThreads, &ParseContention, &ParseJava};

class LegacyReader final : public Reader {
 public:
  LegacyReader(std::span<const Parser> parsers, const ReadOptions& options) : parsers_(parsers), options_(options) {}

  bool Append(Bytes chunk) override {
    const auto room = static_cast<size_t>(kMaxLegacyBytes - text_.size());
    text_ += AsText(chunk.first(std::min(room, chunk.size())));
    is_cut_ = is_cut_ || chunk.size() > room;
    return !is_cut_;
  }
  Result<Document> Finish(std::optional<Error> input_fault) override;

 private:
  size_t Begin() const;

  std::span<const Parser> parsers_;
  ReadOptions options_;
  std::string text_;
  bool is_cut_ = false;
};

// Blank lines and a byte order mark in front are no part of the text: whoever saved it put them there.
size_t LegacyReader::Begin() const {
  if (options_.compat || parsers_.size() == 1) return 0;
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  size_t begin = text_.starts_with(kUtf8Mark) ? kUtf8Mark.size() : 0;
  while (begin < text_.size() && IsSpace(text_[begin])) ++begin;
  return begin;
}

Result<Document> LegacyReader::Finish(std::optional<Error> input_fault) {
  if (is_cut_) {
    input_fault = Error{Code::kTooLarge, kMaxLegacyBytes,
                        "the profile is larger than the " + std::to_string(kMaxLegacyBytes) + " bytes that are read"};
  }
  if (options_.compat && input_fault) return *input_fault;
  std::optional<Reading> reading;
  for (const Parser parse : parsers_) {
    reading.emplace(text_, Begin(), options_);
    if (parse(&*reading) == Verdict::kDone) break;
    reading.reset();
  }
  if (!reading) {
    if (input_fault) return *input_fault;
    if (options_.compat) return Error{Code::kCorrupt, std::nullopt, "parsing profile: " + std::string(kUnrecognized)};
    return Error{Code::kCorrupt, 0, "the text begins like a profile, but is none that can be read"};
  }
  if (input_fault) {
    const bool truncated = input_fault->code == Code::kTruncated;
    reading->diagnostics.Count(truncated ? Issue::kTruncatedInput : Issue::kCorruptTail, input_fault->offset,
                               input_fault->text);
    reading->fault = std::move(input_fault);
  }
  if (reading->fault && (options_.compat || reading->draft.sample_count() == 0)) return *reading->fault;
  const bool has_symbols = reading->has_go_symbols;
  Profile profile = reading->draft.Take(reading->keep_addresses);
  if (!has_symbols) SetFramePatterns(&profile);
  for (Mapping& mapping : profile.mappings) {
    mapping.has_functions = mapping.has_filenames = mapping.has_line_numbers = has_symbols;
    mapping.has_inline_frames = has_symbols;
  }
  return Document{reading->format, DocumentBody(std::move(profile)), std::move(reading->diagnostics),
                  std::move(reading->fault), std::move(reading->mem_stats)};
}

}  // namespace
}  // namespace legacy

std::unique_ptr<Reader> MakeLegacyCpuReader(const ReadOptions& options) {
  return std::make_unique<legacy::LegacyReader>(legacy::kCpuParsers, options);
}

std::unique_ptr<Reader> MakeLegacyTextReader(const ReadOptions& options) {
  return std::make_unique<legacy::LegacyReader>(legacy::kTextParsers, options);
}

}  // namespace flametrail
