#ifndef CORE_ANALYSIS_REPORTS_TAB_TABLE_H_
#define CORE_ANALYSIS_REPORTS_TAB_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/base/text_out.h"

namespace flametrail {

// Go's text/tabwriter with AlignRight and a padding of one blank: a tab ends a cell, neighbouring lines that have a
// cell in a column share its width, a line without tabs ends all columns. Texts from the profile may hold tabs and line
// ends; they count.
class TabTable {
 public:
  explicit TabTable(TextOut* out) : out_(*out) {}
  ~TabTable() { Flush(); }
  TabTable(const TabTable&) = delete;
  TabTable& operator=(const TabTable&) = delete;

  void Write(std::string_view text);

 private:
  // Formatting goes one call deeper for each column; more tabs than this in one line stay in its last cell.
  static constexpr size_t kMaxCells = 64;

  using Line = std::vector<std::string>;  // cells; the last one is not ended by a tab

  void EndLine();
  void Flush();
  size_t Format(size_t from, size_t to);
  void WriteLine(const Line& line);

  TextOut& out_;
  std::vector<Line> lines_ = {Line(1)};
  std::vector<size_t> widths_;  // of the columns that are open while formatting
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_TAB_TABLE_H_
