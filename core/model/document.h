// What one opened file became.
#ifndef CORE_MODEL_DOCUMENT_H_
#define CORE_MODEL_DOCUMENT_H_

#include <optional>
#include <string>
#include <variant>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/model/bench.h"
#include "core/model/dump.h"
#include "core/model/gc_log.h"
#include "core/model/memstats.h"
#include "core/model/profile.h"
#include "core/model/trace/trace.h"

namespace flametrail {

// Later kinds (dump) join the variant.
using DocumentBody = std::variant<Profile, Trace>;

struct Document {
  std::string format;  // "pprof profile (protocol buffer)"
  DocumentBody body;
  Diagnostics diagnostics;
  // The fault that ended reading early, if one did: what was read before it is in `body`. Strict users (the native
  // command) take it as their error, the page shows it as a notice.
  std::optional<Error> fault;
  // What the runtime said of itself: beside a heap profile, or alone (expvar; `body` is empty then).
  std::optional<MemStats> mem_stats = std::nullopt;
  // What a goroutine dump tells beyond its stacks, which are `body`.
  std::optional<Dump> dump = std::nullopt;
  // Results of benchmarks; `body` is empty then.
  std::optional<BenchResults> bench = std::nullopt;
  // Lines of GODEBUG=gctrace=1 and schedtrace; `body` is empty then.
  std::optional<GcLog> gc_log = std::nullopt;
};

}  // namespace flametrail

#endif  // CORE_MODEL_DOCUMENT_H_
