#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "core/cli/command.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"

namespace flametrail {
namespace {

TEST(MemoryCommand, PartsOfAHeapTextAddUpToWhatIsResident) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  for (const std::string name : {"shop-s1-go123.heap.debug1.txt", "shop-s1-go123.vars.json"}) {
    Console console;
    const std::vector<std::string> args = {"memory", "-json", *corpus + "/dumps/" + name};
    ASSERT_EQ(RunCommand(args, &console), kExitDone) << console.err;
    const testing::Json found = testing::ParseJson(console.out);
    double sum = 0;
    for (const testing::Json& part : found["parts"].items) sum += std::strtod(part["bytes"].text.c_str(), nullptr);
    EXPECT_EQ(sum, std::strtod(found["resident"].text.c_str(), nullptr)) << name;
    EXPECT_EQ(found["parts"].items.size(), name.ends_with(".json") ? 5u : 6u);
  }
}

TEST(MemoryCommand, RefusesWhatHasNoMemStats) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  Console console;
  const std::vector<std::string> args = {"memory", *corpus + "/profiles/shop-s1-go123.heap.pb.gz"};
  EXPECT_EQ(RunCommand(args, &console), kExitBadInput);
  EXPECT_NE(console.err.find("wants runtime.MemStats"), std::string::npos);
}

}  // namespace
}  // namespace flametrail
