#include "core/cli/command.h"

#include <string_view>

#include "core/cli/pprof_flags.h"
#include "core/cli/trace_flags.h"

namespace flametrail {
namespace {

constexpr std::string_view kHelp =
    "usage: flametrail COMMAND [FLAGS] FILE...\n"
    "\n"
    "commands:\n"
    "  detect FILE...          say what each file is, one line a file\n"
    "  pprof REPORT [FLAGS] FILE...  a report of profiles, as `go tool pprof`\n"
    "  trace WHAT [FLAGS] FILE  an execution trace: summary, profiles, analyses\n"
    "  bench [-format=text|csv|json] [-gate=UNIT:+PERCENT%,...] OLD NEW...  compare benchmarks, as `benchstat`;\n"
    "                          LABEL=FILE names a column\n"
    "  diff [-json] [-gate=alloc_space:+30%,...] OLD NEW  totals of two profiles and where the difference lies\n"
    "  findings [-json] [-lang=en|zh] [-fail-on=high] [-threshold=RULE=N,...] FILE...  what is wrong, with the "
    "evidence\n"
    "  findings -rules         the rules and their thresholds\n"
    "  goroutines [-json] [-n=GROUPS] A [B]  groups, states, creators and waits of a dump; what changed from A to B\n"
    "  gclog [-json] FILE      collections and scheduler states as the runtime logged them\n"
    "  memory [-json] FILE     from the live heap to resident memory (heap debug=1, /debug/vars)\n"
    "\n"
    "flags of pprof (as in `go tool pprof`; -flag=value or -flag value):\n";

constexpr std::string_view kHelpEnd =
    "\n"
    "exit status: 0 done, 1 the input is bad, 2 the command is used wrongly, 3 a gate fails\n";

bool IsHelp(std::string_view word) { return word == "--help" || word == "-help" || word == "-h" || word == "help"; }

}  // namespace

int BadUsage(const std::string& what, Console* console) {
  console->err += "flametrail: " + what + " (flametrail --help shows the usage)\n";
  return kExitBadUsage;
}

int RunCommand(std::span<const std::string> args, Console* console) {
  if (args.empty()) return BadUsage("a command is missing", console);
  const std::string_view command = args[0];
  if (IsHelp(command) || (args.size() == 2 && args[1].starts_with('-') && IsHelp(args[1]))) {
    console->out += kHelp;
    console->out += PprofFlagsHelp();
    console->out += "\nflags of trace:\n" + TraceFlagsHelp();
    console->out += kHelpEnd;
    return kExitDone;
  }
  if (command == "detect") return RunDetect(args.subspan(1), console);
  if (command == "bench") return RunBench(args.subspan(1), console);
  if (command == "diff") return RunDiff(args.subspan(1), console);
  if (command == "findings") return RunFindings(args.subspan(1), console);
  if (command == "gclog") return RunGcLog(args.subspan(1), console);
  if (command == "goroutines") return RunGoroutines(args.subspan(1), console);
  if (command == "memory") return RunMemory(args.subspan(1), console);
  if (command == "pprof") return RunPprof(args.subspan(1), console);
  if (command == "trace") return RunTrace(args.subspan(1), console);
  return BadUsage("there is no command \"" + std::string(command) + "\"", console);
}

}  // namespace flametrail
