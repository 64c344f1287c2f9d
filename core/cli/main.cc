#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "core/cli/command.h"

namespace {

// TZ decides, as for the Go tool.
flametrail::Zone LocalZone(int64_t unix_seconds) {
  const auto time = static_cast<std::time_t>(unix_seconds);
  std::tm local = {};
  if (localtime_r(&time, &local) == nullptr) return {};
  return {static_cast<int32_t>(local.tm_gmtoff), local.tm_zone};
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  flametrail::Console console;
  console.zone_at = LocalZone;
  bool is_written = true;
  const auto write = [&](std::string_view text) {
    is_written = is_written && std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  };
  console.stream = write;
  const int status = flametrail::RunCommand(args, &console);
  write(console.out);
  is_written = std::fflush(stdout) == 0 && is_written;
  std::fwrite(console.err.data(), 1, console.err.size(), stderr);
  if (!is_written) {
    std::fputs("flametrail: cannot write the result\n", stderr);
    return flametrail::kExitBadInput;
  }
  return status;
}
