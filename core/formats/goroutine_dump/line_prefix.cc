#include "core/formats/goroutine_dump/line_prefix.h"

namespace flametrail::goroutine_dump {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

size_t SkipWord(std::string_view text, size_t at) {
  while (at < text.size() && !IsBlank(text[at])) ++at;
  return at;
}

size_t SkipBlanks(std::string_view text, size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

}  // namespace

void LinePrefix::Learn(std::string_view prefix) {
  words_ = 0;
  between_.clear();
  size_t at = SkipBlanks(prefix, 0);
  size_t end = at;  // of what is words and blanks
  while (at < prefix.size()) {
    const size_t word_end = SkipWord(prefix, at);
    if (word_end == prefix.size()) break;
    at = SkipBlanks(prefix, word_end);
    between_ = prefix.substr(word_end, at - word_end);
    end = at;
    ++words_;
  }
  tail_ = prefix.substr(end);
}

std::string_view LinePrefix::Strip(std::string_view line) const {
  size_t at = 0;
  if (words_ > 0) {
    at = SkipBlanks(line, 0);
    for (size_t word = 0; word < words_; ++word) {
      if (at == line.size()) return word == 0 ? line.substr(at) : line;
      const size_t word_end = SkipWord(line, at);
      // Behind the last word exactly its blanks go: the tab of "\tmain.go:3" is the dump's.
      at = word + 1 < words_ ? SkipBlanks(line, word_end) : word_end;
    }
    if (line.substr(at).starts_with(between_)) {
      at += between_.size();
    } else if (SkipBlanks(line, at) == line.size()) {
      return {};
    } else {
      at = SkipBlanks(line, at);
    }
  }
  if (line.substr(at).starts_with(tail_)) return line.substr(at + tail_.size());
  return line;
}

}  // namespace flametrail::goroutine_dump
