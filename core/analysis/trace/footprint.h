// What fills a trace, by type of event: `go tool trace -d=footprint`.
#ifndef CORE_ANALYSIS_TRACE_FOOTPRINT_H_
#define CORE_ANALYSIS_TRACE_FOOTPRINT_H_

#include <cstdint>
#include <vector>

#include "core/base/text_out.h"
#include "core/model/trace/trace.h"

namespace flametrail {

// Trace::wire, most bytes first; equal ones by name.
std::vector<WireCount> FootprintRows(const Trace& trace);

// As the Go tool prints it, without the types that do not occur. `total_bytes`: of the file, decompressed.
void WriteFootprint(const Trace& trace, uint64_t total_bytes, const TextSink& sink);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_FOOTPRINT_H_
