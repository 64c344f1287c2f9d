// Several documents, or several views of one, as one flame graph and one table of functions with a value for each.
#ifndef CORE_ANALYSIS_SERIES_COLUMNS_H_
#define CORE_ANALYSIS_SERIES_COLUMNS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/analysis/flame_layout.h"
#include "core/analysis/frame_columns.h"
#include "core/analysis/tree_shape.h"
#include "core/base/string_pool.h"

namespace flametrail {

// One of them. Frames are described by FrameId of `tree`, names in `texts`.
struct SeriesInput {
  CallTree tree;
  FrameColumns frames;
  StringPool texts;
  double factor = 1;  // of its values
  double at = 0;      // where it stands on the axis of a trend, ascending
};

// What the page shows of them; same names and order as web/src/protocol/columns.ts. Frame ids are of this answer, the
// same function of two documents is one (name_match.h). By series and box: box_total[s * boxes + b]; by series and
// frame: row_flat[s * frames + f]. In `flame`, widths are sums over all series, self and total the last one's.
struct SeriesColumns {
  FlameColumns flame;
  FrameColumns frames;  // texts by SeriesAnswer::texts
  double series = 0;
  std::vector<double> box_self;
  std::vector<double> box_total;
  std::vector<uint8_t> box_trend;  // TrendClass of box_total
  std::vector<double> row_flat;
  std::vector<double> row_cum;
  std::vector<uint8_t> match;  // by frame, MatchKind: between the first and the last series
  std::vector<uint8_t> trend;  // by frame, of flat, then of cum (also slope and fit)
  std::vector<double> slope;   // value per unit of `at`
  std::vector<double> fit;     // R²
};

struct SeriesAnswer {
  SeriesColumns columns;
  StringPool texts;
};

// REQUIRES: at least one input.
SeriesAnswer CombineSeries(std::span<const SeriesInput> inputs);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_SERIES_COLUMNS_H_
