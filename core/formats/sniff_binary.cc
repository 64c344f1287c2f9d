#include <algorithm>
#include <array>

#include "core/formats/sniff.h"

namespace flametrail::sniff {
namespace {

using namespace std::string_view_literals;

struct SignatureRow {
  size_t at;
  std::string_view bytes;
  std::string_view phrase;
};

// All kForeign. A longer signature stands before a shorter one that it contains.
constexpr SignatureRow kSignatures[] = {
    {0, "\xFF\xD8\xFF"sv, "a JPEG image"},
    {0, "\x89PNG\r\n\x1A\n"sv, "a PNG image"},
    {0, "GIF87a"sv, "a GIF image"},
    {0, "GIF89a"sv, "a GIF image"},
    {8, "WEBP"sv, "a WebP image"},
    {0, "%PDF-"sv, "a PDF document"},
    {0,
     "\x7F"
     "ELF"sv,
     "an ELF program or library"},
    {0, "\xFE\xED\xFA\xCE"sv, "a Mach-O program or library"},
    {0, "\xFE\xED\xFA\xCF"sv, "a Mach-O program or library"},
    {0, "\xCE\xFA\xED\xFE"sv, "a Mach-O program or library"},
    {0, "\xCF\xFA\xED\xFE"sv, "a Mach-O program or library"},
    {0, "\0asm"sv, "a WebAssembly module"},
    {0, "!<arch>\n"sv, "an ar archive (a static library)"},
    {0, "PK\x03\x04"sv, "a zip archive"},
    {0, "PK\x05\x06"sv, "an empty zip archive"},
    {257, "ustar"sv, "a tar archive"},
    {0, "\x1F\x8B"sv, "a gzip file inside another one"},
    {0, "\x1F\x9D"sv, "a compress (.Z) file"},
    {0,
     "\xFD"
     "7zXZ\0"sv,
     "an xz file"},
    {0, "\x28\xB5\x2F\xFD"sv, "a zstd file"},
    {0, "\x04\x22\x4D\x18"sv, "an lz4 file"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "a 7z archive"},
    {0, "Rar!\x1A\x07"sv, "a RAR archive"},
    {0, "SQLite format 3\0"sv, "an SQLite database"},
    {0, "JAVA PROFILE 1.0."sv, "a Java heap dump (HPROF)"},
    {0, "FLR\0"sv, "a Java Flight Recorder recording (JFR)"},
    {0, "PERFILE2"sv, "a Linux perf recording (perf.data)"},
    {0, "2ELIFREP"sv, "a Linux perf recording (perf.data)"},
    {0, "\xD4\xC3\xB2\xA1"sv, "a network capture (pcap)"},
    {0, "\xA1\xB2\xC3\xD4"sv, "a network capture (pcap)"},
    {0, "\x0A\x0D\x0D\x0A"sv, "a network capture (pcapng)"},
};

bool HasAt(std::string_view raw, size_t at, std::string_view bytes) {
  return at <= raw.size() && raw.substr(at).starts_with(bytes);
}

uint32_t BigEndian32(std::string_view raw, size_t at) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<uint8_t>(raw[at + i]);
  return value;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "BZh" and a digit could begin a text; the first block's magic (the digits of pi) could not.
bool IsBzip2(std::string_view raw) {
  return raw.starts_with("BZh") && raw.size() >= 10 && raw.substr(4).starts_with("1AY&SY");
}

// DOS header with a pointer to "PE\0\0"; "MZ" alone begins words too.
bool IsPortableExecutable(std::string_view raw) {
  if (!raw.starts_with("MZ") || raw.size() < 64) return false;
  size_t at = 0;
  for (size_t i = 0; i < 4; ++i) at |= size_t{static_cast<uint8_t>(raw[60 + i])} << (8 * i);
  return HasAt(raw, at, "PE\0\0"sv);
}

}  // namespace

MaybeGuess Nothing(const Head& head) {
  if (head.bytes.empty()) return Guess{Format::kForeign, "an empty file"};
  const bool zeros = std::all_of(head.bytes.begin(), head.bytes.end(), [](uint8_t byte) { return byte == 0; });
  if (zeros) return Guess{Format::kForeign, head.whole ? "nothing but zeros" : "zeros (at least at the beginning)"};
  return std::nullopt;
}

MaybeGuess Signature(const Head& head) {
  const std::string_view raw = head.raw();
  for (const SignatureRow& row : kSignatures) {
    if (HasAt(raw, row.at, row.bytes)) return Guess{Format::kForeign, std::string(row.phrase)};
  }
  if (IsBzip2(raw)) return Guess{Format::kForeign, "a bzip2 file"};
  if (IsPortableExecutable(raw)) return Guess{Format::kForeign, "a Windows program or library (PE)"};
  if (raw.size() >= 8 && BigEndian32(raw, 0) == 0xCAFEBABE) {
    // Shared by two formats: what follows is a count of architectures, or a version that began at 45.
    const bool java = BigEndian32(raw, 4) >= 45;
    return Guess{Format::kForeign, java ? "a Java class file" : "a Mach-O program or library"};
  }
  return std::nullopt;
}

// "go 1.23 trace" and zeros up to 16 bytes.
MaybeGuess GoTrace(const Head& head) {
  std::string_view rest = head.raw();
  if (!rest.starts_with("go 1.")) return std::nullopt;
  rest.remove_prefix(5);
  size_t digits = 0;
  while (digits < rest.size() && IsDigit(rest[digits])) ++digits;
  if (digits == 0 || digits > 3 || !rest.substr(digits).starts_with(" trace\0"sv)) return std::nullopt;
  return Guess{Format::kGoTrace, "a Go execution trace (go 1." + std::string(rest.substr(0, digits)) + ")"};
}

namespace {

uint64_t Word(Bytes bytes, size_t at, size_t width, bool big) {
  uint64_t value = 0;
  for (size_t i = 0; i < width; ++i) value = value << 8 | bytes[at + (big ? i : width - 1 - i)];
  return value;
}

}  // namespace

// gperftools' CPU profile: five words 0, 3, 0 or 1 (Java), sampling period in microseconds, 0.
MaybeGuess LegacyCpu(const Head& head) {
  for (const size_t width : {size_t{4}, size_t{8}}) {
    if (head.bytes.size() < 5 * width) continue;
    for (const bool big : {false, true}) {
      std::array<uint64_t, 5> word = {};
      for (size_t i = 0; i < 5; ++i) word[i] = Word(head.bytes, i * width, width, big);
      if (word[0] == 0 && word[1] == 3 && word[2] <= 1 && word[3] > 0 && word[4] == 0) {
        return Guess{Format::kPprofLegacyCpu, "a CPU profile in the old binary format of gperftools"};
      }
    }
  }
  return std::nullopt;
}

MaybeGuess Anything(const Head&) { return Guess{Format::kUnknown, "binary data of no kind known here"}; }

}  // namespace flametrail::sniff
