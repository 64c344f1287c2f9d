#include <memory>
#include <string>
#include <string_view>

#include "core/cli/command.h"
#include "core/cli/read_file.h"
#include "core/cli/trace_flags.h"
#include "core/session/session.h"

namespace flametrail {
namespace {

std::string BaseName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// The text in front of a trace's padding.
std::string HeaderText(const std::string& bytes) {
  constexpr size_t kHeaderBytes = 16;
  const std::string header = bytes.substr(0, kHeaderBytes);
  return header.substr(0, header.find('\0'));
}

// As strictly as the reference reader. A file that it refuses gets a summary that says so.
int RunSummary(TraceCommand* command, Console* console) {
  const std::string& file = command->files.front();
  ReadOptions options;
  options.compat = true;
  Session session(options);
  const TextSink sink = [&](std::string_view text) { console->Write(text); };
  command->request.file = BaseName(file);
  const Status status = ReadFile(file, &session);
  if (status.ok() && session.trace() == nullptr) {
    return BadUsage(file + " is a profile, not an execution trace", console);
  }
  if (!status.ok()) {
    const Result<std::string> bytes = ReadText(file);
    const std::string header = bytes.ok() ? HeaderText(*bytes) : "";
    Error error = status.error();
    if (!header.starts_with("go 1.")) error.text = "bad file format: not a Go execution trace?";
    if (bytes.ok()) {
      Session::WriteUnreadableSummary(command->request.file, bytes->size(), error, header, sink);
    }
    console->err += DescribeFault(file, status.error());
    return kExitBadInput;
  }
  const Status written = session.WriteTraceReport(command->request, sink);
  if (!written.ok()) return BadUsage(written.error().text, console);
  if (!session.summary().fault) return kExitDone;
  console->err += DescribeFault(file, *session.summary().fault);
  return kExitBadInput;
}

// -d=wire, -d=parsed and -d=footprint: as strictly as the reference reader, and as far as it comes.
int RunDebug(const TraceCommand& command, Console* console) {
  const std::string& file = command.files.front();
  const TextSink sink = [&](std::string_view text) { console->Write(text); };
  std::unique_ptr<TraceListener> printer;
  ReadOptions options;
  options.compat = true;
  if (command.debug == "wire") options.trace_wire_text = &sink;
  if (command.debug == "parsed") {
    printer = MakeTraceEventPrinter(sink);
    options.trace_listener = printer.get();
  }
  Session session(options);
  Status status = ReadFile(file, &session);
  printer.reset();
  if (status.ok() && session.trace() == nullptr) {
    return BadUsage(file + " is a profile, not an execution trace", console);
  }
  if (status.ok() && command.debug == "wire" && session.trace_summary().version < 22) {
    return BadUsage("-d=wire is for traces of Go 1.22 and later", console);
  }
  if (status.ok() && command.debug == "footprint") {
    TraceRequest request = command.request;
    request.kind = TraceReportKind::kFootprint;
    status = session.WriteTraceReport(request, sink);
  }
  if (status.ok() && session.summary().fault) status = *session.summary().fault;
  if (status.ok()) return kExitDone;
  console->err += DescribeFault(file, status.error());
  return kExitBadInput;
}

// Whether it can be used; tells what is wrong with it, and what is missing.
bool ReadTrace(const std::string& file, Session* session, Console* console) {
  Status status = ReadFile(file, session);
  if (status.ok() && session->trace() == nullptr) {
    status = Error{Code::kInvalid, std::nullopt, "this is a profile; an execution trace is wanted"};
  }
  if (!status.ok()) {
    console->err += DescribeFault(file, status.error());
    return false;
  }
  if (const Status fault = StrictFault(session->summary()); !fault.ok()) {
    console->err += "flametrail: warning: only what came before the fault is counted\n";
    console->err += DescribeFault(file, fault.error());
  }
  return true;
}

}  // namespace

int RunTrace(std::span<const std::string> args, Console* console) {
  Result<TraceCommand> command = ParseTraceFlags(args);
  if (!command.ok()) return BadUsage(command.error().text, console);
  if (command->debug == "summary") return RunSummary(&*command, console);
  if (!command->debug.empty()) return RunDebug(*command, console);
  Session session;
  if (!ReadTrace(command->files[0], &session, console)) return kExitBadInput;
  const TextSink sink = [&](std::string_view text) { console->Write(text); };
  Status written;
  if (command->is_diff) {
    Session after;
    if (!ReadTrace(command->files[1], &after, console)) return kExitBadInput;
    written = session.WriteTraceDiff(after, command->request, sink);
  } else {
    written = session.WriteTraceReport(command->request, sink);
  }
  return written.ok() ? kExitDone : BadUsage(written.error().text, console);
}

}  // namespace flametrail
