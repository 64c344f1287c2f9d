// Several files as one document: google/pprof fetch.go fetchProfiles and combineProfiles.
#include <utility>
#include <vector>

#include "core/analysis/transform/drop_frames.h"
#include "core/analysis/transform/fake_mapping.h"
#include "core/analysis/transform/merge.h"
#include "core/analysis/transform/scale.h"
#include "core/session/state.h"
#include "core/session/summarize.h"

namespace flametrail {
namespace {

constexpr std::string_view kBaseKey = "pprof::base";

Result<Profile> Merged(std::vector<Profile> profiles) {
  RETURN_IF_ERROR(MakeCompatible(profiles));
  if (profiles.size() == 1) return std::move(profiles[0]);
  return MergeProfiles(profiles);
}

Result<Profile> LessBase(Profile profile, Profile base, const CombineOptions& options) {
  if (options.is_diff) base = SetLabel(std::move(base), kBaseKey, "true");
  if (options.normalize) {
    ASSIGN_OR_RETURN(profile, Normalize(std::move(profile), base));
  }
  const std::vector<double> negated(base.sample_types.size(), -1.0);
  std::vector<Profile> both;
  both.push_back(std::move(profile));
  both.push_back(ScaleValues(std::move(base), negated));
  return Merged(std::move(both));
}

}  // namespace

Result<std::unique_ptr<Session>> Session::Combine(std::span<std::unique_ptr<Session>> sources,
                                                  std::span<std::unique_ptr<Session>> bases,
                                                  const CombineOptions& options) {
  for (const auto& sessions : {sources, bases}) {
    for (const auto& session : sessions) RETURN_IF_ERROR(session->state_->NeedProfile());
  }
  FileBytes bytes;
  Diagnostics diagnostics;
  const auto take = [&](std::span<std::unique_ptr<Session>> sessions) {
    std::vector<Profile> profiles;
    for (const auto& session : sessions) {
      bytes.in += session->summary().bytes_in;
      bytes.out += session->summary().bytes_out;
      diagnostics.Merge(session->state_->document->diagnostics);
      profiles.push_back(AddFakeMapping(std::move(session->state_->profile())));
      session->state_->document.reset();
    }
    return profiles;
  };
  ASSIGN_OR_RETURN(Profile profile, Merged(take(sources)));
  if (!bases.empty()) {
    ASSIGN_OR_RETURN(Profile base, Merged(take(bases)));
    ASSIGN_OR_RETURN(profile, LessBase(std::move(profile), std::move(base), options));
  }
  if (const Status status = DropFrames(&profile); !status.ok()) {
    diagnostics.Count(Issue::kUnreadableFramePattern, std::nullopt, status.error().text);
  }
  auto combined = std::make_unique<Session>();
  State& state = *combined->state_;
  state.document = Document{"merged profiles", DocumentBody(std::move(profile)), std::move(diagnostics), std::nullopt};
  state.summary = Summarize(*state.document, bytes);
  return combined;
}

}  // namespace flametrail
