// Symbols, labels and other things that Go's debug=1 texts have and pprof does not read.
#include <gtest/gtest.h>

#include "core/formats/pprof_legacy/text_samples.h"
#include "core/formats/pprof_legacy/unsample.h"
#include "tests/core/formats/pprof_legacy/read_legacy.h"

namespace flametrail {
namespace {

using testing::kCompat;
using testing::kRight;
using testing::ProfileOf;
using testing::ReadLegacyText;

// One line per sample: frames leaf first ("inlined>caller", "0x1f" without a name), values, labels.
std::string Picture(const Profile& profile) {
  std::string picture;
  std::vector<LocationId> stack;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    profile.stacks.Expand(profile.samples.stack[i], &stack);
    for (const LocationId location : stack) {
      const uint32_t begin = profile.locations.line_begin[location.index()];
      const uint32_t end = profile.locations.line_begin[location.index() + 1];
      char address[24];
      std::snprintf(address, sizeof(address), "%#llx ",
                    static_cast<unsigned long long>(profile.locations.address[location.index()]));
      if (begin == end) picture += address;
      for (uint32_t line = begin; line < end; ++line) {
        const size_t function = profile.locations.line_function[line].index();
        picture.append(profile.Text(profile.functions.name[function])) += '@';
        picture.append(profile.Text(profile.functions.file[function])) += ':';
        picture += std::to_string(profile.locations.line_number[line]) + (line + 1 < end ? ">" : " ");
      }
    }
    for (const auto& column : profile.samples.values) picture += std::to_string(column[i]) + " ";
    const size_t set = profile.samples.labels[i].index();
    for (uint32_t l = profile.label_sets.begin[set]; l < profile.label_sets.begin[set + 1]; ++l) {
      const Label& label = profile.label_sets.labels[l];
      picture.append(profile.Text(label.key)) += '=';
      picture.append(label.is_number ? std::to_string(label.number) : std::string(profile.Text(label.text))) += ' ';
    }
    picture.back() = '\n';
  }
  return picture;
}

constexpr std::string_view kGoroutines =
    "goroutine profile: total 9\n"
    "6 @ 0x4704ee 0x46f7e5 0x4d147a 0x4d1468 0x4789a1\n"
    "# labels: {\"shard\":\"0\", \"tenant\":\"Z\\u00fcrich \\\"\\x41\\n\"}\n"
    "#\t0x46f7e4\tinternal/poll.runtime_pollWait+0x84\truntime/netpoll.go:351\n"
    "#\t0x4d1479\tinternal/poll.(*pollDesc).waitRead+0x279\t\tpoll/desc.go:89\n"
    "#\t0x4d1467\tinternal/poll.(*FD).Read+0x267\t\t\tpoll/fd_unix.go:165\n"
    "\n"
    "3 @ 0x46f7e5 0x4789a1\n"
    "#\t0x46f7e4\tinternal/poll.runtime_pollWait+0x84\truntime/netpoll.go:351\n"
    "\n";

TEST(GoTextTest, SymbolsAndLabelsOfCommentLines) {
  const Result<Document> document = ReadLegacyText(kGoroutines);
  ASSERT_TRUE(document.ok());
  EXPECT_FALSE(document->fault);
  EXPECT_EQ(document->format, "goroutine profile (text)");
  ASSERT_EQ(document->diagnostics.list().size(), 1u);
  EXPECT_EQ(document->diagnostics.list()[0].issue, Issue::kHiddenFrames);
  EXPECT_EQ(document->diagnostics.list()[0].count, 1u);
  const Profile& profile = std::get<Profile>(document->body);
  EXPECT_EQ(Picture(profile),
            "internal/poll.runtime_pollWait@runtime/netpoll.go:351 "
            "internal/poll.(*pollDesc).waitRead@poll/desc.go:89>internal/poll.(*FD).Read@poll/fd_unix.go:165 "
            "6 shard=0 tenant=Z\xC3\xBCrich \"A\n\n"
            "internal/poll.runtime_pollWait@runtime/netpoll.go:351 3\n");
  EXPECT_EQ(profile.Text(profile.drop_frames), "");
  ASSERT_EQ(profile.mappings.size(), 1u);
  EXPECT_TRUE(profile.mappings[0].has_functions);
}

TEST(GoTextTest, CompatHasAddressesOnly) {
  EXPECT_EQ(Picture(ProfileOf(ReadLegacyText(kGoroutines, kCompat))),
            "0x4704ed 0x46f7e4 0x4d1479 0x4d1467 0x4789a0 6\n0x46f7e4 0x4789a0 3\n");
}

TEST(GoTextTest, PastedTextHasBlanksForTabs) {
  std::string pasted(kGoroutines);
  std::replace(pasted.begin(), pasted.end(), '\t', ' ');
  EXPECT_EQ(Picture(ProfileOf(ReadLegacyText(pasted))), Picture(ProfileOf(ReadLegacyText(kGoroutines))));
}

TEST(GoTextTest, MarkBlankLinesAndCarriageReturnsInFrontDoNotMatter) {
  std::string text = "\xEF\xBB\xBF\n\n" + std::string(kGoroutines);
  for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.insert(at, "\r");
  EXPECT_EQ(Picture(ProfileOf(ReadLegacyText(text))), Picture(ProfileOf(ReadLegacyText(kGoroutines))));
}

// walk calls itself and is inlined nowhere; visit is inlined into it.
TEST(GoTextTest, RecursionIsNotInlining) {
  EXPECT_EQ(Picture(ProfileOf(ReadLegacyText("goroutine profile: total 1\n1 @ 0x111 0x109 0x121 0x119 0x121\n"
                                             "#\t0x110\tmain.visit+0x10\ta.go:1\n"
                                             "#\t0x108\tmain.walk+0x8\ta.go:2\n"
                                             "#\t0x120\tmain.walk+0x20\ta.go:3\n"
                                             "#\t0x118\tmain.visit+0x18\ta.go:1\n"
                                             "#\t0x120\tmain.walk+0x20\ta.go:3\n"))),
            "main.visit@a.go:1>main.walk@a.go:2 main.walk@a.go:3 main.visit@a.go:1>main.walk@a.go:3 1\n");
}

TEST(GoTextTest, FramesWithoutName) {
  EXPECT_EQ(
      Picture(ProfileOf(ReadLegacyText("cgo profile: total 2\n2 @ 0x11 0x21\n#\t0x10\n#\t0x20\tmain.f+0x0\ta.go:7\n"))),
      "0x10 main.f@a.go:7 2\n");
}

TEST(GoTextTest, ThreadsWithoutStackCountInTheTotal) {
  constexpr std::string_view kText = "threadcreate profile: total 9\n9 @\n#\t0x0\n\n";
  const Result<Document> document = ReadLegacyText(kText);
  EXPECT_TRUE(document->diagnostics.Has(Issue::kEmptyStackSamples));
  EXPECT_EQ(Picture(ProfileOf(document)), "9\n");
  const Result<Document> refused = ReadLegacyText(kText, kCompat);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().text, "parsing profile: malformed profile format");
  EXPECT_FALSE(refused.error().offset);
}

// Go 1.23 writes 32 empty slots.
TEST(GoTextTest, ThreadsWithEmptySlots) {
  constexpr std::string_view kText = "threadcreate profile: total 9\n9 @ 0x0 0x0 0x0\n#\t0x0\n\n";
  EXPECT_EQ(Picture(ProfileOf(ReadLegacyText(kText))), "9\n");
  EXPECT_EQ(Picture(ProfileOf(ReadLegacyText(kText, kCompat))),
            "0xffffffffffffffff 0xffffffffffffffff 0xffffffffffffffff 9\n");
}

TEST(GoTextTest, HeapHasAllFourTypesAlsoWhereNothingWasFreed) {
  constexpr std::string_view kText =
      "heap profile: 2: 64 [2: 64] @ heap/2\n2: 64 [2: 64] @ 0x11\n#\t0x10\tmain.f+0x0\ta.go:7\n";
  const Profile right = ProfileOf(ReadLegacyText(kText));
  ASSERT_EQ(right.sample_types.size(), 4u);
  EXPECT_EQ(right.Text(right.sample_types[1].type), "alloc_space");
  EXPECT_EQ(right.Text(right.sample_types[SampleTypeIndex(right, "").value()].type), "inuse_space");
  EXPECT_EQ(Picture(right), "main.f@a.go:7 2 64 2 64 bytes=32\n");
  const Profile compat = ProfileOf(ReadLegacyText(kText, kCompat));
  ASSERT_EQ(compat.sample_types.size(), 2u);
  EXPECT_EQ(Picture(compat), "0x10 2 64 bytes=32\n");
  EXPECT_TRUE(compat.Text(compat.drop_frames).starts_with("calloc|cfree|"));
}

TEST(GoTextTest, MemStatsEndTheSamples) {
  const Result<Document> document = ReadLegacyText(
      "heap profile: 0: 0 [0: 0] @ heap/1048576\n\n\n# runtime.MemStats\n# Alloc = 7\n# Stack = 3 / 4\n# PauseNs = [1 "
      "2]\n"
      "# New = maybe\n# MaxRSS = -1\n");
  ASSERT_TRUE(document.ok() && document->mem_stats);
  EXPECT_EQ(document->mem_stats->alloc, 7u);
  EXPECT_EQ(document->mem_stats->stack_sys, 4u);
  EXPECT_EQ(document->mem_stats->pause_ns, (std::vector<uint64_t>{1, 2}));
  EXPECT_FALSE(document->mem_stats->max_rss);
  EXPECT_EQ(document->mem_stats->entries.size(), 4u);
}

TEST(GoTextTest, ATotalThatDoesNotFitIsTold) {
  const Result<Document> cut = ReadLegacyText("goroutine profile: total 5\n3 @ 0x10\n");
  ASSERT_TRUE(cut.ok());
  ASSERT_TRUE(cut->diagnostics.Has(Issue::kTotalMismatch));
  EXPECT_EQ(cut->diagnostics.list()[0].detail, "stated 5, found 3");
}

TEST(GoTextTest, BadRowsAreLeftOutAndNamed) {
  const Result<Document> document = ReadLegacyText("goroutine profile: total 3\n3 @ 0x10\nthree @ 0x10\n");
  ASSERT_TRUE(document.ok() && document->fault);
  EXPECT_EQ(document->fault->text, "a row is not \"count @ addresses\" but \"three @ 0x10\"");
  EXPECT_EQ(document->fault->offset, 36u);
  EXPECT_EQ(Picture(ProfileOf(document)), "0xf 3\n");
}

TEST(GoTextTest, LabelsInGoQuoting) {
  std::vector<std::pair<std::string, std::string>> labels;
  EXPECT_TRUE(legacy::ParseGoLabels("{}", &labels));
  EXPECT_TRUE(legacy::ParseGoLabels(R"({"a":"", "":"\a\\\U0001F600, }"})", &labels));
  EXPECT_EQ(labels, (std::vector<std::pair<std::string, std::string>>{{"a", ""}, {"", "\a\\\xF0\x9F\x98\x80, }"}}));
  for (const std::string_view bad : {"", "{", R"({"a"})", R"({"a":"b)", R"({"a":"\q"})", R"({"a":"\x4"})",
                                     R"({"a":"b"} )"
                                     "x",
                                     R"({"a":"\UFFFFFFFF"})"}) {
    EXPECT_FALSE(legacy::ParseGoLabels(bad, &labels)) << bad;
  }
}

TEST(GoTextTest, UnsamplingIsGos) {
  const legacy::HeapValue value = legacy::UnsampleHeap({1, 9216}, 524288);
  EXPECT_EQ(value.count, 57);
  EXPECT_EQ(value.size, 528909);
  EXPECT_EQ(legacy::UnsampleHeap({3, 0}, 524288).count, 0);
  EXPECT_EQ(legacy::UnsampleHeap({3, 9}, 1).count, 3);
}

TEST(GoTextTest, ContentionIsScaledToNanosecondsAndByPeriod) {
  EXPECT_EQ(
      Picture(ProfileOf(ReadLegacyText(
          "--- mutex:\ncycles/second=2000000000\nsampling period=5\n1000 3 @ 0x11\n#\t0x10\tmain.f+0x0\ta.go:7\n"))),
      "main.f@a.go:7 15 2500\n");
  // Without a frequency the delay is not multiplied by the period.
  EXPECT_EQ(Picture(ProfileOf(ReadLegacyText("--- contention:\nsampling period=5\n1000 3 @ 0x11\n"))),
            "0x10 15 1000\n");
}

}  // namespace
}  // namespace flametrail
