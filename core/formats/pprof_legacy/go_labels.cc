// Label sets as Go prints them: {"endpoint":"order", "tenant":"Z\u00fcrich"}, keys and values in strconv.Quote's form.
#include <array>

#include "core/formats/pprof_legacy/text_samples.h"

namespace flametrail::legacy {
namespace {

void AppendUtf8(uint32_t rune, std::string* text) {
  if (rune < 0x80) {
    *text += static_cast<char>(rune);
    return;
  }
  const int more = rune < 0x800 ? 1 : rune < 0x10000 ? 2 : 3;
  constexpr std::array<uint32_t, 4> kLead = {0, 0xC0, 0xE0, 0xF0};
  *text += static_cast<char>(kLead[static_cast<size_t>(more)] | (rune >> (6 * more)));
  for (int i = more - 1; i >= 0; --i) *text += static_cast<char>(0x80 | ((rune >> (6 * i)) & 0x3F));
}

// The character behind a backslash.
bool TakeEscape(Cursor* at, std::string* text) {
  struct Row {
    std::string_view letter;
    char byte;
  };
  constexpr Row kSimple[] = {{"\"", '"'}, {"\\", '\\'}, {"n", '\n'}, {"t", '\t'}, {"r", '\r'},
                             {"a", '\a'}, {"b", '\b'},  {"f", '\f'}, {"v", '\v'}};
  for (const Row& row : kSimple) {
    if (!at->Take(row.letter)) continue;
    *text += row.byte;
    return true;
  }
  const size_t digits = at->Take("x") ? 2 : at->Take("u") ? 4 : at->Take("U") ? 8 : 0;
  const std::string_view number = at->rest().substr(0, digits);
  const auto value = ParseHex(number);
  if (!value || number.size() != digits || *value > 0x10FFFF) return false;
  at->Take(number);
  if (digits == 2) {
    *text += static_cast<char>(*value);
  } else {
    AppendUtf8(static_cast<uint32_t>(*value), text);
  }
  return true;
}

bool TakeQuoted(Cursor* at, std::string* text) {
  if (!at->Take("\"")) return false;
  for (;;) {
    *text += at->TakeWhile([](char c) { return c != '"' && c != '\\'; });
    if (at->Take("\"")) return true;
    if (!at->Take("\\") || !TakeEscape(at, text)) return false;
  }
}

}  // namespace

bool ParseGoLabels(std::string_view text, std::vector<std::pair<std::string, std::string>>* labels) {
  Cursor at(TrimSpace(text));
  if (!at.Take("{")) return false;
  if (at.Take("}")) return at.AtEnd();
  do {
    std::string key;
    std::string value;
    at.SkipBlanks();
    if (!TakeQuoted(&at, &key) || !at.Take(":") || !TakeQuoted(&at, &value)) return false;
    labels->emplace_back(std::move(key), std::move(value));
  } while (at.Take(","));
  return at.Take("}") && at.AtEnd();
}

}  // namespace flametrail::legacy
