#include "core/base/id_map.h"

#include <gtest/gtest.h>

namespace flametrail {
namespace {

TEST(IdMapTest, FindsWhatWasSetAndNothingElse) {
  IdMap map;
  EXPECT_EQ(map.Find(0), IdMap::kNone);
  for (uint32_t i = 0; i < 1000; ++i) map.Set(uint64_t{i} * 0x100000001ull, i);
  EXPECT_EQ(map.size(), 1000u);
  for (uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(map.Find(uint64_t{i} * 0x100000001ull), i);
  EXPECT_EQ(map.Find(5), IdMap::kNone);
  EXPECT_EQ(map.Find(~uint64_t{0}), IdMap::kNone);
}

// Small numbers stand in a vector, once there are entries enough for it; those set before stay where they were.
TEST(IdMapTest, NumbersOnBothSidesOfTheVectorsEnd) {
  IdMap map;
  map.Set(3000, 1);
  for (uint32_t i = 0; i < 2000; ++i) map.Set(i, i);
  map.Set(3000, 2);
  map.Set(3001, 3);
  EXPECT_EQ(map.Find(3000), 2u);
  EXPECT_EQ(map.Find(3001), 3u);
  EXPECT_EQ(map.Find(1999), 1999u);
  EXPECT_EQ(map.Find(2999), IdMap::kNone);
  EXPECT_EQ(map.size(), 2002u);
}

TEST(IdMapTest, ASecondSetReplaces) {
  IdMap map;
  map.Set(~uint64_t{0}, 1);
  map.Set(~uint64_t{0}, 2);
  EXPECT_EQ(map.Find(~uint64_t{0}), 2u);
  EXPECT_EQ(map.size(), 1u);
}

}  // namespace
}  // namespace flametrail
