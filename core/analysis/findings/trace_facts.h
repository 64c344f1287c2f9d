// What the rules over execution traces share.
#ifndef CORE_ANALYSIS_FINDINGS_TRACE_FACTS_H_
#define CORE_ANALYSIS_FINDINGS_TRACE_FACTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/analysis/findings/rule.h"
#include "core/base/units.h"
#include "core/model/trace/trace.h"

namespace flametrail {

inline std::string TimeText(double nanos) { return ScaledLabel(static_cast<int64_t>(nanos), "nanoseconds", "auto"); }

inline double DurationOf(const Trace& trace) { return static_cast<double>(trace.end - trace.base); }

inline std::string NameOf(const Trace& trace, const Goroutine& goroutine) {
  const std::string_view name = trace.Text(goroutine.name);
  return name.empty() ? "goroutine " + std::to_string(goroutine.id) : std::string(name);
}

// Innermost function of the stack, inlined ones included; empty: it has no frame or no name.
inline std::string_view LeafFunction(const Trace& trace, StackId stack) {
  if (stack == StackTable::kEmpty) return {};
  const size_t location = trace.stacks.location[stack.index()].index();
  const uint32_t line = trace.locations.line_begin[location];
  if (line == trace.locations.line_begin[location + 1] || trace.locations.line_function[line].is_none()) return {};
  return trace.Text(trace.functions.name[trace.locations.line_function[line].index()]);
}

// Calls check(subject, trace) for each trace that lasts.
template <typename Check>
void ForEachTrace(RuleRun* run, Check check) {
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const Trace* trace = run->subjects()[i].trace;
    if (trace != nullptr && trace->end > trace->base) check(i, *trace);
  }
}

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FINDINGS_TRACE_FACTS_H_
