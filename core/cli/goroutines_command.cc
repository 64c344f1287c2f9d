#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/cli/command.h"
#include "core/cli/flags.h"
#include "core/cli/read_file.h"
#include "core/session/goroutines_report.h"

namespace flametrail {

int RunGoroutines(std::span<const std::string> args, Console* console) {
  constexpr std::array<FlagSpec, 2> kFlags = {{{"json", FlagKind::kBool}, {"n", FlagKind::kInt}}};
  const Result<ParsedFlags> flags = ParseFlags(args, kFlags);
  if (!flags.ok()) return BadUsage(flags.error().text, console);
  const std::vector<std::string>& files = flags->files();
  if (files.empty() || files.size() > 2) return BadUsage("goroutines wants one file, or two to compare", console);
  std::vector<std::unique_ptr<Session>> sessions;
  for (const std::string& file : files) {
    auto session = OpenWithNotice(file, console);
    if (!session) return kExitBadInput;
    sessions.push_back(std::move(session));
  }
  GoroutinesOptions options;
  options.json = flags->Bool("json");
  options.max_groups = static_cast<size_t>(std::max<int64_t>(0, flags->Int("n", 20)));
  const auto sink = [&](std::string_view text) { console->Write(text); };
  const Status written = files.size() == 1 ? WriteGoroutines(*sessions[0], options, sink)
                                           : WriteGoroutineComparison(*sessions[0], *sessions[1], options, sink);
  if (written.ok()) return kExitDone;
  console->err += DescribeFault(files[0], written.error());
  return kExitBadInput;
}

}  // namespace flametrail
