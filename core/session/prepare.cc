#include "core/session/prepare.h"

#include <utility>

#include "core/analysis/transform/drop_inlined.h"
#include "core/analysis/transform/fake_mapping.h"
#include "core/analysis/transform/tag_frames.h"

namespace flametrail {
namespace {

std::string TypeNames(const Profile& profile) {
  std::string names;
  for (const ValueType& type : profile.sample_types) {
    if (!names.empty()) names += ' ';
    names += profile.Text(type.type);
  }
  return names;
}

Result<size_t> FindSampleType(const Profile& profile, const std::string& name) {
  if (const auto index = SampleTypeIndex(profile, name)) return *index;
  return Error{Code::kInvalid, std::nullopt,
               "sample_index \"" + name + "\" must be a number below " + std::to_string(profile.sample_types.size()) +
                   " or one of: " + TypeNames(profile)};
}

// Reports of the profile itself are never trimmed and never merged by name.
ReportOptions OptionsFor(const ReportRequest& request) {
  ReportOptions options = request.options;
  options.active_filters = ActiveFilters(request.filters);
  switch (request.kind) {
    case ReportKind::kRaw:
    case ReportKind::kProto:
      options.frames.granularity = Granularity::kAddresses;
      options.trim = false;
      break;
    case ReportKind::kCallgrind:
      options.frames.granularity = Granularity::kAddresses;
      options.frames.object_names = true;
      options.trim = false;
      break;
    case ReportKind::kList:
      options.frames.granularity = Granularity::kLines;
      options.frames.object_names = true;
      options.trim = false;
      break;
    case ReportKind::kPeek:
      options.trim = false;
      break;
    case ReportKind::kTraces:
      options.frames.whole_paths = true;
      break;
    default:
      break;
  }
  return options;
}

Result<Profile> AddFrames(Profile profile, const ReportRequest& request, std::vector<std::string>* warnings) {
  TagFrameMatches matches;
  profile = AddTagFrames(std::move(profile), {request.tag_root, request.tag_leaf, request.options.unit}, &matches);
  if (!request.tag_root.empty() && !matches.root) warnings->push_back("TagRoot expression matched no samples");
  if (!request.tag_leaf.empty() && !matches.leaf) warnings->push_back("TagLeaf expression matched no samples");
  return profile;
}

bool HasTagFrames(const ReportRequest& request) { return !request.tag_root.empty() || !request.tag_leaf.empty(); }

StackWeights Weigh(const Prepared& prepared) {
  WeightOptions options;
  options.sample_type = prepared.sample_type;
  options.mean = prepared.options.mean;
  return SumByStack(*prepared.profile, options);
}

Status Filter(const ReportRequest& request, Prepared* prepared) {
  if (!prepared->own) prepared->own = std::make_unique<Profile>(*prepared->profile);
  ASSIGN_OR_RETURN(Profile filtered, ApplyFilters(std::move(*prepared->own), request.filters, &prepared->warnings));
  prepared->own = std::make_unique<Profile>(std::move(filtered));
  prepared->profile = prepared->own.get();
  return OkStatus();
}

}  // namespace

Result<Prepared> Prepare(Profile& document, const ReportRequest& request) {
  if (document.sample_types.empty()) return Error{Code::kCorrupt, std::nullopt, "the profile has no sample types"};
  if (request.options.divide_by == 0) return Error{Code::kInvalid, std::nullopt, "divide_by must not be 0"};
  Prepared prepared;
  prepared.options = OptionsFor(request);
  prepared.profile = &document;
  ASSIGN_OR_RETURN(prepared.sample_type, FindSampleType(document, request.options.sample_index));
  const bool has_filters = request.filters != FilterOptions();
  const bool prints_locations = request.kind == ReportKind::kRaw || request.kind == ReportKind::kProto;
  // Before tag frames, which have no mapping, and filters, whose expressions may match its empty name.
  if (document.mappings.empty() && (prints_locations || has_filters)) {
    prepared.own = std::make_unique<Profile>(AddFakeMapping(document));
    prepared.profile = prepared.own.get();
  }
  if (HasTagFrames(request)) {
    Profile copy = prepared.own ? std::move(*prepared.own) : document;
    ASSIGN_OR_RETURN(Profile framed, AddFrames(std::move(copy), request, &prepared.warnings));
    prepared.own = std::make_unique<Profile>(std::move(framed));
    prepared.profile = prepared.own.get();
  }
  if (has_filters && request.relative_percentages) RETURN_IF_ERROR(Filter(request, &prepared));
  prepared.weights = Weigh(prepared);
  prepared.context = MakeReportContext(*prepared.profile, prepared.weights, prepared.sample_type, prepared.options);
  if (has_filters && !request.relative_percentages) {
    RETURN_IF_ERROR(Filter(request, &prepared));
    prepared.weights = Weigh(prepared);
  }
  if (prints_locations && prepared.options.frames.no_inlines) {
    Profile own = prepared.own ? std::move(*prepared.own) : document;
    DropInlinedLines(prepared.options.frames.show_columns, &own);
    prepared.own = std::make_unique<Profile>(std::move(own));
    prepared.profile = prepared.own.get();
  }
  StringPool texts = document.strings;  // the same pool: cleaned paths are interned into it
  prepared.frames = BuildFrames(*prepared.profile, prepared.options.frames, &texts);
  return prepared;
}

}  // namespace flametrail
