#include "core/formats/pprof_legacy/reading.h"

#include <utility>

#include "core/formats/pprof_legacy/memory_map.h"

namespace flametrail::legacy {
namespace {

// What go tool pprof puts before every error of the parser.
constexpr std::string_view kCompatPrefix = "parsing profile: ";

}  // namespace

void Reading::SetTypes(std::string_view type, std::string_view unit, int64_t period) {
  draft.profile().period_type = {draft.Text(type), draft.Text(unit)};
  draft.profile().period = period;
}

bool Reading::PassOver(uint64_t offset, std::string why, std::string_view compat_text) {
  if (options.compat) {
    std::string sentence(kCompatPrefix);
    sentence += compat_text.empty() ? std::string_view(why) : compat_text;
    fault = Error{Code::kCorrupt, std::nullopt, std::move(sentence)};
    return false;
  }
  diagnostics.Count(Issue::kBadRecord, offset, why);
  if (!fault) fault = Error{Code::kCorrupt, offset, std::move(why)};
  return true;
}

void Reading::EndsEarly(uint64_t offset, std::string why) {
  diagnostics.Count(Issue::kTruncatedInput, offset, why);
  if (!fault) fault = Error{Code::kTruncated, offset, std::move(why)};
}

bool Reading::AddSample(uint64_t offset, std::span<const LocationId> stack, std::span<const int64_t> values,
                        std::span<const Label> labels) {
  if (stack.empty()) diagnostics.Count(Issue::kEmptyStackSamples, offset);
  if (draft.AddSample(stack, values, labels)) return true;
  return PassOver(offset, "a stack of " + std::to_string(stack.size()) + " frames is deeper than the " +
                              std::to_string(StackTableBuilder::kMaxStackDepth) + " that one stack may have");
}

void Reading::ReadAdditionalSections(LineScanner* lines) {
  while (!IsMemoryMapSentinel(lines->line()) && lines->Next()) {
  }
  if (!TooLong(*lines)) ReadMap(lines);
}

void Reading::ReadMap(LineScanner* lines) {
  ReadMemoryMap(lines, &draft.profile().strings, &diagnostics, &draft.mappings());
  if (TooLong(*lines)) return;
  TidyMappings(draft.profile().strings, &draft.mappings());
  draft.NumberLocations();
  draft.AssignMappings();
}

bool Reading::TooLong(const LineScanner& lines) {
  if (lines.too_long()) PassOver(lines.offset(), "bufio.Scanner: token too long");
  return lines.too_long();
}

}  // namespace flametrail::legacy
