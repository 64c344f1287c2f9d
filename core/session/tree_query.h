// What the page asks of call trees beyond the plain flame graph: other shapes, and several documents in one.
#ifndef CORE_SESSION_TREE_QUERY_H_
#define CORE_SESSION_TREE_QUERY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/label_steps.h"
#include "core/analysis/own_code.h"
#include "core/analysis/series_columns.h"
#include "core/session/view_spec.h"

namespace flametrail {

// kCallers and kCallees are the halves of a sandwich.
enum class TreeKind : uint8_t { kDown, kUp, kCallers, kCallees };

struct TreeShape {
  TreeKind kind = TreeKind::kDown;
  bool collapse = false;  // recursion
  SquashRules squash = {};
  uint32_t center = 0;  // of a sandwich: the page's frame id
};

// Same names and order as web/src/protocol/columns.ts.
struct ShapedColumns {
  FlameColumns flame;
  double cut = 0;  // width of paths whose outermost frames are left out, as there are too many boxes
};

enum class SeriesScale : uint8_t {
  kNone,
  kTotal,     // totals become the last one's
  kDuration,  // as if all had been recorded as long as the last one
  kFunction,  // the chosen function's cum becomes the last one's
};

struct SeriesSource {
  static constexpr uint32_t kSelf = 0xFFFFFFFFu;
  uint32_t attached = kSelf;  // what Attach gave, or the session itself
  ViewSpec view;
  double at = 0;  // on the axis of a trend
  // Sources of one series are added up: a side of a comparison may be several documents. Ascending from 0, none left
  // out.
  uint32_t series = 0;
};

struct SeriesQuery {
  std::vector<SeriesSource> sources;  // of a comparison: old, then new
  TreeShape shape;                    // not a sandwich
  SeriesScale scale = SeriesScale::kNone;
  std::string function;  // printable name, for kFunction
};

}  // namespace flametrail

#endif  // CORE_SESSION_TREE_QUERY_H_
