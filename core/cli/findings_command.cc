#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cli/command.h"
#include "core/cli/flags.h"
#include "core/cli/read_file.h"
#include "core/session/findings_report.h"

namespace flametrail {
namespace {

using Sessions = std::vector<std::unique_ptr<Session>>;

// All or nothing: a gate that did not see a file has not passed.
std::optional<Sessions> OpenAll(const std::vector<std::string>& files, Console* console) {
  Sessions sessions;
  for (const std::string& file : files) {
    auto session = OpenWithNotice(file, console);
    if (!session) return std::nullopt;
    sessions.push_back(std::move(session));
  }
  return sessions;
}

}  // namespace

int RunFindings(std::span<const std::string> args, Console* console) {
  constexpr std::array<FlagSpec, 5> kFlags = {{
      {"json", FlagKind::kBool},
      {"rules", FlagKind::kBool},
      {"lang", FlagKind::kText},
      {"fail-on", FlagKind::kText},
      {"threshold", FlagKind::kText},
  }};
  const Result<ParsedFlags> flags = ParseFlags(args, kFlags);
  if (!flags.ok()) return BadUsage(flags.error().text, console);
  FindingsReportOptions options;
  options.json = flags->Bool("json");
  const std::string language = flags->Text("lang", "en");
  if (language != "en" && language != "zh") return BadUsage("-lang is en or zh", console);
  if (language == "zh") options.language = Language::kChinese;
  const Result<FindingsOptions> thresholds = ParseThresholds(flags->Text("threshold", ""));
  if (!thresholds.ok()) return BadUsage(thresholds.error().text, console);
  options.rules = *thresholds;
  const std::string fail_on = flags->Text("fail-on", "");
  const Result<Urgency> limit = ParseUrgency(fail_on.empty() ? "high" : fail_on);
  if (!limit.ok()) return BadUsage(limit.error().text, console);
  const auto sink = [&](std::string_view text) { console->Write(text); };
  if (flags->Bool("rules")) {
    WriteRules(options, sink);
    return kExitDone;
  }
  if (flags->files().empty()) return BadUsage("findings wants at least one file", console);
  const auto sessions = OpenAll(flags->files(), console);
  if (!sessions) return kExitBadInput;
  const std::vector<Finding> findings = FindProblemsOf(Borrow(*sessions), flags->files(), options.rules);
  WriteFindings(findings, flags->files(), options, sink);
  const bool fails = !fail_on.empty() && !findings.empty() && findings[0].urgency >= *limit;
  return fails ? kExitGate : kExitDone;
}

int RunDiff(std::span<const std::string> args, Console* console) {
  constexpr std::array<FlagSpec, 3> kFlags = {{
      {"json", FlagKind::kBool},
      {"gate", FlagKind::kText},
      {"n", FlagKind::kInt},
  }};
  const Result<ParsedFlags> flags = ParseFlags(args, kFlags);
  if (!flags.ok()) return BadUsage(flags.error().text, console);
  if (flags->files().size() != 2) return BadUsage("diff wants two files, the old one first", console);
  DiffOptions options;
  options.json = flags->Bool("json");
  options.max_sites = static_cast<size_t>(std::max<int64_t>(0, flags->Int("n", 10)));
  std::string gates = flags->Text("gate", "");
  while (!gates.empty()) {
    const size_t comma = std::min(gates.find(','), gates.size());
    const Result<TotalGate> gate = ParseTotalGate(std::string_view(gates).substr(0, comma));
    if (!gate.ok()) return BadUsage(gate.error().text, console);
    options.gates.push_back(*gate);
    gates.erase(0, comma + 1);
  }
  const auto sessions = OpenAll(flags->files(), console);
  if (!sessions) return kExitBadInput;
  std::vector<std::string> failures;
  const Status written = WriteDiff(
      *(*sessions)[0], *(*sessions)[1], options, [&](std::string_view text) { console->Write(text); }, &failures);
  if (!written.ok()) {
    if (written.error().code == Code::kInvalid) return BadUsage(written.error().text, console);
    console->err += DescribeFault(flags->files()[1], written.error());
    return kExitBadInput;
  }
  for (const std::string& failure : failures) console->err += "flametrail: gate: " + failure + "\n";
  return failures.empty() ? kExitDone : kExitGate;
}

}  // namespace flametrail
