// The flags of `flametrail trace`: those of `go tool trace` that make sense without a browser, and ours.
#ifndef CORE_CLI_TRACE_FLAGS_H_
#define CORE_CLI_TRACE_FLAGS_H_

#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/session/session.h"
#include "core/session/trace_request.h"

namespace flametrail {

struct TraceCommand {
  TraceRequest request;
  std::string debug;  // -d: "wire", "parsed", "footprint", "summary"; empty: not given
  bool is_diff = false;
  std::vector<std::string> files;
};

// Errors are kInvalid.
Result<TraceCommand> ParseTraceFlags(std::span<const std::string> args);

// Lines for --help.
std::string TraceFlagsHelp();

}  // namespace flametrail

#endif  // CORE_CLI_TRACE_FLAGS_H_
