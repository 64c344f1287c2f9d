// Reads the corpus' own JSON (manifests and answers): trusted input, for tests only.
#ifndef TESTS_CORE_SUPPORT_JSON_H_
#define TESTS_CORE_SUPPORT_JSON_H_

#include <string>
#include <string_view>
#include <vector>

namespace flametrail::testing {

struct Json {
  std::string text;         // of a string; of a number, true, false or null as it is written
  std::vector<Json> items;  // of an array, or of an object with keys[i] for items[i], in the order of the file
  std::vector<std::string> keys;

  // The member, or an empty value where there is none.
  const Json& operator[](std::string_view key) const;
  bool has(std::string_view key) const;
};

// Ends the test program on text that is not JSON.
Json ParseJson(std::string_view text);

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_JSON_H_
