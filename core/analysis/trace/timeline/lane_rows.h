// Lanes for which the trace has no column of its own.
#ifndef CORE_ANALYSIS_TRACE_TIMELINE_LANE_ROWS_H_
#define CORE_ANALYSIS_TRACE_TIMELINE_LANE_ROWS_H_

#include <vector>

#include "core/analysis/trace/timeline/lane_tracks.h"

namespace flametrail {

// Each row is ordered by start and has no overlap.
using LaneRows = std::vector<std::vector<LaneInterval>>;

// Mark phases, or pauses: what overlaps another one is cut to what it adds. One row, or none.
LaneRows CollectorRows(const Trace& trace);
LaneRows StopTheWorldRows(const Trace& trace);
// By thread: the stretches on its Ps, and system calls without one to their end.
LaneRows ThreadRows(const Trace& trace);
// As few rows as their overlaps allow: each goes into the first row that is free.
LaneRows TaskRows(const Trace& trace);
LaneRows RegionRows(const Trace& trace);
// Moments: each lasts the nanosecond before the next event can be. One row, or none.
LaneRows LogRows(const Trace& trace);
LaneRows SampleRows(const Trace& trace);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_TIMELINE_LANE_ROWS_H_
