#include "core/analysis/demangle/demangle.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace flametrail {
namespace {

// The end of a symbol of Rust's older scheme: "17h", 16 hexadecimal digits, "E".
constexpr std::string_view kHashHead = "17h";
constexpr size_t kHashDigits = 16;
// A hash has this many different digits; a C++ name that looks like one rarely has.
constexpr ptrdiff_t kDifferentDigits = 5;

bool IsRustHash(std::string_view text) {
  std::array<bool, 16> seen = {};
  for (const char c : text) {
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && !(c >= 'a' && c <= 'f')) return false;
    seen[static_cast<size_t>(is_digit ? c - '0' : c - 'a' + 10)] = true;
  }
  return std::count(seen.begin(), seen.end(), true) >= kDifferentDigits;
}

struct Escape {
  std::string_view code;
  std::string_view text;
};
constexpr Escape kEscapes[] = {{"$SP$", "@"}, {"$BP$", "*"}, {"$RF$", "&"}, {"$LT$", "<"}, {"$GT$", ">"},
                               {"$LP$", "("}, {"$RP$", ")"}, {"$C$", ","},  {"..", "::"},  {".", "-"}};

// "$u7b$": a code point; only those of ASCII are written so.
size_t DecodeCodePoint(std::string_view text, std::string* out) {
  if (!text.starts_with("$u")) return 0;
  uint32_t code = 0;
  size_t at = 2;
  for (; at < text.size() && at < 8 && text[at] != '$'; ++at) {
    const char c = text[at];
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return 0;
    code = code * 16 + static_cast<uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  if (at == 2 || at >= text.size() || text[at] != '$' || code < 0x20 || code > 0x7E) return 0;
  *out += static_cast<char>(code);
  return at + 1;
}

// "$LT$T$u20$as$u20$core..fmt..Debug$GT$" as "<T as core::fmt::Debug>".
std::string DecodeRustName(std::string_view name) {
  std::string out;
  if (name.starts_with("_$")) name.remove_prefix(1);
  while (!name.empty()) {
    if (const size_t used = DecodeCodePoint(name, &out); used > 0) {
      name.remove_prefix(used);
      continue;
    }
    const auto escape = std::find_if(std::begin(kEscapes), std::end(kEscapes),
                                     [&](const Escape& e) { return name.starts_with(e.code); });
    if (escape == std::end(kEscapes)) {
      out += name.front();
      name.remove_prefix(1);
    } else {
      out += escape->text;
      name.remove_prefix(escape->code.size());
    }
  }
  return out;
}

// Lengths and names up to the hash: "_ZN" 4core 3fmt ... 17h0123456789abcdef "E".
std::optional<std::string> DemangleRustLegacy(std::string_view symbol) {
  if (!symbol.starts_with("_ZN")) return std::nullopt;
  // LLVM's own suffixes.
  symbol = symbol.substr(0, symbol.find(".llvm."));
  const size_t tail = kHashHead.size() + kHashDigits + 1;
  if (symbol.size() < 3 + tail || symbol.size() > kMaxMangledBytes || symbol.back() != 'E') return std::nullopt;
  const std::string_view hash = symbol.substr(symbol.size() - tail);
  if (!hash.starts_with(kHashHead) || !IsRustHash(hash.substr(kHashHead.size(), kHashDigits))) return std::nullopt;
  std::string out;
  std::string_view rest = symbol.substr(3, symbol.size() - 3 - tail);
  while (!rest.empty()) {
    size_t length = 0;
    while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9' && length <= kMaxMangledBytes) {
      length = length * 10 + static_cast<size_t>(rest.front() - '0');
      rest.remove_prefix(1);
    }
    if (length == 0 || length > rest.size()) return std::nullopt;
    if (!out.empty()) out += "::";
    out += DecodeRustName(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  return out.empty() ? std::nullopt : std::optional<std::string>(out);
}

// google/pprof looksLikeDemangledCPlusPlus: Java's "class.<init>" and Go's "foo.(*Bar[...]).Method" do not.
bool LooksDemangled(std::string_view name) {
  if (name.find(".<") != std::string_view::npos || name.find("]).") != std::string_view::npos) return false;
  return name.find_first_of("<>[]") != std::string_view::npos || name.find("::") != std::string_view::npos;
}

bool IsNameByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

// Without what stands between outermost pairs; a stray end leaves the rest alone (google/pprof removeMatching), and so
// does a "<" that stands behind no name: it begins no template arguments, and without it nothing would be left of
// Python's "<module>" and JavaScript's "<anonymous>".
std::string WithoutPairs(std::string_view name, char start, char end) {
  std::string out;
  size_t nesting = 0;
  size_t first = 0;
  size_t kept = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == start) {
      if (start == '<' && nesting == 0 && (i == 0 || !IsNameByte(name[i - 1]))) break;
      if (nesting++ == 0) first = i;
    }
    if (name[i] != end) continue;
    if (nesting == 0) break;
    if (--nesting == 0) {
      out += name.substr(kept, first - kept);
      kept = i + 1;
    }
  }
  return out += name.substr(kept);
}

}  // namespace

std::string DemangleName(std::string_view symbol, DemangleMode mode) {
  if (mode == DemangleMode::kNone) return std::string(symbol);
  if (auto name = DemangleRustLegacy(symbol)) return *name;
  if (auto name = DemangleItanium(symbol, mode)) return *name;
  std::string name(symbol);
  if (!LooksDemangled(name)) return name;
  if (mode != DemangleMode::kFull) name = WithoutPairs(name, '(', ')');
  if (mode == DemangleMode::kSimple) name = WithoutPairs(name, '<', '>');
  return name;
}

std::string ReadableShapes(std::string_view name) {
  constexpr std::string_view kShape = "go.shape.";
  constexpr std::string_view kPointer = "*uint8";
  std::string out;
  for (size_t at; (at = name.find(kShape)) != std::string_view::npos;) {
    out += name.substr(0, at);
    name.remove_prefix(at + kShape.size());
    if (name.starts_with(kPointer)) {
      out += "*any";
      name.remove_prefix(kPointer.size());
    }
    // What follows is a type; of Go 1.18 its place in the list too: "int_0".
    size_t end = std::min(name.find_first_of(",]"), name.size());
    size_t digits = end;
    while (digits > 0 && name[digits - 1] >= '0' && name[digits - 1] <= '9') --digits;
    const bool has_place = digits > 0 && digits < end && name[digits - 1] == '_';
    out += name.substr(0, has_place ? digits - 1 : end);
    name.remove_prefix(end);
  }
  return out += name;
}

void DemangleFunctions(Profile* profile, DemangleMode mode) {
  if (mode == DemangleMode::kNone) return;
  FunctionTable& functions = profile->functions;
  for (size_t i = 0; i < functions.size(); ++i) {
    const StringId old = functions.name[i];
    StringId& system_name = functions.system_name[i];
    if (old != StringPool::kEmpty && system_name != StringPool::kEmpty && old != system_name) continue;
    const std::string_view symbol = profile->Text(old == StringPool::kEmpty ? system_name : old);
    const std::string name = ReadableShapes(DemangleName(symbol, mode));
    if (name == symbol && old != StringPool::kEmpty) continue;
    if (system_name == StringPool::kEmpty) system_name = old;
    functions.name[i] = profile->strings.Intern(name);
  }
}

}  // namespace flametrail
