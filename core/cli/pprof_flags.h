// The flags of `flametrail pprof`: those of `go tool pprof`, with its names, defaults and conflicts.
#ifndef CORE_CLI_PPROF_FLAGS_H_
#define CORE_CLI_PPROF_FLAGS_H_

#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/session/report_request.h"
#include "core/session/session.h"

namespace flametrail {

struct PprofRequest {
  ReportRequest report;  // options.zone is left as it is
  ReadOptions read;
  CombineOptions combine;
  std::vector<std::string> files;
  std::vector<std::string> bases;
  std::string program;                // the main binary's file name instead of the profile's; empty: left as it is
  std::string comment;                // to be added to the profile; empty: none
  std::string build_id;               // of the main binary, where a profile has none
  std::string output;                 // the file to write; empty: stdout
  bool mem_stats = false;             // what the runtime says of itself, instead of a report
  std::vector<std::string> warnings;  // sentences
};

// Errors are kInvalid.
Result<PprofRequest> ParsePprofFlags(std::span<const std::string> args);

// Lines for --help.
std::string PprofFlagsHelp();

}  // namespace flametrail

#endif  // CORE_CLI_PPROF_FLAGS_H_
