#include <array>
#include <string>

#include "core/cli/command.h"
#include "core/cli/flags.h"
#include "core/cli/read_file.h"
#include "core/session/gc_log_report.h"
#include "core/session/memory_report.h"

namespace flametrail {
namespace {

// A report about one file, as text or JSON.
int RunReport(std::string_view name, std::span<const std::string> args,
              Status (*write)(const Session&, bool json, const TextSink&), Console* console) {
  constexpr std::array<FlagSpec, 1> kFlags = {{{"json", FlagKind::kBool}}};
  const Result<ParsedFlags> flags = ParseFlags(args, kFlags);
  if (!flags.ok()) return BadUsage(flags.error().text, console);
  if (flags->files().size() != 1) return BadUsage(std::string(name) + " wants one file", console);
  const std::string& file = flags->files()[0];
  const auto session = OpenWithNotice(file, console);
  if (!session) return kExitBadInput;
  const Status written = write(*session, flags->Bool("json"), [&](std::string_view text) { console->Write(text); });
  if (written.ok()) return kExitDone;
  console->err += DescribeFault(file, written.error());
  return kExitBadInput;
}

}  // namespace

int RunMemory(std::span<const std::string> args, Console* console) {
  return RunReport("memory", args, &WriteMemory, console);
}

int RunGcLog(std::span<const std::string> args, Console* console) {
  return RunReport("gclog", args, &WriteGcLog, console);
}

}  // namespace flametrail
