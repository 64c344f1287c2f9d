// The moments at which the garbage collector takes or frees a processor, for mutator_utilization.cc.
#ifndef CORE_ANALYSIS_TRACE_UTILIZATION_STEPS_H_
#define CORE_ANALYSIS_TRACE_UTILIZATION_STEPS_H_

#include <cstdint>
#include <vector>

#include "core/analysis/trace/mutator_utilization.h"
#include "core/model/trace/trace.h"

namespace flametrail {

enum class StepKind : uint8_t { kProcCount, kStopTheWorld, kProc, kLook };

struct UtilizationStep {
  TraceTime time = 0;
  StepKind kind = StepKind::kProc;
  int8_t delta = 0;    // +1: begins; of kStopTheWorld and kProc
  uint64_t value = 0;  // kProcCount: how many Ps; kProc: the P's number
};

// Steps that are less ns apart than this had one time in the file, and were moved apart.
TraceTime SameTime(const Trace& trace, UtilizationRules rules);

// In time order. By the reference's rules with kLook, where nothing changes, but what went lost at equal times before
// is seen.
std::vector<UtilizationStep> UtilizationSteps(const Trace& trace, const UtilizationFlags& flags,
                                              UtilizationRules rules);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_UTILIZATION_STEPS_H_
