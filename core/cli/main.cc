#include <cstdio>
#include <ctime>
#include <string>
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
  const int status = flametrail::RunCommand(args, &console);
  const bool is_written = std::fwrite(console.out.data(), 1, console.out.size(), stdout) == console.out.size() &&
                          std::fflush(stdout) == 0;
  std::fwrite(console.err.data(), 1, console.err.size(), stderr);
  if (!is_written) {
    std::fputs("flametrail: cannot write the result\n", stderr);
    return flametrail::kExitBadInput;
  }
  return status;
}
