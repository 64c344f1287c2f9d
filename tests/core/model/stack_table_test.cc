#include "core/model/stack_table.h"

#include <gtest/gtest.h>

namespace flametrail {
namespace {

std::vector<LocationId> Stack(std::initializer_list<uint32_t> leaf_first) {
  std::vector<LocationId> stack;
  for (const uint32_t location : leaf_first) stack.emplace_back(location);
  return stack;
}

TEST(StackTableTest, SharedCallersAreOneNodeEach) {
  StackTableBuilder builder;
  const StackId read = builder.Insert(Stack({3, 2, 1}));
  const StackId write = builder.Insert(Stack({4, 2, 1}));
  const StackId caller = builder.Insert(Stack({2, 1}));
  EXPECT_EQ(builder.Insert(Stack({3, 2, 1})), read);
  const StackTable table = builder.Take();
  EXPECT_EQ(table.size(), 5u);  // empty, 1, 1-2, 1-2-3, 1-2-4
  EXPECT_EQ(table.parent[read.index()], caller);
  EXPECT_EQ(table.parent[write.index()], caller);
}

TEST(StackTableTest, TheEmptyStackIsNodeZero) {
  StackTableBuilder builder;
  EXPECT_EQ(builder.Insert({}), StackTable::kEmpty);
  EXPECT_EQ(builder.Take().size(), 1u);
}

TEST(StackTableTest, ExpandGivesBackLeafFirst) {
  StackTableBuilder builder;
  const StackId stack = builder.Insert(Stack({9, 9, 7}));
  std::vector<LocationId> out = Stack({1});
  builder.Take().Expand(stack, &out);
  EXPECT_EQ(out, Stack({9, 9, 7}));
}

TEST(StackTableTest, PushFindsWhatInsertMade) {
  StackTableBuilder builder;
  const StackId inserted = builder.Insert(Stack({2, 1}));
  const StackId one = builder.Push(StackTable::kEmpty, LocationId(1u));
  EXPECT_EQ(builder.Push(one, LocationId(2u)), inserted);
}

// Growing the table must not lose or double a stack; parents stay below their children.
TEST(StackTableTest, ManyStacksKeepTheirIdsAndOrder) {
  StackTableBuilder builder;
  std::vector<StackId> ids;
  for (uint32_t i = 0; i < 20000; ++i) ids.push_back(builder.Insert(Stack({i, i % 100, i % 10})));
  for (uint32_t i = 0; i < 20000; ++i) ASSERT_EQ(builder.Insert(Stack({i, i % 100, i % 10})), ids[i]);
  const StackTable table = builder.Take();
  EXPECT_EQ(table.size(), 1u + 10 + 100 + 20000);
  for (size_t i = 1; i < table.size(); ++i) ASSERT_LT(table.parent[i].index(), i);
}

TEST(StackTableTest, TakeLeavesAnEmptyBuilder) {
  StackTableBuilder builder;
  builder.Insert(Stack({1}));
  builder.Take();
  EXPECT_EQ(builder.size(), 1u);
  EXPECT_EQ(builder.Insert(Stack({5})).index(), 1u);
}

}  // namespace
}  // namespace flametrail
