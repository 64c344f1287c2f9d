#include "core/analysis/series_columns.h"

#include <algorithm>
#include <cmath>

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
      if (is_last) kinds_[frame] = matches.kind[frame];
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
    for (const SeriesInput& input : inputs) at_.push_back(input.at);
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

}  // namespace

SeriesAnswer CombineSeries(std::span<const SeriesInput> inputs) {
  SeriesAnswer answer;
  SeriesColumns& columns = answer.columns;
  FrameUnion frames(&answer);
  std::vector<std::vector<uint32_t>> frame_of;
  for (const SeriesInput& input : inputs) frame_of.push_back(frames.Add(input, &input == &inputs.back()));
  frames.Finish();
  std::vector<StringId> names;
  for (const uint32_t name : columns.frames.name) names.push_back(StringId(name));
  std::vector<UnionPart> parts;
  for (size_t i = 0; i < inputs.size(); ++i) parts.push_back({inputs[i].tree, frame_of[i], inputs[i].factor});
  const UnionTree tree = MergeTrees(parts, {names, answer.texts});

  std::vector<uint32_t> box_of;
  columns.flame = LayoutFlame(tree.tree, &box_of);
  columns.series = static_cast<double>(inputs.size());
  const size_t boxes = box_of.size();
  columns.box_self.resize(boxes * inputs.size());
  columns.box_total.resize(boxes * inputs.size());
  for (size_t series = 0; series < inputs.size(); ++series) {
    for (size_t node = 0; node < boxes; ++node) {
      columns.box_self[series * boxes + box_of[node]] = static_cast<double>(tree.self[series][node]);
      columns.box_total[series * boxes + box_of[node]] = static_cast<double>(tree.total[series][node]);
    }
    const FunctionValues values = SumByFunction(tree, series, names.size());
    AppendValues(values.flat, &columns.row_flat);
    AppendValues(values.cum, &columns.row_cum);
  }
  const TrendFitter fitter(inputs, tree);
  FitRows(fitter, columns.row_flat, &columns);
  FitRows(fitter, columns.row_cum, &columns);
  Rows totals(columns.box_total, inputs.size());
  for (size_t box = 0; box < boxes; ++box) {
    columns.box_trend.push_back(static_cast<uint8_t>(fitter.Fit(totals.Of(box)).kind));
  }
  return answer;
}

}  // namespace flametrail
