#include "core/analysis/own_code.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace flametrail {
namespace {

struct Row {
  std::string_view name;
  std::string_view package;
  FrameKind kind;
  std::string_view file;
};

// Names of the frames that the rules squash.
std::string Squashed(const SquashRules& rules) {
  constexpr FrameKind kUser = FrameKind::kUser;
  StringPool texts;
  FrameColumns columns;
  for (const Row& row : std::initializer_list<Row>{
           {"runtime.main", "runtime", FrameKind::kRuntime, "/go/src/runtime/proc.go"},
           {"main.main", "main", kUser, "/src/app/main.go"},
           {"sort.Sort", "sort", FrameKind::kStandard, "/go/src/sort/sort.go"},
           {"b.F", "github.com/a/b", kUser, "/gopath/pkg/mod/github.com/a/b@v1.2.3/f.go"},
           {"bc.G", "github.com/a/bc", kUser, "/src/app/vendor/github.com/a/bc/g.go"},
           {"sub.H", "github.com/a/b/sub", kUser, "/src/github.com/a/b@vnext/sub/h.go"},
       }) {
    columns.name.push_back(texts.Intern(row.name).value);
    columns.file.push_back(texts.Intern(row.file).value);
    columns.line.push_back(0);
    columns.package.push_back(texts.Intern(row.package).value);
    columns.hue.push_back(0);
    columns.kind.push_back(static_cast<uint8_t>(row.kind));
  }
  const std::vector<uint8_t> squashed = SquashedFrames(columns, texts, rules);
  std::string out;
  for (size_t i = 0; i < squashed.size(); ++i) {
    if (squashed[i]) out += (out.empty() ? "" : " ") + std::string(texts.View(StringId(columns.name[i])));
  }
  return out;
}

TEST(OwnCodeTest, KindsVersionedModulesAndPackages) {
  EXPECT_EQ(Squashed({}), "");
  EXPECT_EQ(Squashed({.standard = true}), "sort.Sort");
  EXPECT_EQ(Squashed({.runtime = true}), "runtime.main");
  EXPECT_EQ(Squashed({.dependencies = true}), "b.F bc.G");
  EXPECT_EQ(Squashed({.packages = {"github.com/a/b"}}), "b.F sub.H");
  EXPECT_EQ(Squashed({.packages = {""}}), "");
}

}  // namespace
}  // namespace flametrail
