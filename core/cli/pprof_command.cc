#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
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
    console->err += "flametrail: " + file + ": warning: " + std::string(diagnostic.sentence);
    if (diagnostic.issue == Issue::kJoinedStacks) console->err += " (" + diagnostic.detail + ")";
    console->err += "\n";
  }
}

using Sessions = std::vector<std::unique_ptr<Session>>;

// Reads one file as strictly as pprof; tells on stderr what is wrong with it.
std::unique_ptr<Session> ReadProfile(const std::string& file, const PprofRequest& request, Console* console) {
  auto session = std::make_unique<Session>(request.read);
  Status status = ReadFile(file, session.get());
  if (status.ok()) status = StrictFault(session->summary());
  if (!status.ok()) {
    BadInput(file, status.error(), console);
    return nullptr;
  }
  WarnOfNotices(file, session->summary(), console);
  session->NameMainBinary(request.program, request.build_id);
  return session;
}

// As pprof: those that can be read count, as long as there is one; the others are told of.
Sessions ReadProfiles(const std::vector<std::string>& files, const PprofRequest& request, Console* console) {
  Sessions sessions;
  for (const std::string& file : files) {
    if (auto session = ReadProfile(file, request, console)) sessions.push_back(std::move(session));
  }
  if (!sessions.empty() && sessions.size() < files.size()) {
    console->err += "flametrail: warning: " + std::to_string(files.size() - sessions.size()) + " of " +
                    std::to_string(files.size()) + " profiles are left out\n";
  }
  return sessions;
}

// pprof keeps only the sample types that all profiles have once; it holds to that with one profile, too.
bool HasRepeatedTypes(const ProfileSummary& summary) {
  std::set<std::string_view> types;
  return std::any_of(summary.sample_types.begin(), summary.sample_types.end(),
                     [&](const SampleTypeSummary& type) { return !types.insert(type.type).second; });
}

int WriteMemStats(const std::string& file, const ProfileSummary& summary, Console* console) {
  if (summary.mem_stats.empty()) {
    console->err += "flametrail: " + file + ": no runtime.MemStats: only Go's text of a heap profile has them\n";
    return kExitBadInput;
  }
  for (const auto& [name, value] : summary.mem_stats) {
    std::string line = name;
    line.append(" = ").append(value).append("\n");
    console->Write(line);
  }
  return kExitDone;
}

// The one document that the report is about; null: told on stderr why there is none.
std::unique_ptr<Session> OpenProfiles(PprofRequest* request, Console* console) {
  const bool combines = request->files.size() > 1 || !request->bases.empty();
  request->read.drop_frames = !combines;
  Sessions sources = ReadProfiles(request->files, *request, console);
  Sessions bases = ReadProfiles(request->bases, *request, console);
  if (sources.empty() || (bases.empty() && !request->bases.empty())) return nullptr;
  if (!combines && !HasRepeatedTypes(sources[0]->summary())) return std::move(sources[0]);
  Result<std::unique_ptr<Session>> combined = Session::Combine(sources, bases, request->combine);
  if (combined.ok()) return std::move(combined).value();
  BadInput(request->files.front(), combined.error(), console);
  return nullptr;
}

// Opened with the first text: a report that fails leaves an older file alone.
class OutputFile {
 public:
  explicit OutputFile(std::string path) : path_(std::move(path)) {}

  void Write(std::string_view text) {
    if (!Open()) return;
    out_.write(text.data(), static_cast<std::streamsize>(text.size()));
  }
  // Whether all was written.
  bool Finish() {
    if (!Open()) return false;
    out_.close();
    return out_.good();
  }

 private:
  bool Open() {
    if (!out_.is_open()) out_.open(path_, std::ios::binary | std::ios::trunc);
    return out_.is_open();
  }

  std::string path_;
  std::ofstream out_;
};

int WriteReport(const PprofRequest& request, Session* session, Console* console) {
  std::optional<OutputFile> file;
  if (!request.output.empty()) file.emplace(request.output);
  const auto write = [&](std::string_view text) {
    if (file) {
      file->Write(text);
    } else {
      console->Write(text);
    }
  };
  std::vector<std::string> warnings;
  const Status written = session->WriteReport(request.report, write, &warnings);
  for (const std::string& warning : warnings) console->err += "flametrail: " + warning + "\n";
  if (!written.ok()) {
    return written.error().code == Code::kInvalid ? BadUsage(written.error().text, console)
                                                  : BadInput(request.files.front(), written.error(), console);
  }
  if (file && !file->Finish()) {
    return BadInput(request.output, {Code::kUnsupported, std::nullopt, "cannot be written"}, console);
  }
  return kExitDone;
}

}  // namespace

int RunPprof(std::span<const std::string> args, Console* console) {
  Result<PprofRequest> request = ParsePprofFlags(args);
  if (!request.ok()) return BadUsage(request.error().text, console);
  for (const std::string& warning : request->warnings) console->err += "flametrail: warning: " + warning + "\n";
  // `pprof PROGRAM PROFILE`: symbols are in the profile, so the program gives its name only.
  if (request->files.size() > 1 && IsProgramFile(request->files.front())) {
    request->program = request->files.front();
    request->files.erase(request->files.begin());
  }
  const std::unique_ptr<Session> session = OpenProfiles(&*request, console);
  if (session == nullptr) return kExitBadInput;
  if (request->mem_stats) return WriteMemStats(request->files.front(), session->summary(), console);
  if (!request->comment.empty()) session->AddComment(request->comment);
  request->report.options.zone = console->zone_at(FloorSeconds(session->summary().time_nanos));
  request->report.sources = {ReadText, WorkingFolder()};
  return WriteReport(*request, session.get(), console);
}

}  // namespace flametrail
