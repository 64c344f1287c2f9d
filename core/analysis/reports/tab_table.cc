#include "core/analysis/reports/tab_table.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace flametrail {

void TabTable::Write(std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '\t':
      case '\v':
        if (lines_.back().size() < kMaxCells) {
          lines_.back().emplace_back();
        } else {
          lines_.back().back() += c;
        }
        break;
      case '\n':
        EndLine();
        break;
      case '\f':
        EndLine();
        Flush();
        break;
      default:
        lines_.back().back() += c;
    }
  }
}

void TabTable::EndLine() {
  const bool ends_columns = lines_.back().size() == 1;
  lines_.emplace_back(1);
  if (ends_columns) Flush();
}

// Lines [0, size - 1) are whole; the last one is still being written and goes out as it is.
void TabTable::Flush() {
  Format(0, lines_.size());
  lines_.assign(1, Line(1));
}

// Writes the lines [from, to), in which the columns before widths_.size() have their widths.
size_t TabTable::Format(size_t from, size_t to) {
  const size_t column = widths_.size();
  size_t written = from;
  for (size_t line = from; line < to; ++line) {
    if (column + 1 >= lines_[line].size()) continue;
    for (; written < line; ++written) WriteLine(lines_[written]);
    size_t width = 0;
    size_t end = line;
    for (; end < to && column + 1 < lines_[end].size(); ++end) {
      width = std::max(width, RuneCount(lines_[end][column]) + 1);
    }
    widths_.push_back(width);
    written = Format(line, end);
    widths_.pop_back();
    line = end - 1;
  }
  for (; written < to; ++written) WriteLine(lines_[written]);
  return written;
}

void TabTable::WriteLine(const Line& line) {
  for (size_t i = 0; i < line.size(); ++i) {
    if (i < widths_.size()) {
      out_.Right(line[i], widths_[i]);
    } else {
      out_ << line[i];
    }
  }
  if (&line != &lines_.back()) out_ << "\n";
}

}  // namespace flametrail
