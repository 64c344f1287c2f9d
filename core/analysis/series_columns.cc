#include "core/analysis/series_columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "core/analysis/expression.h"
#include "core/analysis/name_match.h"
#include "core/analysis/trend.h"
#include "core/analysis/union_tree.h"

namespace flametrail {
namespace {

// Of the largest total: a function that moves by less is not moving, whatever its own size.
constexpr double kNoiseShare = 0.005;

// The functions of all inputs, each once.
class FrameUnion {
 public:
  explicit FrameUnion(SeriesAnswer* answer) : answer_(*answer) {}

  // The inputs added from here on are the last series: what they are matched with decides about `match`.
  void BeginLastSeries() { kinds_.assign(columns().name.size(), MatchKind::kOldOnly); }

  // The union's frames of an input's.
  std::vector<uint32_t> Add(const SeriesInput& input, bool is_last) {
    const FrameColumns& frames = input.frames;
    std::vector<std::string_view> names;
    for (const uint32_t name : frames.name) names.push_back(input.texts.View(StringId(name)));
    const NamePairs matches = MatchNames(Names(), names);
    std::vector<uint32_t> ids(names.size(), NamePairs::kNone);
    const size_t known = columns().name.size();
    for (size_t frame = 0; frame < known; ++frame) {
      const uint32_t found = matches.new_of_old[frame];
      if (found != NamePairs::kNone) ids[found] = static_cast<uint32_t>(frame);
      if (is_last && kinds_[frame] == MatchKind::kOldOnly) kinds_[frame] = matches.kind[frame];
    }
    for (size_t frame = 0; frame < names.size(); ++frame) {
      if (ids[frame] == NamePairs::kNone) ids[frame] = Append(input, frame);
    }
    return ids;
  }

  void Finish() {
    for (const MatchKind kind : kinds_) answer_.columns.match.push_back(static_cast<uint8_t>(kind));
  }

 private:
  FrameColumns& columns() { return answer_.columns.frames; }
  std::vector<std::string_view> Names() {
    std::vector<std::string_view> names;
    for (const uint32_t name : columns().name) names.push_back(answer_.texts.View(StringId(name)));
    return names;
  }
  uint32_t Append(const SeriesInput& input, size_t frame) {
    const auto text = [&](uint32_t id) { return answer_.texts.Intern(input.texts.View(StringId(id))).value; };
    FrameColumns& to = columns();
    to.name.push_back(text(input.frames.name[frame]));
    to.file.push_back(text(input.frames.file[frame]));
    to.line.push_back(input.frames.line[frame]);
    to.package.push_back(text(input.frames.package[frame]));
    to.hue.push_back(input.frames.hue[frame]);
    to.kind.push_back(input.frames.kind[frame]);
    kinds_.push_back(MatchKind::kNewOnly);
    return static_cast<uint32_t>(to.name.size() - 1);
  }

  SeriesAnswer& answer_;
  std::vector<MatchKind> kinds_;
};

void AppendValues(const std::vector<int64_t>& values, std::vector<double>* to) {
  for (const int64_t value : values) to->push_back(static_cast<double>(value));
}

// Values of box or row i over all series.
class Rows {
 public:
  Rows(const std::vector<double>& values, size_t series) : values_(values), row_(series) {}
  std::span<const double> Of(size_t i) {
    const size_t count = values_.size() / row_.size();
    for (size_t series = 0; series < row_.size(); ++series) row_[series] = values_[series * count + i];
    return row_;
  }

 private:
  const std::vector<double>& values_;
  std::vector<double> row_;
};

class TrendFitter {
 public:
  TrendFitter(std::span<const SeriesInput> inputs, const UnionTree& tree) {
    for (const SeriesInput& input : inputs) {
      if (input.series == at_.size()) at_.push_back(input.at);
    }
    for (const auto& total : tree.total) noise_ = std::max(noise_, std::abs(static_cast<double>(total[0])));
    noise_ *= kNoiseShare;
  }
  Trend Fit(std::span<const double> values) const { return FitTrend(at_, values, noise_); }

 private:
  std::vector<double> at_;
  double noise_ = 0;
};

void FitRows(const TrendFitter& fitter, const std::vector<double>& values, SeriesColumns* columns) {
  const auto series = static_cast<size_t>(columns->series);
  Rows rows(values, series);
  for (size_t i = 0; i < values.size() / series; ++i) {
    const Trend trend = fitter.Fit(rows.Of(i));
    columns->trend.push_back(static_cast<uint8_t>(trend.kind));
    columns->slope.push_back(trend.slope);
    columns->fit.push_back(trend.fit);
  }
}

// DifferenceInterval, asked once for each pair of estimates: most functions have few events, so pairs repeat.
class DifferenceCache {
 public:
  const Interval& Of(const Estimate& before, const Estimate& after) {
    const auto [at, is_new] = known_.try_emplace({PartsOf(before), PartsOf(after)});
    if (is_new) at->second = DifferenceInterval(before, after);
    return at->second;
  }

 private:
  using Parts = std::array<double, 5>;
  static Parts PartsOf(const Estimate& estimate) {
    return {estimate.value, static_cast<double>(estimate.events), estimate.certain, estimate.variance, estimate.next};
  }
  std::map<std::pair<Parts, Parts>, Interval> known_;
};

// Estimates of both series by the union's frames, and the intervals of their differences.
class ChangeJudge {
 public:
  ChangeJudge(std::span<const SeriesInput> inputs, const std::vector<std::vector<uint32_t>>& frame_of)
      : inputs_(inputs), frame_of_(frame_of) {}

  void Judge(SeriesColumns* columns) const {
    for (const SeriesInput& input : inputs_) {
      if (input.estimates.kind == SamplingKind::kUnknown) return;
    }
    columns->sampling = static_cast<double>(inputs_.back().estimates.kind);
    const size_t frames = columns->frames.name.size();
    DifferenceCache differences;
    for (const auto values : {&FrameEstimates::flat, &FrameEstimates::cum}) {
      const std::vector<Estimate> before = SumOf(0, values, frames);
      const std::vector<Estimate> after = SumOf(1, values, frames);
      for (size_t frame = 0; frame < frames; ++frame) AppendChange(before[frame], after[frame], &differences, columns);
    }
  }

 private:
  std::vector<Estimate> SumOf(size_t series, std::vector<Estimate> FrameEstimates::*values, size_t frames) const {
    std::vector<Estimate> sums(frames);
    for (size_t i = 0; i < inputs_.size(); ++i) {
      if (inputs_[i].series != series) continue;
      const std::vector<Estimate>& own = inputs_[i].estimates.*values;
      for (size_t frame = 0; frame < own.size(); ++frame) {
        Estimate& sum = sums[frame_of_[i][frame]];
        sum = Sum(sum, Scale(own[frame], inputs_[i].factor));
      }
    }
    return sums;
  }
  static void AppendChange(const Estimate& before, const Estimate& after, DifferenceCache* differences,
                           SeriesColumns* columns) {
    const bool is_nothing = before.events == 0 && after.events == 0;
    const Interval interval = is_nothing ? Interval() : differences->Of(before, after);
    columns->change_low.push_back(interval.low);
    columns->change_high.push_back(interval.high);
    columns->old_events.push_back(static_cast<double>(before.events));
    columns->new_events.push_back(static_cast<double>(after.events));
    columns->significant.push_back(interval.low > 0 || interval.high < 0);
  }

  std::span<const SeriesInput> inputs_;
  const std::vector<std::vector<uint32_t>>& frame_of_;
};

}  // namespace

SeriesAnswer CombineSeries(std::span<const SeriesInput> inputs) {
  SeriesAnswer answer;
  SeriesColumns& columns = answer.columns;
  FrameUnion frames(&answer);
  std::vector<std::vector<uint32_t>> frame_of;
  const size_t last = inputs.back().series;
  for (size_t i = 0; i < inputs.size(); ++i) {
    const bool is_last = inputs[i].series == last;
    if (is_last && (i == 0 || inputs[i - 1].series != last)) frames.BeginLastSeries();
    frame_of.push_back(frames.Add(inputs[i], is_last));
  }
  frames.Finish();
  std::vector<StringId> names;
  for (const uint32_t name : columns.frames.name) names.push_back(StringId(name));
  std::vector<UnionPart> parts;
  for (size_t i = 0; i < inputs.size(); ++i) {
    parts.push_back({inputs[i].tree, frame_of[i], inputs[i].factor, inputs[i].series});
  }
  const UnionTree tree = MergeTrees(parts, {names, answer.texts});

  std::vector<uint32_t> box_of;
  columns.flame = LayoutFlame(tree.tree, &box_of);
  columns.series = static_cast<double>(last + 1);
  const size_t boxes = box_of.size();
  columns.box_self.resize(boxes * (last + 1));
  columns.box_total.resize(boxes * (last + 1));
  for (size_t series = 0; series <= last; ++series) {
    for (size_t node = 0; node < boxes; ++node) {
      columns.box_self[series * boxes + box_of[node]] = static_cast<double>(tree.self[series][node]);
      columns.box_total[series * boxes + box_of[node]] = static_cast<double>(tree.total[series][node]);
    }
    const FunctionValues values = SumByFunction(tree, series, names.size());
    AppendValues(values.flat, &columns.row_flat);
    AppendValues(values.cum, &columns.row_cum);
  }
  std::vector<uint32_t> last_box_of;
  LayoutFlame(inputs.back().tree, &last_box_of);
  columns.own_box.resize(last_box_of.size());
  for (size_t node = 0; node < last_box_of.size(); ++node) {
    columns.own_box[last_box_of[node]] = box_of[tree.of_last[node]];
  }
  const TrendFitter fitter(inputs, tree);
  FitRows(fitter, columns.row_flat, &columns);
  FitRows(fitter, columns.row_cum, &columns);
  Rows totals(columns.box_total, last + 1);
  for (size_t box = 0; box < boxes; ++box) {
    columns.box_trend.push_back(static_cast<uint8_t>(fitter.Fit(totals.Of(box)).kind));
  }
  if (last == 1) ChangeJudge(inputs, frame_of).Judge(&columns);
  return answer;
}

Result<SearchColumns> SearchSeries(const SeriesAnswer& answer, std::string_view pattern, bool case_sensitive) {
  ASSIGN_OR_RETURN(const Expression expression, Expression::Compile(pattern, case_sensitive));
  const FrameColumns& frames = answer.columns.frames;
  SearchColumns found;
  for (size_t frame = 0; frame < frames.name.size(); ++frame) {
    const bool matches = expression.Matches(answer.texts.View(StringId(frames.name[frame]))) ||
                         expression.Matches(answer.texts.View(StringId(frames.file[frame])));
    found.match.push_back(matches);
    found.frame_count += matches;
  }
  // Rows of boxes from the root down: a parent stands before its children.
  const FlameColumns& flame = answer.columns.flame;
  std::vector<uint8_t> is_covered(flame.frame.size(), 0);
  for (size_t box = 1; box < flame.frame.size(); ++box) {
    is_covered[box] = is_covered[flame.parent[box]];
    if (found.match[flame.frame[box]] == 0) continue;
    ++found.box_count;
    found.matched_self += flame.self[box];
    if (is_covered[box] == 0) found.matched_total += flame.total[box];
    is_covered[box] = 1;
  }
  return found;
}

}  // namespace flametrail
