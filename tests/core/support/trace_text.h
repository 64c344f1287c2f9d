// A trace as text, for tests that are pictures.
#ifndef TESTS_CORE_SUPPORT_TRACE_TEXT_H_
#define TESTS_CORE_SUPPORT_TRACE_TEXT_H_

#include <string>

#include "core/model/trace/trace.h"

namespace flametrail::testing {

// One line a goroutine:
//   g7 main.work 0..40: Undetermined 0, Waiting(select) 5 @P0/M3, Runnable 9 <-g1, Running 12 @P0/M3
// The number behind a state is its start; "!" behind the id: its creation was seen, by "<gN".
std::string ShowGoroutines(const Trace& trace);
// "P0: Running 3 M1, Idle 9; g7 5..9, g8 9..": states, then who ran there.
std::string ShowProcs(const Trace& trace);
// One line a range, task, region, log, label, sample, metric and Sync.
std::string ShowAnnotations(const Trace& trace);

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_TRACE_TEXT_H_
