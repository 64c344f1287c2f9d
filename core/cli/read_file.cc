#include "core/cli/read_file.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string_view>
#include <system_error>
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
  if (!file && (path.starts_with("http://") || path.starts_with("https://"))) {
    return Error{Code::kUnsupported, std::nullopt, "flametrail fetches nothing: save it to a file first"};
  }
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

Result<std::string> ReadText(const std::string& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    std::string words = std::strerror(errno);
    words[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(words[0])));  // as Go begins them
    return Error{Code::kUnsupported, std::nullopt, words};
  }
  std::string text;
  std::vector<char> chunk(kChunkBytes);
  while (text.size() < kMaxSourceBytes) {
    const size_t size = std::fread(chunk.data(), 1, chunk.size(), file.get());
    if (size == 0) break;  // also of a folder: it opens, and has no lines
    text.append(chunk.data(), size);
  }
  return text;
}

bool IsProgramFile(const std::string& path) {
  constexpr std::string_view kBegins[] = {
      "\177ELF",  // octal: after \x7F the E would be a digit
      "MZ",      "\xFE\xED\xFA\xCE", "\xFE\xED\xFA\xCF", "\xCE\xFA\xED\xFE", "\xCF\xFA\xED\xFE"};
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return false;
  char head[4];
  const std::string_view begin(head, std::fread(head, 1, sizeof(head), file.get()));
  return std::any_of(std::begin(kBegins), std::end(kBegins), [&](std::string_view b) { return begin.starts_with(b); });
}

std::string WorkingFolder() {
  std::error_code error;
  return std::filesystem::current_path(error).string();
}

Status StrictFault(const DocumentSummary& summary) {
  if (summary.fault) return *summary.fault;
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

std::unique_ptr<Session> OpenWithNotice(const std::string& path, Console* console) {
  auto session = std::make_unique<Session>();
  if (const Status status = ReadFile(path, session.get()); !status.ok()) {
    console->err += DescribeFault(path, status.error());
    return nullptr;
  }
  if (const Status fault = StrictFault(session->summary()); !fault.ok()) {
    console->err += DescribeFault(path, {fault.error().code, fault.error().offset, "warning: " + fault.error().text});
  }
  return session;
}

std::vector<const Session*> Borrow(const std::vector<std::unique_ptr<Session>>& sessions) {
  std::vector<const Session*> borrowed;
  borrowed.reserve(sessions.size());
  for (const auto& session : sessions) borrowed.push_back(session.get());
  return borrowed;
}

}  // namespace flametrail
