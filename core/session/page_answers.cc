// The questions of the page: each is one analysis of a filtered view, its frames given the page's ids.
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

}  // namespace

Result<FlameColumns> Session::Flame(const ViewSpec& spec) {
  RETURN_IF_ERROR(state_->NeedProfile());
  ASSIGN_OR_RETURN(FilteredView* const view, state_->views.Find(profile(), spec));
  FlameColumns columns = LayoutFlame(view->Tree(spec.sample_type));
  ToPageIds(*view, &columns.frame);
  return columns;
}

Result<TopColumns> Session::Top(const ViewSpec& spec) {
  RETURN_IF_ERROR(state_->NeedProfile());
  ASSIGN_OR_RETURN(FilteredView* const view, state_->views.Find(profile(), spec));
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
  RETURN_IF_ERROR(state_->NeedProfile());
  ASSIGN_OR_RETURN(FilteredView* const view, state_->views.Find(profile(), query.view));
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

const FrameColumns& Session::Frames() {
  const ViewSpec plain;
  // Without a sample type there is no view, and then no frames either.
  if (state_->NeedProfile().ok()) (void)state_->views.Find(profile(), plain);
  return state_->views.page_frames().columns();
}

}  // namespace flametrail
