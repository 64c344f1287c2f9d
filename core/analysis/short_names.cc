#include "core/analysis/short_names.h"

#include <re2/re2.h>

namespace flametrail {

// The expressions are the definition of what a short name is, and so equal to the reference's.
struct NameShortener::Rules {
  RE2 major_version{R"(^(.*?)/v(?:[2-9]|[1-9][0-9]+)([./].*)$)"};
  RE2 go{R"(^(?:[\w\-\.]+\/)+([^.]+\..+))"};
  RE2 java{R"(^(?:[a-z]\w*\.)*([A-Z][\w\$]*\.(?:<init>|[a-z][\w\$]*(?:\$\d+)?))(?:(?:\()|$))"};
  RE2 cpp{R"(^(?:[_a-zA-Z]\w*::)+(_*[A-Z]\w*::~?[_a-zA-Z]\w*(?:<.*>)?))"};
};

NameShortener::NameShortener() : rules_(std::make_unique<const Rules>()) {}
NameShortener::~NameShortener() = default;

std::string NameShortener::Shorten(std::string_view name) const {
  constexpr std::string_view kAnonymous = "(anonymous namespace)::";
  if (name.starts_with(kAnonymous)) name.remove_prefix(kAnonymous.size());
  std::string text(name);
  std::string part, rest;
  if (RE2::PartialMatch(text, rules_->major_version, &part, &rest)) text = part + rest;
  for (const RE2* rule : {&rules_->go, &rules_->java, &rules_->cpp}) {
    if (RE2::PartialMatch(text, *rule, &part)) return part;
  }
  return text;
}

}  // namespace flametrail
