// The lines of `perf script`. Which fields are printed is the user's choice (-F), so each is optional:
//
//   COMM [PID/]TID [CPU] MISC SECONDS.FRACTION: PERIOD EVENT: REST     a sample
//        ADDRESS SYMBOL+0xOFFSET (DSO)                                  its frames, leaf first
//        ADDRESS SYMBOL (inlined)                                       inlined into the next one
//     FILE:LINE                                                         of the frame above (-F +srcline)
//
// and a blank line ends the sample. Without call chains the one frame is the REST.
#ifndef CORE_FORMATS_PERF_SCRIPT_PERF_LINE_H_
#define CORE_FORMATS_PERF_SCRIPT_PERF_LINE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace flametrail::perf_script {

struct Header {
  std::string_view comm;  // may contain blanks
  std::string_view pid;   // these are empty where they are not printed
  std::string_view tid;
  std::string_view cpu;
  std::optional<int64_t> time_nanos;
  std::optional<int64_t> period;
  std::string_view event;  // "cycles:u", without the colon behind it
  std::string_view rest;   // behind the event: arguments of a tracepoint, or the only frame
  bool is_record = false;  // PERF_RECORD_...: no sample
};

// Needs a time, or else a thread and an event at the line's end: "java 19983 cycles:".
std::optional<Header> ParseHeader(std::string_view line);

struct Frame {
  uint64_t address = 0;
  std::string_view symbol;  // without offset; empty: not known
  std::string_view dso;     // empty: not known
  bool inlined = false;     // into the frame after it
};

// Needs an address and what is there (symbol, dso), or a symbol and a dso.
std::optional<Frame> ParseFrame(std::string_view line);

struct SourceLine {
  std::string_view file;  // empty: perf did not know ("libc-2.33.so[27b25]")
  int64_t line = 0;
};

std::optional<SourceLine> ParseSourceLine(std::string_view line);

}  // namespace flametrail::perf_script

#endif  // CORE_FORMATS_PERF_SCRIPT_PERF_LINE_H_
