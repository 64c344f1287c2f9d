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

TEST(IdMapTest, ASecondSetReplaces) {
  IdMap map;
  map.Set(~uint64_t{0}, 1);
  map.Set(~uint64_t{0}, 2);
  EXPECT_EQ(map.Find(~uint64_t{0}), 2u);
  EXPECT_EQ(map.size(), 1u);
  map.Clear();
  EXPECT_EQ(map.Find(~uint64_t{0}), IdMap::kNone);
}

}  // namespace
}  // namespace flametrail
