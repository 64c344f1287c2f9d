#include "core/session/filtered_view.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/analysis/filter_counts.h"
#include "core/analysis/transform/fake_mapping.h"
#include "core/analysis/transform/filter_names.h"
#include "core/analysis/transform/tag_frames.h"
#include "core/base/check.h"

namespace flametrail {
namespace {

// A filter by its place in FilterOptions.
struct FieldRow {
  FilterField field;
  std::string FilterOptions::*text;
  TagValueKind FilterOptions::*kind;  // null: of names
};

constexpr FieldRow kFields[] = {
    {FilterField::kFocus, &FilterOptions::focus, nullptr},
    {FilterField::kIgnore, &FilterOptions::ignore, nullptr},
    {FilterField::kHide, &FilterOptions::hide, nullptr},
    {FilterField::kShow, &FilterOptions::show, nullptr},
    {FilterField::kShowFrom, &FilterOptions::show_from, nullptr},
    {FilterField::kPruneFrom, &FilterOptions::prune_from, nullptr},
    {FilterField::kTagFocus, &FilterOptions::tag_focus, &FilterOptions::tag_focus_kind},
    {FilterField::kTagIgnore, &FilterOptions::tag_ignore, &FilterOptions::tag_ignore_kind},
};
static_assert(std::size(kFields) == kFilterFields);

Status Check(const FieldRow& row, const FilterOptions& filters) {
  const std::string& text = filters.*row.text;
  if (row.kind != nullptr) {
    const Result<TagFilter> parsed = TagFilter::Parse(text, filters.*row.kind);
    return parsed.ok() ? OkStatus() : Status(parsed.error());
  }
  const Result<Expression> compiled = Expression::Compile(text);
  return compiled.ok() ? OkStatus() : Status(compiled.error());
}

// The filters that can be read, kinds as they would be by default where they say nothing.
FilterOptions Usable(const FilterOptions& filters) {
  FilterOptions usable = filters;
  for (const FieldRow& row : kFields) {
    std::string& text = usable.*row.text;
    if (!text.empty() && !Check(row, filters).ok()) text.clear();
    if (text.empty() && row.kind != nullptr) usable.*row.kind = TagValueKind::kByLooks;
  }
  return usable;
}

Status CheckType(const Profile& profile, size_t wanted) {
  if (wanted < profile.sample_types.size()) return OkStatus();
  return Error{Code::kInvalid, std::nullopt,
               "there is no sample type " + std::to_string(wanted) + ", the profile has " +
                   std::to_string(profile.sample_types.size())};
}

FrameOptions FramesFor(const ViewSpec& spec) {
  FrameOptions options;
  options.granularity = spec.granularity;
  options.no_inlines = spec.no_inlines;
  return options;
}

MatchCount Count(const FieldRow& row, const FilterOptions& filters, ViewInput* input, size_t sample_type) {
  const Profile& profile = *input->profile;
  const std::string& text = filters.*row.text;
  if (row.kind != nullptr) {
    const Result<TagFilter> filter = TagFilter::Parse(text, filters.*row.kind);
    return CountByLabels(profile, filter->MatchSets(profile), sample_type);
  }
  const Result<Expression> expression = Expression::Compile(text);
  const auto matches = row.field == FilterField::kPruneFrom ? MatchSimplifiedNames(profile, *expression)
                                                            : MatchLocations(profile, *expression);
  if (input->samples_by_stack.empty()) input->samples_by_stack = SamplesByStack(profile);
  return CountByLocation(profile.stacks, matches, input->samples_by_stack, input->weights.Of(profile, sample_type));
}

}  // namespace

const StackWeights& WeightCache::Of(const Profile& profile, size_t sample_type) {
  auto at = weights_.find(sample_type);
  if (at == weights_.end()) {
    WeightOptions options;
    options.sample_type = sample_type;
    at = weights_.emplace(sample_type, SumByStack(profile, options)).first;
  }
  return at->second;
}

const CallTree& FilteredView::Tree(size_t sample_type) {
  auto at = trees_.find(sample_type);
  if (at == trees_.end()) {
    at = trees_.emplace(sample_type, BuildCallTree(*profile, frames, Weights(sample_type))).first;
  }
  return at->second;
}

std::shared_ptr<ViewInput> ViewCache::Input(const Profile& document, const ViewSpec& spec) {
  // pprof does this too: a filter's expression may match the mapping's empty name. Tag frames come after it.
  const bool has_fake_mapping = document.mappings.empty() && spec.filters != FilterOptions();
  for (const auto& input : inputs_) {
    if (input->tag_root == spec.tag_root && input->tag_leaf == spec.tag_leaf &&
        input->has_fake_mapping == has_fake_mapping) {
      return input;
    }
  }
  auto input = std::make_shared<ViewInput>();
  input->tag_root = spec.tag_root;
  input->tag_leaf = spec.tag_leaf;
  input->has_fake_mapping = has_fake_mapping;
  const bool has_tag_frames = !spec.tag_root.empty() || !spec.tag_leaf.empty();
  if (has_fake_mapping || has_tag_frames) {
    Profile own = has_fake_mapping ? AddFakeMapping(document) : document;
    TagFrameMatches matches;
    own = AddTagFrames(std::move(own), {spec.tag_root, spec.tag_leaf, "minimum"}, &matches);
    input->own = std::make_unique<Profile>(std::move(own));
  }
  input->profile = input->own ? input->own.get() : &document;
  inputs_.push_front(input);
  if (inputs_.size() > kMaxInputs) inputs_.pop_back();
  return input;
}

// As they are before anything is hidden.
void ViewCache::DescribeFramesOf(ViewInput* input, const FrameOptions& options) {
  const std::pair<Granularity, bool> kind(options.granularity, options.no_inlines);
  if (std::find(input->described.begin(), input->described.end(), kind) != input->described.end()) return;
  StringPool texts = input->profile->strings;  // the same pool: cleaned paths are interned into it
  page_frames_.Adopt(*input->profile, BuildFrames(*input->profile, options, &texts), &texts);
  input->described.push_back(kind);
}

std::unique_ptr<FilteredView> ViewCache::Make(const Profile& document, const ViewSpec& spec) {
  auto view = std::make_unique<FilteredView>();
  view->spec = spec;
  view->input = Input(document, spec);
  view->profile = view->input->profile;
  if (spec.filters != FilterOptions()) {
    DescribeFramesOf(view->input.get(), FramesFor(spec));
    std::vector<std::string> warnings;
    Result<Profile> filtered = ApplyFilters(*view->profile, spec.filters, &warnings);
    CHECK(filtered.ok());  // Usable has left only what can be read
    view->own = std::make_unique<Profile>(std::move(filtered).value());
    view->profile = view->own.get();
  }
  StringPool texts = view->profile->strings;
  view->frames = BuildFrames(*view->profile, FramesFor(spec), &texts);
  view->page_ids = page_frames_.Adopt(*view->profile, view->frames, &texts);
  return view;
}

Result<FilteredView*> ViewCache::Find(const Profile& document, const ViewSpec& wanted) {
  RETURN_IF_ERROR(CheckType(document, wanted.sample_type));
  ViewSpec spec = wanted;
  spec.sample_type = 0;
  spec.filters = Usable(wanted.filters);
  for (auto at = views_.begin(); at != views_.end(); ++at) {
    if ((*at)->spec != spec) continue;
    views_.splice(views_.begin(), views_, at);
    return views_.front().get();
  }
  // The plain view first of all: its frames get the first ids.
  if (views_.empty() && spec != ViewSpec()) views_.push_front(Make(document, ViewSpec()));
  views_.push_front(Make(document, spec));
  if (views_.size() > kMaxViews) {
    const auto oldest = std::prev(views_.end());
    views_.erase((*oldest)->spec == ViewSpec() ? std::prev(oldest) : oldest);
  }
  return views_.front().get();
}

Result<ViewFacts> ViewCache::Facts(const Profile& document, const ViewSpec& spec) {
  ASSIGN_OR_RETURN(FilteredView* const view, Find(document, spec));
  ViewFacts facts;
  for (const FieldRow& row : kFields) {
    if ((spec.filters.*row.text).empty()) continue;
    FilterFact& fact = facts.filters[static_cast<size_t>(row.field)];
    if (const Status status = Check(row, spec.filters); !status.ok()) {
      fact.error = status.error().text;
      continue;
    }
    const MatchCount count = Count(row, spec.filters, view->input.get(), spec.sample_type);
    fact.samples = count.samples;
    fact.value = count.value;
  }
  const StackWeights& weights = view->Weights(spec.sample_type);
  facts.samples = view->profile->samples.size();
  facts.total = weights.total;
  facts.magnitude_total = weights.magnitude_total;
  return facts;
}

}  // namespace flametrail
