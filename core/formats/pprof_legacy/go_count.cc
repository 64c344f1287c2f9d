// What Go's runtime counts by stack: goroutine, threadcreate and a program's own profiles, with debug=1.
//
//   goroutine profile: total 33
//   6 @ 0x4704ee 0x4333b7 0x46f7e5
#include "core/base/checked.h"
#include "core/formats/pprof_legacy/reading.h"
#include "core/formats/pprof_legacy/text_samples.h"

namespace flametrail::legacy {
namespace {

// The name in "goroutine profile: total 33"; empty: the line is no such heading.
std::string_view NameOfHeading(std::string_view line, std::string_view* total) {
  Cursor at(line);
  const std::string_view name = at.Word();
  if (!at.Take(" profile: total ")) return {};
  *total = at.Digits();
  return total->empty() || !at.AtEnd() ? std::string_view() : name;
}

class CountParser {
 public:
  explicit CountParser(Reading* reading) : reading_(*reading), samples_(reading) {}

  void Run(LineScanner* lines, std::string_view total);

 private:
  bool OnRow(std::string_view line, uint64_t offset);
  bool ReadRow(std::string_view line, int64_t* count);

  Reading& reading_;
  TextSamples samples_;
  std::vector<uint64_t> addresses_;
  int64_t sum_ = 0;
};

void CountParser::Run(LineScanner* lines, std::string_view total) {
  while (lines->Next()) {
    const std::string_view line = lines->line();
    if (IsSpaceOrComment(line)) {
      samples_.Comment(TrimSpace(line));
    } else if (line.starts_with("---")) {
      break;
    } else if (!OnRow(line, lines->offset())) {
      return;
    }
  }
  if (!samples_.Flush() || reading_.TooLong(*lines)) return;
  // A text that was cut between two rows shows it nowhere else.
  if (!reading_.options.compat && ParseDecimal(total) != sum_) {
    reading_.diagnostics.Count(Issue::kTotalMismatch, std::nullopt,
                               "stated " + std::string(total) + ", found " + std::to_string(sum_));
  }
  reading_.ReadAdditionalSections(lines);
}

bool CountParser::OnRow(std::string_view line, uint64_t offset) {
  int64_t count = 0;
  if (!ReadRow(line, &count)) {
    return reading_.PassOver(offset, "a row is not \"count @ addresses\" but \"" + Quote(line) + "\"", kMalformed);
  }
  sum_ = WrapAdd(sum_, count);
  return samples_.Begin(offset, {&count, 1}, addresses_, {});
}

bool CountParser::ReadRow(std::string_view line, int64_t* count) {
  // Go ends the row of threads without a stack behind the "@"; pprof does not take that.
  if (!reading_.options.compat) line = TrimSpace(line);
  Cursor at(line);
  const auto number = ParseAnyBase(at.Digits());
  if (!number || !at.Take(" @")) return false;
  *count = *number;
  addresses_.clear();
  while (at.Take(" 0x")) {
    const auto address = ParseHex(at.TakeWhile(&IsLowerHex));
    if (!address) return false;
    addresses_.push_back(*address);
  }
  return at.AtEnd() && !(addresses_.empty() && reading_.options.compat);
}

}  // namespace

Verdict ParseGoCount(Reading* reading) {
  LineScanner lines = reading->Lines();
  while (lines.Next() && IsSpaceOrComment(lines.line())) {
  }
  if (reading->TooLong(lines)) return Verdict::kDone;
  std::string_view total;
  const std::string_view name = NameOfHeading(lines.line(), &total);
  if (name.empty()) return Verdict::kNotMine;
  reading->format = std::string(name) + " profile (text)";
  reading->SetTypes(name, "count", 1);
  reading->draft.AddSampleType(name, "count");
  CountParser(reading).Run(&lines, total);
  return Verdict::kDone;
}

}  // namespace flametrail::legacy
