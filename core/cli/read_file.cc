#include "core/cli/read_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

namespace flametrail {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 20;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Error SystemError(const char* what) {
  return {Code::kUnsupported, std::nullopt, std::string(what) + ": " + std::strerror(errno)};
}

}  // namespace

Status ReadFile(const std::string& path, Session* session) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return SystemError("cannot open");
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  std::vector<uint8_t> chunk(kChunkBytes);
  for (;;) {
    const size_t size = std::fread(chunk.data(), 1, chunk.size(), file.get());
    if (size == 0) break;
    // What stopped the reading comes back from Finish, with what was read before it.
    if (!session->Append({chunk.data(), size}).ok()) break;
  }
  if (std::ferror(file.get())) return SystemError("cannot read");
  return session->Finish();
}

Status StrictFault(const ProfileSummary& summary) {
  // kInvalid: the file's own pattern of frames to drop is no expression. Nothing of the data is missing, the reference
  // goes on too, and a notice tells of it.
  if (summary.fault && summary.fault->code != Code::kInvalid) return *summary.fault;
  for (const Diagnostic& diagnostic : summary.diagnostics) {
    if (diagnostic.severity != Severity::kDataLoss) continue;
    std::string text(diagnostic.sentence);
    if (!diagnostic.detail.empty()) text += " (" + diagnostic.detail + ")";
    return Error{Code::kCorrupt, diagnostic.first_offset, text};
  }
  return OkStatus();
}

std::string DescribeFault(const std::string& path, const Error& error) {
  std::string line = "flametrail: " + path + ": ";
  if (error.offset) line += "byte " + std::to_string(*error.offset) + ": ";
  return line + error.text + "\n";
}

}  // namespace flametrail
