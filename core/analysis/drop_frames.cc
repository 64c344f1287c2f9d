#include "core/analysis/drop_frames.h"

#include <re2/re2.h>

#include <memory>
#include <string>
#include <vector>

namespace flametrail {
namespace {

enum class Cut : uint8_t {
  kNone,
  kHere,     // the location and all below it go
  kBeneath,  // the location's outer lines stay, all below it goes
};

// The name without a leading "." and without its argument list; "(anonymous namespace)" and "operator()" are no lists.
std::string_view SimplifyName(std::string_view name) {
  if (name.starts_with('.')) name.remove_prefix(1);
  for (size_t at = 0; (at = name.find('(', at)) != std::string_view::npos;) {
    constexpr std::string_view kAnonymous = "(anonymous namespace)";
    constexpr std::string_view kOperator = "operator";
    if (name.substr(at).starts_with(kAnonymous)) {
      at += kAnonymous.size();
    } else if (name.substr(0, at).ends_with(kOperator) && name.substr(at).starts_with("()")) {
      at += 2;
    } else {
      return name.substr(0, at);
    }
  }
  return name;
}

class Expression {
 public:
  explicit Expression(std::string_view pattern) : regexp_(Whole(pattern), Quiet()) {}

  Status Check(const char* what) const {
    if (regexp_.ok()) return OkStatus();
    return Error{Code::kInvalid, std::nullopt, std::string(what) + " is not a valid expression: " + regexp_.error()};
  }
  bool Matches(std::string_view text) const {
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), regexp_);
  }

 private:
  static std::string Whole(std::string_view pattern) { return "^(" + std::string(pattern) + ")$"; }
  static RE2::Options Quiet() {
    RE2::Options options;
    options.set_log_errors(false);
    return options;
  }
  RE2 regexp_;
};

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
  LocationTable kept;
  for (size_t location = 0; location < locations->size(); ++location) {
    const uint32_t first = locations->line_begin[location];
    const uint32_t end = locations->line_begin[location + 1];
    uint32_t from = first;
    for (uint32_t line = end; line-- > first;) {
      const FunctionId function = locations->line_function[line];
      if (function.is_none() || !dropped[function.index()]) continue;
      const bool outermost = line + 1 == end;
      cuts[location] = outermost ? Cut::kHere : Cut::kBeneath;
      if (!outermost) from = line + 1;
      break;
    }
    for (uint32_t line = from; line < end; ++line) {
      kept.line_function.push_back(locations->line_function[line]);
      kept.line_number.push_back(locations->line_number[line]);
      kept.line_column.push_back(locations->line_column[line]);
    }
    kept.line_begin.push_back(static_cast<uint32_t>(kept.line_function.size()));
  }
  locations->line_begin = std::move(kept.line_begin);
  locations->line_function = std::move(kept.line_function);
  locations->line_number = std::move(kept.line_number);
  locations->line_column = std::move(kept.line_column);
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
  for (StackId& stack : profile->samples.stack) stack = moved[stack.index()];
  profile->stacks = builder.Take();
}

}  // namespace

Status DropFrames(Profile* profile) {
  const std::string_view drop_text = profile->Text(profile->drop_frames);
  const std::string_view keep_text = profile->Text(profile->keep_frames);
  if (drop_text.empty()) return OkStatus();
  const Expression drop(drop_text);
  RETURN_IF_ERROR(drop.Check("drop_frames"));
  std::unique_ptr<Expression> keep;
  if (!keep_text.empty()) {
    keep = std::make_unique<Expression>(keep_text);
    RETURN_IF_ERROR(keep->Check("keep_frames"));
  }
  CutStacks(CutLocations(DroppedFunctions(*profile, drop, keep.get()), &profile->locations), profile);
  return OkStatus();
}

}  // namespace flametrail
