// What the page knows of every frame before it asks for texts.
#ifndef CORE_ANALYSIS_FRAME_COLUMNS_H_
#define CORE_ANALYSIS_FRAME_COLUMNS_H_

#include <cstdint>
#include <vector>

#include "core/analysis/frame_table.h"

namespace flametrail {

enum class FrameKind : uint8_t {
  kUser,      // everything else: main, modules, other languages
  kStandard,  // Go's standard library
  kRuntime,   // package runtime and internal/runtime: scheduler, allocator, collector
  kUnknown,   // no symbol
};

// Columns by FrameId. Same names and order as web/src/protocol/columns.ts.
struct FrameColumns {
  std::vector<uint32_t> name;     // StringId of the printable name
  std::vector<uint32_t> file;     // StringId; the function's file also where the granularity leaves files out
  std::vector<double> line;       // where the function starts, else the smallest line seen; 0: not known
  std::vector<uint32_t> package;  // StringId, google/pprof package.go packageName
  std::vector<uint16_t> hue;      // 0..359, of the package's text: the same in every file
  std::vector<uint8_t> kind;      // FrameKind
};

// Of a function's name as the file has it: the import path, google/pprof package.go packageName; empty: none.
std::string_view PackageOfFunction(std::string_view name);
FrameKind KindOfFunction(std::string_view name);

FrameColumns DescribeFrames(const Profile& profile, const FrameTable& frames, StringPool* texts);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FRAME_COLUMNS_H_
