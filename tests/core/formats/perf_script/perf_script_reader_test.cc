#include "core/formats/perf_script/perf_script_reader.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "core/formats/detect.h"
#include "tests/core/formats/perf_script/collapse.h"
#include "tests/core/support/files.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

using testing::CollapseOptions;
using testing::ReadWith;
using testing::ShowResult;

std::string Show(std::string_view text) { return ShowResult(ReadWith(MakePerfScriptReader(), text)); }

Profile Read(std::string_view text) {
  Result<Document> result = ReadWith(MakePerfScriptReader(), text);
  CHECK(result.ok());
  return std::move(std::get<Profile>(result->body));
}

constexpr std::string_view kTwo =
    "shop 22856/22857 [001]  3439.040293:    5025125 cpu-clock: \n"
    "\tffffffff82203249 try_to_wake_up+0x2cb ([kernel.kallsyms])\n"
    "\t           7a7a3 runtime.futex.abi0+0x23 (/app/bin/shop)\n"
    "\t             401 [unknown] (/app/bin/shop)\n"
    "\n"
    "V8 Worker 7  3439.040300:    1000 cpu-clock: \n"
    "\t           7a7a3 runtime.futex.abi0+0x23 (/app/bin/shop)\n"
    "\t             401 [unknown] ([unknown])\n"
    "\n";

TEST(PerfScriptReaderTest, SamplesFramesAndLabels) {
  EXPECT_EQ(Show(kTwo),
            "samples/count cpu-clock/nanoseconds\n"
            "?;runtime.futex.abi0;try_to_wake_up 1 5025125 comm=shop pid=22856 tid=22857 cpu=001\n"
            "?;runtime.futex.abi0 1 1000 comm=V8 Worker tid=7\n");
}

TEST(PerfScriptReaderTest, AddressesMappingsAndTimes) {
  const Profile profile = Read(kTwo);
  EXPECT_EQ(profile.locations.address, (std::vector<uint64_t>{0xffffffff82203249, 0x7a7a3, 0x401, 0x401}));
  ASSERT_EQ(profile.mappings.size(), 2u);
  EXPECT_EQ(profile.Text(profile.mappings[0].file), "/app/bin/shop") << "the program comes first";
  EXPECT_EQ(profile.Text(profile.mappings[1].file), "[kernel.kallsyms]");
  EXPECT_EQ(profile.mappings[1].id, 2u);
  EXPECT_EQ(profile.locations.mapping,
            (std::vector<MappingId>{MappingId(1u), MappingId(0u), MappingId(0u), MappingId::None()}));
  EXPECT_EQ(profile.duration_nanos, 7000);
  EXPECT_EQ(profile.period, 0) << "periods differ";
  EXPECT_EQ(profile.Text(profile.default_sample_type), "cpu-clock");
}

TEST(PerfScriptReaderTest, EventsHaveTheirOwnTypes) {
  EXPECT_EQ(Show("a 1 1.000001: 10 cycles:u: \n\t1 f (x)\n\na 1 1.000002: 3 instructions: \n\t1 f (x)\n\n"
                 "a 1 1.000003: 20 cycles:u: \n\t1 f (x)\n\n"),
            "samples/count cycles:u/count instructions/count\n"
            "f 1 10 0 comm=a tid=1\n"
            "f 1 0 3 comm=a tid=1\n"
            "f 1 20 0 comm=a tid=1\n");
}

TEST(PerfScriptReaderTest, AClockWithoutPeriodsCountsSamples) {
  EXPECT_EQ(testing::ShowTypes(Read("a 1 1.000001: cpu-clock: \n\t1 f (x)\n\n")), "samples/count cpu-clock/count");
  EXPECT_EQ(testing::ShowTypes(Read("a 1 1.000001: 7 task-clock:u: \n\t1 f (x)\n\n")),
            "samples/count task-clock:u/nanoseconds");
}

TEST(PerfScriptReaderTest, EventsBeyondTheLimitShareAColumn) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "a 1 1.000001: 5 e" + std::to_string(i) + ": \n\t1 f (x)\n\n";
  const Profile profile = Read(text);
  ASSERT_EQ(profile.sample_types.size(), 33u);
  EXPECT_EQ(profile.Text(profile.sample_types[31].type), "e30");
  EXPECT_EQ(profile.Text(profile.sample_types[32].type), "other events");
  int64_t sum = 0;
  for (const int64_t value : profile.samples.values[32]) sum += value;
  EXPECT_EQ(sum, 9 * 5);
}

// Each line is a header that perf printed in some version or with some -F.
TEST(PerfScriptReaderTest, HeadersOfManyKinds) {
  const struct {
    std::string_view header;
    std::string_view labels;
  } cases[] = {
      {"java 25607 4794564.109216: 1 cycles:", "1 comm=java tid=25607"},
      {"java 12688 [002] 6544038.708352: 235 cpu-clock:", "235 comm=java tid=12688 cpu=002"},
      {"java 12688/12764 6544038.708352: 10309278 cpu-clock:", "10309278 comm=java pid=12688 tid=12764"},
      {"V8 WorkerThread 24636/25607 [000] 94564.109216: 100 cycles:",
       "100 comm=V8 WorkerThread pid=24636 tid=25607 cpu=000"},
      {"         swapper     0 [003] 12.345678901:  9 cycles:ppp: ", "9 comm=swapper tid=0 cpu=003"},
      {"java 19983 cycles:", "1 comm=java tid=19983"},
      {"java 19983 77 cycles:", "77 comm=java tid=19983"},
      {"kworker/0:1 12 [000] K 1.000000: cpu/event=0x3c/u:", "1 comm=kworker/0:1 tid=12 cpu=000"},
      {":-1 -1 1.000000: 1 cycles: ", "1 comm=:-1 tid=-1"},
      {"shop 1.000000: 5 cycles: ", "5 comm=shop"},
      {"dd 10 1.000000: 5 sched:sched_switch: prev_comm=dd prev_pid=10 ==> next_comm=x", "5 comm=dd tid=10"},
      {"dd 10 1.000000: ", "1 comm=dd tid=10"},
  };
  for (const auto& each : cases) {
    const Profile profile = Read(std::string(each.header) + "\n\tab12 f+0x1 (/bin/x)\n\n");
    EXPECT_EQ(testing::ShowSamples(profile), "f 1 " + std::string(each.labels) + "\n") << each.header;
  }
}

TEST(PerfScriptReaderTest, FramesOfManyKinds) {
  const struct {
    std::string_view frames;
    std::string_view stack;
  } cases[] = {
      {"\tab f (/memfd:x (deleted))\n", "f"},
      {"\tab foo::operator()(int, char (*)[3]) const+0x12 (/lib/x.so)\n", "foo::operator()(int, char (*)[3]) const"},
      {"\tab (anonymous namespace)::go(int) (/lib/x.so)\n", "(anonymous namespace)::go(int)"},
      {"\tab a->operator-> (/bin/x)\n", "a->operator->"},
      {"\tab Lmain;::run->Lmain;::inner->leaf (/tmp/perf-31.map)\n", "Lmain;::run>Lmain;::inner>leaf"},
      {"\tab inner+0x3 (inlined)\n\tab middle (inlined)\n\tab outer+0x3 (/bin/x)\n\tcd main (/bin/x)\n",
       "main;outer>middle>inner"},
      {"\tab f (inlined)\n", "f"},
      {"\tab f+0x8b (/bin/x)\n  dir/f.cc:300\n\tcd main+0x1 (/bin/x)\n  libc-2.33.so[27b25]\n", "main;f@dir/f.cc:300"},
      {"ffffffff8103d0ca native_write ([kernel.kallsyms])\n", "native_write"},
      {"\tab  (/lib/x.so)\n", "?"},
      {"\tab f+0x1\n", "f"},
      {"\tf (/bin/x)\n", "f"},
      {"\tmain+0x3 (/bin/x)\n", "main"},
  };
  for (const auto& each : cases) {
    const Profile profile = Read("a 1 1.000000: 1 cycles: \n" + std::string(each.frames) + "\n");
    EXPECT_EQ(testing::ShowSamples(profile), std::string(each.stack) + " 1 1 comm=a tid=1\n") << each.frames;
  }
}

TEST(PerfScriptReaderTest, WithoutCallChainsTheFrameStandsOnTheLine) {
  const std::string_view text =
      "         swapper     0 [000]  1.000001:          1 cycles:  ffffffff81 native_write+0xd ([kernel.kallsyms])\n"
      "              dd    12 [000]  1.000002:          4 cycles:              ab main+0x1 (/bin/dd)\n";
  EXPECT_EQ(Show(text),
            "samples/count cycles/count\n"
            "native_write 1 1 comm=swapper tid=0 cpu=000\n"
            "main 1 4 comm=dd tid=12 cpu=000\n");
  EXPECT_EQ(Detect(AsBytes(text), true).format, Format::kPerfScript);
}

TEST(PerfScriptReaderTest, CommentsRecordsAndJunk) {
  const std::string_view text =
      "# ========\n# cmdline : /usr/bin/perf record -g ./shop\n#\n"
      "orphan line\n"
      "shop 1 0.000000: PERF_RECORD_COMM: shop:1/1\n"
      "shop 1 1.000000: 1 sched:sched_switch: prev_comm=shop\n\n"
      "shop 1 1.000000: 1 cycles: \n\t1 f (x)\n\t ???\n";
  EXPECT_EQ(
      Show(text),
      "samples/count sched:sched_switch/count cycles/count\n"
      " 1 1 0 comm=shop tid=1\n"
      "f 1 0 1 comm=shop tid=1\n"
      "2 x Records that break the rules of the format were left out. (wants a sample's first line, found \"orphan "
      "line\")\n"
      "1 x Samples without a stack count in the total but in no function. ()\n"
      "2 x Fields that this version does not know were passed over. (PERF_RECORD_COMM)\n");
  const Profile profile = Read(text);
  ASSERT_EQ(profile.comments.size(), 1u);
  EXPECT_EQ(profile.Text(profile.comments[0]), "# cmdline : /usr/bin/perf record -g ./shop");
}

TEST(PerfScriptReaderTest, ACutInputLeavesTheCutSampleOut) {
  const Error fault = {Code::kTruncated, 99, "the gzip data ends early"};
  const size_t second = kTwo.find("\t             401 [unknown] ([unknown])");
  EXPECT_EQ(ShowResult(ReadWith(MakePerfScriptReader(), kTwo.substr(0, second + 5), SIZE_MAX, fault)),
            "samples/count cpu-clock/nanoseconds\n"
            "?;runtime.futex.abi0;try_to_wake_up 1 5025125 comm=shop pid=22856 tid=22857 cpu=001\n"
            "1 x The file ends early; everything before the end was kept. (the gzip data ends early)\n"
            "1 x Records that break the rules of the format were left out. (the last sample, whose stack is cut)\n"
            "fault at 99: the gzip data ends early\n");
  EXPECT_EQ(ShowResult(ReadWith(MakePerfScriptReader(), "a 1 1.0: 1 c: \n\t1 f (x)\n", SIZE_MAX, fault)),
            "error at 99: the gzip data ends early");
  EXPECT_EQ(Show("nothing of that kind\n"),
            "error at 0: wants samples of perf script (\"comm 12 3.456789: 1 cycles:\"), found none in 1 lines");
}

TEST(PerfScriptReaderTest, ChunksAndCutsOfAnySize) {
  const std::string expected = Show(kTwo);
  for (size_t chunk = 1; chunk <= kTwo.size(); ++chunk) {
    EXPECT_EQ(ShowResult(ReadWith(MakePerfScriptReader(), kTwo, chunk)), expected) << chunk;
    EXPECT_NE(Show(kTwo.substr(0, chunk)), "");
  }
}

TEST(PerfScriptReaderTest, AStackHasALimit) {
  std::string text = "a 1 1.000000: 1 cycles: \n";
  for (size_t i = 0; i <= StackTableBuilder::kMaxStackDepth; ++i) text += "\t1 f (x)\n";
  text += "\na 1 1.000000: 1 cycles: \n\t1 f (x)\n\n";
  EXPECT_EQ(
      Show(text),
      "samples/count cycles/count\n"
      "f 1 1 comm=a tid=1\n"
      "1 x Records that break the rules of the format were left out. (a stack of more than the 1048576 frames that "
      "one stack may have)\n");
}

// ---- The corpus, folded as FlameGraph's stackcollapse-perf.pl folded it ----

TEST(PerfScriptReaderTest, TheCorpusFoldsAsStackcollapseDoes) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  const std::string dumps = *corpus + "/dumps/";
  const struct {
    const char* input;
    const char* folded;
    CollapseOptions options;
  } cases[] = {
      {"shop-perf.perf-script.txt", "shop-perf.folded", {}},
      {"shop-perf.perf-script.txt", "shop-perf-all-pid.folded", {.pid = true, .kernel = true, .jit = true}},
      {"cpudeep-perf.perf-script.txt", "cpudeep-perf.folded", {}},
  };
  for (const auto& each : cases) {
    const Result<Document> result = ReadWith(MakePerfScriptReader(), testing::ReadFile(dumps + each.input), 1 << 16);
    ASSERT_TRUE(result.ok()) << each.input;
    EXPECT_EQ(testing::ShowFaults(*result), "") << each.input;
    EXPECT_EQ(testing::CollapsePerf(std::get<Profile>(result->body), each.options),
              testing::ParseCollapsed(testing::ReadFile(dumps + each.folded)))
        << each.folded;
  }
}

bool Exists(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file != nullptr) std::fclose(file);
  return file != nullptr;
}

size_t CountDifferent(const std::map<std::string, int64_t>& a, const std::map<std::string, int64_t>& b) {
  size_t count = 0;
  for (const auto& [stack, value] : a) {
    const auto other = b.find(stack);
    count += other == b.end() || other->second != value;
  }
  return count;
}

// FlameGraph's own tests (folder test/ of brendangregg/FlameGraph, kept as third_party/flamegraph of the corpus).
TEST(PerfScriptReaderTest, FlameGraphsResultsAreEqual) {
  const auto corpus = testing::CorpusFolder();
  const std::string folder = corpus.value_or("") + "/third_party/flamegraph/";
  if (!corpus || !Exists(folder + "perf-dd-stacks-01.txt"))
    GTEST_SKIP() << "third_party/flamegraph is not in the corpus";
  const std::pair<const char*, CollapseOptions> options[] = {
      {"pid", {.pid = true}}, {"tid", {.tid = true}},     {"kernel", {.kernel = true}},
      {"jit", {.jit = true}}, {"addrs", {.addrs = true}}, {"all", {.kernel = true, .jit = true}},
  };
  size_t equal = 0;
  for (const std::string& name : testing::ListFiles(folder)) {
    if (!name.ends_with(".txt")) continue;
    std::string text = testing::ReadFile(folder + name);
    EXPECT_EQ(Detect(AsBytes(text), true).format, Format::kPerfScript) << name;
    // The script loses a last sample that has no blank line behind it.
    text.resize(text.rfind("\n\n") + 2);
    const Profile profile = Read(text);
    for (const auto& [option, collapse] : options) {
      const std::string golden =
          folder + "results/" + name.substr(0, name.size() - 4) + "-collapsed-" + option + ".txt";
      const auto wanted = testing::ParseCollapsed(testing::ReadFile(golden));
      const size_t different = CountDifferent(wanted, testing::CollapsePerf(profile, collapse));
      // "7f1e2215d058  (/lib/.../libc-2.15.so)": no symbol at all. The script makes a frame named " ", ours is unknown.
      EXPECT_LE(different, name == "perf-vertx-stacks-01.txt" ? 1u : 0u) << golden;
      equal += different == 0;
    }
  }
  EXPECT_EQ(equal, 72u) << "of 78: six are the ones with the frame named \" \"";
}

}  // namespace
}  // namespace flametrail
