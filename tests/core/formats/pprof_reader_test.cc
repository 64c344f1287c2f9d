// What a good profile becomes, whatever the size of the chunks it comes in. Bad ones: pprof_hostile_test.cc.
#include "core/formats/pprof/pprof_reader.h"

#include <gtest/gtest.h>

#include "core/formats/pprof/id_map.h"
#include "tests/core/support/profile_builder.h"

namespace flametrail {
namespace {

using testing::ProfileBuilder;

Document Read(std::string_view bytes, size_t chunk = 1 << 20) {
  const auto reader = MakePprofReader();
  for (size_t at = 0; at < bytes.size(); at += chunk) reader->Append(AsBytes(bytes.substr(at, chunk)));
  Result<Document> document = reader->Finish(std::nullopt);
  CHECK(document.ok());
  return std::move(document).value();
}

std::string Bytes() {
  ProfileBuilder builder;
  builder.SampleType("samples", "count").SampleType("cpu", "nanoseconds");
  const uint64_t mapping = builder.Mapping("/app/bin/shop", "abc123");
  const uint64_t root = builder.Location({"main.main:10"}, mapping, 0x401000);
  const uint64_t leaf = builder.Location({"main.inner:5", "main.outer:20"}, mapping, 0x402000);
  builder.TextLabel("endpoint", "search").NumberLabel("bytes", 4096, "bytes").NumberLabel("lost", 0);
  builder.Sample({leaf, root}, {3, 30000000});
  builder.Sample({root}, {1, -5});
  builder.scalars()
      .Varint(testing::field::kTime, 1700000000000000001)
      .Varint(testing::field::kDuration, 6000000000)
      .Varint(testing::field::kPeriod, 10000000)
      .Varint(testing::field::kComment, builder.String("made by a test"))
      .Varint(testing::field::kDefaultType, builder.String("samples"))
      .Varint(testing::field::kDocUrl, builder.String("https://example.org/doc"));
  return builder.Build();
}

void ExpectShop(const Document& document) {
  EXPECT_FALSE(document.fault) << document.fault->text;
  EXPECT_TRUE(document.diagnostics.list().empty());
  const Profile& profile = std::get<Profile>(document.body);
  ASSERT_EQ(profile.sample_types.size(), 2u);
  EXPECT_EQ(profile.Text(profile.sample_types[1].unit), "nanoseconds");
  EXPECT_EQ(profile.samples.values[0], (std::vector<int64_t>{3, 1}));
  EXPECT_EQ(profile.samples.values[1], (std::vector<int64_t>{30000000, -5}));
  EXPECT_EQ(profile.stacks.size(), 3u);
  EXPECT_EQ(profile.stacks.parent[profile.samples.stack[0].index()], profile.samples.stack[1]);
  EXPECT_EQ(profile.locations.line_begin, (std::vector<uint32_t>{0, 1, 3}));
  EXPECT_EQ(profile.locations.address, (std::vector<uint64_t>{0x401000, 0x402000}));
  const FunctionId inner = profile.locations.line_function[1];
  EXPECT_EQ(profile.Text(profile.functions.name[inner.index()]), "main.inner");
  EXPECT_EQ(profile.locations.line_number[2], 20);
  EXPECT_EQ(profile.Text(profile.mappings[0].build_id), "abc123");
  EXPECT_EQ(profile.time_nanos, 1700000000000000001);
  EXPECT_EQ(profile.duration_nanos, 6000000000);
  EXPECT_EQ(profile.Text(profile.comments[0]), "made by a test");
  EXPECT_EQ(profile.Text(profile.default_sample_type), "samples");
  EXPECT_EQ(profile.Text(profile.doc_url), "https://example.org/doc");
}

TEST(PprofReaderTest, EveryFieldArrives) { ExpectShop(Read(Bytes())); }

TEST(PprofReaderTest, ChunksOfAnySizeGiveTheSame) {
  const std::string bytes = Bytes();
  for (size_t chunk = 1; chunk <= bytes.size(); ++chunk) {
    SCOPED_TRACE(chunk);
    ExpectShop(Read(bytes, chunk));
  }
}

// A number that is 0 and has no unit is not a label (google/pprof encode.go).
TEST(PprofReaderTest, LabelsAreTextOrNumber) {
  const Document document = Read(Bytes());
  const Profile& profile = std::get<Profile>(document.body);
  const size_t set = profile.samples.labels[0].index();
  ASSERT_EQ(profile.label_sets.begin[set + 1] - profile.label_sets.begin[set], 2u);
  const Label* labels = &profile.label_sets.labels[profile.label_sets.begin[set]];
  EXPECT_EQ(profile.Text(labels[0].text), "search");
  EXPECT_TRUE(labels[1].is_number);
  EXPECT_EQ(labels[1].number, 4096);
  EXPECT_EQ(profile.Text(labels[1].unit), "bytes");
  EXPECT_EQ(profile.samples.labels[1], LabelSetTable::kEmpty);
}

// Older writers do not pack numbers.
TEST(PprofReaderTest, UnpackedNumbersAreTheSame) {
  ProfileBuilder builder;
  builder.SampleType("samples", "count");
  const uint64_t a = builder.Location({"a"});
  const uint64_t b = builder.Location({"b"});
  builder.samples().Sub(testing::field::kSample, testing::Message().Varint(1, b).Varint(1, a).Varint(2, 7));
  const Document document = Read(builder.Build());
  const Profile& profile = std::get<Profile>(document.body);
  EXPECT_FALSE(document.fault);
  EXPECT_EQ(profile.samples.values[0], std::vector<int64_t>{7});
  EXPECT_EQ(profile.stacks.size(), 3u);
}

TEST(PprofReaderTest, SamplesMayComeBeforeTheirTypesAndIdsMayBeAnything) {
  constexpr uint64_t kFar = 0xFFFFFFFFFFFFFFFFull;
  ProfileBuilder builder;
  builder.samples().Sub(testing::field::kSample, testing::Message().Varint(1, kFar).Varint(2, 7));
  builder.locations().Sub(testing::field::kLocation, testing::Message().Varint(1, kFar).Varint(3, 0x10));
  builder.extra().Sub(testing::field::kSampleType,
                      testing::Message().Varint(1, builder.String("n")).Varint(2, builder.String("count")));
  const Document document = Read(builder.Build());
  EXPECT_FALSE(document.fault) << document.fault->text;
  EXPECT_EQ(std::get<Profile>(document.body).locations.id, std::vector<uint64_t>{kFar});
}

TEST(IdMapTest, DirectAndSparseIdsAreNumberedByFirstSight) {
  pprof::IdMap map;
  EXPECT_EQ(map.FindOrAdd(1ull << 63), 0u);
  EXPECT_EQ(map.FindOrAdd(5), 1u);
  EXPECT_EQ(map.FindOrAdd((1ull << 24) - 1), 2u);
  EXPECT_EQ(map.FindOrAdd(1ull << 24), 3u);
  EXPECT_EQ(map.Find(5), 1u);
  EXPECT_EQ(map.Find(1ull << 24), 3u);
  EXPECT_EQ(map.Find((1ull << 24) - 1), 2u);
  EXPECT_EQ(map.Find(6), pprof::IdMap::kNone);
  EXPECT_EQ(map.Find((1ull << 24) + 1), pprof::IdMap::kNone);
}

}  // namespace
}  // namespace flametrail
