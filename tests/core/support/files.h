// Files of the test corpus and of tests/data.
#ifndef TESTS_CORE_SUPPORT_FILES_H_
#define TESTS_CORE_SUPPORT_FILES_H_

#include <optional>
#include <string>
#include <vector>

namespace flametrail::testing {

// Where FLAMETRAIL_CORPUS or FLAMETRAIL_TEST_DATA points; unset: the test that asks is skipped.
std::optional<std::string> CorpusFolder();
std::optional<std::string> TestDataFolder();

// Whole content; the test fails if the file cannot be read.
std::string ReadFile(const std::string& path);
// Names of the plain files in a folder, sorted.
std::vector<std::string> ListFiles(const std::string& folder);

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_FILES_H_
