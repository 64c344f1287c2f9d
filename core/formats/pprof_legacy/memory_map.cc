#include "core/formats/pprof_legacy/memory_map.h"

#include <algorithm>
#include <optional>
#include <string>

#include "core/formats/pprof_legacy/first_cover.h"

namespace flametrail::legacy {
namespace {

struct MapLine {
  std::string_view start, limit, permissions, offset, file, build_id;
};

bool IsPermission(char c) { return c == '-' || c == 'r' || c == 'w' || c == 'x' || c == 'p'; }

// Digits behind an optional "0x".
std::string_view TakeHex(Cursor* at) {
  const Cursor begin = *at;
  if (at->Take("0x")) {
    const std::string_view digits = at->TakeWhile(&IsHex);
    if (!digits.empty()) return digits;
    *at = begin;
  }
  return at->TakeWhile(&IsHex);
}

// "400000-fcb000:", behind optional space. Where no blank or dash stands between, the last digit is the second number:
// the expression of google/pprof says so.
bool TakeRange(Cursor* at, MapLine* line) {
  at->Spaces();
  line->start = TakeHex(at);
  if (line->start.empty()) return false;
  const Cursor behind = *at;
  at->Take("-");
  at->Spaces();
  line->limit = TakeHex(at);
  if (line->limit.empty()) {
    if (line->start.size() < 2) return false;
    *at = behind;
    line->limit = line->start.substr(line->start.size() - 1);
    line->start.remove_suffix(1);
  }
  at->Take(":");
  return true;
}

// The next word behind at least one blank; empty if there is none.
std::string_view NextWord(Cursor* at) {
  const Cursor before = *at;
  if (at->Spaces().empty()) return {};
  const std::string_view word = at->Word();
  if (word.empty()) *at = before;
  return word;
}

bool All(std::string_view text, bool (*accept)(char)) {
  for (const char c : text) {
    if (!accept(c)) return false;
  }
  return !text.empty();
}

bool IsHexWord(char c) { return IsHex(c); }

// "08:01"
bool IsDevice(std::string_view word) {
  const size_t colon = word.find(':');
  return colon != std::string_view::npos && All(word.substr(0, colon), &IsHexWord) &&
         All(word.substr(colon + 1), &IsHexWord);
}

// /proc/self/maps: " r-xp 00000000 08:01 1234 /bin/server"; the first two may be missing.
bool TakeProcTail(Cursor at, MapLine* line) {
  std::string_view word = NextWord(&at);
  if (All(word, &IsPermission)) {
    line->permissions = word;
    word = NextWord(&at);
  }
  if (All(word, &IsHexWord)) {
    line->offset = word;
    word = NextWord(&at);
  }
  if (!IsDevice(word)) return false;
  if (at.Spaces().empty() || at.Digits().empty()) return false;
  line->file = NextWord(&at);
  return true;
}

// " r-xp /bin/server (@ff00) abc123": any of them may be missing.
void TakeBriefTail(Cursor at, MapLine* line) {
  const Cursor before = at;
  if (!at.Spaces().empty()) line->permissions = at.TakeWhile(&IsPermission);
  if (line->permissions.empty()) at = before;
  line->file = NextWord(&at);
  const Cursor behind_file = at;
  const std::string_view word = NextWord(&at);
  if (word.starts_with("(@")) {
    Cursor inside(word, 2);
    line->offset = inside.TakeWhile(&IsHex);
    if (line->offset.empty() || !inside.Take(")")) {
      line->offset = {};
    } else if (!inside.AtEnd()) {
      return;
    }
  }
  if (line->offset.empty()) at = behind_file;
  if (!at.Spaces().empty()) line->build_id = at.TakeWhile(&IsHex);
}

bool ParseMapLine(std::string_view text, MapLine* line) {
  Cursor at(text);
  if (!TakeRange(&at, line)) return false;
  MapLine proc = *line;
  if (TakeProcTail(at, &proc)) {
    *line = proc;
  } else {
    TakeBriefTail(at, line);
  }
  return true;
}

// glog writes "I0102 03:04:05.678 1 file.cc:99] " before each line.
std::string_view WithoutLogPrefix(std::string_view line) {
  const size_t bracket = line.find_first_of("[]");
  if (bracket == std::string_view::npos || line[bracket] != ']') return line;
  size_t digits = bracket;
  while (digits > 0 && IsDigit(line[digits - 1])) --digits;
  const bool is_prefix = digits < bracket && digits > 1 && line[digits - 1] == ':' && bracket + 1 < line.size() &&
                         IsRegexpSpace(line[bracket + 1]);
  return is_prefix ? line.substr(bracket + 2) : line;
}

// The "name=value" lines so far.
class Attributes {
 public:
  bool Add(std::string_view name, std::string_view value) {
    if (pairs_.size() == kMaxMapAttributes || name.size() + value.size() > kMaxMapAttributeBytes) return false;
    pairs_.emplace_back("$" + std::string(name), value);
    return true;
  }

  // The first attribute that fits wins. Nothing: the line would become too long.
  std::optional<std::string> Expand(std::string_view line) const {
    std::string text;
    for (size_t at = 0; at < line.size();) {
      const auto* pair = line[at] == '$' ? Find(line.substr(at)) : nullptr;
      if (pair != nullptr) {
        text += pair->second;
        at += pair->first.size();
      } else {
        text += line[at++];
      }
      if (text.size() > kMaxMapLineBytes) return std::nullopt;
    }
    return text;
  }
  bool empty() const { return pairs_.empty(); }

 private:
  const std::pair<std::string, std::string>* Find(std::string_view text) const {
    for (const auto& pair : pairs_) {
      if (text.starts_with(pair.first)) return &pair;
    }
    return nullptr;
  }

  std::vector<std::pair<std::string, std::string>> pairs_;
};

enum class Entry : uint8_t { kMapping, kNotExecutable, kNone };

Entry ParseEntry(std::string_view text, StringPool* strings, Mapping* mapping) {
  MapLine line;
  if (!ParseMapLine(text, &line)) return Entry::kNone;
  if (!line.permissions.empty() && line.permissions.find('x') == std::string_view::npos) return Entry::kNotExecutable;
  const auto start = ParseHex(line.start);
  const auto limit = ParseHex(line.limit);
  const auto offset = line.offset.empty() ? std::optional<uint64_t>(0) : ParseHex(line.offset);
  if (!start || !limit || !offset) return Entry::kNone;
  mapping->start = *start;
  mapping->limit = *limit;
  mapping->offset = *offset;
  mapping->file = strings->Intern(line.file);
  mapping->build_id = strings->Intern(line.build_id);
  return Entry::kMapping;
}

bool IsAdjacent(const Mapping& a, const Mapping& b) {
  const auto differ = [](StringId x, StringId y) {
    return x != StringPool::kEmpty && y != StringPool::kEmpty && x != y;
  };
  if (differ(a.file, b.file) || differ(a.build_id, b.build_id) || a.limit != b.start) return false;
  return a.offset == 0 || b.offset == 0 || a.offset + (a.limit - a.start) == b.offset;
}

// "libc.so", "libc.so.6", "libc-2.so_1"
bool IsLibrary(std::string_view file) {
  for (size_t at = file.find(".so"); at != std::string_view::npos; at = file.find(".so", at + 1)) {
    const std::string_view behind = file.substr(at + 3);
    if (behind.empty()) return true;
    if (behind.size() > 1 && (behind[0] == '.' || behind[0] == '_') && IsDigit(behind[1])) return true;
  }
  return false;
}

bool IsMainBinary(std::string_view file) {
  constexpr std::string_view kDeleted = "(deleted)";
  std::string text(file);
  for (size_t at = text.find(kDeleted); at != std::string::npos; at = text.find(kDeleted, at)) {
    text.erase(at, kDeleted.size());
  }
  const std::string_view name = TrimSpace(text);
  return !name.empty() && name.front() != '[' && !IsLibrary(name);
}

// What handlers get wrong about the main binary.
void CorrectMainMapping(const StringPool& strings, std::vector<Mapping>* mappings) {
  if (mappings->size() > 1 && strings.View(mappings->front().file).starts_with("/anon_hugepage") &&
      mappings->front().limit == (*mappings)[1].start) {
    mappings->erase(mappings->begin());
  }
  constexpr uint64_t kUsualStart = 0x400000;
  if (mappings->empty()) return;
  Mapping& main = mappings->front();
  if (main.start - main.offset == kUsualStart) {
    main.start = kUsualStart;
    main.offset = 0;
  }
}

std::vector<uint64_t> Bounds(const std::vector<Mapping>& mappings) {
  std::vector<uint64_t> bounds;
  for (const Mapping& mapping : mappings) {
    bounds.insert(bounds.end(), {mapping.start, mapping.limit, mapping.start - mapping.offset});
  }
  return bounds;
}

}  // namespace

void ReadMemoryMap(LineScanner* lines, StringPool* strings, Diagnostics* diagnostics, std::vector<Mapping>* mappings) {
  Attributes attributes;
  while (lines->Next()) {
    std::string_view line = WithoutLogPrefix(lines->line());
    std::optional<std::string> expanded;
    if (line.size() <= kMaxMapLineBytes && !attributes.empty() && line.find('$') != std::string_view::npos) {
      expanded = attributes.Expand(line);
      line = expanded ? std::string_view(*expanded) : line;
      if (!expanded) {
        diagnostics->Count(Issue::kBadRecord, lines->offset(), "a line of the memory map is too long");
        continue;
      }
    }
    if (line.size() > kMaxMapLineBytes || mappings->size() == kMaxMappings) {
      diagnostics->Count(Issue::kBadRecord, lines->offset(),
                         line.size() > kMaxMapLineBytes ? "a line of the memory map is too long"
                                                        : "the memory map has too many entries");
      continue;
    }
    Mapping mapping;
    const Entry entry = ParseEntry(line, strings, &mapping);
    if (entry == Entry::kMapping) mappings->push_back(mapping);
    const size_t equals = line.find('=');
    if (entry != Entry::kNone || equals == std::string_view::npos) continue;
    if (!attributes.Add(TrimSpace(line.substr(0, equals)), TrimSpace(line.substr(equals + 1)))) {
      diagnostics->Count(Issue::kBadRecord, lines->offset(), "the memory map has too many or too long attributes");
    }
  }
}

void TidyMappings(const StringPool& strings, std::vector<Mapping>* mappings) {
  std::vector<Mapping> kept;
  for (const Mapping& mapping : *mappings) {
    if (kept.empty() || !IsAdjacent(kept.back(), mapping)) {
      kept.push_back(mapping);
      continue;
    }
    kept.back().limit = mapping.limit;
    if (mapping.file != StringPool::kEmpty) kept.back().file = mapping.file;
    if (mapping.build_id != StringPool::kEmpty) kept.back().build_id = mapping.build_id;
  }
  *mappings = std::move(kept);
  for (Mapping& mapping : *mappings) {
    if (!IsMainBinary(strings.View(mapping.file))) continue;
    std::swap(mappings->front(), mapping);
    break;
  }
}

std::vector<MappingId> MapAddresses(std::span<const uint64_t> addresses, const StringPool& strings,
                                    std::vector<Mapping>* mappings) {
  constexpr uint64_t kTop = UINT64_MAX;
  CorrectMainMapping(strings, mappings);
  FirstCover ranges(Bounds(*mappings));
  FirstCover gaps(Bounds(*mappings));  // [start - offset, start): the part of a mapping that a handler may have lost
  for (uint32_t i = 0; i < mappings->size(); ++i) {
    const Mapping& mapping = (*mappings)[i];
    ranges.Add(mapping.start, mapping.limit, i);
    gaps.Add(mapping.start - mapping.offset, mapping.start, i);
  }
  std::vector<MappingId> found;
  found.reserve(addresses.size());
  MappingId everything;
  for (const uint64_t address : addresses) {
    MappingId id;
    if (address != 0) {
      if (const auto range = ranges.Find(address, [](uint32_t) { return true; })) {
        id = MappingId(*range);
      } else if (!everything.is_none() && address != kTop) {
        id = everything;
      } else if (const auto gap =
                     gaps.Find(address, [&](uint32_t number) { return (*mappings)[number].offset != 0; })) {
        Mapping& mapping = (*mappings)[*gap];
        const uint64_t start = mapping.start;
        mapping.start -= mapping.offset;
        mapping.offset = 0;
        ranges.Add(mapping.start, std::min(start, mapping.limit), *gap);
        id = MappingId(*gap);
      } else {
        if (everything.is_none()) {
          everything = MappingId(mappings->size());
          mappings->push_back({});
          mappings->back().limit = kTop;
          mappings->back().file = mappings->back().build_id = StringPool::kEmpty;
        }
        id = everything;
      }
    }
    found.push_back(id);
  }
  for (size_t i = 0; i < mappings->size(); ++i) (*mappings)[i].id = i + 1;
  return found;
}

}  // namespace flametrail::legacy
