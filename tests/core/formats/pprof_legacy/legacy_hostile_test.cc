// Texts that are cut, damaged or made to hurt: one sentence, or a kept rest that says what is missing.
#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "tests/core/formats/pprof_legacy/read_legacy.h"

namespace flametrail {
namespace {

using testing::kCompat;
using testing::kRight;
using testing::ProfileOf;
using testing::ReadLegacyText;

constexpr std::string_view kTexts[] = {
    "heap profile: 3: 96 [5: 160] @ heap/1048576\n"
    "2: 64 [3: 96] @ 0x401 0x501\n#\t0x400\tmain.f+0x0\ta.go:7\n\n1: 32 [2: 64] @ 0x601\n\n"
    "# runtime.MemStats\n# Alloc = 7\n# Stack = 3 / 4\n# PauseNs = [1 2]\n",
    "heap profile:     1:  2097152 [     1:  2097152] @ growthz\n     1:  2097152 [     1:  2097152] @ 0xb83003 "
    "0xb87d50\n"
    "--- Memory map: ---\n  s=/home\n  00400000-00fcb000: $s/server\n",
    "goroutine profile: total 2\n1 @ 0x401 0x501\n# labels: {\"a\":\"b\"}\n#\t0x400\tmain.f+0x0\ta.go:7\n\n1 @ 0x601\n",
    "--- threadz 1 ---\n\n--- Thread 7f79 (name: main/14) stack: ---\n  PC: 0x00bc8f1c: f\n  0x40be31: main\n"
    "--- Thread 7f78 (name: b/15) stack: ---\n  [same as previous thread]\n--- Memory map: ---\n  400000-fcb000: "
    "/bin/x\n",
    "--- mutex:\ncycles/second=2000000000\nsampling period=1\n1000 3 @ 0x401 0x501\n#\t0x400\tmain.f+0x0\ta.go:7\n\n",
    "--- heapz 1 ---\nformat = java\nresolution = bytes\n  7048 1 @ 0x3 0x4\n\n 0x3 a.b.C.run (C.java:7)\n 0x4 f "
    "(/x/l.so)\n",
    "--- contentionz 1 ---\nformat = java\nresolution = microseconds\nsampling period = 100\nms since reset = 6019923\n"
    " 14 1 @ 0xd\n\n 0xd GC\n",
};

// Whatever comes back is whole: columns fit, sums exist, a fault has a sentence.
void ExpectSound(const Result<Document>& document) {
  if (!document.ok()) {
    EXPECT_FALSE(document.error().text.empty());
    EXPECT_EQ(document.error().text.find('\n'), std::string::npos);
    return;
  }
  const Profile& profile = std::get<Profile>(document->body);
  for (const auto& column : profile.samples.values) EXPECT_EQ(column.size(), profile.samples.size());
  EXPECT_EQ(profile.samples.values.size(), profile.sample_types.size());
  EXPECT_FALSE(document->fault && document->fault->text.empty());
}

TEST(LegacyHostileTest, TheTextsAreGood) {
  for (const std::string_view text : kTexts) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Detect(AsBytes(text), true).format, Format::kPprofLegacyText);
    for (const ReadOptions& options : {kRight, kCompat}) {
      const Result<Document> document = ReadLegacyText(text, options);
      ASSERT_TRUE(document.ok()) << document.error().text;
      EXPECT_FALSE(document->fault);
      EXPECT_FALSE(document->diagnostics.Has(Issue::kBadRecord));
    }
  }
}

TEST(LegacyHostileTest, CutsAtEveryByte) {
  for (const std::string_view text : kTexts) {
    for (size_t size = 0; size <= text.size(); ++size) {
      SCOPED_TRACE(std::string(text.substr(0, size)));
      ExpectSound(ReadLegacyText(text.substr(0, size)));
      ExpectSound(ReadLegacyText(text.substr(0, size), kCompat));
    }
  }
}

TEST(LegacyHostileTest, NoiseAtEveryByte) {
  for (const std::string_view text : kTexts) {
    for (size_t at = 0; at < text.size(); ++at) {
      for (const char noise : {'\0', '\n', '\xFF', '9', '-', ' ', '#'}) {
        std::string damaged(text);
        damaged[at] = noise;
        ExpectSound(ReadLegacyText(damaged));
        ExpectSound(ReadLegacyText(damaged, kCompat));
      }
    }
  }
}

TEST(LegacyHostileTest, BinaryNoiseBehindAnyHeading) {
  for (const std::string_view text : kTexts) {
    std::string noisy(text.substr(0, text.find('\n') + 1));
    for (uint64_t i = 0; i < 5000; ++i) noisy += static_cast<char>(Mix64(i));
    ExpectSound(ReadLegacyText(noisy));
    ExpectSound(ReadLegacyText(noisy, kCompat));
  }
}

TEST(LegacyHostileTest, NumbersThatDoNotFit) {
  struct Row {
    std::string_view text;
    std::string_view fault;
  };
  constexpr Row kRows[] = {
      {"goroutine profile: total 99999999999999999999\n99999999999999999999 @ 0x1\n",
       "a row is not \"count @ addresses\" but \"99999999999999999999 @ 0x1\""},
      {"goroutine profile: total 1\n1 @ 0x11112222333344445\n",
       "a row is not \"count @ addresses\" but \"1 @ 0x11112222333344445\""},
      {"heap profile: 1: 1 [1: 1] @ heap/2\n99999999999999999999: 1 [1: 1] @ 0x1\n",
       "malformed sample: 99999999999999999999: 1 [1: 1] @ 0x1: a number has more than 64 bits"},
      {"heap profile: 1: 1 [1: 1] @ heap/2\n0: 1 [0: 0] @ 0x1\n", "inuse count was 0 but inuse bytes was 1"},
      {"--- heapz 1 ---\nformat = java\nresolution = bytes\n 7 0 @ 0x3\n",
       "parsing sample 7 0 @ 0x3: second value must be non-zero"},
      {"--- heapz 1 ---\nformat = java\n 7 1 @ 0x3\n", "malformed profile: missing sample type information"},
      {"--- mutex:\ncycles/second=many\n", "a line of the head is not known: \"cycles/second=many\""},
  };
  for (const Row& row : kRows) {
    const Result<Document> document = ReadLegacyText(row.text);
    ASSERT_FALSE(document.ok()) << row.text;
    EXPECT_EQ(document.error().text, row.fault);
    EXPECT_TRUE(document.error().offset);
    EXPECT_FALSE(ReadLegacyText(row.text, kCompat).ok());
  }
}

TEST(LegacyHostileTest, NegativeAndExtremeValuesAreTaken) {
  const Result<Document> document = ReadLegacyText(
      "heap profile: 1: 1 [1: 1] @ heapprofile\n-1: -9223372036854775808 [1: 1] @ 0x1\n-3: 5 [2: 2] @ 0x0\n");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(ProfileOf(document).samples.values[1], (std::vector<int64_t>{INT64_MIN, 5}));
  ExpectSound(ReadLegacyText("--- mutex:\nsampling period=9223372036854775807\ncycles/second=1\n9 9 @ 0x1\n"));
}

// What follows takes a blink if it is linear and minutes if it is not.
TEST(LegacyHostileTest, LongLines) {
  constexpr size_t kBytes = size_t{1} << 19;
  const std::string heads[] = {"heap profile: 1: 1 [1: 1] @ heap/2\n",
                               "goroutine profile: total 1\n",
                               "--- mutex:\n",
                               "--- threadz 1 ---\n--- Thread 7f (name: a/1) stack: ---\n",
                               "--- heapz 1 ---\nformat = java\nresolution = bytes\n",
                               "heap profile: 1: 1 [1: 1] @ growthz\n--- Memory map: ---\n"};
  for (const std::string& head : heads) {
    for (const std::string_view piece :
         {"1", " ", ":", "1:", "@", " @", "1 1 @ ", "0x", "0x1 ", "(", "(a:1) ", "-", "= ", "$a",
          "#\t0x1\tf+0x0\ta:1\n", "--- Thread 1 (name: ", "/1) stack: ---", "a=b\n"}) {
      std::string text = head + "1 @ 0x1\n";
      while (text.size() < kBytes) text += piece;
      ExpectSound(ReadLegacyText(text));
    }
  }
}

TEST(LegacyHostileTest, ManyTinyLines) {
  std::string rows = "goroutine profile: total 0\n";
  for (int i = 0; i < 50000; ++i) rows += "1 @ 0x" + std::to_string(100000 + i) + "\n";
  EXPECT_EQ(ProfileOf(ReadLegacyText(rows)).locations.size(), 50000u);
  // Every address looks for its mapping among many, and none has it.
  rows += "--- Memory map: ---\n";
  for (int i = 0; i < 20000; ++i)
    rows += "f" + std::to_string(10000000 + 2 * i) + "-f" + std::to_string(10000001 + 2 * i) + ": x\n";
  ExpectSound(ReadLegacyText(rows));
  ExpectSound(ReadLegacyText("goroutine profile: total 0\n" + std::string(1 << 20, '\n')));
}

TEST(LegacyHostileTest, StacksDeeperThanTheLimitAreLeftOut) {
  std::string text = "goroutine profile: total 3\n1 @ 0x1\n2 @";
  for (size_t i = 0; i <= StackTableBuilder::kMaxStackDepth; ++i) text += " 0x1";
  const Result<Document> document = ReadLegacyText(text + "\n");
  ASSERT_TRUE(document.ok() && document->fault);
  EXPECT_EQ(document->fault->text, "a stack of 1048577 frames is deeper than the 1048576 that one stack may have");
  EXPECT_EQ(ProfileOf(document).samples.size(), 1u);
}

TEST(LegacyHostileTest, CompatHasGosLimitOfALine) {
  const std::string text = "goroutine profile: total 1\n1 @ 0x1\n#";
  EXPECT_TRUE(ReadLegacyText(text + std::string(65534, 'x') + "\n", kCompat).ok());
  const Result<Document> refused = ReadLegacyText(text + std::string(65535, 'x') + "\n", kCompat);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().text, "parsing profile: bufio.Scanner: token too long");
  EXPECT_TRUE(ReadLegacyText(text + std::string(65535, 'x') + "\n").ok());
}

TEST(LegacyHostileTest, AFaultyInputKeepsWhatWasRead) {
  const auto reader = MakeReader(Format::kPprofLegacyText);
  reader->Append(AsBytes(kTexts[2]));
  const Result<Document> document = reader->Finish(Error{Code::kTruncated, 99, "the compressed data ends early"});
  ASSERT_TRUE(document.ok() && document->fault);
  EXPECT_EQ(document->fault->text, "the compressed data ends early");
  EXPECT_TRUE(document->diagnostics.Has(Issue::kTruncatedInput));
  EXPECT_EQ(ProfileOf(document).samples.size(), 2u);
}

}  // namespace
}  // namespace flametrail
