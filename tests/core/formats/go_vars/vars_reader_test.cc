#include "core/formats/go_vars/vars_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "core/analysis/memory/rss_bridge.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

constexpr std::string_view kVars =
    R"({"cmdline": ["x"], "memstats": {"Alloc":10,"Sys":100,"HeapAlloc":10,"HeapSys":60,"HeapIdle":40,"HeapInuse":20,)"
    R"("HeapReleased":15,"StackSys":8,"StackInuse":7,"PauseNs":[5,6,0],"GCCPUFraction":0.25,"EnableGC":true,)"
    R"("BySize":[{"Size":8,"Mallocs":3,"Frees":1},{"Size":16,"Mallocs":4,"Frees":4}]},"served": {"file": 12}})";

TEST(GoVars, ReadsMemStatsAndTheProgramsNumbers) {
  for (const size_t chunk : {SIZE_MAX, size_t{1}}) {
    const Result<Document> result = testing::ReadWith(MakeGoVarsReader(), kVars, chunk);
    ASSERT_TRUE(result.ok());
    const MemStats& stats = *result->mem_stats;
    EXPECT_EQ(stats.heap_alloc, 10u);
    EXPECT_EQ(stats.gc_cpu_fraction, 0.25);
    EXPECT_EQ(stats.pause_ns, (std::vector<uint64_t>{5, 6, 0}));
    ASSERT_EQ(stats.by_size.size(), 2u);
    EXPECT_EQ(stats.by_size[1].size, 16u);
    EXPECT_EQ(stats.by_size[0].mallocs - stats.by_size[0].frees, 2u);
    EXPECT_EQ(stats.entries.back(), (std::pair<std::string, std::string>("served.file", "12")));
  }
}

TEST(GoVars, ACutFileKeepsWhatItHas) {
  for (size_t size = kVars.find("HeapAlloc") + 14; size < kVars.size(); ++size) {
    const Result<Document> result = testing::ReadWith(MakeGoVarsReader(), kVars.substr(0, size));
    ASSERT_TRUE(result.ok()) << size;
    EXPECT_TRUE(result->fault) << size;
    EXPECT_EQ(result->mem_stats->heap_alloc, 10u) << size;
  }
  EXPECT_EQ(testing::ReadWith(MakeGoVarsReader(), "{\"cmdline\": []}").error().text,
            "wants a member \"memstats\" (runtime.MemStats), found none");
}

TEST(RssBridge, PartsAddUpToWhatIsResident) {
  const Result<Document> result = testing::ReadWith(MakeGoVarsReader(), kVars);
  const auto bridge = BridgeToRss(*result->mem_stats, 4);
  ASSERT_TRUE(bridge);
  uint64_t sum = 0;
  std::string text;
  for (const RssBridge::Row& row : bridge->rows) {
    sum += row.bytes;
    text += std::to_string(row.bytes) + " " + std::string(MemoryPartText(row.part)) + "\n";
  }
  EXPECT_EQ(sum, bridge->resident);
  EXPECT_EQ(bridge->resident, 85u);
  EXPECT_EQ(text,
            "4 live objects (heap profile)\n6 allocated and not yet collected\n10 fragmentation of used spans\n"
            "25 free, not returned to the system\n8 goroutine stacks\n32 runtime (spans, GC, profiling)\n");
  MemStats broken = *result->mem_stats;
  broken.heap_released = 41;
  EXPECT_FALSE(BridgeToRss(broken, 4));
}

TEST(GoVars, EqualsTheAnswersOfTheCorpus) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  size_t count = 0;
  for (const std::string& name : testing::ListFiles(*corpus + "/dumps")) {
    if (!name.ends_with(".vars.json")) continue;
    ++count;
    const Result<Document> result =
        testing::ReadWith(MakeGoVarsReader(), testing::ReadFile(*corpus + "/dumps/" + name));
    const testing::Json wanted = testing::ParseJson(testing::ReadFile(*corpus + "/dumps/expected/" + name + ".json"));
    ASSERT_TRUE(result.ok()) << name;
    const MemStats& stats = *result->mem_stats;
    EXPECT_EQ(std::to_string(*stats.num_gc), wanted["NumGC"].text);
    EXPECT_EQ(std::to_string(*stats.heap_alloc), wanted["HeapAlloc"].text);
    EXPECT_EQ(std::to_string(*stats.pause_total_ns), wanted["PauseTotalNs"].text);
    EXPECT_EQ(std::to_string(*stats.mallocs), wanted["Mallocs"].text);
    EXPECT_EQ(std::to_string(*stats.frees), wanted["Frees"].text);
    EXPECT_EQ(std::to_string(*stats.next_gc), wanted["NextGC"].text);
    EXPECT_EQ(std::to_string(stats.by_size.size()), wanted["BySize"].text);
    const auto bridge = BridgeToRss(stats, std::nullopt);
    ASSERT_TRUE(bridge) << name;
    uint64_t sum = 0;
    for (const RssBridge::Row& row : bridge->rows) sum += row.bytes;
    EXPECT_EQ(sum, *stats.sys - *stats.heap_released);
  }
  EXPECT_GT(count, 0u);
}

}  // namespace
}  // namespace flametrail
