// Pieces that the JSON answers about a trace share.
#ifndef CORE_ANALYSIS_TRACE_JSON_PARTS_H_
#define CORE_ANALYSIS_TRACE_JSON_PARTS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/analysis/trace/trace_json.h"
#include "core/base/json_writer.h"
#include "core/model/trace/trace.h"

namespace flametrail {

// "main.work work.go:17", with the file's whole path.
std::string FrameText(const Trace& trace, LocationId location);
void WriteStack(const Trace& trace, std::string_view key, StackId stack, JsonWriter* json);
// Since the base; null: not seen.
void WriteTime(const Trace& trace, std::string_view key, TraceTime time, JsonWriter* json);
// {"id": 7, "name": "main.worker"}.
void WriteGoroutineName(const Trace& trace, std::string_view key, GoroutineIndex g, JsonWriter* json);
void WritePair(std::string_view key, const std::array<uint64_t, 2>& pair, JsonWriter* json);
// Fields of the open object: windows of the plot with minimum and quantiles, and the worst windows.
void WriteUtilizationCurve(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_JSON_PARTS_H_
