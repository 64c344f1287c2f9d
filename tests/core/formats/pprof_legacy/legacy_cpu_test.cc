#include <gtest/gtest.h>

#include "tests/core/formats/pprof_legacy/read_legacy.h"
#include "tests/core/support/raw_dump.h"

namespace flametrail {
namespace {

using testing::kCompat;
using testing::ProfileOf;
using testing::ReadLegacyCpu;

std::string Words(const std::vector<uint64_t>& words, size_t width, bool big) {
  std::string bytes;
  for (const uint64_t word : words) {
    for (size_t i = 0; i < width; ++i) bytes += static_cast<char>(word >> (8 * (big ? width - 1 - i : i)));
  }
  return bytes;
}

// Two stacks; the leaf of the second is there twice, once as a return address.
const std::vector<uint64_t> kProfile = {0,      3, 0, 10000,  0,      2,      3, 0x1000, 0x2001,
                                        0x3001, 5, 3, 0x1100, 0x1100, 0x3001, 0, 1,      0};
constexpr std::string_view kMap = "1000-4000: /bin/x\n";

TEST(LegacyCpuTest, AllWordsAndByteOrders) {
  for (const size_t width : {size_t{4}, size_t{8}}) {
    for (const bool big : {false, true}) {
      SCOPED_TRACE(std::to_string(width) + (big ? " big" : " little"));
      const std::string bytes = Words(kProfile, width, big) + std::string(kMap);
      EXPECT_EQ(Detect(AsBytes(bytes), true).format, Format::kPprofLegacyCpu);
      const Result<Document> document = ReadLegacyCpu(bytes);
      ASSERT_TRUE(document.ok());
      EXPECT_TRUE(document->diagnostics.list().empty());
      EXPECT_EQ(testing::RawDump(std::get<Profile>(document->body)),
                "PeriodType: cpu nanoseconds\nPeriod: 10000000\nSamples:\nsamples/count cpu/nanoseconds\n"
                "          2   20000000: 1 2 3 \n          5   50000000: 4 3 \n"
                "Locations\n     1: 0x1000 M=1 \n     2: 0x2000 M=1 \n     3: 0x3000 M=1 \n     4: 0x1100 M=1 \n"
                "     5: 0x10ff M=1 \nMappings\n1: 0x1000/0x4000/0x0 /bin/x  \n");
    }
  }
}

TEST(LegacyCpuTest, TheSignalHandlersFrameGoes) {
  std::vector<uint64_t> words = {0, 3, 0, 100, 0};
  for (uint64_t i = 0; i < 64; ++i) {
    const uint64_t handler = i < 62 ? 0x9001 : 0x8001;  // two of 64 may differ
    words.insert(words.end(), {1, 3, 0x1000 + 16 * i, handler, 0x3001 + 16 * i});
  }
  words.insert(words.end(), {0, 1, 0});
  const Profile profile = ProfileOf(ReadLegacyCpu(Words(words, 8, false)));
  std::vector<LocationId> stack;
  profile.stacks.Expand(profile.samples.stack[0], &stack);
  EXPECT_EQ(stack.size(), 2u);
  profile.stacks.Expand(profile.samples.stack[63], &stack);
  EXPECT_EQ(stack.size(), 3u);
}

TEST(LegacyCpuTest, JavaHasItsTableAndNoAddresses) {
  const std::string bytes = Words({0, 3, 1, 100, 0, 2, 2, 0x10, 0x20, 0, 1, 0}, 8, false) +
                            "0x10 a.b.C.run (C.java:7)\n0x20 GC\n0x30 unused (X.java:1)\n";
  EXPECT_EQ(testing::RawDump(ProfileOf(ReadLegacyCpu(bytes))),
            "PeriodType: cpu nanoseconds\nPeriod: 100000\nSamples:\nsamples/count cpu/nanoseconds\n"
            "          2     200000: 1 2 \nLocations\n     1: 0x0 a.b.C.run C.java:7:0 s=0\n     2: 0x0 GC :0:0 s=0\n"
            "Mappings\n");
}

TEST(LegacyCpuTest, EveryCutKeepsWhatCameBefore) {
  for (const size_t width : {size_t{4}, size_t{8}}) {
    const std::string bytes = Words(kProfile, width, false);
    for (size_t size = 0; size < bytes.size(); ++size) {
      SCOPED_TRACE(size);
      const Result<Document> document = ReadLegacyCpu(std::string_view(bytes).substr(0, size));
      const size_t stacks = size < 10 * width ? 0 : size < 15 * width ? 1 : 2;
      if (size < 5 * width) {
        ASSERT_FALSE(document.ok());
      } else if (stacks == 0 && size > 5 * width) {
        ASSERT_FALSE(document.ok());
        EXPECT_EQ(document.error().code, Code::kTruncated);
      } else {
        ASSERT_TRUE(document.ok());
        EXPECT_TRUE(document->diagnostics.Has(Issue::kTruncatedInput));
        EXPECT_EQ(std::get<Profile>(document->body).samples.size(), stacks);
      }
      const Result<Document> compat = ReadLegacyCpu(std::string_view(bytes).substr(0, size), kCompat);
      EXPECT_TRUE(compat.ok() || compat.error().text == "parsing profile: unrecognized profile format");
    }
  }
}

TEST(LegacyCpuTest, HugeDepthsAreNoAllocation) {
  for (const uint64_t depth : {uint64_t{2}, uint64_t{1} << 31, uint64_t{1} << 61, UINT64_MAX}) {
    const std::string bytes = Words({0, 3, 0, 100, 0, 1, 1, 0x10, 7, depth, 0x20}, 8, true);
    const Result<Document> document = ReadLegacyCpu(bytes);
    ASSERT_TRUE(document.ok() && document->fault);
    EXPECT_EQ(document->fault->text, "a stack wants " + std::to_string(depth) + " addresses, there is room for 1");
    EXPECT_EQ(document->fault->offset, 64u);
    EXPECT_EQ(std::get<Profile>(document->body).samples.size(), 1u);
  }
}

}  // namespace
}  // namespace flametrail
