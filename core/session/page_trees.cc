// Call trees in other shapes, and those of several documents as one.
#include <utility>
#include <vector>

#include "core/analysis/union_tree.h"
#include "core/base/check.h"
#include "core/session/state.h"

namespace flametrail {
namespace {

struct Shaped {
  CallTree tree;
  int64_t cut = 0;
};

std::vector<uint8_t> Squashed(const FilteredView& view, const PageFrames& page, const SquashRules& rules) {
  const std::vector<uint8_t> by_page_id = SquashedFrames(page.columns(), view.profile->strings, rules);
  std::vector<uint8_t> squashed(view.frames.size(), 0);
  for (size_t frame = 0; frame < squashed.size(); ++frame) {
    if (view.page_ids[frame] != PageFrames::kNone) squashed[frame] = by_page_id[view.page_ids[frame]];
  }
  return squashed;
}

FrameId FrameOfPage(const FilteredView& view, uint32_t page_id) {
  for (uint32_t frame = 0; frame < view.page_ids.size(); ++frame) {
    if (view.page_ids[frame] == page_id) return FrameId(frame);
  }
  return FrameId::None();  // the filters left nothing of it
}

Shaped Shape(FilteredView* view, size_t sample_type, const PageFrames& page, const TreeShape& shape) {
  const FrameTexts texts{view->frames.name, view->profile->strings};
  const CallTree* tree = &view->Tree(sample_type);
  Shaped out;
  if (!shape.squash.IsEmpty()) {
    out.tree = SquashFrames(*tree, Squashed(*view, page, shape.squash), texts);
    tree = &out.tree;
  }
  if (shape.collapse) {
    out.tree = CollapseRecursion(*tree, texts);
    tree = &out.tree;
  }
  InvertedTree inverted;
  switch (shape.kind) {
    case TreeKind::kDown:
      if (tree != &out.tree) out.tree = *tree;
      return out;
    case TreeKind::kCallees:
      return {CalleesOf(*tree, FrameOfPage(*view, shape.center), texts), 0};
    case TreeKind::kUp:
      inverted = Invert(*tree, texts);
      break;
    case TreeKind::kCallers:
      inverted = CallersOf(*tree, FrameOfPage(*view, shape.center), texts);
      break;
  }
  return {std::move(inverted.tree), inverted.cut};
}

// A view's frames by FrameId, as the page describes them.
FrameColumns Described(const FilteredView& view, const PageFrames& page) {
  FrameColumns out;
  const FrameColumns& from = page.columns();
  for (const uint32_t id : view.page_ids) {
    const bool is_known = id != PageFrames::kNone;
    out.name.push_back(is_known ? from.name[id] : StringPool::kEmpty.value);
    out.file.push_back(is_known ? from.file[id] : StringPool::kEmpty.value);
    out.line.push_back(is_known ? from.line[id] : 0);
    out.package.push_back(is_known ? from.package[id] : StringPool::kEmpty.value);
    out.hue.push_back(is_known ? from.hue[id] : 0);
    out.kind.push_back(is_known ? from.kind[id] : 0);
  }
  return out;
}

FrameEstimates Estimates(FilteredView* view, size_t sample_type, const PageFrames& page, const TreeShape& shape) {
  std::vector<uint8_t> squashed;
  if (!shape.squash.IsEmpty()) squashed = Squashed(*view, page, shape.squash);
  return EstimateFrames(*view->profile, view->frames, view->Weights(sample_type), sample_type, squashed);
}

// JavaScript made it up.
Status CheckSeries(const SeriesQuery& query) {
  uint32_t expected = 0;
  for (const SeriesSource& source : query.sources) {
    if (source.series == expected) continue;
    if (&source == query.sources.data() || source.series != expected + 1) {
      return Error{Code::kInvalid, std::nullopt, "the series are not numbered in order"};
    }
    ++expected;
  }
  if (query.sources.empty()) return Error{Code::kInvalid, std::nullopt, "there is nothing to compare"};
  return OkStatus();
}

double CumOf(const SeriesInput& input, std::string_view function) {
  int64_t cum = 0;
  for (size_t node = 1; node < input.tree.size();) {
    const uint32_t name = input.frames.name[input.tree.frame[node].index()];
    if (input.texts.View(StringId(name)) == function) {
      cum += input.tree.total[node];
      node = input.tree.subtree_end[node];
    } else {
      ++node;
    }
  }
  return static_cast<double>(cum);
}

Status SetFactors(const SeriesQuery& query, const std::vector<double>& durations, std::vector<SeriesInput>* inputs) {
  if (query.scale == SeriesScale::kNone) return OkStatus();
  std::vector<double> measures(inputs->back().series + 1, 0);
  for (size_t i = 0; i < inputs->size(); ++i) {
    const SeriesInput& input = (*inputs)[i];
    const double measure = query.scale == SeriesScale::kTotal      ? static_cast<double>(input.tree.total[0])
                           : query.scale == SeriesScale::kDuration ? durations[i]
                                                                   : CumOf(input, query.function);
    measures[input.series] += measure;
  }
  for (const double measure : measures) {
    if (!(measure > 0)) {
      return Error{Code::kInvalid, std::nullopt,
                   query.scale == SeriesScale::kDuration ? "one of the files does not say how long was recorded"
                   : query.scale == SeriesScale::kTotal
                       ? "one of the totals is not above 0"
                       : "the function has no value above 0 in one of them: " + query.function};
    }
  }
  for (SeriesInput& input : *inputs) input.factor = measures.back() / measures[input.series];
  return OkStatus();
}

}  // namespace

Result<ShapedColumns> Session::ShapedFlame(const ViewSpec& spec, const TreeShape& shape) {
  RETURN_IF_ERROR(state_->NeedProfile());
  ASSIGN_OR_RETURN(FilteredView* const view, state_->views.Find(profile(), spec));
  const Shaped shaped = Shape(view, spec.sample_type, state_->views.page_frames(), shape);
  ShapedColumns columns{LayoutFlame(shaped.tree), static_cast<double>(shaped.cut)};
  for (uint32_t& frame : columns.flame.frame) {
    if (frame < view->page_ids.size()) frame = view->page_ids[frame];
  }
  return columns;
}

Result<LabelStepColumns> Session::LabelSteps(const ViewSpec& spec, const std::string& key) {
  RETURN_IF_ERROR(state_->NeedProfile());
  ASSIGN_OR_RETURN(FilteredView* const view, state_->views.Find(profile(), spec));
  StringPool texts = view->profile->strings;  // the same pool
  return StepsByLabel(*view->profile, view->frames, view->Weights(spec.sample_type), spec.sample_type, key, &texts);
}

Result<uint32_t> Session::Attach(std::unique_ptr<Session> other) {
  CHECK(other->state_->document);
  state_->attached.push_back(std::move(other));
  return static_cast<uint32_t>(state_->attached.size() - 1);
}

Result<const SeriesColumns*> Session::Series(const SeriesQuery& query) {
  RETURN_IF_ERROR(CheckSeries(query));
  const bool is_comparison = query.sources.back().series == 1;
  std::vector<SeriesInput> inputs;
  std::vector<double> durations;
  for (const SeriesSource& source : query.sources) {
    const bool is_self = source.attached == SeriesSource::kSelf;
    if (!is_self && source.attached >= state_->attached.size()) {
      return Error{Code::kInvalid, std::nullopt, "no such document is attached"};
    }
    Session& session = is_self ? *this : *state_->attached[source.attached];
    RETURN_IF_ERROR(session.state_->NeedProfile());
    ASSIGN_OR_RETURN(FilteredView* const view, session.state_->views.Find(session.profile(), source.view));
    const PageFrames& page = session.state_->views.page_frames();
    Shaped shaped = Shape(view, source.view.sample_type, page, query.shape);
    FrameEstimates estimates;
    if (is_comparison) estimates = Estimates(view, source.view.sample_type, page, query.shape);
    inputs.push_back({std::move(shaped.tree), Described(*view, page), view->profile->strings, 1, source.at,
                      source.series, std::move(estimates)});
    durations.push_back(static_cast<double>(session.profile().duration_nanos));
  }
  RETURN_IF_ERROR(SetFactors(query, durations, &inputs));
  state_->series = CombineSeries(inputs);
  const SeriesColumns* columns = &state_->series->columns;
  return columns;
}

Result<SearchColumns> Session::SearchSeries(const std::string& pattern, bool case_sensitive) const {
  if (!state_->series) return Error{Code::kInvalid, std::nullopt, "nothing is compared yet"};
  return flametrail::SearchSeries(*state_->series, pattern, case_sensitive);
}

std::string Session::SeriesNames(std::span<const uint32_t> ids) const {
  return state_->series ? JoinTexts(state_->series->texts, ids) : std::string();
}

}  // namespace flametrail
