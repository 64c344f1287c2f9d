// Samples as they are in the (filtered) profile, a window of them at a time: the page's Raw view.
#ifndef CORE_ANALYSIS_SAMPLE_ROWS_H_
#define CORE_ANALYSIS_SAMPLE_ROWS_H_

#include <cstdint>
#include <vector>

#include "core/analysis/expression.h"
#include "core/analysis/frame_table.h"
#include "core/model/profile.h"

namespace flametrail {

// At most this many rows in one answer, and frames of one row: a stack may be a million frames deep.
inline constexpr size_t kMaxSampleRows = 1000;
inline constexpr size_t kMaxRowFrames = 256;

// Columns by row of the window. Same names and order as web/src/protocol/columns.ts.
struct SampleColumns {
  std::vector<uint32_t> sample;       // place in the filtered profile
  std::vector<double> value;          // of all types: [row * types, (row + 1) * types)
  std::vector<uint32_t> depth;        // frames of the stack, also beyond kMaxRowFrames
  std::vector<uint32_t> frame_begin;  // frames of row r: [frame_begin[r], frame_begin[r + 1]), leaf first
  std::vector<uint32_t> frame;
  std::vector<uint32_t> label_begin;
  std::vector<uint32_t> label;  // StringIds of "key:value"
  double matched = 0;           // samples that match, of which this is a window
};

// Samples with a matching frame on their stack, or a matching "key:value"; all for an empty `match`. In order.
// `match` is by FrameId, `labels` by LabelSetId (see MatchLabelSets).
std::vector<uint32_t> MatchingSamples(const Profile& profile, const FrameTable& frames,
                                      const std::vector<uint8_t>& match, const std::vector<uint8_t>& labels);

// Largest |value| of the sample type first (or last); ties stay in order.
void SortByValue(const Profile& profile, size_t sample_type, bool ascending, std::vector<uint32_t>* samples);

// By LabelSetId: whether some "key:value" of it matches.
std::vector<uint8_t> MatchLabelSets(const Profile& profile, const Expression& expression);

// Rows [from, from + count) of `samples`. `texts` is the profile's own pool.
SampleColumns SampleRows(const Profile& profile, const FrameTable& frames, const std::vector<uint32_t>& samples,
                         size_t from, size_t count, StringPool* texts);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_SAMPLE_ROWS_H_
