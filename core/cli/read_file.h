#ifndef CORE_CLI_READ_FILE_H_
#define CORE_CLI_READ_FILE_H_

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/cli/command.h"
#include "core/session/session.h"

namespace flametrail {

// Feeds a file to the session in chunks and finishes it. An Error: it cannot be opened or read, or nothing of it can be
// shown.
Status ReadFile(const std::string& path, Session* session);

// A source file's content, at most kMaxSourceBytes of it. An Error has the system's words alone.
Result<std::string> ReadText(const std::string& path);
inline constexpr size_t kMaxSourceBytes = size_t{64} << 20;

// Whether a file is a program or a library by its first bytes: ELF, Mach-O or Windows.
bool IsProgramFile(const std::string& path);

// Where relative paths start; empty if the system does not say.
std::string WorkingFolder();

// The fault that makes a strict reader refuse what was read, if any: the reading stopped early, or left something out.
Status StrictFault(const DocumentSummary& summary);

// Reads a file and keeps what can be read of it: what is missing is told as a warning. Null: nothing can, which is
// told.
std::unique_ptr<Session> OpenWithNotice(const std::string& path, Console* console);
// For what only looks at them.
std::vector<const Session*> Borrow(const std::vector<std::unique_ptr<Session>>& sessions);

// "flametrail: FILE: byte 17: sample 3 ..." and a newline.
std::string DescribeFault(const std::string& path, const Error& error);

}  // namespace flametrail

#endif  // CORE_CLI_READ_FILE_H_
