#include "core/session/text_table.h"

#include <algorithm>
#include <utility>

#include "core/base/utf8.h"

namespace flametrail {
namespace {

bool IsBlank(const std::string& text) { return text.find_first_not_of(' ') == std::string::npos; }

std::string Padded(const std::string& text, size_t width, TextTable::Align align) {
  const size_t free = width - std::min(width, RuneCount(text));
  const size_t left = align == TextTable::Align::kRight ? free : align == TextTable::Align::kCenter ? free / 2 : 0;
  return std::string(left, ' ') + text;
}

}  // namespace

void TextTable::Cell(size_t column, std::string text, Align align, std::string margin, size_t span) {
  // The first column, and cells without text, stand without the usual margin.
  if (margin == " " && (column == 0 || text.empty())) margin.clear();
  entries_.push_back({row_, column, span, std::move(text), std::move(margin), align});
}

std::vector<size_t> TextTable::Margins(size_t columns) const {
  std::vector<size_t> margins(columns);
  for (const Entry& entry : entries_) {
    margins[entry.column] = std::max(margins[entry.column], RuneCount(entry.margin));
  }
  return margins;
}

std::vector<size_t> TextTable::Widths(const std::vector<size_t>& margins) const {
  std::vector<size_t> widths(margins.size());
  std::vector<const Entry*> by_span;
  for (const Entry& entry : entries_) by_span.push_back(&entry);
  std::stable_sort(by_span.begin(), by_span.end(), [](const Entry* a, const Entry* b) { return a->span < b->span; });
  std::vector<bool> is_inner(margins.size());
  for (const Entry& entry : entries_) {
    for (size_t i = 1; i < entry.span; ++i) is_inner[entry.column + i] = true;
  }
  for (const Entry* entry : by_span) {
    size_t others = 0;
    for (size_t i = 1; i < entry->span; ++i) others += widths[entry->column + i];
    const size_t wanted = RuneCount(entry->text) + margins[entry->column];
    size_t& first = widths[entry->column];
    const bool may_grow = entry->span == 1 || !is_inner[entry->column];
    if (may_grow && wanted > others + first) first = wanted - others;
  }
  return widths;
}

std::string TextTable::Format() const {
  size_t columns = 0;
  for (const Entry& entry : entries_) columns = std::max(columns, entry.column + entry.span);
  const std::vector<size_t> margins = Margins(columns);
  const std::vector<size_t> widths = Widths(margins);
  std::vector<size_t> begins(columns + 1);
  for (size_t i = 0; i < columns; ++i) begins[i + 1] = begins[i] + widths[i];

  std::string out;
  size_t row = entries_.empty() ? 0 : entries_.front().row;
  size_t at = 0;
  for (const Entry& entry : entries_) {
    if (IsBlank(entry.text) && IsBlank(entry.margin)) continue;
    for (; row < entry.row; ++row, at = 0) out += '\n';
    const size_t begin = begins[entry.column];
    if (begin > at) out.append(begin - at, ' ');
    at = std::max(at, begin);
    out.append(margins[entry.column] - RuneCount(entry.margin), ' ').append(entry.margin);
    at += margins[entry.column];
    const std::string text =
        Padded(entry.text, begins[entry.column + entry.span] - begin - margins[entry.column], entry.align);
    out += text;
    at += RuneCount(text);
  }
  return entries_.empty() ? out : out + '\n';
}

}  // namespace flametrail
