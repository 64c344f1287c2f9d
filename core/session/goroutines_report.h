// What the native command tells of goroutines: `flametrail goroutines A [B]`.
#ifndef CORE_SESSION_GOROUTINES_REPORT_H_
#define CORE_SESSION_GOROUTINES_REPORT_H_

#include "core/base/result.h"
#include "core/base/text_out.h"
#include "core/session/session.h"

namespace flametrail {

struct GoroutinesOptions {
  bool json = false;
  size_t max_groups = 20;  // groups and objects listed in text; JSON has all
};

// Of a dump, or of a goroutine profile. An Error kUnsupported: the document is neither.
Status WriteGoroutines(const Session& session, const GoroutinesOptions& options, const TextSink& sink);
// As WriteGoroutines and WriteGoroutineComparison with `json`, without the writers of text.
Status WriteGoroutinesJson(const Session& session, const TextSink& sink);
Status WriteGoroutineComparisonJson(const Session& before, const Session& after, const TextSink& sink);
// What changed between two.
Status WriteGoroutineComparison(const Session& before, const Session& after, const GoroutinesOptions& options,
                                const TextSink& sink);

}  // namespace flametrail

#endif  // CORE_SESSION_GOROUTINES_REPORT_H_
