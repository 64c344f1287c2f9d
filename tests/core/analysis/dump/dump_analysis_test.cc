#include <gtest/gtest.h>

#include <string>

#include "core/analysis/dump/compare.h"
#include "core/analysis/dump/groups.h"
#include "core/analysis/dump/wait_graph.h"
#include "core/base/text_out.h"
#include "tests/core/support/dump_text.h"

namespace flametrail {
namespace {

struct Read {
  explicit Read(std::string_view text) : document(testing::ReadDump(text)) {}
  GoroutineSource source() const {
    return *GoroutinesOf(std::get<Profile>(document->body), document->dump ? &*document->dump : nullptr);
  }
  Result<Document> document;
};

// One goroutine in the short form "ID STATE|FUNCTION(ARGS)|..." of a line.
std::string Text(std::string_view lines) {
  std::string text;
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const size_t blank = line.find(' ');
    size_t bar = line.find('|');
    text += "goroutine " + std::string(line.substr(0, blank)) + " [" +
            std::string(line.substr(blank + 1, bar - blank - 1)) + "]:\n";
    while (bar != std::string_view::npos) {
      line.remove_prefix(bar + 1);
      bar = line.find('|');
      const std::string_view frame = line.substr(0, bar);
      text += std::string(frame) + (frame.starts_with("created by ") ? "\n\tc.go:1\n" : "\n\tf.go:1\n");
    }
    text += "\n";
  }
  return text;
}

std::string Ids(const Read& read, const std::vector<uint32_t>& rows) {
  std::string text;
  for (const uint32_t row : rows)
    text += (text.empty() ? "" : " ") + std::to_string(read.document->dump->goroutines[row].id);
  return text;
}

std::string ShowGroups(const Read& read, GroupBy by) {
  std::string text;
  for (const GoroutineGroup& group : GroupGoroutines(read.source(), by)) {
    text += std::to_string(group.count) + ": " + Ids(read, group.rows) + "\n";
  }
  return text;
}

TEST(GoroutineGroups, StackArgumentsDoNotCount) {
  const Read read(
      Text("1 running|main.main()\n"
           "2 select, 3 minutes|main.work(0x1)|created by main.main\n"
           "3 select, 5 minutes|main.work(0x2)|created by main.main\n"
           "4 sleep|main.work(0x2)|created by main.other\n"));
  EXPECT_EQ(ShowGroups(read, GroupBy::kStack), "2: 2 3\n1: 1\n1: 4\n");
  EXPECT_EQ(ShowGroups(read, GroupBy::kState), "2: 2 3\n1: 1\n1: 4\n");
  EXPECT_EQ(ShowGroups(read, GroupBy::kWait), "2: 1 4\n1: 2\n1: 3\n");
  EXPECT_EQ(ShowGroups(read, GroupBy::kCreator), "2: 2 3\n1: 1\n1: 4\n");
  const std::vector<GoroutineGroup> groups = GroupGoroutines(read.source(), GroupBy::kStack);
  EXPECT_EQ(groups[0].min_wait_minutes, 3u);
  EXPECT_EQ(groups[0].max_wait_minutes, 5u);
}

TEST(FamilyTree, FollowsCreatorsAndSurvivesRings) {
  const Read read(
      Text("1 running|main.main()\n"
           "2 select|main.a()|created by main.main in goroutine 1\n"
           "3 select|main.b()|created by main.a in goroutine 2\n"
           "4 select|main.b()|created by main.a in goroutine 2\n"
           "7 sleep|main.r()|created by main.s in goroutine 8\n"
           "8 sleep|main.s()|created by main.r in goroutine 7\n"));
  std::string text;
  for (const FamilyNode& node : FamilyTree(read.source())) {
    if (node.depth > 2) continue;
    text += std::string(node.depth * 2, ' ') + PlaceText(*read.source().profile, node.site) + " " +
            std::to_string(node.count) + "/" + std::to_string(node.descendants) + "\n";
  }
  EXPECT_EQ(text,
            " 1/4\n"
            "  main.main c.go:1 1/3\n"
            "    main.a c.go:1 2/2\n"
            "main.r c.go:1 0/1\n"
            "  main.s c.go:1 0/1\n"
            "    main.r c.go:1 0/1\n"
            "main.s c.go:1 0/1\n"
            "  main.r c.go:1 0/1\n"
            "    main.s c.go:1 0/1\n");
}

TEST(CompareDumps, NewGoneAndStuck) {
  const Read before(Text("1 running|main.main()\n2 select|main.a()\n3 sleep|main.b()\n"));
  const Read after(
      Text("9 chan send|main.leak()\n1 running|main.main()\n2 select|main.a()\n8 chan send|main.leak()\n"));
  const DumpComparison comparison = CompareDumps(before.source(), after.source());
  EXPECT_EQ(comparison.before, 3);
  EXPECT_EQ(comparison.after, 4);
  EXPECT_EQ(comparison.fresh, 2);
  EXPECT_EQ(comparison.gone, 1);
  EXPECT_EQ(comparison.stuck, 2);
  ASSERT_EQ(comparison.changes.size(), 4u);
  EXPECT_EQ(comparison.changes[0].after - comparison.changes[0].before, 2);
  EXPECT_EQ(comparison.changes[0].after_row, 0u);
  EXPECT_EQ(comparison.changes[3].before_row, 2u);
  EXPECT_EQ(comparison.changes[3].after_row, UINT32_MAX);
}

TEST(WaitGraph, FindsTheRingOfTwoMutexes) {
  const Read read(
      Text("1 sync.Mutex.Lock|sync.runtime_SemacquireMutex(0xc00001a0ac?, 0x1)|sync.(*Mutex).lockSlow(0xc00001a0a8)|"
           "sync.(*Mutex).Lock(...)|main.f(0xc00001a0a8, 0xc00001a0b0)\n"
           "2 sync.Mutex.Lock|sync.(*Mutex).lockSlow(0xc00001a0b0)|main.g(0xc00001a0a8, 0xc00001a0b0)\n"
           "3 sync.Mutex.Lock|sync.(*Mutex).lockSlow(0xc00001a0b0)|main.g()\n"));
  const WaitGraph graph = BuildWaitGraph(read.source());
  ASSERT_EQ(graph.objects.size(), 2u);
  EXPECT_EQ(Hex(graph.objects[0].address), "0xc00001a0b0");
  EXPECT_EQ(Ids(read, graph.objects[0].waiters), "2 3");
  EXPECT_EQ(Ids(read, graph.objects[0].mentioned), "1");
  EXPECT_TRUE(graph.objects[0].is_certain);
  ASSERT_EQ(graph.cycles.size(), 1u);
  EXPECT_EQ(Ids(read, graph.cycles[0]), "1 2");
  EXPECT_TRUE(graph.orphans.empty());
}

TEST(WaitGraph, ARunningGoroutineThatHasTheObjectBreaksTheRing) {
  const Read read(
      Text("1 sync.Mutex.Lock|sync.(*Mutex).lockSlow(0xc00001a0a8)|main.f(0xc00001a0b0)\n"
           "2 sync.Mutex.Lock|sync.(*Mutex).lockSlow(0xc00001a0b0)|main.g(0xc00001a0a8)\n"
           "3 IO wait|main.h(0xc00001a0b0)\n"));
  EXPECT_TRUE(BuildWaitGraph(read.source()).cycles.empty());
}

TEST(WaitGraph, WaitersOfWhatNobodyElseHasAreOrphans) {
  const Read read(
      Text("1 chan receive|main.wait(0x0?, 0xc000074070, 0x0?)\n"
           "2 semacquire|sync.(*WaitGroup).Wait(0xc000096000)|main.main()\n"
           "3 chan receive|main.two(0xc000074070, 0xc000074080)\n"
           "4 IO wait|main.conn(0xc000074070)\n"));
  const WaitGraph graph = BuildWaitGraph(read.source());
  ASSERT_EQ(graph.objects.size(), 2u);
  EXPECT_FALSE(graph.objects[0].is_certain);
  EXPECT_EQ(graph.objects[0].kind, WaitKind::kChannelReceive);
  EXPECT_EQ(Ids(read, graph.objects[0].mentioned), "3 4");
  EXPECT_EQ(Ids(read, graph.orphans), "2");
}

}  // namespace
}  // namespace flametrail
