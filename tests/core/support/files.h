// Files of the test corpus, of tests/data, and of a test's own.
#ifndef TESTS_CORE_SUPPORT_FILES_H_
#define TESTS_CORE_SUPPORT_FILES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flametrail::testing {

// Where FLAMETRAIL_CORPUS or FLAMETRAIL_TEST_DATA points; unset: the test that asks is skipped.
std::optional<std::string> CorpusFolder();
std::optional<std::string> TestDataFolder();

// Whole content; the test fails if the file cannot be read.
std::string ReadFile(const std::string& path);
// Names of the plain files in a folder, sorted.
std::vector<std::string> ListFiles(const std::string& folder);

// A file of the running test, gone afterwards.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content, const std::string& name = "profile.pb");
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_FILES_H_
