// What one line of a goroutine dump is. Pure functions of the line, behind any log prefix.
#ifndef CORE_FORMATS_GOROUTINE_DUMP_DUMP_LINE_H_
#define CORE_FORMATS_GOROUTINE_DUMP_DUMP_LINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/dump.h"

namespace flametrail::goroutine_dump {

// goroutine 18 gp=0xc0000a41c0 m=nil [chan receive (scan), 2 minutes, locked to thread] {"k": "v"}:
struct Header {
  size_t begin = 0;  // of "goroutine" in the line: what stands before it is the log's
  uint64_t id = 0;
  std::string_view state;
  uint32_t wait_minutes = 0;
  bool is_locked_to_thread = false;
  bool is_scanned = false;
  bool is_leaked = false;
  std::string_view bubble;
  std::vector<std::pair<std::string, std::string>> labels;
};
std::optional<Header> ParseHeader(std::string_view line);

// net.(*conn).Read(0xc0000920e0, {0xc000340000?, 0x3})
struct Call {
  std::string_view function;
  std::string_view arguments;
};
std::optional<Call> ParseCall(std::string_view line);

// "\tnet/net.go:189 +0x45 fp=0xc00008eef8 sp=0xc00008eef0 pc=0x4b4373"; of C without symbols: "\tpc=0x4b4373".
struct Place {
  std::string_view file;
  int64_t line = 0;
  bool is_indented = false;
};
std::optional<Place> ParsePlace(std::string_view line);

// created by main.main in goroutine 1
struct Creator {
  std::string_view function;
  std::optional<uint64_t> id;
};
std::optional<Creator> ParseCreator(std::string_view line);

// "...43543 frames elided...", "...additional frames elided..."
std::optional<uint64_t> ParseElided(std::string_view line);

struct CrashLine {
  CrashKind kind;
  std::string_view text;
};
// "panic: ", "fatal error: " anywhere at a word's beginning; "SIGQUIT: quit" at the line's.
std::optional<CrashLine> ParseCrash(std::string_view line);

}  // namespace flametrail::goroutine_dump

#endif  // CORE_FORMATS_GOROUTINE_DUMP_DUMP_LINE_H_
