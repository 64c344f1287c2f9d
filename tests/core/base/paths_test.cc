#include "core/base/paths.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace flametrail {
namespace {

TEST(CleanPath, GivesTheShortestEqualPath) {
  const std::pair<const char*, const char*> kCases[] = {
      {"", "."},
      {"abc", "abc"},
      {"abc/def", "abc/def"},
      {"a/b/c", "a/b/c"},
      {".", "."},
      {"..", ".."},
      {"../..", "../.."},
      {"../../abc", "../../abc"},
      {"/abc", "/abc"},
      {"/", "/"},
      {"abc/", "abc"},
      {"abc/def/", "abc/def"},
      {"./", "."},
      {"../", ".."},
      {"/abc/", "/abc"},
      {"abc//def//ghi", "abc/def/ghi"},
      {"//abc", "/abc"},
      {"abc//", "abc"},
      {"abc/./def", "abc/def"},
      {"/./abc/def", "/abc/def"},
      {"abc/.", "abc"},
      {"abc/def/..", "abc"},
      {"abc/def/../..", "."},
      {"/abc/def/../..", "/"},
      {"abc/def/../../..", ".."},
      {"/abc/def/../../..", "/"},
      {"abc/def/../../../ghi/jkl/../../../mno", "../../mno"},
      {"/../abc", "/abc"},
      {"a/..b/...", "a/..b/..."},
      {"abc/./../def", "def"},
      {"abc//./../def", "def"},
      {".hidden/x", ".hidden/x"},
  };
  for (const auto& [path, clean] : kCases) {
    EXPECT_EQ(CleanPath(path), clean) << path;
    EXPECT_EQ(NeedsCleaning(path), std::string(path) != clean) << path;
  }
}

TEST(PathBase, IsTheLastElement) {
  EXPECT_EQ(PathBase(""), ".");
  EXPECT_EQ(PathBase("."), ".");
  EXPECT_EQ(PathBase("/"), "/");
  EXPECT_EQ(PathBase("///"), "/");
  EXPECT_EQ(PathBase("/usr/bin/go"), "go");
  EXPECT_EQ(PathBase("/opt/x//"), "x");
  EXPECT_EQ(PathBase("main"), "main");
}

}  // namespace
}  // namespace flametrail
