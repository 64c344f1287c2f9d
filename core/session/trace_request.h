// What the native command asks of a session that holds an execution trace.
#ifndef CORE_SESSION_TRACE_REQUEST_H_
#define CORE_SESSION_TRACE_REQUEST_H_

#include <cstdint>
#include <string>

#include "core/analysis/trace/selection.h"
#include "core/analysis/trace/trace_json.h"

namespace flametrail {

enum class TraceReportKind : uint8_t {
  kSummary,      // everything that can be counted, as JSON
  kProfile,      // `profile`, as gzip-ed profile.proto
  kUtilization,  // the collector's share, as text
  kJson,         // `analysis`
};

struct TraceRequest {
  TraceReportKind kind = TraceReportKind::kSummary;
  // "net", "sync", "syscall", "sched" as in `go tool trace`; "oncpu", "offcpu", "states": time by the goroutines' own
  // stacks; "path": why the selection was slow.
  std::string profile;
  std::string analysis;
  TraceJsonOptions options;
  std::string file;  // base name, for kSummary
};

// Names for TraceRequest::profile, for messages.
std::string TraceProfileNames();
bool IsTraceProfile(const std::string& name);

}  // namespace flametrail

#endif  // CORE_SESSION_TRACE_REQUEST_H_
