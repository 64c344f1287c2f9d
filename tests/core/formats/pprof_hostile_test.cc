// Profiles that are broken, cut or made to hurt. Each case asks for the whole text of the fault: where, what was
// wanted, what was found. Whether a file is at fault at all is google/pprof's decision (`go tool pprof` refuses it);
// what is kept beside the fault is ours. All of it must be the same on wasm32, where size_t has 32 bits.
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "tests/core/support/compress.h"
#include "tests/core/support/open.h"
#include "tests/core/support/profile_builder.h"

namespace flametrail {
namespace {

using testing::GzipOfZeros;
using testing::Message;
using testing::Opened;
using testing::Outcome;
using testing::PaddedVarint;
using testing::ProfileBuilder;
using testing::Survived;
using testing::VarintBytes;
namespace field = testing::field;

Opened Open(std::string_view file, size_t chunk = 1000) {
  Opened opened = testing::OpenInChunks(file, [chunk] { return chunk; });
  if (opened.finished.ok()) EXPECT_EQ(testing::AskEverything(opened.session.get()), "");
  return opened;
}

// Without the list of what Flametrail reads, which detect_test.cc has.
std::string OutcomeOf(std::string_view file) {
  const std::string outcome = Outcome(Open(file));
  return outcome.substr(0, outcome.find("; Flametrail reads "));
}

// Two samples, 7 in all; locations 1 and 2, functions 1 and 2, mapping 1, strings 0..6.
ProfileBuilder Good() {
  ProfileBuilder builder;
  builder.SampleType("samples", "count");
  const uint64_t mapping = builder.Mapping("/app/shop");
  const uint64_t leaf = builder.Location({"main.leaf:3"}, mapping, 0x10);
  const uint64_t root = builder.Location({"main.main:4"}, mapping, 0x20);
  builder.Sample({leaf, root}, {3}).Sample({root}, {4});
  return builder;
}

constexpr std::string_view kGoodOutcome = "2 samples, total 7";

// The good profile, whole, and then this: the fault must be at its first byte.
std::string OutcomeWith(const Message& more) {
  const std::string good = Good().Build();
  const std::string outcome = OutcomeOf(good + more.bytes());
  const std::string before = std::string(kGoodOutcome) + "; fault at " + std::to_string(good.size()) + ": ";
  return outcome.starts_with(before) ? "kept all; fault: " + outcome.substr(before.size()) : outcome;
}

TEST(PprofHostileTest, TheGoodProfileIsGood) {
  EXPECT_EQ(OutcomeOf(Good().Build()), kGoodOutcome);
  EXPECT_EQ(OutcomeOf(testing::Gzip(Good().Build())), kGoodOutcome);
}

TEST(PprofHostileTest, Empty) {
  EXPECT_EQ(OutcomeOf(""), "error at 0: this looks like an empty file");
  EXPECT_EQ(OutcomeOf(testing::Gzip("")), "error at 0: this looks like an empty file");
}

TEST(PprofHostileTest, NotAProfile) {
  EXPECT_EQ(OutcomeOf("\xFF\xD8\xFF\xE0\x10JFIF"), "error at 0: this looks like a JPEG image");
  EXPECT_EQ(OutcomeOf("\x7F"
                      "ELF\2\1\1"),
            "error at 0: this looks like an ELF program or library");
  EXPECT_EQ(OutcomeOf(testing::Gzip("\xFF\xFE\xFD\xFC")), "error at 0: this looks like text in UTF-16");
  EXPECT_EQ(OutcomeOf(testing::Gzip(testing::Gzip(Good().Build()))),
            "error at 0: this looks like a gzip file inside another one");
  EXPECT_EQ(OutcomeOf("\x1F\x8B"),
            "error at 0: gzip member 1, byte 2 of the file: wanted more compressed data, found the end of the file");
}

// A cut at any byte: one sentence, and nothing that came before is lost.
TEST(PprofHostileTest, CutAtEveryByte) {
  const std::string good = Good().Build();
  uint64_t most = 0;
  for (size_t cut = 0; cut < good.size(); ++cut) {
    const Opened opened = Open(std::string_view(good).substr(0, cut));
    if (!opened.finished.ok()) {
      EXPECT_LE(cut, 6u) << "not taken for a profile any more";
      continue;
    }
    const ProfileSummary& summary = opened.session->summary();
    ASSERT_TRUE(summary.fault) << cut;
    EXPECT_NE(summary.fault->text, "") << cut;
    EXPECT_GE(summary.samples, most) << cut;
    most = summary.samples;
  }
  EXPECT_EQ(most, 2u);
  EXPECT_EQ(OutcomeOf(good.substr(0, 17)),
            "1 sample, total 3; fault at 15: the file ends inside a field: it wants 8 bytes, 2 left");
  EXPECT_EQ(OutcomeOf(good.substr(0, 71)), "2 samples, total 7; fault at 70: the file ends inside a field");
}

TEST(PprofHostileTest, CutAtEveryByteOfTheGzipFile) {
  const std::string file = testing::Gzip(Good().Build());
  uint64_t most = 0;
  for (size_t cut = 2; cut < file.size(); ++cut) {
    const Opened opened = Open(std::string_view(file).substr(0, cut));
    const Error error =
        opened.finished.ok() ? opened.session->summary().fault.value_or(Error()) : opened.finished.error();
    if (opened.finished.ok() || error.code != Code::kUnsupported) {
      EXPECT_EQ(error.text, "gzip member 1, byte " + std::to_string(cut) +
                                " of the file: wanted more compressed data, found the end of the file");
    }
    if (!opened.finished.ok()) continue;
    EXPECT_GE(opened.session->summary().samples, most) << cut;
    most = opened.session->summary().samples;
  }
  EXPECT_EQ(most, 2u);
}

TEST(PprofHostileTest, NumbersOfTenAndElevenBytes) {
  EXPECT_EQ(OutcomeWith(Message().Tag(field::kPeriod, 0).Raw(PaddedVarint(7, 10))), kGoodOutcome);
  // What does not fit into 64 bits is shifted out, as google/pprof does.
  EXPECT_EQ(OutcomeWith(Message().Tag(field::kPeriod, 0).Raw("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F")),
            kGoodOutcome);
  EXPECT_EQ(OutcomeWith(Message().Tag(field::kPeriod, 0).Raw(PaddedVarint(7, 11))),
            "kept all; fault: field 12 its number is longer than 10 bytes");
  EXPECT_EQ(OutcomeWith(Message().Raw(PaddedVarint(field::kPeriod << 3, 11))),
            "kept all; fault: field 0 its tag is longer than 10 bytes");
  EXPECT_EQ(OutcomeWith(Message().Tag(field::kString, 2).Raw(PaddedVarint(0, 11))),
            "kept all; fault: field 6 its length is longer than 10 bytes");
  EXPECT_EQ(OutcomeWith(Message().Sub(field::kSample, Message().Tag(1, 0).Raw(PaddedVarint(1, 11)))),
            "kept all; fault: sample 3 cannot be read: its field 1 its number is longer than 10 bytes");
}

// Lengths that wrap where a length is added to an offset, or is cast to 32 bits.
TEST(PprofHostileTest, LengthsPastTheEnd) {
  const struct {
    uint64_t length;
    std::string_view outer, inner;
  } cases[] = {
      {200, "the file ends inside a field: it wants 203 bytes, 6 left", "wants 203 bytes, 6 left"},
      {0x0FFFFFFF, "the file ends inside a field: it wants 268435460 bytes, 8 left", "wants 268435460 bytes, 8 left"},
      {0xFFFFFFFE, "field 2 wants 4294967294 bytes, more than the 268435456 that one field may have",
       "wants 4294967294 bytes, more than the 268435456 that one field may have"},
      {0xFFFFFFFF, "field 2 wants 4294967295 bytes, more than the 268435456 that one field may have",
       "wants 4294967295 bytes, more than the 268435456 that one field may have"},
      {uint64_t{1} << 63, "field 2 wants 9223372036854775808 bytes, more than the 268435456 that one field may have",
       "wants 9223372036854775808 bytes, more than the 268435456 that one field may have"},
      {~uint64_t{0}, "field 2 wants 18446744073709551615 bytes, more than the 268435456 that one field may have",
       "wants 18446744073709551615 bytes, more than the 268435456 that one field may have"},
  };
  for (const auto& each : cases) {
    const std::string length = VarintBytes(each.length);
    EXPECT_EQ(OutcomeWith(Message().Tag(field::kSample, 2).Raw(length).Raw("abc")),
              "kept all; fault: " + std::string(each.outer));
    EXPECT_EQ(OutcomeWith(Message().Sub(field::kSample, Message().Tag(1, 2).Raw(length).Raw("abc"))),
              "kept all; fault: sample 3 cannot be read: its field 1 " + std::string(each.inner));
  }
}

TEST(PprofHostileTest, WrongWireTypes) {
  const char* const messages[] = {"sample_type", nullptr, "mapping", "location", "function", "string_table"};
  for (uint64_t number = field::kSampleType; number <= field::kString; ++number) {
    if (number == field::kSample) continue;
    EXPECT_EQ(OutcomeWith(Message().Varint(number, 1)),
              "kept all; fault: " + std::string(messages[number - 1]) + " has wire type 0, which that field never has");
  }
  EXPECT_EQ(OutcomeWith(Message().Bytes(field::kTime, "\x08\x01")),
            "kept all; fault: time_nanos has wire type 2, which that field never has");
  EXPECT_EQ(OutcomeWith(Message().Fixed64(field::kPeriod, 1)),
            "kept all; fault: period has wire type 1, which that field never has");
  EXPECT_EQ(OutcomeWith(Message().Fixed32(field::kComment, 1)),
            "kept all; fault: comment has wire type 5, which that field never has");
  for (const uint64_t wire : {3, 4, 6, 7}) {
    EXPECT_EQ(OutcomeWith(Message().Tag(field::kSample, wire).Raw("abc")),
              "kept all; fault: field 2 has wire type " + std::to_string(wire) + ", which does not exist here");
  }
}

TEST(PprofHostileTest, GarbageInsideMessages) {
  EXPECT_EQ(OutcomeWith(Message().Sub(field::kLocation, Message().Bytes(1, "x"))),
            "kept all; fault: location cannot be read: its field 1 has wire type 2, which that field never has");
  EXPECT_EQ(OutcomeWith(Message().Sub(field::kLocation, Message().Varint(1, 9).Bytes(4, "\xFF\xFF"))),
            "kept all; fault: location cannot be read: its field 4 its field 0 ends inside a number");
  EXPECT_EQ(OutcomeWith(Message().Sub(field::kSample, Message().Varint(2, 1).Bytes(3, "\x0A\x01\x01"))),
            "kept all; fault: sample 3 cannot be read: its field 3 its field 1 has wire type 2, which that field never "
            "has");
  EXPECT_EQ(OutcomeWith(Message().Sub(field::kFunction, Message().Varint(1, 9).Raw("\x80"))),
            "kept all; fault: function cannot be read: its field 0 ends inside a number");
}

TEST(PprofHostileTest, UnknownFieldsAreNoFault) {
  EXPECT_EQ(OutcomeWith(Message().Varint(99, 1).Fixed32(98, 2).Fixed64(97, 3).Bytes(96, "x")), kGoodOutcome);
  EXPECT_EQ(OutcomeWith(Message().Varint((uint64_t{1} << 60) + 2, 1)), kGoodOutcome);
  EXPECT_EQ(OutcomeWith(Message().Varint(0, 1)), kGoodOutcome);
  EXPECT_EQ(OutcomeWith(Message().Sub(field::kFunction, Message().Varint(1, 9).Varint(66, 1))), kGoodOutcome);
  const Opened opened = Open(Good().Build() + Message().Varint(99, 1).Varint(99, 1).bytes());
  EXPECT_EQ(Survived(opened),
            std::vector<std::string>{"note 2 x Fields that this version does not know were passed over."});
}

TEST(PprofHostileTest, DanglingReferences) {
  ProfileBuilder location = Good();
  location.Sample({99, 1}, {1});
  EXPECT_EQ(OutcomeOf(location.Build()),
            "3 samples, total 8; fault samples want location 99, which is not in the file");
  ProfileBuilder zero = Good();
  zero.Sample({0}, {1});
  EXPECT_EQ(OutcomeOf(zero.Build()), "3 samples, total 8; fault samples want location 0, which is not in the file");
  for (const uint64_t function : {uint64_t{77}, uint64_t{0}}) {
    ProfileBuilder builder = Good();
    builder.locations().Sub(field::kLocation, Message().Varint(1, 9).Sub(4, Message().Varint(1, function)));
    builder.Sample({9}, {1});
    EXPECT_EQ(OutcomeOf(builder.Build()), "3 samples, total 8; fault location 9 wants function " +
                                              std::to_string(function) + ", which is not in the file");
  }
  ProfileBuilder mapping = Good();
  mapping.Sample({mapping.Location({"main.far"}, 12345)}, {1});
  EXPECT_EQ(OutcomeOf(mapping.Build()), "3 samples, total 8");
  EXPECT_EQ(Survived(Open(mapping.Build())),
            std::vector<std::string>{"note 1 x Locations refer to mappings that the file does not define."});
}

TEST(PprofHostileTest, ReservedAndDuplicateIds) {
  const char* const names[] = {"mapping", "location", "function"};
  for (const uint64_t number : {field::kMapping, field::kLocation, field::kFunction}) {
    const std::string name = names[number - field::kMapping];
    EXPECT_EQ(OutcomeWith(Message().Sub(number, Message().Varint(2, 1))),
              "2 samples, total 7; fault a " + name + " has the reserved id 0");
    EXPECT_EQ(OutcomeWith(Message().Sub(number, Message().Varint(1, 1))),
              "2 samples, total 7; fault two " + name + "s have the id 1");
  }
}

TEST(PprofHostileTest, IdsAndValuesAtTheEdgeOf64Bits) {
  for (const uint64_t id : {uint64_t{1} << 63, ~uint64_t{0}, uint64_t{1} << 32}) {
    ProfileBuilder builder = Good();
    builder.functions().Sub(field::kFunction, Message().Varint(1, id).Varint(2, 1));
    builder.locations().Sub(field::kLocation, Message().Varint(1, id).Sub(4, Message().Varint(1, id)));
    builder.Sample({id}, {5});
    EXPECT_EQ(OutcomeOf(builder.Build()), "3 samples, total 12");
  }
  ProfileBuilder values = Good();
  values.Sample({1}, {std::numeric_limits<int64_t>::min()}).Sample({2}, {std::numeric_limits<int64_t>::max()});
  EXPECT_EQ(OutcomeOf(values.Build()), "4 samples, total 6");
}

TEST(PprofHostileTest, StringIndexesOutOfRange) {
  EXPECT_EQ(OutcomeWith(Message().Varint(field::kDefaultType, 1000)),
            "2 samples, total 7; fault default_sample_type wants string 1000, the string table has 7");
  EXPECT_EQ(OutcomeWith(Message().Varint(field::kComment, 7)),
            "2 samples, total 7; fault a comment wants string 7, the string table has 7");
  EXPECT_EQ(OutcomeWith(Message().Sub(field::kFunction, Message().Varint(1, 50).Varint(2, 8))),
            "2 samples, total 7; fault a function's name wants string 8, the string table has 7");
  EXPECT_EQ(OutcomeWith(Message().Sub(
                field::kSample, Message().Varint(1, 1).Varint(2, 1).Sub(3, Message().Varint(1, 1).Varint(2, 70)))),
            "3 samples, total 8; fault a label's value wants string 70, the string table has 7");
  // Negative, and what is a small index in the lower 32 bits.
  for (const uint64_t index : {~uint64_t{0}, uint64_t{1} << 63, uint64_t{1} << 32, uint64_t{0xFFFFFFFF}}) {
    EXPECT_EQ(OutcomeWith(Message().Varint(field::kDocUrl, index)),
              "2 samples, total 7; fault doc_url wants string below 0 or above 4294967294, the string table has 7");
  }
}

TEST(PprofHostileTest, StringTables) {
  const Message type = Message().Varint(1, 0);
  EXPECT_EQ(OutcomeOf(Message().Sub(field::kSampleType, type).bytes()),
            "0 samples, total 0; fault a sample type wants string 0, the string table has 0");
  EXPECT_EQ(
      OutcomeOf(Message().Sub(field::kSampleType, type).Bytes(field::kString, "x").bytes()),
      "0 samples, total 0; fault at 4: string_table begins with a text of 1 bytes, its first entry is always empty");
}

TEST(PprofHostileTest, ValueCounts) {
  const std::string good = Good().Build();
  EXPECT_EQ(OutcomeWith(Message().Sub(field::kSample, Message().Varint(1, 1).Varint(2, 1).Varint(2, 2))),
            "3 samples, total 8; fault at 150: sample 3 has 2 values, the profile has 1 sample types");
  EXPECT_EQ(OutcomeWith(Message().Sub(field::kSample, Message().Varint(1, 1))),
            "3 samples, total 7; fault at 150: sample 3 has 0 values, the profile has 1 sample types");
  ProfileBuilder two_types = Good();
  two_types.SampleType("cpu", "nanoseconds");
  EXPECT_EQ(OutcomeOf(two_types.Build()),
            "2 samples, total 7 / 0; fault at 12: sample 1 has 1 values, the profile has 2 sample types");
  ProfileBuilder no_types;
  no_types.Sample({no_types.Location({"f"})}, {1});
  EXPECT_EQ(OutcomeOf(no_types.Build()), "1 sample; fault samples have 1 values, the profile has 0 sample types");
}

TEST(PprofHostileTest, NoSamplesIsNoFault) {
  ProfileBuilder builder;
  builder.SampleType("samples", "count").SampleType("cpu", "nanoseconds");
  EXPECT_EQ(OutcomeOf(builder.Build()), "0 samples, total 0 / 0");
}

TEST(PprofHostileTest, TwoProfilesInOneFile) {
  ProfileBuilder builder = Good();
  builder.extra().Varint(field::kTime, 5);
  const std::string one = builder.Build();
  const std::string outcome = OutcomeOf(one + one);
  EXPECT_TRUE(outcome.starts_with("4 samples, total 14; fault at " + std::to_string(2 * one.size() - 2) +
                                  ": a second profile begins before this byte"))
      << outcome;
}

TEST(PprofHostileTest, DamagedGzip) {
  std::string file = testing::Gzip(Good().Build());
  EXPECT_EQ(Survived(Open(file + "garbage")),
            std::vector<std::string>{"note 1 x Bytes after the end of the compressed data were left out."});
  file[file.size() - 8] ^= 1;
  EXPECT_EQ(OutcomeOf(file), "2 samples, total 7; fault at " + std::to_string(Good().Build().size()) +
                                 ": gzip member 1, byte " + std::to_string(file.size() - 4) +
                                 " of the file: wanted the content's checksum, found another: the content is damaged");
}

TEST(PprofHostileTest, AZeroBombIsNamedAfterItsFirstBytes) {
  EXPECT_EQ(OutcomeOf(GzipOfZeros(1024)), "error at 0: this looks like zeros (at least at the beginning)");
}

// Behind the beginning of a profile: one string of 256 MiB.
TEST(PprofHostileTest, ABombInAProfileStopsAtItsRatio) {
  const std::string good = Good().Build();
  const std::string text = testing::Gzip(good + Message().Tag(field::kString, 2).Raw(VarintBytes(0x0FFFFFFF)).bytes());
  const std::string outcome = Outcome(Open(text + GzipOfZeros(1024), 1 << 16));
  EXPECT_TRUE(outcome.starts_with("2 samples, total 7; fault at 67")) << outcome;
  EXPECT_NE(outcome.find(": gzip member 2, byte "), std::string::npos) << outcome;
  EXPECT_NE(outcome.find(" of the file: wanted at most 500 decompressed bytes for each byte of the file, found "),
            std::string::npos)
      << outcome;
}

// The same in small: every two zeros are a field without number. They cost time, but no memory.
TEST(PprofHostileTest, MillionsOfUnknownFields) {
  const Opened opened = Open(testing::Gzip(Good().Build()) + GzipOfZeros(8), 1 << 16);
  EXPECT_EQ(Outcome(opened), kGoodOutcome);
  EXPECT_EQ(Survived(opened),
            std::vector<std::string>{"note 4194304 x Fields that this version does not know were passed over."});
}

TEST(PprofHostileTest, AStackOfTwoMillionLocations) {
  const std::vector<uint64_t> stack(2000000, 1);
  const std::vector<uint64_t> one = {1};
  EXPECT_EQ(
      OutcomeWith(Message().Sub(field::kSample, Message().Packed(1, stack).Packed(2, one))),
      "kept all; fault: sample 3 has a stack of 2000000 locations, more than the 1048576 that one stack may have");
}

TEST(PprofHostileTest, AMillionSamplesWithOneHugeLabel) {
  ProfileBuilder builder = Good();
  const uint64_t huge = builder.String(std::string(size_t{1} << 20, 'x'));
  const Message sample = Message().Varint(1, 1).Varint(2, 1).Sub(3, Message().Varint(1, huge).Varint(2, huge));
  std::string samples;
  const std::string one = Message().Sub(field::kSample, sample).bytes();
  for (int i = 0; i < 1000000; ++i) samples += one;
  builder.samples().Raw(samples);
  EXPECT_EQ(Outcome(Open(builder.Build(), 1 << 20)), "1000002 samples, total 1000007");
}

TEST(PprofHostileTest, TooManySampleTypes) {
  Message types;
  for (int i = 0; i < 300; ++i) types.Sub(field::kSampleType, Message().Varint(1, 0));
  const std::string outcome = OutcomeOf(types.bytes() + Good().Build());
  EXPECT_NE(outcome.find("sample_type is one more than the 256 that a file may have"), std::string::npos) << outcome;
}

TEST(PprofHostileTest, FramePatternsThatDoNotCompile) {
  ProfileBuilder builder = Good();
  builder.scalars().Varint(field::kDropFrames, builder.String("("));
  EXPECT_EQ(OutcomeOf(builder.Build()),
            "2 samples, total 7");  // pprof does not say a word either; a notice does
}

}  // namespace
}  // namespace flametrail
