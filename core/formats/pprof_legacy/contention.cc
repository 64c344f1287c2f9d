// Contention texts: gperftools' contentionz, Go's block ("--- contention:") and mutex profiles with debug=1.
//
//   --- mutex:
//   cycles/second=2599998029
//   sampling period=1
//   17952076425 7930 @ 0x581c8f 0x581c23
//
// A row is: cycles waited, contentions.
#include "core/base/checked.h"
#include "core/formats/pprof_legacy/reading.h"
#include "core/formats/pprof_legacy/text_samples.h"

namespace flametrail::legacy {
namespace {

enum class Line : uint8_t { kAttribute, kEndOfHead, kNotMine, kRefused };

class ContentionParser {
 public:
  explicit ContentionParser(Reading* reading) : reading_(*reading), samples_(reading) {}

  Verdict Run(LineScanner* lines);

 private:
  Line OnAttribute(std::string_view line, uint64_t offset);
  bool OnRow(std::string_view line, uint64_t offset);

  Reading& reading_;
  TextSamples samples_;
  std::vector<uint64_t> addresses_;
  int64_t period_ = 1;
  int64_t cycles_per_second_ = 0;
};

Line ContentionParser::OnAttribute(std::string_view line, uint64_t offset) {
  if (line.starts_with("---")) return Line::kEndOfHead;
  const size_t equals = line.find('=');
  if (equals == std::string_view::npos) return Line::kEndOfHead;
  const std::string_view key = TrimSpace(line.substr(0, equals));
  const std::string_view text = TrimSpace(line.substr(equals + 1));
  // Java's texts begin in the same way.
  if (key == "format" || key == "resolution") return Line::kNotMine;
  if (key == "discarded samples") return Line::kAttribute;
  const auto value = ParseAnyBase(text);
  if (value && key == "cycles/second") {
    cycles_per_second_ = *value;
  } else if (value && key == "sampling period") {
    period_ = *value;
  } else if (value && key == "ms since reset") {
    reading_.draft.profile().duration_nanos = WrapMultiply(*value, 1000 * 1000);
  } else {
    const bool go_on =
        reading_.PassOver(offset, "a line of the head is not known: \"" + Quote(line) + "\"", kUnrecognized);
    return go_on ? Line::kAttribute : Line::kRefused;
  }
  return Line::kAttribute;
}

// Digits, blanks, digits, blank, "@", wherever that begins.
bool FindRow(std::string_view line, std::string_view* delay, std::string_view* count, std::string_view* addresses) {
  for (size_t sign = line.find(" @"); sign != std::string_view::npos; sign = line.find(" @", sign + 1)) {
    size_t begin = sign;
    while (begin > 0 && IsDigit(line[begin - 1])) --begin;
    size_t end = begin;
    while (end > 0 && line[end - 1] == ' ') --end;
    size_t first = end;
    while (first > 0 && IsDigit(line[first - 1])) --first;
    *delay = line.substr(first, end - first);
    *count = line.substr(begin, sign - begin);
    // Without a blank between them the last digit is the second number: google/pprof's expression says so.
    if (end == begin && count->size() > 1) {
      *delay = count->substr(0, count->size() - 1);
      *count = count->substr(count->size() - 1);
    }
    if (delay->empty() || count->empty()) continue;
    Cursor at(line, sign + 2);
    *addresses = at.TakeWhile([](char c) { return IsLowerHex(c) || c == ' ' || c == 'x'; });
    return true;
  }
  return false;
}

bool ContentionParser::OnRow(std::string_view line, uint64_t offset) {
  std::string_view delay_text;
  std::string_view count_text;
  std::string_view address_text;
  if (!FindRow(line, &delay_text, &count_text, &address_text)) {
    return reading_.PassOver(offset, "a row is not \"cycles count @ addresses\" but \"" + Quote(line) + "\"",
                             kUnrecognized);
  }
  const auto delay = ParseDecimal(delay_text);
  const auto count = ParseDecimal(count_text);
  if (!delay || !count || !ParseAddresses(address_text, &addresses_)) {
    return reading_.PassOver(offset, "malformed sample: " + Quote(line) + ": a number has more than 64 bits");
  }
  int64_t values[2] = {*count, *delay};
  if (period_ > 0) {
    if (cycles_per_second_ > 0) {
      const double cycles_per_ns = static_cast<double>(cycles_per_second_) / 1e9;
      values[1] = TruncateToInt64(static_cast<double>(*delay) * static_cast<double>(period_) / cycles_per_ns);
    }
    values[0] = WrapMultiply(*count, period_);
  }
  return samples_.Begin(offset, values, addresses_, {});
}

Verdict ContentionParser::Run(LineScanner* lines) {
  bool more = true;
  while ((more = lines->Next())) {
    const std::string_view line = TrimSpace(lines->line());
    if (IsSpaceOrComment(line)) continue;
    const Line kind = OnAttribute(line, lines->offset());
    if (kind == Line::kNotMine) return Verdict::kNotMine;
    if (kind == Line::kRefused) return Verdict::kDone;
    if (kind == Line::kEndOfHead) break;
  }
  reading_.SetTypes("contentions", "count", period_);
  reading_.draft.AddSampleType("contentions", "count");
  reading_.draft.AddSampleType("delay", "nanoseconds");
  for (; more; more = lines->Next()) {
    const std::string_view line = TrimSpace(lines->line());
    if (line.starts_with("---")) break;
    if (IsSpaceOrComment(line)) {
      samples_.Comment(line);
    } else if (!OnRow(line, lines->offset())) {
      return Verdict::kDone;
    }
  }
  if (!samples_.Flush() || reading_.TooLong(*lines)) return Verdict::kDone;
  reading_.ReadAdditionalSections(lines);
  return Verdict::kDone;
}

}  // namespace

Verdict ParseContention(Reading* reading) {
  LineScanner lines = reading->Lines();
  if (!lines.Next()) return reading->TooLong(lines) ? Verdict::kDone : Verdict::kNotMine;
  const std::string_view head = lines.line();
  const bool is_mutex = head.starts_with("--- mutex:");
  if (!is_mutex && !head.starts_with("--- contentionz ") && !head.starts_with("--- contention:")) {
    return Verdict::kNotMine;
  }
  reading->format = is_mutex ? "mutex profile (text)" : "contention profile (text)";
  return ContentionParser(reading).Run(&lines);
}

}  // namespace flametrail::legacy
