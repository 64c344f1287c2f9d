#include "core/analysis/transform/drop_frames.h"

#include <optional>
#include <string>
#include <vector>

#include "core/analysis/expression.h"
#include "core/analysis/transform/samples.h"
#include "core/analysis/transform/simplify_name.h"

namespace flametrail {
namespace {

enum class Cut : uint8_t {
  kNone,
  kHere,     // the location and all below it go
  kBeneath,  // the location's outer lines stay, all below it goes
};

Result<Expression> CompileWhole(const char* what, std::string_view pattern) {
  Result<Expression> compiled = Expression::Compile("^(" + std::string(pattern) + ")$");
  if (compiled.ok()) return compiled;
  return Error{Code::kInvalid, std::nullopt,
               std::string(what) + " is not a valid expression: " + compiled.error().text};
}

// By function: whether its name asks to be dropped.
std::vector<uint8_t> DroppedFunctions(const Profile& profile, const Expression& drop, const Expression* keep) {
  std::vector<uint8_t> dropped(profile.functions.size());
  for (size_t i = 0; i < dropped.size(); ++i) {
    const std::string_view full = profile.Text(profile.functions.name[i]);
    const std::string_view name = SimplifyName(full);
    dropped[i] = !full.empty() && drop.Matches(name) && (keep == nullptr || !keep->Matches(name));
  }
  return dropped;
}

// By location: where it cuts; and removes the inlined lines that go from everywhere, as the reference does.
std::vector<Cut> CutLocations(const std::vector<uint8_t>& dropped, LocationTable* locations) {
  std::vector<Cut> cuts(locations->size(), Cut::kNone);
  std::vector<uint32_t> first_kept(locations->size(), 0);
  for (size_t location = 0; location < locations->size(); ++location) {
    const uint32_t end = locations->line_begin[location + 1];
    for (uint32_t line = end; line-- > locations->line_begin[location];) {
      const FunctionId function = locations->line_function[line];
      if (function.is_none() || !dropped[function.index()]) continue;
      const bool outermost = line + 1 == end;
      cuts[location] = outermost ? Cut::kHere : Cut::kBeneath;
      if (!outermost) first_kept[location] = line + 1;
      break;
    }
  }
  KeepLines(locations, [&](LocationId location, uint32_t line) { return line >= first_kept[location.index()]; });
  return cuts;
}

void CutStacks(const std::vector<Cut>& cuts, Profile* profile) {
  const StackTable& stacks = profile->stacks;
  StackTableBuilder builder;
  std::vector<StackId> moved(stacks.size(), StackTable::kEmpty);
  std::vector<uint8_t> ended(stacks.size(), 0);       // a frame above, or this one, cut the stack
  std::vector<uint8_t> found_user(stacks.size(), 0);  // a frame above, or this one, stays by right
  for (size_t stack = 1; stack < stacks.size(); ++stack) {
    const size_t parent = stacks.parent[stack].index();
    const LocationId location = stacks.location[stack];
    const Cut cut = cuts[location.index()];
    found_user[stack] = found_user[parent] || cut == Cut::kNone;
    const bool cuts_here = found_user[parent] && cut != Cut::kNone;
    ended[stack] = ended[parent] || cuts_here;
    const bool stays = !ended[parent] && !(cuts_here && cut == Cut::kHere);
    moved[stack] = stays ? builder.Push(moved[parent], location) : moved[parent];
  }
  MoveSamples(moved, &profile->samples);
  profile->stacks = builder.Take();
}

}  // namespace

Status DropFrames(Profile* profile) {
  const std::string_view drop_text = profile->Text(profile->drop_frames);
  const std::string_view keep_text = profile->Text(profile->keep_frames);
  if (drop_text.empty()) return OkStatus();
  ASSIGN_OR_RETURN(const Expression drop, CompileWhole("drop_frames", drop_text));
  std::optional<Expression> keep;
  if (!keep_text.empty()) {
    ASSIGN_OR_RETURN(keep, CompileWhole("keep_frames", keep_text));
  }
  CutStacks(CutLocations(DroppedFunctions(*profile, drop, keep ? &*keep : nullptr), &profile->locations), profile);
  return OkStatus();
}

}  // namespace flametrail
