// Columns of text as benchstat lays them out: widths by code point, margins that belong to columns, headings that span
// columns and widen only the first of them.
#ifndef CORE_SESSION_TEXT_TABLE_H_
#define CORE_SESSION_TEXT_TABLE_H_

#include <string>
#include <vector>

namespace flametrail {

class TextTable {
 public:
  enum class Align { kLeft, kCenter, kRight };

  void Row() { ++row_; }
  // `margin` stands before the text; columns keep room for their widest.
  void Cell(size_t column, std::string text, Align align = Align::kLeft, std::string margin = " ", size_t span = 1);
  // Lines with their ends; nothing behind the last text of a line.
  std::string Format() const;

 private:
  struct Entry {
    size_t row;
    size_t column;
    size_t span;
    std::string text;
    std::string margin;
    Align align;
  };
  std::vector<size_t> Margins(size_t columns) const;
  std::vector<size_t> Widths(const std::vector<size_t>& margins) const;

  size_t row_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace flametrail

#endif  // CORE_SESSION_TEXT_TABLE_H_
