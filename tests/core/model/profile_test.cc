#include "core/model/profile.h"

#include <gtest/gtest.h>

#include "core/model/label_sets.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

Profile HeapProfile() {
  FoldedOptions options;
  options.types = {{"objects", "count"}, {"space", "bytes"}};
  return FoldedProfile("main 1 2", options);
}

TEST(SampleTypeIndexTest, EmptyIsTheDefaultTypeOrElseTheLast) {
  Profile profile = HeapProfile();
  EXPECT_EQ(SampleTypeIndex(profile, ""), 1u);
  profile.default_sample_type = profile.strings.Intern("objects");
  EXPECT_EQ(SampleTypeIndex(profile, ""), 0u);
  profile.default_sample_type = profile.strings.Intern("not there");
  EXPECT_EQ(SampleTypeIndex(profile, ""), 1u);
}

TEST(SampleTypeIndexTest, NumbersAreIndexes) {
  const Profile profile = HeapProfile();
  EXPECT_EQ(SampleTypeIndex(profile, "0"), 0u);
  EXPECT_EQ(SampleTypeIndex(profile, "+1"), 1u);
  EXPECT_EQ(SampleTypeIndex(profile, "2"), std::nullopt);
  EXPECT_EQ(SampleTypeIndex(profile, "-1"), std::nullopt);
}

TEST(SampleTypeIndexTest, NamesMayCarryInuse) {
  const Profile profile = HeapProfile();
  EXPECT_EQ(SampleTypeIndex(profile, "space"), 1u);
  EXPECT_EQ(SampleTypeIndex(profile, "inuse_objects"), 0u);
  EXPECT_EQ(SampleTypeIndex(profile, "alloc_space"), std::nullopt);
}

TEST(LabelSetBuilderTest, EqualSequencesAreOneSet) {
  StringPool texts;
  const Label worker{texts.Intern("worker"), false, texts.Intern("7"), 0, {}};
  const Label bytes{texts.Intern("bytes"), true, {}, 4096, texts.Intern("")};
  LabelSetBuilder builder;
  EXPECT_EQ(builder.Insert({}), LabelSetTable::kEmpty);
  const Label both[] = {worker, bytes};
  const Label swapped[] = {bytes, worker};
  const LabelSetId first = builder.Insert(both);
  EXPECT_EQ(builder.Insert(both), first);
  EXPECT_NE(builder.Insert(swapped), first);
  const LabelSetTable table = builder.Take();
  EXPECT_EQ(table.size(), 3u);
  EXPECT_EQ(table.labels[table.begin[first.index()] + 1].number, 4096);
}

}  // namespace
}  // namespace flametrail
