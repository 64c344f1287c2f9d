// The native command, apart from the process around it: arguments in, texts and an exit status out.
#ifndef CORE_CLI_COMMAND_H_
#define CORE_CLI_COMMAND_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/text_out.h"
#include "core/base/units.h"

namespace flametrail {

inline constexpr int kExitDone = 0;
inline constexpr int kExitBadInput = 1;
inline constexpr int kExitBadUsage = 2;
inline constexpr int kExitGate = 3;  // all was read, and a gate of the caller stops it

struct Console {
  std::string out;
  std::string err;
  // Where texts go that may be too long to hold; into `out` unless the process sets it.
  TextSink stream;
  void Write(std::string_view text) {
    if (stream) {
      stream(text);
    } else {
      out += text;
    }
  }
  // The user's time zone at a moment; UTC unless the process knows better.
  std::function<Zone(int64_t unix_seconds)> zone_at = [](int64_t) { return Zone(); };
};

// `args` without the program's name.
int RunCommand(std::span<const std::string> args, Console* console);

int RunBench(std::span<const std::string> args, Console* console);
int RunDiff(std::span<const std::string> args, Console* console);
int RunDetect(std::span<const std::string> files, Console* console);
int RunFindings(std::span<const std::string> args, Console* console);
int RunGoroutines(std::span<const std::string> args, Console* console);
int RunGcLog(std::span<const std::string> args, Console* console);
int RunMemory(std::span<const std::string> args, Console* console);
int RunPprof(std::span<const std::string> args, Console* console);
int RunTrace(std::span<const std::string> args, Console* console);

// Prints "flametrail: WHAT" with the way to the help, and gives kExitBadUsage.
int BadUsage(const std::string& what, Console* console);

}  // namespace flametrail

#endif  // CORE_CLI_COMMAND_H_
