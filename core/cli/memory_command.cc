#include <array>
#include <string>

#include "core/cli/command.h"
#include "core/cli/flags.h"
#include "core/cli/read_file.h"
#include "core/session/memory_report.h"

namespace flametrail {

int RunMemory(std::span<const std::string> args, Console* console) {
  constexpr std::array<FlagSpec, 1> kFlags = {{{"json", FlagKind::kBool}}};
  const Result<ParsedFlags> flags = ParseFlags(args, kFlags);
  if (!flags.ok()) return BadUsage(flags.error().text, console);
  if (flags->files().size() != 1) return BadUsage("memory wants one file", console);
  const std::string& file = flags->files()[0];
  const auto session = OpenWithNotice(file, console);
  if (!session) return kExitBadInput;
  const Status written =
      WriteMemory(*session, flags->Bool("json"), [&](std::string_view text) { console->Write(text); });
  if (written.ok()) return kExitDone;
  console->err += DescribeFault(file, written.error());
  return kExitBadInput;
}

}  // namespace flametrail
