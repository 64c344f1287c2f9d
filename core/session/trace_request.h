// What the native command asks of a session that holds an execution trace.
#ifndef CORE_SESSION_TRACE_REQUEST_H_
#define CORE_SESSION_TRACE_REQUEST_H_

#include <cstdint>
#include <memory>
#include <string>

#include "core/analysis/trace/selection.h"
#include "core/analysis/trace/trace_json.h"
#include "core/base/text_out.h"
#include "core/model/trace/trace_builder.h"

namespace flametrail {

enum class TraceReportKind : uint8_t {
  kSummary,      // everything that can be counted, as JSON
  kProfile,      // `profile`, as gzip-ed profile.proto
  kUtilization,  // the collector's share, as text
  kJson,         // `analysis`
  kFootprint,    // bytes and counts by type of event, as text
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

// For ReadOptions::trace_listener: writes each event as `go tool trace -d=parsed` does. The sink has had everything
// when the printer goes.
std::unique_ptr<TraceListener> MakeTraceEventPrinter(TextSink sink);

// Names for TraceRequest::profile, for messages.
std::string TraceProfileNames();
bool IsTraceProfile(const std::string& name);

}  // namespace flametrail

#endif  // CORE_SESSION_TRACE_REQUEST_H_
