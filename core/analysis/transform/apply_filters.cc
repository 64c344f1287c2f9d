#include "core/analysis/transform/apply_filters.h"

#include <optional>
#include <utility>

#include "core/analysis/transform/filter_names.h"

namespace flametrail {
namespace {

// Unset for an empty pattern.
Result<std::optional<Expression>> Compile(const char* name, const std::string& pattern) {
  if (pattern.empty()) return std::optional<Expression>();
  Result<Expression> compiled = Expression::Compile(pattern);
  if (compiled.ok()) return std::optional<Expression>(std::move(compiled).value());
  return Error{Code::kInvalid, std::nullopt, "parsing " + std::string(name) + " regexp: " + compiled.error().text};
}

Result<std::optional<TagFilter>> CompileTag(const char* name, const std::string& filter, TagValueKind kind,
                                            std::vector<std::string>* warnings) {
  if (filter.empty()) return std::optional<TagFilter>();
  Result<TagFilter> parsed = TagFilter::Parse(filter, kind);
  if (!parsed.ok()) {
    return Error{Code::kInvalid, std::nullopt, "parsing " + std::string(name) + " regexp: " + parsed.error().text};
  }
  if (parsed->is_number() && kind == TagValueKind::kByLooks) {
    const size_t equals = filter.find('=');
    const std::string value = equals == std::string::npos ? filter : filter.substr(equals + 1);
    warnings->push_back(std::string(name) + ":Interpreted '" + value + "' as range, not regexp");
  }
  return std::optional<TagFilter>(std::move(parsed).value());
}

template <typename T>
const T* Pointer(const std::optional<T>& value) {
  return value ? &*value : nullptr;
}

class Warner {
 public:
  explicit Warner(std::vector<std::string>* warnings) : warnings_(*warnings) {}
  void Unless(bool matched, const char* filter) {
    if (!matched) warnings_.push_back(std::string(filter) + " expression matched no samples");
  }

 private:
  std::vector<std::string>& warnings_;
};

}  // namespace

Result<Profile> ApplyFilters(Profile profile, const FilterOptions& options, std::vector<std::string>* warnings) {
  ASSIGN_OR_RETURN(const auto focus, Compile("focus", options.focus));
  ASSIGN_OR_RETURN(const auto ignore, Compile("ignore", options.ignore));
  ASSIGN_OR_RETURN(const auto hide, Compile("hide", options.hide));
  ASSIGN_OR_RETURN(const auto show, Compile("show", options.show));
  ASSIGN_OR_RETURN(const auto show_from, Compile("show_from", options.show_from));
  ASSIGN_OR_RETURN(const auto tag_focus, CompileTag("tagfocus", options.tag_focus, options.tag_focus_kind, warnings));
  ASSIGN_OR_RETURN(const auto tag_ignore,
                   CompileTag("tagignore", options.tag_ignore, options.tag_ignore_kind, warnings));
  ASSIGN_OR_RETURN(const auto prune_from, Compile("prune_from", options.prune_from));
  ASSIGN_OR_RETURN(const auto tag_show, Compile("tagshow", options.tag_show));
  ASSIGN_OR_RETURN(const auto tag_hide, Compile("taghide", options.tag_hide));
  Warner warn(warnings);
  profile.number_units = NumberLabelUnits(profile);

  NameMatches names;
  profile = FilterByName(std::move(profile), {Pointer(focus), Pointer(ignore), Pointer(hide), Pointer(show)}, &names);
  warn.Unless(names.focus, "Focus");
  warn.Unless(names.ignore, "Ignore");
  warn.Unless(names.hide, "Hide");
  warn.Unless(names.show, "Show");
  if (show_from) {
    bool matched = false;
    profile = ShowFrom(std::move(profile), *show_from, &matched);
    warn.Unless(matched, "ShowFrom");
  }
  TagMatches tags;
  profile = FilterByTag(std::move(profile), Pointer(tag_focus), Pointer(tag_ignore), &tags);
  warn.Unless(tags.focus, "TagFocus");
  warn.Unless(tags.ignore, "TagIgnore");
  profile = FilterTagKeys(std::move(profile), Pointer(tag_show), Pointer(tag_hide), &tags);
  warn.Unless(tags.focus, "TagShow");
  warn.Unless(tags.ignore, "TagHide");
  if (prune_from) profile = PruneFrom(std::move(profile), *prune_from);
  return profile;
}

std::vector<std::string> ActiveFilters(const FilterOptions& options) {
  std::vector<std::string> active;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) active.push_back(std::string(name) + '=' + value);
  };
  add("focus", options.focus);
  add("ignore", options.ignore);
  add("hide", options.hide);
  add("show", options.show);
  add("show_from", options.show_from);
  add("tagfocus", options.tag_focus);
  add("tagignore", options.tag_ignore);
  add("tagshow", options.tag_show);
  add("taghide", options.tag_hide);
  return active;
}

}  // namespace flametrail
