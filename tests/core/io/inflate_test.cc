#include "core/io/inflate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/core/support/compress.h"

namespace flametrail {
namespace {

using testing::Gzip;
using testing::GzipOfZeros;
using testing::ZlibStream;

struct Outcome {
  std::string output;
  uint64_t output_size = 0;  // also when the output is not kept
  std::string error;         // empty: none
  std::optional<uint64_t> offset;
  Code code = Code::kInvalid;
  Compression compression = Compression::kNone;
  uint64_t trailing = 0;
};

Outcome Unpack(std::string_view file, size_t chunk, InflateLimits limits = {}, bool keep = true) {
  Outcome outcome;
  Inflater inflater(
      [&](Bytes bytes) {
        outcome.output_size += bytes.size();
        if (keep) outcome.output += AsText(bytes);
        return true;
      },
      limits);
  Status status;
  for (size_t at = 0; at < file.size() && status.ok(); at += chunk) {
    status = inflater.Append(AsBytes(file.substr(at, chunk)));
  }
  const Status finished = inflater.Finish();
  if (!status.ok()) {
    EXPECT_FALSE(finished.ok());
  } else {
    status = finished;
  }
  if (!status.ok()) {
    outcome.error = status.error().text;
    outcome.offset = status.error().offset;
    outcome.code = status.error().code;
    EXPECT_EQ(status.error().text, finished.error().text);
  }
  EXPECT_EQ(inflater.bytes_out(), outcome.output_size);
  outcome.compression = inflater.compression();
  outcome.trailing = inflater.trailing_bytes();
  return outcome;
}

// Text that compresses to something with all kinds of blocks.
std::string Sample(size_t size) {
  std::string text;
  uint32_t state = 1;
  while (text.size() < size) {
    state = state * 1664525 + 1013904223;
    text += "frame" + std::to_string(state >> 24) + (state % 3 == 0 ? ";" : "\n");
  }
  text.resize(size);
  return text;
}

TEST(InflateTest, ReadsEachKindInChunksOfAnySize) {
  const std::string text = Sample(3000);
  const struct {
    std::string file;
    Compression kind;
  } cases[] = {
      {text, Compression::kNone},
      {Gzip(text), Compression::kGzip},
      {Gzip(text, 0), Compression::kGzip},
      {ZlibStream(text), Compression::kZlib},
      {ZlibStream(text, 1), Compression::kZlib},
      {ZlibStream(text, 9), Compression::kZlib},
  };
  for (const auto& each : cases) {
    for (size_t chunk = 1; chunk <= 17; ++chunk) {
      const Outcome outcome = Unpack(each.file, chunk);
      EXPECT_EQ(outcome.error, "");
      EXPECT_EQ(outcome.output, text);
      EXPECT_EQ(outcome.compression, each.kind);
      EXPECT_EQ(outcome.trailing, 0u);
    }
  }
}

TEST(InflateTest, ReadsLargeContentThroughItsBuffer) {
  const std::string text = Sample(3 << 20);
  EXPECT_EQ(Unpack(Gzip(text), 1 << 16).output, text);
  EXPECT_EQ(Unpack(Gzip(text), 1 << 30).output, text);
}

TEST(InflateTest, EmptyInputs) {
  EXPECT_EQ(Unpack("", 1).error, "");
  EXPECT_EQ(Unpack("", 1).output, "");
  const Outcome gzip = Unpack(Gzip(""), 1);
  EXPECT_EQ(gzip.error, "");
  EXPECT_EQ(gzip.output, "");
  EXPECT_EQ(gzip.compression, Compression::kGzip);
  EXPECT_EQ(Unpack(ZlibStream(""), 1).compression, Compression::kZlib);
}

TEST(InflateTest, JoinsMembers) {
  const std::string file = Gzip("one ") + Gzip("") + Gzip("two ", 0) + Gzip("three");
  for (size_t chunk = 1; chunk <= 17; ++chunk) {
    const Outcome outcome = Unpack(file, chunk);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.output, "one two three");
  }
}

TEST(InflateTest, TakesZerosBehindAMemberForPadding) {
  const std::string padding(1000, '\0');
  for (const size_t chunk : {size_t{1}, size_t{7}, size_t{4096}}) {
    EXPECT_EQ(Unpack(Gzip("one") + padding, chunk).trailing, 0u);
    EXPECT_EQ(Unpack(Gzip("one") + padding, chunk).error, "");
    EXPECT_EQ(Unpack(Gzip("one ") + padding + Gzip("two"), chunk).output, "one two");
    EXPECT_EQ(Unpack(ZlibStream("one") + padding, chunk).trailing, 0u);
  }
}

TEST(InflateTest, CountsGarbageBehindTheLastMember) {
  for (const size_t chunk : {size_t{1}, size_t{2}, size_t{4096}}) {
    for (const std::string_view garbage :
         {std::string_view("garbage"),
          std::string_view("\x1F"
                           "garbag"),
          std::string_view("\x1F\x1F\x1F\x1F\x1F\x1F\x1F"), std::string_view("\x1F\0\0\0\0\0\0", 7)}) {
      const Outcome outcome = Unpack(Gzip("content") + std::string(garbage), chunk);
      EXPECT_EQ(outcome.error, "");
      EXPECT_EQ(outcome.output, "content");
      EXPECT_EQ(outcome.trailing, 7u);
    }
    EXPECT_EQ(Unpack(Gzip("content") + "\x1F", chunk).trailing, 1u);
    EXPECT_EQ(Unpack(Gzip("content") + std::string(3, '\0') + "garbage", chunk).trailing, 7u);
    EXPECT_EQ(Unpack(ZlibStream("content") + std::string(3, '\0') + "garbage", chunk).trailing, 7u);
  }
}

TEST(InflateTest, KeepsWhatCameBeforeACut) {
  const std::string text = Sample(600);
  const std::string file = Gzip(text.substr(0, 300)) + Gzip(text.substr(300));
  const size_t first = Gzip(text.substr(0, 300)).size();
  size_t longest = 0;
  for (size_t cut = 2; cut < file.size(); ++cut) {
    const Outcome outcome = Unpack(std::string_view(file).substr(0, cut), 64);
    ASSERT_TRUE(text.starts_with(outcome.output)) << cut;
    EXPECT_GE(outcome.output.size(), longest) << cut;
    longest = outcome.output.size();
    if (cut == first || cut == first + 1) {
      EXPECT_EQ(outcome.error, "");
      EXPECT_EQ(outcome.trailing, cut - first);
      continue;
    }
    EXPECT_EQ(outcome.error, "gzip member " + std::to_string(cut < first ? 1 : 2) + ", byte " + std::to_string(cut) +
                                 " of the file: wanted more compressed data, found the end of the file");
    EXPECT_EQ(outcome.code, Code::kTruncated);
    EXPECT_EQ(outcome.offset, outcome.output.size());
  }
  EXPECT_EQ(longest, text.size());
}

TEST(InflateTest, KeepsWhatCameBeforeACutOfAZlibStream) {
  const std::string text = Sample(600);
  const std::string file = ZlibStream(text);
  for (size_t cut = 2; cut < file.size(); ++cut) {
    const Outcome outcome = Unpack(std::string_view(file).substr(0, cut), 5);
    ASSERT_TRUE(text.starts_with(outcome.output)) << cut;
    EXPECT_EQ(outcome.error, "zlib stream, byte " + std::to_string(cut) +
                                 " of the file: wanted more compressed data, found the end of the file");
  }
}

TEST(InflateTest, NamesDamage) {
  const std::string text = Sample(2000);
  std::string crc = Gzip(text);
  crc[crc.size() - 8] ^= 1;
  Outcome outcome = Unpack(crc, 100);
  EXPECT_EQ(outcome.output, text);
  EXPECT_EQ(outcome.code, Code::kCorrupt);
  EXPECT_EQ(outcome.error, "gzip member 1, byte " + std::to_string(crc.size() - 4) +
                               " of the file: wanted the content's checksum, found another: the content is damaged");
  std::string length = Gzip(text);
  length[length.size() - 4] ^= 1;
  outcome = Unpack(length, 100);
  EXPECT_EQ(outcome.output, text);
  EXPECT_EQ(outcome.error, "gzip member 1, byte " + std::to_string(length.size()) +
                               " of the file: wanted the content's length, found another: the content is damaged");
  const std::string method("\x1F\x8B\x07\0\0\0\0\0\0\x03", 10);
  EXPECT_EQ(
      Unpack(method, 100).error,
      "gzip member 1, byte 4 of the file: wanted compressed data, found damage (zlib: unknown compression method)");
}

TEST(InflateTest, NoticesEachFlippedBit) {
  const std::string text = Sample(400);
  const std::string file = Gzip(text);
  for (size_t at = 10; at < file.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = file;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      const Outcome outcome = Unpack(damaged, 33);
      // Bits between the last block and the trailer mean nothing.
      EXPECT_TRUE(!outcome.error.empty() || outcome.output == text) << at << " " << bit;
    }
  }
}

TEST(InflateTest, IgnoresBytesAfterAnErrorAndRepeatsIt) {
  uint64_t output = 0;
  Inflater inflater([&](Bytes bytes) {
    output += bytes.size();
    return true;
  });
  std::string damaged = Gzip("content");
  damaged[damaged.size() - 8] ^= 1;
  ASSERT_FALSE(inflater.Append(AsBytes(damaged)).ok());
  EXPECT_FALSE(inflater.Append(AsBytes(Gzip("more"))).ok());
  EXPECT_FALSE(inflater.Finish().ok());
  EXPECT_EQ(output, 7u);
}

TEST(InflateTest, StopsWhenTheSinkWantsNoMore) {
  uint64_t calls = 0;
  Inflater inflater([&](Bytes) {
    ++calls;
    return false;
  });
  const std::string file = Gzip(Sample(2 << 20), 0);
  EXPECT_TRUE(inflater.Append(AsBytes(file).first(file.size() / 2)).ok());
  EXPECT_TRUE(inflater.Append(AsBytes(file).subspan(file.size() / 2)).ok());
  EXPECT_TRUE(inflater.Finish().ok());
  EXPECT_EQ(calls, 1u);
}

// Two bytes that pass for a zlib header do not make a zlib stream.
TEST(InflateTest, PassesOnWhatOnlyLooksLikeZlib) {
  const std::string profile_with_doc_url("\x78\x01\x0A\x04\x08\x01\x10\x02\x32\x00", 10);
  for (const std::string& file : {std::string("x^2 + y^2 = z^2, as Pythagoras says\n"), "x^2" + Sample(5000),
                                  profile_with_doc_url, std::string("\x78\xDA", 2) + Sample(20)}) {
    for (const size_t chunk : {size_t{1}, size_t{3}, size_t{100000}}) {
      const Outcome outcome = Unpack(file, chunk);
      EXPECT_EQ(outcome.error, "");
      EXPECT_EQ(outcome.compression, Compression::kNone);
      EXPECT_EQ(outcome.output, file);
    }
  }
}

TEST(InflateTest, BoundsABomb) {
  const std::string bomb = GzipOfZeros(1024);
  ASSERT_LT(bomb.size(), size_t{2} << 20);
  const Outcome outcome = Unpack(bomb, 1 << 16, {}, false);
  EXPECT_EQ(outcome.code, Code::kTooLarge);
  EXPECT_TRUE(outcome.error.starts_with("gzip member 1, byte ")) << outcome.error;
  EXPECT_NE(outcome.error.find(": wanted at most 500 decompressed bytes for each byte of the file, found 10"),
            std::string::npos)
      << outcome.error;
  EXPECT_LE(outcome.output_size, InflateLimits::kRatioFree + (1 << 20));
  EXPECT_EQ(outcome.offset, outcome.output_size);
}

TEST(InflateTest, BoundsABombOfManyMembers) {
  std::string bomb;
  const std::string member = GzipOfZeros(1);
  for (int i = 0; i < 1024; ++i) bomb += member;
  const Outcome outcome = Unpack(bomb, 1 << 16, {}, false);
  EXPECT_EQ(outcome.code, Code::kTooLarge);
  EXPECT_LE(outcome.output_size, InflateLimits::kRatioFree + (1 << 20));
}

// One layer is removed, no more: what comes out is another gzip file.
TEST(InflateTest, LeavesANestedBombPacked) {
  const std::string inner = GzipOfZeros(1024);
  const Outcome outcome = Unpack(Gzip(inner), 1 << 16);
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.output, inner);
}

TEST(InflateTest, BoundsTheTotal) {
  const std::string text = Sample(100000);
  InflateLimits limits;
  limits.max_output = 70000;
  const Outcome outcome = Unpack(Gzip(text), 1000, limits);
  EXPECT_EQ(outcome.output, text.substr(0, 70000));
  EXPECT_EQ(outcome.code, Code::kTooLarge);
  EXPECT_NE(outcome.error.find(": wanted at most 70000 decompressed bytes, found more"), std::string::npos);
  limits.max_output = text.size();
  EXPECT_EQ(Unpack(Gzip(text), 1000, limits).error, "");
}

}  // namespace
}  // namespace flametrail
