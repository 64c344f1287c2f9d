#ifndef CORE_CLI_READ_FILE_H_
#define CORE_CLI_READ_FILE_H_

#include <string>

#include "core/base/result.h"
#include "core/session/session.h"

namespace flametrail {

// Feeds a file to the session in chunks and finishes it. An Error: it cannot be opened or read, or nothing of it can be
// shown.
Status ReadFile(const std::string& path, Session* session);

// The fault that makes a strict reader refuse what was read, if any: the reading stopped early, or left something out.
Status StrictFault(const ProfileSummary& summary);

// "flametrail: FILE: byte 17: sample 3 ..." and a newline.
std::string DescribeFault(const std::string& path, const Error& error);

}  // namespace flametrail

#endif  // CORE_CLI_READ_FILE_H_
