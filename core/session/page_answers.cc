// The questions of the page: each is one analysis of a filtered view, its frames given the page's ids.
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "core/session/state.h"

namespace flametrail {
namespace {

// None stays None.
void ToPageIds(const FilteredView& view, std::vector<uint32_t>* frames) {
  for (uint32_t& frame : *frames) {
    if (frame < view.page_ids.size()) frame = view.page_ids[frame];
  }
}

// None: the view does not have the frame.
FrameId FromPageId(const FilteredView& view, uint32_t page_frame) {
  const auto at = std::find(view.page_ids.begin(), view.page_ids.end(), page_frame);
  if (page_frame == PageFrames::kNone || at == view.page_ids.end()) return FrameId::None();
  return FrameId(static_cast<uint32_t>(at - view.page_ids.begin()));
}

Status FindMatching(const SamplesQuery& query, FilteredView* view) {
  auto& found = view->matching;
  if (found.known && found.pattern == query.pattern && found.case_sensitive == query.case_sensitive &&
      found.sort_type == query.sort_type && found.ascending == query.ascending) {
    return OkStatus();
  }
  const size_t types = view->profile->sample_types.size();
  if (query.sort_type && *query.sort_type >= types) {
    return Error{Code::kInvalid, std::nullopt, "there is no such sample type to sort by"};
  }
  std::vector<uint8_t> frames, labels;
  if (!query.pattern.empty()) {
    ASSIGN_OR_RETURN(const Expression expression, Expression::Compile(query.pattern, query.case_sensitive));
    ASSIGN_OR_RETURN(SearchColumns search,
                     flametrail::Search(*view->profile, view->frames, view->Tree(query.view.sample_type), query.pattern,
                                        query.case_sensitive));
    frames = std::move(search.match);
    labels = MatchLabelSets(*view->profile, expression);
  }
  found.samples = MatchingSamples(*view->profile, view->frames, frames, labels);
  if (query.sort_type) SortByValue(*view->profile, *query.sort_type, query.ascending, &found.samples);
  found.sort_type = query.sort_type;
  found.ascending = query.ascending;
  found.pattern = query.pattern;
  found.case_sensitive = query.case_sensitive;
  found.known = true;
  return OkStatus();
}

}  // namespace

Result<FilteredView*> Session::State::View(const ViewSpec& spec) {
  RETURN_IF_ERROR(NeedProfile());
  return views.Find(profile(), spec);
}

Result<FlameColumns> Session::Flame(const ViewSpec& spec) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(spec));
  FlameColumns columns = LayoutFlame(view->Tree(spec.sample_type));
  ToPageIds(*view, &columns.frame);
  return columns;
}

Result<TopColumns> Session::Top(const ViewSpec& spec) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(spec));
  TopColumns columns = TopTable(*view->profile, view->frames, view->Weights(spec.sample_type));
  ToPageIds(*view, &columns.frame);
  return columns;
}

Result<ConfidenceColumns> Session::Confidence(const ViewSpec& spec) {
  RETURN_IF_ERROR(state_->NeedProfile());
  ASSIGN_OR_RETURN(FilteredView* const view, state_->views.Find(profile(), spec));
  ConfidenceColumns columns =
      flametrail::Confidence(*view->profile, view->frames, view->Weights(spec.sample_type), spec.sample_type);
  ToPageIds(*view, &columns.frame);
  return columns;
}

Result<SearchColumns> Session::Search(const SearchQuery& query) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(query.view));
  ASSIGN_OR_RETURN(SearchColumns found,
                   flametrail::Search(*view->profile, view->frames, view->Tree(query.view.sample_type), query.pattern,
                                      query.case_sensitive));
  std::vector<uint8_t> match(state_->views.page_frames().columns().name.size(), 0);
  for (size_t frame = 0; frame < found.match.size(); ++frame) {
    if (view->page_ids[frame] != PageFrames::kNone) match[view->page_ids[frame]] = found.match[frame];
  }
  found.match = std::move(match);
  return found;
}

Result<ViewFacts> Session::Facts(const ViewSpec& spec) {
  RETURN_IF_ERROR(state_->NeedProfile());
  return state_->views.Facts(profile(), spec);
}

Result<PeekColumns> Session::Peek(const PeekQuery& query) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(query.view));
  std::vector<FrameId> path;
  for (const uint32_t frame : query.path) {
    path.push_back(FromPageId(*view, frame));
    if (path.back().is_none()) break;
  }
  if (path.empty() || path.back().is_none()) {
    return Error{Code::kInvalid, std::nullopt, "the function is not in what the filters leave"};
  }
  PeekColumns columns =
      flametrail::Peek(*view->profile, view->frames, view->Tree(query.view.sample_type), path, query.side);
  ToPageIds(*view, &columns.frame);
  return columns;
}

Result<GraphColumns> Session::Graph(const GraphQuery& query) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(query.view));
  TrimOptions trim;
  trim.node_count = query.node_count;
  trim.node_fraction = query.node_fraction;
  trim.edge_fraction = query.edge_fraction;
  const size_t type = query.view.sample_type;
  GraphColumns columns = GraphOf(*view->profile, view->frames, view->Weights(type), type, trim);
  ToPageIds(*view, &columns.frame);
  return columns;
}

Result<SourceColumns> Session::Source(const SourceQuery& query) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(query.view));
  StringPool texts = view->profile->strings;
  return LinesOfFile(*view->profile, view->Weights(query.view.sample_type), StringId(query.file), query.view.no_inlines,
                     &texts);
}

Result<LabelColumns> Session::Labels(const ViewSpec& spec) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(spec));
  StringPool texts = view->profile->strings;
  return LabelsOf(*view->profile, spec.sample_type, &texts);
}

Result<SizeColumns> Session::Sizes(const ViewSpec& spec) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(spec));
  return SizesOf(*view->profile);
}

Result<SiteColumns> Session::Sites(const ViewSpec& spec) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(spec));
  SiteColumns columns = SitesOf(*view->profile, view->frames);
  ToPageIds(*view, &columns.frame);
  return columns;
}

Result<SampleColumns> Session::Samples(const SamplesQuery& query) {
  ASSIGN_OR_RETURN(FilteredView* const view, state_->View(query.view));
  RETURN_IF_ERROR(FindMatching(query, view));
  StringPool texts = view->profile->strings;
  SampleColumns columns =
      SampleRows(*view->profile, view->frames, view->matching.samples, query.from, query.count, &texts);
  ToPageIds(*view, &columns.frame);
  return columns;
}

Result<MappingColumns> Session::Mappings() {
  RETURN_IF_ERROR(state_->NeedProfile());
  StringPool texts = profile().strings;
  return MappingsOf(profile(), &texts);
}

const FrameColumns& Session::Frames() {
  const ViewSpec plain;
  // Without a sample type there is no view, and then no frames either.
  if (state_->NeedProfile().ok()) (void)state_->views.Find(profile(), plain);
  return state_->views.page_frames().columns();
}

}  // namespace flametrail
