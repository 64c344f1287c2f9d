#include "core/analysis/transform/anonymise.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/analysis/frame_columns.h"

namespace flametrail {
namespace {

// Texts by what they were, numbered.
class Numbered {
 public:
  Numbered(std::string_view word, StringPool* texts) : word_(word), texts_(*texts) {}

  std::string NumberOf(std::string_view text) {
    const auto [at, is_new] = numbers_.emplace(std::string(text), numbers_.size() + 1);
    return word_ + std::to_string(at->second);
  }
  // The empty text stays.
  StringId Of(StringId id, std::string_view suffix = {}) {
    const std::string_view text = texts_.View(id);
    return text.empty() ? id : texts_.Intern(NumberOf(text) + std::string(suffix));
  }

 private:
  std::string word_;
  StringPool& texts_;
  std::map<std::string, size_t> numbers_;
};

// ".func2.1" of "p.F.func2.1"; empty for others.
std::string_view ClosureSuffix(std::string_view name) {
  const size_t at = name.find(".func");
  if (at == std::string_view::npos || at + 5 >= name.size()) return {};
  const std::string_view rest = name.substr(at + 5);
  return rest.find_first_not_of("0123456789.") == std::string_view::npos ? name.substr(at) : std::string_view();
}

std::string_view Extension(std::string_view file) {
  const size_t dot = file.rfind('.');
  const bool is_short = dot != std::string_view::npos && file.size() - dot <= 4;
  return is_short && file.find('/', dot) == std::string_view::npos ? file.substr(dot) : std::string_view();
}

bool IsPublic(std::string_view name) {
  const FrameKind kind = KindOfFunction(name);
  return kind == FrameKind::kStandard || kind == FrameKind::kRuntime;
}

void AnonymiseFunctions(Profile* profile) {
  StringPool& texts = profile->strings;
  Numbered packages("package", &texts);
  Numbered functions("f", &texts);
  Numbered files("file", &texts);
  const auto renamed = [&](StringId id) {
    const std::string name(texts.View(id));
    const std::string package(PackageOfFunction(name));
    const std::string_view closure = ClosureSuffix(name);
    const std::string own = name.substr(0, name.size() - closure.size());
    if (own.empty()) return id;
    const std::string in = package.empty() ? std::string() : packages.NumberOf(package) + ".";
    return texts.Intern(in + functions.NumberOf(own) + std::string(closure));
  };
  FunctionTable& table = profile->functions;
  for (size_t i = 0; i < table.size(); ++i) {
    if (IsPublic(texts.View(table.name[i]))) continue;
    table.name[i] = renamed(table.name[i]);
    table.system_name[i] = renamed(table.system_name[i]);
    table.file[i] = files.Of(table.file[i], Extension(std::string(texts.View(table.file[i]))));
  }
}

}  // namespace

Profile Anonymise(Profile profile) {
  AnonymiseFunctions(&profile);
  Numbered binaries("binary", &profile.strings);
  for (Mapping& mapping : profile.mappings) {
    mapping.file = binaries.Of(mapping.file);
    mapping.build_id = StringPool::kEmpty;
  }
  Numbered values("value", &profile.strings);
  for (Label& label : profile.label_sets.labels) {
    if (!label.is_number) label.text = values.Of(label.text);
  }
  profile.comments.clear();
  profile.doc_url = StringPool::kEmpty;
  profile.drop_frames = StringPool::kEmpty;
  profile.keep_frames = StringPool::kEmpty;
  return profile;
}

}  // namespace flametrail
