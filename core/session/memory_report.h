#ifndef CORE_SESSION_MEMORY_REPORT_H_
#define CORE_SESSION_MEMORY_REPORT_H_

#include "core/base/result.h"
#include "core/base/text_out.h"
#include "core/session/session.h"

namespace flametrail {

// `flametrail memory FILE`: from what a heap profile shows to what is resident. An Error kUnsupported: the document has
// no runtime.MemStats, or they contradict themselves.
Status WriteMemory(const Session& session, bool json, const TextSink& sink);
Status WriteMemoryJson(const Session& session, const TextSink& sink);

}  // namespace flametrail

#endif  // CORE_SESSION_MEMORY_REPORT_H_
