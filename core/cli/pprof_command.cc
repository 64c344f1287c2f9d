#include <string>
#include <vector>

#include "core/cli/command.h"
#include "core/cli/pprof_flags.h"
#include "core/cli/read_file.h"
#include "core/session/session.h"

namespace flametrail {
namespace {

constexpr int64_t kNanosPerSecond = 1000000000;

int64_t FloorSeconds(int64_t nanos) { return nanos / kNanosPerSecond - (nanos % kNanosPerSecond < 0 ? 1 : 0); }

int BadInput(const std::string& file, const Error& error, Console* console) {
  console->err += DescribeFault(file, error);
  return kExitBadInput;
}

void WarnOfNotices(const std::string& file, const ProfileSummary& summary, Console* console) {
  for (const Diagnostic& diagnostic : summary.diagnostics) {
    if (diagnostic.severity != Severity::kNotice || diagnostic.issue == Issue::kAllZeroType) continue;
    console->err += "flametrail: " + file + ": warning: " + std::string(diagnostic.sentence) + "\n";
  }
}

}  // namespace

int RunPprof(std::span<const std::string> args, Console* console) {
  Result<PprofRequest> request = ParsePprofFlags(args);
  if (!request.ok()) return BadUsage(request.error().text, console);
  for (const std::string& warning : request->warnings) console->err += "flametrail: warning: " + warning + "\n";

  const std::string& file = request->files.front();
  Session session;
  if (const Status status = ReadFile(file, &session); !status.ok()) return BadInput(file, status.error(), console);
  if (const Status fault = StrictFault(session.summary()); !fault.ok()) return BadInput(file, fault.error(), console);
  WarnOfNotices(file, session.summary(), console);

  request->report.options.zone = console->zone_at(FloorSeconds(session.summary().time_nanos));
  std::vector<std::string> warnings;
  const Status written =
      session.WriteReport(request->report, [&](std::string_view text) { console->Write(text); }, &warnings);
  for (const std::string& warning : warnings) console->err += "flametrail: " + warning + "\n";
  if (written.ok()) return kExitDone;
  if (written.error().code == Code::kInvalid) return BadUsage(written.error().text, console);
  return BadInput(file, written.error(), console);
}

}  // namespace flametrail
