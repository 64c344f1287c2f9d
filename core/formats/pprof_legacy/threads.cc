// gperftools' threadz: one stack per thread.
//
//   --- threadz 1 ---
//   --- Thread 7f794ab90940 (name: main/14748) stack: ---
//     PC:  0x00bc8f1c: helper(arg *)
//     0x0040be31: main
//   --- Thread 7f794964e700 (name: thread1/14751) stack: ---
//     [same as previous thread]
//   --- Memory map: ---
#include "core/formats/pprof_legacy/reading.h"

namespace flametrail::legacy {
namespace {

// "--- threadz 1 ---" anywhere in the line.
bool IsThreadzHeading(std::string_view line) {
  constexpr std::string_view kBegin = "--- threadz ";
  for (size_t at = line.find(kBegin); at != std::string_view::npos; at = line.find(kBegin, at + 1)) {
    Cursor cursor(line, at + kBegin.size());
    if (!cursor.Digits().empty() && cursor.Take(" ---")) return true;
  }
  return false;
}

// "NAME/123) stack: ---": a number before the last words, somewhere.
bool HasThreadTail(std::string_view text) {
  constexpr std::string_view kEnd = ") stack: ---";
  for (size_t end = text.find(kEnd); end != std::string_view::npos; end = text.find(kEnd, end + 1)) {
    size_t digits = end;
    while (digits > 0 && IsDigit(text[digits - 1])) --digits;
    if (digits < end && digits > 0 && text[digits - 1] == '/') return true;
  }
  return false;
}

bool IsThreadHeading(std::string_view line) {
  constexpr std::string_view kBegin = "--- Thread ";
  for (size_t at = line.find(kBegin); at != std::string_view::npos; at = line.find(kBegin, at + 1)) {
    Cursor cursor(line, at + kBegin.size());
    if (cursor.TakeWhile(&IsHex).empty() || !cursor.Take(" (name: ")) continue;
    return HasThreadTail(cursor.rest());
  }
  return false;
}

class ThreadParser {
 public:
  explicit ThreadParser(Reading* reading) : reading_(*reading) {}

  void Run(LineScanner* lines, std::string_view line);

 private:
  bool ReadStack(LineScanner* lines, std::string_view* next);
  bool AddStack(uint64_t offset);

  Reading& reading_;
  std::vector<uint64_t> addresses_;
  std::vector<uint64_t> of_line_;
  std::vector<LocationId> stack_;
};

// The addresses up to the next heading, which `next` becomes. None: the stack of the previous thread.
bool ThreadParser::ReadStack(LineScanner* lines, std::string_view* next) {
  addresses_.clear();
  bool same_as_previous = false;
  *next = {};
  while (lines->Next()) {
    const std::string_view line = TrimSpace(lines->line());
    if (line.empty()) continue;
    *next = line;
    if (line.starts_with("---")) break;
    if (line.find("same as previous thread") != std::string_view::npos) {
      same_as_previous = true;
    } else if (ParseAddresses(line, &of_line_)) {
      addresses_.insert(addresses_.end(), of_line_.begin(), of_line_.end());
    } else if (!reading_.PassOver(lines->offset(),
                                  "malformed sample: " + Quote(line) + ": an address has more than 64 bits")) {
      return false;
    }
  }
  if (same_as_previous) addresses_.clear();
  return !reading_.TooLong(*lines);
}

bool ThreadParser::AddStack(uint64_t offset) {
  if (addresses_.empty()) {
    reading_.draft.RepeatLastSample();
    return true;
  }
  stack_.clear();
  for (const uint64_t address : addresses_) {
    // All but the leaf are return addresses.
    stack_.push_back(reading_.draft.LocationAt(stack_.empty() ? address : address - 1));
  }
  const int64_t one = 1;
  return reading_.AddSample(offset, stack_, {&one, 1});
}

void ThreadParser::Run(LineScanner* lines, std::string_view line) {
  const bool compat = reading_.options.compat;
  while (!IsMemoryMapSentinel(line) && !line.starts_with("---- no stack trace for")) {
    // pprof wants a memory map behind the last thread.
    if (!compat && !line.starts_with("---")) break;
    if (!IsThreadHeading(line) &&
        !reading_.PassOver(lines->offset(), "a heading is not that of a thread: \"" + Quote(line) + "\"",
                           kUnrecognized)) {
      return;
    }
    const uint64_t offset = lines->offset();
    if (!ReadStack(lines, &line) || !AddStack(offset)) return;
  }
  reading_.ReadAdditionalSections(lines);
  reading_.draft.RemoveDuplicateLeaves();
}

}  // namespace

Verdict ParseThreads(Reading* reading) {
  LineScanner lines = reading->Lines();
  while (lines.Next() && IsSpaceOrComment(lines.line())) {
  }
  std::string_view line = lines.line();
  if (IsThreadzHeading(line)) {
    while (lines.Next()) {
      line = lines.line();
      if (IsMemoryMapSentinel(line) || line.starts_with('-')) break;
    }
  } else if (!IsThreadHeading(line)) {
    return Verdict::kNotMine;
  }
  reading->format = "thread profile (text)";
  reading->SetTypes("thread", "count", 1);
  reading->draft.AddSampleType("thread", "count");
  ThreadParser(reading).Run(&lines, line);
  return Verdict::kDone;
}

}  // namespace flametrail::legacy
