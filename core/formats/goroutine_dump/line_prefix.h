// Logs put something before each line of a dump: "2026-11-24T10:00:00.1Z api-7 stderr F ". What it looks like is
// learnt where a goroutine begins, and taken off the lines that follow.
#ifndef CORE_FORMATS_GOROUTINE_DUMP_LINE_PREFIX_H_
#define CORE_FORMATS_GOROUTINE_DUMP_LINE_PREFIX_H_

#include <string>
#include <string_view>

namespace flametrail::goroutine_dump {

class LinePrefix {
 public:
  // `prefix`: what stands before "goroutine N [...]:".
  void Learn(std::string_view prefix);
  // The rest of the line. A line that does not look alike is given back whole: it may be the log's own, or a dump that
  // went to the terminal beside the log.
  std::string_view Strip(std::string_view line) const;

 private:
  size_t words_ = 0;     // that end with a blank
  std::string between_;  // the blanks behind the last word
  std::string tail_;     // what touches "goroutine", such as "[app]"
};

}  // namespace flametrail::goroutine_dump

#endif  // CORE_FORMATS_GOROUTINE_DUMP_LINE_PREFIX_H_
