#include <string>

#include "core/base/units.h"
#include "core/cli/command.h"
#include "core/cli/read_file.h"
#include "core/session/session.h"

namespace flametrail {
namespace {

// Texts from files must not break the line or reach the terminal as commands.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

std::string Count(uint64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string DescribeProfile(const ProfileSummary& summary) {
  std::string types;
  for (const SampleTypeSummary& type : summary.sample_types) {
    if (!types.empty()) types += ", ";
    types += type.type + "/" + type.unit;
  }
  if (types.empty()) types = "no sample types";
  std::string text = types + "; " + Count(summary.samples, "sample") + ", " + Count(summary.functions, "function");
  if (!summary.binary.empty()) text += "; of " + summary.binary;
  if (summary.duration_nanos != 0) text += "; " + ScaledLabel(summary.duration_nanos, "nanoseconds", "auto");
  return text;
}

std::string DescribeTrace(const TraceSummary& summary) {
  return Count(summary.events, "event") + ", " + Count(summary.goroutines, "goroutine") + "; " +
         ScaledLabel(summary.duration_ns, "nanoseconds", "auto");
}

// What has no samples; empty: it has some.
std::string DescribeOther(const Session& session) {
  if (session.bench() != nullptr) return Count(session.bench()->lines.size(), "result");
  if (const GcLog* log = session.gc_log()) {
    return Count(log->cycles.size(), "collection") + ", " + Count(log->sched.size(), "scheduler line");
  }
  const bool is_profile = session.trace() == nullptr && !session.summary().sample_types.empty();
  return session.mem_stats() != nullptr && !is_profile ? "runtime.MemStats" : "";
}

std::string Describe(const Session& session) {
  const ProfileSummary& summary = session.summary();
  if (std::string text = DescribeOther(session); !text.empty()) return text;
  return summary.kind == DocumentKind::kTrace ? DescribeTrace(session.trace_summary()) : DescribeProfile(summary);
}

bool DetectFile(const std::string& file, Console* console) {
  Session session;
  Status status = ReadFile(file, &session);
  if (status.ok()) status = StrictFault(session.summary());
  if (status.ok()) {
    const ProfileSummary& summary = session.summary();
    console->out += file + ": " + summary.format + ": " + OneLine(Describe(session)) + "\n";
    return true;
  }
  const Error& error = status.error();
  console->out += file + ": error: ";
  if (error.offset) console->out += "byte " + std::to_string(*error.offset) + ": ";
  console->out += OneLine(error.text) + "\n";
  return false;
}

}  // namespace

int RunDetect(std::span<const std::string> files, Console* console) {
  if (files.empty()) return BadUsage("detect wants at least one file", console);
  bool all_good = true;
  for (const std::string& file : files) all_good &= DetectFile(file, console);
  return all_good ? kExitDone : kExitBadInput;
}

}  // namespace flametrail
