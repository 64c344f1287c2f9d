// Texts of a Java agent, heap and contention:
//
//   --- heapz 1 ---
//   format = java
//   resolution = bytes
//      7048     1 @ 0x00000003 0x00000004
//
//     0x00000003 com.example.function03 (source.java:03)
//
// A row is: bytes or delay, count. Addresses are numbers of the table below. Every line must end with a line feed, but
// for those of the table.
#include <algorithm>
#include <map>

#include "core/base/checked.h"
#include "core/base/paths.h"
#include "core/formats/pprof_legacy/reading.h"
#include "core/formats/pprof_legacy/unsample.h"

namespace flametrail::legacy {
namespace {

constexpr int64_t kJavaHeapRate = 524288;

bool IsAttributeCharacter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ' ';
}

// "name=value" anywhere in the line.
bool FindAttribute(std::string_view line, std::string_view* name, std::string_view* value) {
  for (size_t equals = line.find('='); equals != std::string_view::npos; equals = line.find('=', equals + 1)) {
    size_t begin = equals;
    while (begin > 0 && IsAttributeCharacter(line[begin - 1])) --begin;
    Cursor behind(line, equals + 1);
    *name = line.substr(begin, equals - begin);
    *value = behind.TakeWhile(&IsAttributeCharacter);
    if (name->empty() || value->empty()) continue;
    *name = TrimSpace(*name);
    *value = TrimSpace(*value);
    return true;
  }
  return false;
}

// "7048     1 @ 0x3 0x4" anywhere in the line.
bool FindRow(std::string_view line, std::string_view* first, std::string_view* second, std::string_view* addresses) {
  for (size_t sign = line.find('@'); sign != std::string_view::npos; sign = line.find('@', sign + 1)) {
    const auto back_over = [&](size_t at, bool (*accept)(char)) {
      while (at > 0 && accept(line[at - 1])) --at;
      return at;
    };
    const auto is_blank = [](char c) { return c == ' '; };
    const size_t second_end = back_over(sign, is_blank);
    const size_t second_begin = back_over(second_end, &IsDigit);
    const size_t first_end = back_over(second_begin, is_blank);
    const size_t first_begin = back_over(first_end, &IsDigit);
    const bool all =
        first_begin < first_end && first_end < second_begin && second_begin < second_end && second_end < sign;
    Cursor at(line, sign + 1);
    if (!all || !at.Take(" ")) continue;
    *first = line.substr(first_begin, first_end - first_begin);
    *second = line.substr(second_begin, second_end - second_begin);
    *addresses = at.TakeWhile([](char c) { return IsLowerHex(c) || c == ' ' || c == 'x'; });
    return true;
  }
  return false;
}

class JavaParser {
 public:
  JavaParser(Reading* reading, bool is_heap) : reading_(*reading), is_heap_(is_heap) {}

  Verdict Run(LineScanner lines);

 private:
  enum class Line : uint8_t { kTaken, kOther, kNotMine, kRefused };

  template <typename OnLine>
  Line EachLine(LineScanner* lines, OnLine on_line);
  Line OnAttribute(std::string_view line, uint64_t offset);
  Line OnRow(std::string_view line, uint64_t offset);
  bool OnValues(int64_t count, int64_t size, uint64_t offset);

  Reading& reading_;
  bool is_heap_;
  bool has_types_ = false;
  std::vector<uint64_t> addresses_;
  std::vector<LocationId> stack_;
};

// Lines up to the first that `on_line` does not take; that one stays in `lines`.
template <typename OnLine>
JavaParser::Line JavaParser::EachLine(LineScanner* lines, OnLine on_line) {
  for (;;) {
    LineScanner next = *lines;
    if (!next.Next() || !next.has_newline()) return Line::kOther;
    const std::string_view line = TrimSpace(next.line());
    if (!line.empty()) {
      const Line kind = on_line(line, next.offset());
      if (kind != Line::kTaken) return kind;
    }
    *lines = next;
  }
}

JavaParser::Line JavaParser::OnAttribute(std::string_view line, uint64_t offset) {
  std::string_view name;
  std::string_view value;
  if (!FindAttribute(line, &name, &value)) return Line::kOther;
  ProfileDraft& draft = reading_.draft;
  if (name == "format") return value == "java" ? Line::kTaken : Line::kNotMine;
  if (name == "resolution") {
    if (has_types_) return Line::kTaken;
    has_types_ = true;
    draft.AddSampleType(is_heap_ ? "inuse_objects" : "contentions", "count");
    draft.AddSampleType(is_heap_ ? "inuse_space" : "delay", value);
    return Line::kTaken;
  }
  const bool is_period = !is_heap_ && name == "sampling period";
  if (!is_period && (is_heap_ || name != "ms since reset")) return Line::kNotMine;
  const auto number = ParseAnyBase(value);
  if (!number) {
    const bool go_on = reading_.PassOver(offset, "failed to parse attribute " + Quote(line) + ": not a number");
    return go_on ? Line::kTaken : Line::kRefused;
  }
  if (is_period) {
    reading_.SetTypes("contentions", "count", *number);
  } else {
    draft.profile().duration_nanos = WrapMultiply(*number, 1000 * 1000);
  }
  return Line::kTaken;
}

JavaParser::Line JavaParser::OnRow(std::string_view line, uint64_t offset) {
  std::string_view size_text;
  std::string_view count_text;
  std::string_view address_text;
  if (!FindRow(line, &size_text, &count_text, &address_text)) return Line::kOther;
  const auto count = ParseAnyBase(count_text);
  const auto size = ParseAnyBase(size_text);
  bool go_on = false;
  if (!has_types_) {
    go_on = reading_.PassOver(offset, "malformed profile: missing sample type information");
  } else if (!count || !size || !ParseAddresses(address_text, &addresses_)) {
    go_on = reading_.PassOver(offset, "malformed sample: " + Quote(line) + ": a number has more than 64 bits");
  } else if (is_heap_ && *count == 0) {
    go_on = reading_.PassOver(offset, "parsing sample " + Quote(line) + ": second value must be non-zero");
  } else {
    go_on = OnValues(*count, *size, offset);
  }
  return go_on ? Line::kTaken : Line::kRefused;
}

bool JavaParser::OnValues(int64_t count, int64_t size, uint64_t offset) {
  ProfileDraft& draft = reading_.draft;
  stack_.clear();
  for (const uint64_t address : addresses_) stack_.push_back(draft.LocationAt(address));
  if (is_heap_) {
    const Label label = {draft.Text("bytes"), true, StringId(), WrapDivide(size, count), StringPool::kEmpty};
    const HeapValue whole = UnsampleHeap({count, size}, kJavaHeapRate);
    const int64_t values[] = {whole.count, whole.size};
    return reading_.AddSample(offset, stack_, values, {&label, 1});
  }
  const int64_t period = draft.profile().period;
  const int64_t factor = period != 0 ? period : 1;
  const int64_t values[] = {WrapMultiply(count, factor), WrapMultiply(size, factor)};
  return reading_.AddSample(offset, stack_, values);
}

Verdict JavaParser::Run(LineScanner lines) {
  const Line head = EachLine(&lines, [this](std::string_view line, uint64_t at) { return OnAttribute(line, at); });
  if (head == Line::kNotMine) return Verdict::kNotMine;
  if (head == Line::kRefused) return Verdict::kDone;
  const Line rows = EachLine(&lines, [this](std::string_view line, uint64_t at) { return OnRow(line, at); });
  if (rows != Line::kRefused) ReadJavaLocations(&reading_, lines);
  return Verdict::kDone;
}

struct JavaLine {
  std::string_view function;
  std::string_view file;
  int64_t line = 0;
};

// Where "(" stands behind a space, the last one before `end`.
size_t LastParenthesis(std::string_view text, size_t end) {
  for (size_t at = text.rfind('(', end); at != std::string_view::npos && at > 0; at = text.rfind('(', at - 1)) {
    if (IsRegexpSpace(text[at - 1])) return at;
  }
  return std::string_view::npos;
}

// "function (file:line)", "function (/path/library.so)" or a state of the machine like "GC".
JavaLine ParseJavaLine(std::string_view text) {
  JavaLine line{text, {}, 0};
  if (text.ends_with(')') && text.size() > 1) {
    const size_t last = text.size() - 1;
    const size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && colon > 1) {
      const std::string_view number = text.substr(colon + 1, last - colon - 1);
      const bool digits = number.find_first_not_of("0123456789", number.starts_with('-') ? 1 : 0) == number.npos;
      const size_t open = LastParenthesis(text, colon - 2);
      if (digits && !number.empty() && number != "-" && open != std::string_view::npos) {
        line.function = text.substr(0, open - 1);
        line.file = text.substr(open + 1, colon - open - 1);
        line.line = std::max<int64_t>(ParseDecimal(number).value_or(0), 0);
        return line;
      }
    }
    const size_t open = LastParenthesis(text, last - 1);
    if (open != std::string_view::npos) {
      line.function = text.substr(0, open - 1);
      line.file = PathBase(text.substr(open + 1, last - open - 1));
      return line;
    }
  }
  if (text.find("generated stub/JIT") != std::string_view::npos) line.function = "STUB";
  return line;
}

}  // namespace

bool ReadJavaLocations(Reading* reading, LineScanner lines) {
  ProfileDraft& draft = reading->draft;
  std::map<StringId, FunctionId> functions;  // the first file of a name is the file
  while (lines.Next()) {
    Cursor at(TrimSpace(lines.line()));
    if (!at.Take("0x")) continue;
    const std::string_view digits = at.TakeWhile(&IsHex);
    if (digits.empty() || at.Spaces().empty()) continue;
    const auto address = ParseHex(digits);
    if (!address) {
      if (!reading->PassOver(lines.offset(), "parsing sample " + Quote(lines.line()) + ": value out of range"))
        return false;
      continue;
    }
    const auto location = draft.FindLocation(*address);
    if (!location) continue;
    const JavaLine line = ParseJavaLine(at.rest());
    const auto [function, is_new] = functions.try_emplace(draft.Text(line.function));
    if (is_new) function->second = draft.AddFunction(line.function, line.file);
    draft.SetJavaLine(*location, {function->second, line.line, 0});
  }
  draft.NumberLocations();
  draft.AssignMappings();
  return true;
}

Verdict ParseJava(Reading* reading) {
  // Unlike the others, this one reads lines of any length.
  LineScanner lines(reading->text, reading->begin, std::string_view::npos);
  if (!lines.Next() || !lines.has_newline()) return Verdict::kNotMine;
  const std::string_view head = TrimSpace(lines.line());
  const bool is_heap = head == "--- heapz 1 ---";
  if (!is_heap && head != "--- contentionz 1 ---") return Verdict::kNotMine;
  reading->format = is_heap ? "Java heap profile (text)" : "Java contention profile (text)";
  reading->keep_addresses = false;
  reading->draft.profile().period_type = {StringPool::kEmpty, StringPool::kEmpty};
  return JavaParser(reading, is_heap).Run(lines);
}

}  // namespace flametrail::legacy
