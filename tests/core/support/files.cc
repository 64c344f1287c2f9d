#include "tests/core/support/files.h"

#include <dirent.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace flametrail::testing {
namespace {

std::optional<std::string> FromEnvironment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

}  // namespace

std::optional<std::string> CorpusFolder() { return FromEnvironment("FLAMETRAIL_CORPUS"); }
std::optional<std::string> TestDataFolder() { return FromEnvironment("FLAMETRAIL_TEST_DATA"); }

std::string ReadFile(const std::string& path) {
  std::string content;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  EXPECT_NE(file, nullptr) << path;
  if (file == nullptr) return content;
  char buffer[1 << 16];
  for (size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;) content.append(buffer, got);
  std::fclose(file);
  return content;
}

std::vector<std::string> ListFiles(const std::string& folder) {
  std::vector<std::string> names;
  DIR* directory = opendir(folder.c_str());
  EXPECT_NE(directory, nullptr) << folder;
  if (directory == nullptr) return names;
  while (const dirent* entry = readdir(directory)) {
    struct stat status = {};
    const std::string name = entry->d_name;
    if (stat((folder + "/" + name).c_str(), &status) == 0 && S_ISREG(status.st_mode)) names.push_back(name);
  }
  closedir(directory);
  std::sort(names.begin(), names.end());
  return names;
}

TemporaryFile::TemporaryFile(std::string_view content, const std::string& name)
    : path_(::testing::TempDir() + "flametrail-" + ::testing::UnitTest::GetInstance()->current_test_info()->name() +
            "-" + name) {
  std::FILE* file = std::fopen(path_.c_str(), "wb");
  std::fwrite(content.data(), 1, content.size(), file);
  std::fclose(file);
}

TemporaryFile::~TemporaryFile() { std::remove(path_.c_str()); }

}  // namespace flametrail::testing
