#ifndef CORE_CLI_PRINT_TOP_H_
#define CORE_CLI_PRINT_TOP_H_

#include <string>

#include "core/analysis/top_report.h"

namespace flametrail {

// The report as `go tool pprof -top` prints it.
std::string PrintTop(const TopReport& report);

}  // namespace flametrail

#endif  // CORE_CLI_PRINT_TOP_H_
