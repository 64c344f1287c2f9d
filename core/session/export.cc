// What the page takes away as a profile. Apart from report.cc, whose texts the page never asks for: what is linked into
// the page is what its users wait for.
#include <string>
#include <utility>

#include "core/analysis/transform/anonymise.h"
#include "core/analysis/transform/drop_inlined.h"
#include "core/analysis/transform/fake_mapping.h"
#include "core/analysis/transform/tag_frames.h"
#include "core/session/gzip_profile.h"
#include "core/session/state.h"

namespace flametrail {

// In the order of `pprof -proto` (prepare.cc), whose bytes it gives.
Result<std::string> Session::Export(const ViewSpec& view, bool anonymous) {
  RETURN_IF_ERROR(state_->NeedProfile());
  // A copy shares its texts with the document, but a file holds only those in use.
  Profile profile = state_->profile();
  if (profile.mappings.empty()) profile = AddFakeMapping(std::move(profile));
  TagFrameMatches matches;
  profile = AddTagFrames(std::move(profile), {view.tag_root, view.tag_leaf, "minimum"}, &matches);
  std::vector<std::string> warnings;
  ASSIGN_OR_RETURN(profile, ApplyFilters(std::move(profile), view.filters, &warnings));
  if (view.no_inlines) DropInlinedLines(false, &profile);
  if (anonymous) profile = Anonymise(std::move(profile));
  std::string bytes;
  WriteGzipProfile(profile, [&](std::string_view part) { bytes += part; });
  return bytes;
}

}  // namespace flametrail
