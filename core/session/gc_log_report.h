#ifndef CORE_SESSION_GC_LOG_REPORT_H_
#define CORE_SESSION_GC_LOG_REPORT_H_

#include "core/base/result.h"
#include "core/base/text_out.h"
#include "core/session/session.h"

namespace flametrail {

// `flametrail gclog FILE`: the collections and scheduler states that the runtime logged, one a line, oldest first. An
// Error kUnsupported: the document is no such log.
Status WriteGcLog(const Session& session, bool json, const TextSink& sink);
// {"cycles": {"number": [...], "start_ns": [...], ...}, "sched": {"time_ns": [...], ...}}: one array a column, named as
// the fields of model/gc_log.h.
Status WriteGcLogJson(const Session& session, const TextSink& sink);

}  // namespace flametrail

#endif  // CORE_SESSION_GC_LOG_REPORT_H_
