#include <gtest/gtest.h>

#include <string>

#include "core/cli/command.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"

namespace flametrail {
namespace {

using testing::Json;

struct Ran {
  int status;
  Console console;
};

Ran RunArgs(const std::vector<std::string>& args) {
  Ran ran;
  ran.status = RunCommand(args, &ran.console);
  return ran;
}

// Members of two objects in any order.
void ExpectSameCounts(const Json& wanted, const Json& found, const std::string& what) {
  EXPECT_EQ(wanted.keys.size(), found.keys.size()) << what;
  for (size_t i = 0; i < wanted.keys.size(); ++i) EXPECT_EQ(wanted.items[i].text, found[wanted.keys[i]].text) << what;
}

void ExpectAnswers(const std::string& file, const Json& wanted) {
  const Ran ran = RunArgs({"goroutines", "-json", file});
  ASSERT_EQ(ran.status, kExitDone) << file << ran.console.err;
  EXPECT_EQ(ran.console.err, "") << file;
  const Json found = testing::ParseJson(ran.console.out);
  for (const char* key : {"goroutines", "locked_to_thread", "unique_stacks", "max_depth", "with_elided_frames"}) {
    EXPECT_EQ(wanted[key].text, found[key].text) << file << " " << key;
  }
  for (const char* key : {"by_state", "by_minutes", "by_top_frame", "by_created_by"}) {
    ExpectSameCounts(wanted[key], found[key], file + " " + key);
  }
  ASSERT_EQ(wanted["ids"].items.size(), found["ids"].items.size()) << file;
  for (size_t i = 0; i < wanted["ids"].items.size(); ++i) {
    EXPECT_EQ(wanted["ids"].items[i].text, found["ids"].items[i].text) << file;
  }
}

TEST(GoroutinesCommand, CountsOfEveryDumpOfTheCorpus) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  size_t count = 0;
  for (const std::string& name : testing::ListFiles(*corpus + "/dumps")) {
    const bool is_dump = name.find(".goroutine") != std::string::npos && name.ends_with(".debug2.txt");
    if (!is_dump && !name.starts_with("crash-")) continue;
    ++count;
    ExpectAnswers(*corpus + "/dumps/" + name,
                  testing::ParseJson(testing::ReadFile(*corpus + "/dumps/expected/" + name + ".json")));
  }
  EXPECT_GT(count, 0u);
}

TEST(GoroutinesCommand, ComparesTwoDumpsOfALeak) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  const std::string begin = *corpus + "/dumps/goleak-a-go122.goroutine-";
  const Ran ran = RunArgs({"goroutines", "-json", begin + "1.debug2.txt", begin + "2.debug2.txt"});
  ASSERT_EQ(ran.status, kExitDone) << ran.console.err;
  const Json found = testing::ParseJson(ran.console.out);
  EXPECT_EQ(found["new"].text, "54");
  EXPECT_EQ(found["groups"].items[0]["state"].text, "chan send");
  EXPECT_EQ(found["groups"].items[0]["after"].text, "66");
  EXPECT_EQ(found["groups"].items[0]["stuck"].text, "14");
  // The same two moments as profiles: no ids, the same growth.
  const std::string debug1 = *corpus + "/dumps/goleak-a-go122.goroutine-";
  const Ran counted = RunArgs({"goroutines", "-json", debug1 + "1.debug1.txt", debug1 + "2.debug1.txt"});
  const Json groups = testing::ParseJson(counted.console.out);
  EXPECT_FALSE(groups.has("new"));
  EXPECT_EQ(groups["groups"].items[0]["after"].text, "66");
}

TEST(GoroutinesCommand, RefusesWhatCountsNoGoroutines) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  const Ran ran = RunArgs({"goroutines", *corpus + "/profiles/shop-s1-go123.cpu.pb.gz"});
  EXPECT_EQ(ran.status, kExitBadInput);
  EXPECT_NE(ran.console.err.find("wants a goroutine dump or a goroutine profile, found pprof profile"),
            std::string::npos);
  EXPECT_EQ(RunArgs({"goroutines"}).status, kExitBadUsage);
}

}  // namespace
}  // namespace flametrail
