#include "core/cli/trace_flags.h"

#include <algorithm>
#include <string_view>

#include "core/cli/flags.h"

namespace flametrail {
namespace {

using enum FlagKind;

constexpr FlagSpec kFlags[] = {
    // What.
    {"d", kText},
    {"pprof", kText},
    {"mmu", kBool},
    {"json", kText},
    // Of what.
    {"goroutine", kInt},
    {"name", kText},
    {"region", kText},
    {"task", kInt},
    {"from", kInt},
    {"to", kInt},
    // How.
    {"keep", kInt},
    {"util", kText},
    {"per_proc", kBool},
    {"compat", kBool},
    {"exact", kBool},
    // Of the server that go tool trace is.
    {"http", kText, "the page does that, open dist/flametrail.html"},
};

Error Invalid(std::string text) { return Error{Code::kInvalid, std::nullopt, std::move(text)}; }

Status ReadSelection(const ParsedFlags& flags, TraceSelection* selection) {
  const int64_t goroutine = flags.Int("goroutine", -1), task = flags.Int("task", -1);
  if (goroutine >= 0) selection->goroutine = static_cast<uint64_t>(goroutine);
  if (task >= 0) selection->task = static_cast<uint64_t>(task);
  constexpr int64_t kUnset = INT64_MIN;
  if (const int64_t from = flags.Int("from", kUnset); from != kUnset) selection->from_ns = from;
  if (const int64_t to = flags.Int("to", kUnset); to != kUnset) selection->to_ns = to;
  if (selection->from_ns && selection->to_ns && *selection->to_ns <= *selection->from_ns) {
    return Invalid("-to must be later than -from");
  }
  constexpr std::string_view kNotGiven = "\n";
  if (std::string name = flags.Text("name", kNotGiven); name != kNotGiven) selection->name = std::move(name);
  if (std::string region = flags.Text("region", kNotGiven); region != kNotGiven) selection->region = std::move(region);
  return OkStatus();
}

Status ReadUtilization(const ParsedFlags& flags, TraceJsonOptions* options) {
  options->utilization.per_proc = flags.Bool("per_proc");
  if (flags.Bool("compat")) options->rules = UtilizationRules::kGo123;
  if (flags.Bool("exact")) options->profile_rules = ProfileRules::kExact;
  std::string text = flags.Text("util", "stw,background,assist");
  options->utilization = {false, false, false, false, options->utilization.per_proc};
  while (!text.empty()) {
    const size_t end = std::min(text.find(','), text.size());
    const std::string word = text.substr(0, end);
    text.erase(0, std::min(end + 1, text.size()));
    if (word == "stw") {
      options->utilization.stw = true;
    } else if (word == "background") {
      options->utilization.background = true;
    } else if (word == "assist") {
      options->utilization.assist = true;
    } else if (word == "sweep") {
      options->utilization.sweep = true;
    } else {
      return Invalid("-util wants stw, background, assist, sweep with commas between, not \"" + word + "\"");
    }
  }
  return OkStatus();
}

}  // namespace

Result<TraceCommand> ParseTraceFlags(std::span<const std::string> args) {
  ASSIGN_OR_RETURN(const ParsedFlags flags, ParseFlags(args, kFlags));
  TraceCommand command;
  command.debug = flags.Text("d", "");
  command.request.profile = flags.Text("pprof", "");
  command.request.analysis = flags.Text("json", "");
  command.files = flags.files();
  const int wanted =
      !command.debug.empty() + !command.request.profile.empty() + !command.request.analysis.empty() + flags.Bool("mmu");
  if (wanted != 1) return Invalid("trace wants one of -d=..., -pprof=..., -json=..., -mmu");
  if (!command.debug.empty()) {
    if (command.debug != "wire" && command.debug != "parsed" && command.debug != "footprint" &&
        command.debug != "summary") {
      return Invalid("-d wants wire, parsed, footprint or summary, not \"" + command.debug + "\"");
    }
  } else if (!command.request.profile.empty()) {
    command.request.kind = TraceReportKind::kProfile;
    if (!IsTraceProfile(command.request.profile)) {
      return Invalid("-pprof wants " + TraceProfileNames() + ", not \"" + command.request.profile + "\"");
    }
  } else {
    command.request.kind = flags.Bool("mmu") ? TraceReportKind::kUtilization : TraceReportKind::kJson;
  }
  command.is_diff = command.request.analysis == "diff";
  RETURN_IF_ERROR(ReadSelection(flags, &command.request.options.selection));
  RETURN_IF_ERROR(ReadUtilization(flags, &command.request.options));
  const int64_t keep = flags.Int("keep", static_cast<int64_t>(command.request.options.keep));
  if (keep < 0) return Invalid("-keep wants a number of rows");
  command.request.options.keep = static_cast<size_t>(keep);
  const size_t files = command.is_diff ? 2 : 1;
  if (command.files.size() != files) {
    return Invalid(command.is_diff ? "-json=diff wants two files" : "trace wants one file");
  }
  return command;
}

std::string TraceFlagsHelp() {
  return "  -d=summary              everything that can be counted, as JSON\n"
         "  -d=wire|parsed|footprint  the events as the file has them, in order, or counted by type\n"
         "  -pprof=net|sync|syscall|sched   a profile of waits, as `go tool trace`, to a file or | flametrail pprof\n"
         "  -pprof=oncpu|offcpu|states|path  time by the goroutines' own stacks; why the selection was slow\n"
         "  -mmu                    how much of the processors the garbage collector leaves, at least, by window\n"
         "  -json=NAME              " +
         TraceJsonNames() +
         ";\n"
         "                          diff (of two files)\n"
         "  -goroutine=N -name=FUNCTION -region=TYPE -task=ID   select; with -from=NS -to=NS since the first event\n"
         "  -util=stw,background,assist,sweep -per_proc         what -mmu and -json=mmu take for the collector's\n"
         "  -compat                 utilization as Go 1.23 computes it, defect included\n"
         "  -exact                  net, sync, syscall and sched without the defect that they have in Go 1.22 and "
         "1.23:\n"
         "                          waits that begin or end with an event without a stack count as they were\n"
         "  -keep=N                 rows of lists that are cut (100)\n";
}

}  // namespace flametrail
