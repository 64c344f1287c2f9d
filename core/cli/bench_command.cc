#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/cli/command.h"
#include "core/cli/flags.h"
#include "core/cli/read_file.h"
#include "core/session/bench_report.h"

namespace flametrail {
namespace {

constexpr std::array<FlagSpec, 5> kFlags = {{
    {"json", FlagKind::kBool},
    {"format", FlagKind::kText},
    {"confidence", FlagKind::kFloat},
    {"alpha", FlagKind::kFloat},
    {"gate", FlagKind::kText},
}};

Result<BenchReportOptions> ParseOptions(const ParsedFlags& flags) {
  const auto wrong = [](std::string text) { return Error{Code::kInvalid, std::nullopt, std::move(text)}; };
  BenchReportOptions options;
  const std::string format = flags.Bool("json") ? "json" : flags.Text("format", "text");
  if (format != "text" && format != "csv" && format != "json") return wrong("-format is text, csv or json");
  options.format = format == "csv" ? BenchFormat::kCsv : format == "json" ? BenchFormat::kJson : BenchFormat::kText;
  options.statistics.confidence = flags.Float("confidence", 0.95);
  options.statistics.alpha = flags.Float("alpha", 0.05);
  if (!(options.statistics.confidence >= 0 && options.statistics.confidence < 1))
    return wrong("-confidence is below 1");
  if (!(options.statistics.alpha >= 0 && options.statistics.alpha <= 1)) return wrong("-alpha lies between 0 and 1");
  std::string gates = flags.Text("gate", "");
  while (!gates.empty()) {
    const size_t comma = std::min(gates.find(','), gates.size());
    ASSIGN_OR_RETURN(BenchGate gate, ParseBenchGate(gates.substr(0, comma)));
    options.gates.push_back(std::move(gate));
    gates.erase(0, comma + 1);
  }
  return options;
}

struct Input {
  std::string label;
  std::string path;
};

// LABEL=PATH as benchstat reads it (x/perf benchfmt/files.go); without a label the path is it, numbered where it comes
// more than once.
std::vector<Input> InputsOf(const std::vector<std::string>& files) {
  std::vector<Input> inputs;
  std::map<std::string, size_t> seen;
  for (const std::string& file : files) {
    const size_t equals = file.find('=');
    if (equals != std::string::npos) {
      inputs.push_back({file.substr(0, equals), file.substr(equals + 1)});
      continue;
    }
    const bool is_alone = std::count(files.begin(), files.end(), file) == 1;
    inputs.push_back({is_alone ? file : file + "#" + std::to_string(seen[file]++), file});
  }
  return inputs;
}

}  // namespace

int RunBench(std::span<const std::string> args, Console* console) {
  const Result<ParsedFlags> flags = ParseFlags(args, kFlags);
  if (!flags.ok()) return BadUsage(flags.error().text, console);
  if (flags->files().empty()) return BadUsage("bench wants files with the output of go test -bench", console);
  const Result<BenchReportOptions> options = ParseOptions(*flags);
  if (!options.ok()) return BadUsage(options.error().text, console);
  std::vector<std::unique_ptr<Session>> sessions;
  std::vector<std::string> labels;
  for (const Input& input : InputsOf(flags->files())) {
    labels.push_back(input.label);
    auto session = OpenWithNotice(input.path, console);
    if (!session) return kExitBadInput;
    sessions.push_back(std::move(session));
  }
  std::vector<std::string> failures;
  const Status written = WriteBench(
      Borrow(sessions), labels, *options, [&](std::string_view text) { console->Write(text); }, &failures);
  if (!written.ok()) {
    console->err += "flametrail: " + written.error().text + "\n";
    return kExitBadInput;
  }
  for (const std::string& failure : failures) console->err += "flametrail: gate: " + failure + "\n";
  return failures.empty() ? kExitDone : kExitGate;
}

}  // namespace flametrail
