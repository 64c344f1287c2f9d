// How much of the processors the garbage collector leaves to the program, over time, and its worst case over windows of
// any length: minimum mutator utilization (specs/go-trace-analysis.md "MMU"; source of meaning: Go internal/trace
// gc.go).
#ifndef CORE_ANALYSIS_TRACE_MUTATOR_UTILIZATION_H_
#define CORE_ANALYSIS_TRACE_MUTATOR_UTILIZATION_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/model/trace/trace.h"

namespace flametrail {

enum class UtilizationRules : uint8_t {
  // A background worker counts while it runs. In traces up to Go 1.21 every stop-the-world counts, later only those for
  // the collector.
  kExact,
  // As Go's own code with the defect below mended, which is what summaries are compared with. Of Go 1.22 and later:
  // what begins before the first GOMAXPROCS, or was open when the trace began, does not count, but its end does. Of
  // several values at one time, which v1 traces have, the least stays until Go's code looks again: at the next start or
  // stop of a goroutine.
  kReference,
  // As Go 1.23: besides, a background worker counts twice from its second start on and is taken back once.
  kGo123,
};

struct UtilizationFlags {
  bool stw = true;
  bool background = true;
  bool assist = true;
  bool sweep = false;
  bool per_proc = false;  // one series per P; dedicated workers do not count then
};

// A step function: from `time` on the utilization is `value`, until the next point. The last point ends it.
struct UtilizationPoint {
  TraceTime time = 0;
  double value = 0;
};
using UtilizationSeries = std::vector<UtilizationPoint>;

// One series for all Ps, or one for each P that was there (P that leave and come back get a new one). Empty: the trace
// does not say how many Ps there are.
std::vector<UtilizationSeries> MutatorUtilization(const Trace& trace, const UtilizationFlags& flags,
                                                  UtilizationRules rules);

// What of each series lies in [from, to); those that have nothing there are left out.
std::vector<UtilizationSeries> CutSeries(const std::vector<UtilizationSeries>& series, TraceTime from, TraceTime to);

// Time mean over a series.
double MeanUtilization(const UtilizationSeries& series);

// The smallest mean over all windows of `window` ns (> 0) of all series; a window longer than a series is cut to it.
double MinimumUtilization(std::span<const UtilizationSeries> series, uint64_t window);

// `quantiles` (0 to 1, ascending) of the distribution of the mean over all positions of the window.
std::vector<double> UtilizationQuantiles(std::span<const UtilizationSeries> series, uint64_t window,
                                         std::span<const double> quantiles);

struct WorstWindow {
  uint32_t series = 0;
  TraceTime start = 0;
  double utilization = 0;
};

// At most `count` windows that do not overlap in their series, lowest first.
std::vector<WorstWindow> WorstWindows(std::span<const UtilizationSeries> series, uint64_t window, size_t count);

// Windows for a plot, as `go tool trace` draws them: 100 log-spaced ones over six decades, from where the curve begins
// to differ from 0.
std::vector<uint64_t> PlotWindows(std::span<const UtilizationSeries> series);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_MUTATOR_UTILIZATION_H_
