// Several documents, or several views of one, as one flame graph and one table of functions with a value for each.
#ifndef CORE_ANALYSIS_SERIES_COLUMNS_H_
#define CORE_ANALYSIS_SERIES_COLUMNS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/analysis/confidence.h"
#include "core/analysis/flame_layout.h"
#include "core/analysis/frame_columns.h"
#include "core/analysis/search.h"
#include "core/analysis/tree_shape.h"
#include "core/base/result.h"
#include "core/base/string_pool.h"

namespace flametrail {

// One of them. Frames are described by FrameId of `tree`, names in `texts`.
struct SeriesInput {
  CallTree tree;
  FrameColumns frames;
  StringPool texts;
  double factor = 1;              // of its values
  double at = 0;                  // where it stands on the axis of a trend, ascending
  size_t series = 0;              // inputs of one series are added up; ascending from 0, none left out
  FrameEstimates estimates = {};  // by FrameId of `tree`, before `factor`; only a comparison looks at them
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
  std::vector<uint32_t> own_box;   // by box of the last input's own flame graph: the box of `flame` that it is part of
  std::vector<double> row_flat;
  std::vector<double> row_cum;
  std::vector<uint8_t> match;  // by frame, MatchKind: between the first and the last series
  std::vector<uint8_t> trend;  // by frame, of flat, then of cum (also slope and fit)
  std::vector<double> slope;   // value per unit of `at`
  std::vector<double> fit;     // R²
  // Only of a comparison (two series), and empty where SamplingKind kUnknown: of frames' flat values, then of their cum
  // values (two blocks). The factor of a normalised side is taken for exact.
  double sampling = 0;             // SamplingKind: kUnknown if it is of any input, else the last one's
  std::vector<double> change_low;  // 95 % interval of the last less the first (confidence.h)
  std::vector<double> change_high;
  std::vector<double> old_events;  // that the samplers recorded
  std::vector<double> new_events;
  std::vector<uint8_t> significant;  // 1: zero is outside of the interval
};

struct SeriesAnswer {
  SeriesColumns columns;
  StringPool texts;
};

// As Search (search.h), over the answer's frames and boxes: names and files; totals are the last series'.
Result<SearchColumns> SearchSeries(const SeriesAnswer& answer, std::string_view pattern, bool case_sensitive);

// REQUIRES: at least one input.
SeriesAnswer CombineSeries(std::span<const SeriesInput> inputs);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_SERIES_COLUMNS_H_
