// Damaged and hostile v2 traces, read as people get them: nothing crashes, what can be read is kept, what is lost is
// named.
#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "core/formats/gotrace/gotrace_reader.h"
#include "core/formats/gotrace/v2/batch.h"
#include "core/formats/gotrace/v2/event_spec.h"
#include "tests/core/support/files.h"
#include "tests/core/support/read_with.h"
#include "tests/core/support/trace_text.h"

namespace flametrail {
namespace {

using testing::ShowFaults;

Result<Document> Read(std::string_view bytes, bool is_strict = false) {
  ReadOptions options;
  options.compat = is_strict;
  return testing::ReadWith(MakeGoTraceReader(options), bytes, size_t{1} << 16);
}

uint64_t Events(const Result<Document>& document) {
  if (!document.ok()) return 0;
  uint64_t events = 0;
  for (const uint64_t count : std::get<Trace>(document->body).events_by_kind) events += count;
  return events;
}

// A trace byte by byte. Batches are written as Go writes them; numbers in events are varints.
class TraceBytes {
 public:
  explicit TraceBytes(int version = 22) {
    bytes_ = "go 1." + std::to_string(version) + " trace";
    bytes_.resize(16, '\0');
  }
  static std::string Uv(uint64_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
    return out + static_cast<char>(value);
  }
  static std::string Event(uint8_t code, std::initializer_list<uint64_t> numbers) {
    std::string out(1, static_cast<char>(code));
    for (const uint64_t number : numbers) out += Uv(number);
    return out;
  }
  TraceBytes& Batch(uint64_t generation, uint64_t thread, uint64_t time, std::string_view data) {
    bytes_ += '\x01' + Uv(generation) + Uv(thread) + Uv(time) + Uv(data.size());
    bytes_ += data;
    time_ = time;
    return *this;
  }
  // At the time of the batch before it.
  TraceBytes& Clock(uint64_t generation) {
    return Batch(generation, gotrace::kNoId, time_, Event(gotrace::kFrequency, {15625000}));
  }
  TraceBytes& Raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  uint64_t time_ = 0;
};

// M1 has P0 and g1; g1 creates g2, stops, and g2 runs.
std::string Small() {
  using namespace gotrace;
  const std::string events = TraceBytes::Event(kProcStatus, {1, 0, 1}) + TraceBytes::Event(kGoStatus, {1, 1, 1, 2}) +
                             TraceBytes::Event(kGoCreate, {1, 2, 0, 0}) + TraceBytes::Event(kGoStop, {1, 0, 0}) +
                             TraceBytes::Event(kGoStart, {1, 2, 1}) + TraceBytes::Event(kGoDestroy, {1});
  return TraceBytes().Batch(1, 1, 10, events).Clock(1).bytes();
}

constexpr std::string_view kSmallGoroutines =
    "g1  from 0: Undetermined 0, Running 128 @P0/M1, Runnable 256\n"
    "g2! <g1  from 192: Runnable 192 <-g1, Running 320 @P0/M1, NotExist 384 @P0/M1\n";

TEST(V2DamageTest, TheSmallTraceIsWhole) {
  const auto document = Read(Small());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(ShowFaults(*document), "");
  EXPECT_EQ(testing::ShowGoroutines(std::get<Trace>(document->body)), kSmallGoroutines);
}

TEST(V2DamageTest, EveryCutOfASmallTraceKeepsAPrefix) {
  const std::string whole = Small();
  uint64_t kept = 0;
  for (size_t size = 0; size < whole.size(); ++size) {
    const uint64_t events = Events(Read(whole.substr(0, size)));
    EXPECT_GE(events, kept) << size;
    kept = events;
    (void)Read(whole.substr(0, size), true);
  }
  EXPECT_EQ(kept, Events(Read(whole)));  // only the clock's frequency, which is the usual one, was cut at the end
}

TEST(V2DamageTest, LinesOfALogInsideAreCutOutAndShown) {
  const std::string log = "2026/11/24 08:00:00 listening on :8080\n";
  const std::string events = TraceBytes::Event(gotrace::kProcStatus, {1, 0, 1});
  const std::string more = TraceBytes::Event(gotrace::kProcStop, {5});
  const auto document =
      Read(TraceBytes().Batch(1, 1, 10, events).Raw(log).Batch(1, 1, 12, more).Clock(1).Raw("").bytes());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(
      ShowFaults(*document),
      "1 x Lines of text stand inside the trace, as when a program writes its log to the same file; they were cut "
      "out. (39 bytes: expected batch event, got event 50; the text is \"2026/11/24 08:00:00 listening on :8080\")\n"
      "fault at 25: expected batch event, got event 50\n");
  EXPECT_EQ(testing::ShowProcs(std::get<Trace>(document->body)), "P0: Running 64 M1, Idle 448 M1;\n");
}

TEST(V2DamageTest, AnImpossibleEventIsLeftOutAndAllElseIsRead) {
  using namespace gotrace;
  const std::string good = TraceBytes::Event(kProcStatus, {1, 0, 1}) + TraceBytes::Event(kGoStatus, {1, 1, 1, 2});
  const std::string bad = good + TraceBytes::Event(kProcStop, {1}) + TraceBytes::Event(kGoDestroy, {1});
  const std::string bytes = TraceBytes().Batch(1, 1, 10, bad).Clock(1).Batch(2, 1, 100, good).Clock(2).bytes();
  const auto document = Read(bytes);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(
      ShowFaults(*document),
      "1 x Events could not be read, or do not fit what came before; they were left out. (expected a proc but didn't "
      "have one)\n"
      "fault at 32: expected a proc but didn't have one\n");
  const Trace& trace = std::get<Trace>(document->body);
  ASSERT_EQ(trace.generations.size(), 2u);
  EXPECT_EQ(trace.generations[1].events, 3u);
  const auto strict = Read(bytes, true);
  ASSERT_TRUE(strict.ok());
  EXPECT_EQ(strict->fault->text, "expected a proc but didn't have one");
  EXPECT_EQ(Events(strict), 4u);
}

TEST(V2DamageTest, LimitsOfTheFormat) {
  using namespace gotrace;
  const auto fault = [](const std::string& bytes) {
    const auto document = Read(bytes, true);
    return document.ok() && document->fault ? document->fault->text : std::string("none");
  };
  EXPECT_EQ(fault(TraceBytes().Raw(std::string("\x01\x01\x01\x01", 4) + TraceBytes::Uv(kMaxBatchBytes + 1)).bytes()),
            "invalid batch size 65537, maximum is 65536");
  EXPECT_EQ(fault(TraceBytes().Raw(std::string("\x01\x01\x01\x01", 4) + TraceBytes::Uv(~uint64_t{0})).bytes()),
            "invalid batch size 18446744073709551615, maximum is 65536");
  const std::string text = '\x04' + TraceBytes::Event(kString, {1, kMaxStringBytes + 1});
  EXPECT_EQ(fault(TraceBytes().Batch(1, kNoId, 0, text).bytes()), "invalid string size 1025, maximum is 1024");
  const std::string stack = '\x02' + TraceBytes::Event(kStack, {1, kMaxStackFrames + 1});
  EXPECT_EQ(fault(TraceBytes().Batch(1, kNoId, 0, stack).bytes()), "invalid stack size 129, maximum is 128");
  EXPECT_EQ(fault(TraceBytes().Batch(0, 1, 0, "").bytes()), "invalid generation number 0");
  EXPECT_EQ(fault(TraceBytes().Batch(1, 1, 0, "").Batch(3, 1, 0, "").bytes()), "generations out of order");
  const std::string late =
      TraceBytes::Event(kProcStatus, {1, 0, 1}) + TraceBytes::Event(kProcStop, {uint64_t{1} << 50});
  EXPECT_EQ(fault(TraceBytes().Batch(1, 1, 1, late).Clock(1).bytes()),
            "an event is more than 78 hours behind the first one, which is more than a trace may last");
}

// g1's stop and g2's start were lost: what follows says so. Nothing behind them is lost with them.
TEST(V2DamageTest, WhatFollowsLostEventsIsToldAsItSays) {
  using namespace gotrace;
  const std::string m1 = TraceBytes::Event(kProcStatus, {1, 0, 1}) + TraceBytes::Event(kGoStatus, {1, 1, 1, 2}) +
                         TraceBytes::Event(kGoStart, {1, 2, 7}) + TraceBytes::Event(kGoBlock, {1, 0, 0});
  const std::string m2 = TraceBytes::Event(kProcStatus, {8, 1, 1}) + TraceBytes::Event(kGoUnblock, {1, 1, 4, 0});
  const auto document = Read(TraceBytes().Batch(1, 1, 10, m1).Batch(1, 2, 10, m2).Clock(1).bytes());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(testing::ShowGoroutines(std::get<Trace>(document->body)),
            "g1  from 0: Undetermined 0, Running 128 @P0/M1, Runnable 576\n"
            "g2  from 0: Undetermined 0, Running 513 @P0/M1, Waiting 514 @P0/M1\n");
  EXPECT_EQ(
      ShowFaults(*document),
      "2 x Events do not fit the state that the events before them tell; they were kept. (broken trace: failed to "
      "advance)\nfault at 30: broken trace: failed to advance\n");
}

// A batch that was cut out: what waits for it is not put behind all that other threads do later.
TEST(V2DamageTest, InADamagedGenerationNothingWaitsForLong) {
  using namespace gotrace;
  const std::string m1 = TraceBytes::Event(kProcStatus, {1, 0, 1}) + TraceBytes::Event(kGoStart, {1, 2, 7});
  const std::string m2 = TraceBytes::Event(kProcStatus, {8, 1, 1}) + TraceBytes::Event(kHeapAlloc, {1000000, 5});
  const auto document =
      Read(TraceBytes().Batch(1, 1, 10, m1).Raw("what another program wrote\n").Batch(1, 2, 10, m2).Clock(1).bytes());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(testing::ShowGoroutines(std::get<Trace>(document->body)),
            "g2  from 0: Undetermined 0, Running 513 @P0/M1\n");
}

// All wait for what never comes, for the same and for different things, more than are tried in turn.
TEST(V2DamageTest, AHundredThousandThreadsWaitForWhatNeverComes) {
  using namespace gotrace;
  TraceBytes trace;
  constexpr uint64_t kThreads = 100000;
  for (uint64_t m = 1; m <= kThreads; ++m) {
    const std::string events = TraceBytes::Event(kProcStatus, {1, m, 1}) +
                               TraceBytes::Event(kGoStart, {1, m % 2 == 0 ? 7 : m, 3}) +
                               TraceBytes::Event(kGoBlock, {1, 0, 0});
    trace.Batch(1, m, m, events);
  }
  const auto document = Read(trace.Clock(1).bytes());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->fault->text, "broken trace: failed to advance");
  EXPECT_EQ(Events(document), 3 * kThreads + 2);
}

// Each thread waits for a goroutine that never comes; another one has work. Trying all of them for each event would be
// 4e8 steps.
TEST(V2DamageTest, ManyThreadsThatWaitCostNothing) {
  using namespace gotrace;
  TraceBytes trace;
  constexpr uint64_t kThreads = 20000;
  for (uint64_t m = 2; m < kThreads; ++m) trace.Batch(1, m, 1, TraceBytes::Event(kGoStart, {1, 1000000 + m, 1}));
  trace.Batch(1, 1, 1, TraceBytes::Event(kProcStatus, {1, 0, 1}));
  std::string batch;
  for (uint64_t i = 0; i < kThreads; ++i) {
    batch += TraceBytes::Event(kHeapAlloc, {1, i});
    if (batch.size() > 60000) {
      trace.Batch(1, 1, 10 + i, batch);
      batch.clear();
    }
  }
  trace.Batch(1, 1, 10 + kThreads, batch).Clock(1);
  const auto document = Read(trace.bytes());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(std::get<Trace>(document->body).metrics[static_cast<size_t>(Metric::kHeapObjects)].size(), kThreads);
  EXPECT_EQ(document->fault->text, "broken trace: failed to advance");
}

// A fault in each generation makes the reader forget all states each time.
TEST(V2DamageTest, ManyTinyGenerationsWithFaults) {
  using namespace gotrace;
  TraceBytes trace;
  const std::string events = TraceBytes::Event(kProcStatus, {1, 0, 1}) + TraceBytes::Event(kGoStatus, {1, 1, 1, 2}) +
                             TraceBytes::Event(kGoStart, {1, 77, 9});
  constexpr uint64_t kGenerations = 50000;
  for (uint64_t g = 1; g <= kGenerations; ++g) trace.Batch(g, 1, 10 * g, events).Clock(g);
  const auto document = Read(trace.bytes());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(std::get<Trace>(document->body).generations.size(), kGenerations);
  EXPECT_EQ(document->fault->text, "broken trace: failed to advance");
}

// --- files of the corpus ---

TEST(V2DamageTest, EveryCutOfTheSmallFixtures) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  constexpr size_t kSmallBytes = 600;
  size_t files = 0, cuts = 0;
  for (const char* folder : {"/third_party/go-trace-tests/", "/third_party/go-trace-fuzz/"}) {
    for (const std::string& name : testing::ListFiles(*corpus + folder)) {
      if (!name.ends_with(".trace")) continue;
      const std::string bytes = testing::ReadFile(*corpus + folder + name);
      if (bytes.size() > kSmallBytes || !bytes.starts_with("go 1.2")) continue;
      const uint64_t whole = Events(Read(bytes));
      for (size_t size = 0; size < bytes.size(); ++size, ++cuts) {
        const uint64_t events = Events(Read(bytes.substr(0, size)));
        if (name.find("SUCCESS") != std::string::npos) EXPECT_LE(events, whole + 1) << name << " " << size;
        (void)Read(bytes.substr(0, size), true);
      }
      ++files;
    }
  }
  std::printf("%zu cuts of %zu files\n", cuts, files);
  EXPECT_GE(files, 30u);
}

// Events of the generations that end before `offset`.
uint64_t EventsBefore(const Trace& trace, uint64_t offset) {
  uint64_t events = 0;
  for (const Generation& g : trace.generations) {
    if (g.offset + g.bytes <= offset) events += g.events;
  }
  return events;
}

// One trace of three generations: whatever the cut, the generations before it are kept whole, and most of the one that
// it hits.
TEST(V2DamageTest, AHundredRandomCuts) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  const std::string bytes = testing::ReadFile(*corpus + "/traces/shop-s1-go122.trace");
  const auto whole = Read(bytes);
  ASSERT_TRUE(whole.ok());
  std::mt19937 random(7);
  double share = 0, least = 2;
  for (int i = 0; i < 100; ++i) {
    const size_t size = 2000 + random() % (bytes.size() - 2000);
    const auto cut = Read(bytes.substr(0, size));
    ASSERT_TRUE(cut.ok()) << size;
    EXPECT_TRUE(cut->fault || size == bytes.size()) << size;
    EXPECT_GE(Events(cut), EventsBefore(std::get<Trace>(whole->body), size)) << size;
    const double kept = static_cast<double>(Events(cut)) / static_cast<double>(Events(whole)) /
                        (static_cast<double>(size) / static_cast<double>(bytes.size()));
    share += kept;
    least = std::min(least, kept);
  }
  std::printf("of the events before the cut, %.0f%% were kept on average, %.0f%% at least\n", share, 100 * least);
  EXPECT_GT(least, 0.5);  // tables stand at the end, so bytes before the cut are more events than their share
}

// One damaged byte: the generations before it are whole, and the loss is named.
TEST(V2DamageTest, AHundredDamagedBytes) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  const std::string bytes = testing::ReadFile(*corpus + "/traces/shop-s1-go122.trace");
  const auto whole = Read(bytes);
  ASSERT_TRUE(whole.ok());
  std::mt19937 random(13);
  double share = 0, least = 2;
  for (int i = 0; i < 100; ++i) {
    const size_t at = 16 + random() % (bytes.size() - 16);
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(1 + random() % 255));
    const auto read = Read(damaged);
    ASSERT_TRUE(read.ok()) << at;
    EXPECT_GE(Events(read), EventsBefore(std::get<Trace>(whole->body), at)) << at;
    const double kept = static_cast<double>(Events(read)) / static_cast<double>(Events(whole));
    EXPECT_TRUE(kept > 0.99 || !ShowFaults(*read).empty()) << at;
    share += kept;
    least = std::min(least, kept);
  }
  std::printf("with one byte damaged, %.1f%% of all events were kept on average, %.0f%% at least\n", share,
              100 * least);
}

TEST(V2DamageTest, FlippedBytesNeverEndTheProgram) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  const std::string bytes = testing::ReadFile(*corpus + "/traces/tasks-a-go123.trace");
  std::mt19937 random(11);
  for (int i = 0; i < 200; ++i) {
    std::string flipped = bytes;
    for (int k = 0; k < 3; ++k) flipped[16 + random() % (flipped.size() - 16)] ^= static_cast<char>(1 + random() % 255);
    (void)Read(flipped);
    (void)Read(flipped, true);
  }
}

}  // namespace
}  // namespace flametrail
