// One legacy file while it is read, and what the readers of the single formats share.
#ifndef CORE_FORMATS_PPROF_LEGACY_READING_H_
#define CORE_FORMATS_PPROF_LEGACY_READING_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/formats/pprof_legacy/profile_draft.h"
#include "core/formats/pprof_legacy/text.h"
#include "core/formats/reader.h"
#include "core/model/memstats.h"

namespace flametrail::legacy {

// What a parser says of the text: google/pprof asks one after the other, and the first whose format it is decides.
enum class Verdict : uint8_t { kNotMine, kDone };

struct Reading {
  Reading(std::string_view whole, size_t first_byte, const ReadOptions& read_options)
      : text(whole), begin(first_byte), options(read_options) {}

  std::string_view text;
  size_t begin;  // of the profile in `text`
  ReadOptions options;
  ProfileDraft draft;
  Diagnostics diagnostics;
  std::optional<Error> fault;
  std::optional<MemStats> mem_stats;
  std::string format;  // "heap profile (text)"
  bool keep_addresses = true;
  bool has_go_symbols = false;

  LineScanner Lines() const { return LineScanner(text, begin, options.compat ? kGoLineLimit : std::string_view::npos); }
  void SetTypes(std::string_view type, std::string_view unit, int64_t period);

  // A record that cannot be read. True: it is left out, go on; false (compat): pprof refuses the file. `compat_text`
  // where pprof's own words are another sentence.
  bool PassOver(uint64_t offset, std::string why, std::string_view compat_text = {});
  // The end of the data, in the middle of something.
  void EndsEarly(uint64_t offset, std::string why);
  bool AddSample(uint64_t offset, std::span<const LocationId> stack, std::span<const int64_t> values,
                 std::span<const Label> labels = {});

  // The rest of the text: what follows a memory map's heading, if there is one; mappings and numbers of locations.
  void ReadAdditionalSections(LineScanner* lines);
  // The same without looking for the heading.
  void ReadMap(LineScanner* lines);
  // True: the line that stopped `lines` is longer than pprof reads; the fault is set.
  bool TooLong(const LineScanner& lines);
};

inline constexpr std::string_view kUnrecognized = "unrecognized profile format";
inline constexpr std::string_view kMalformed = "malformed profile format";

// Each reads one family of formats; see the top of its file.
Verdict ParseCpu(Reading* reading);
Verdict ParseHeap(Reading* reading);
Verdict ParseGoCount(Reading* reading);
Verdict ParseThreads(Reading* reading);
Verdict ParseContention(Reading* reading);
Verdict ParseJava(Reading* reading);

// The table of a Java profile: "0xADDR function (file:line)".
bool ReadJavaLocations(Reading* reading, LineScanner lines);

// Patterns of frames that only show how the profile was made, by the profile's sample types.
void SetFramePatterns(Profile* profile);

}  // namespace flametrail::legacy

#endif  // CORE_FORMATS_PPROF_LEGACY_READING_H_
