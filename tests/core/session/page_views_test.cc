// The page's further views through a session: what each says of a profile drawn in the test.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/formats/pprof/pprof_writer.h"
#include "core/session/session.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

std::unique_ptr<Session> Open(std::string_view folded, const FoldedOptions& options = {}) {
  auto session = std::make_unique<Session>();
  const Profile profile = FoldedProfile(folded, options);
  WritePprof(profile, [&](Bytes bytes) { EXPECT_TRUE(session->Append(bytes).ok()); });
  EXPECT_TRUE(session->Finish().ok());
  return session;
}

std::string Text(Session* session, uint32_t id) { return session->Names(std::vector<uint32_t>{id}); }
std::string NameOf(Session* session, uint32_t frame) { return Text(session, session->Frames().name[frame]); }
std::string Number(double value) { return std::to_string(static_cast<int64_t>(value)); }

uint32_t FrameNamed(Session* session, std::string_view name) {
  for (uint32_t frame = 0; frame < session->Frames().name.size(); ++frame) {
    if (NameOf(session, frame) == name) return frame;
  }
  ADD_FAILURE() << name;
  return 0;
}

// "a 5> b 3; self 1 total 9": neighbours, ">" where there are more beyond.
std::string DrawPeek(Session* session, const std::vector<std::string_view>& path, PeekSide side) {
  PeekQuery query;
  query.side = side;
  for (const std::string_view name : path) query.path.push_back(FrameNamed(session, name));
  const Result<PeekColumns> peek = session->Peek(query);
  EXPECT_TRUE(peek.ok());
  std::string text;
  for (size_t i = 0; i < peek->frame.size(); ++i) {
    constexpr const char* kInlining[] = {"", "+", "*"};
    text += NameOf(session, peek->frame[i]) + kInlining[peek->inlining[i]] + ' ' + Number(peek->weight[i]) +
            (peek->has_more[i] ? "> " : " ");
  }
  return text + "self " + Number(peek->self) + " total " + Number(peek->total);
}

constexpr std::string_view kCalls =
    "main;serve;read 10\n"
    "main;serve;json>reflect;read 5\n"
    "main;read 1\n"
    "main;walk;walk;walk;read 7\n"
    "main;a;b;a;b 3\n";

TEST(PagePeek, FirstStepIsTheGraphsEdges) {
  const auto session = Open(kCalls);
  EXPECT_EQ(DrawPeek(session.get(), {"read"}, PeekSide::kCallers),
            "serve 10> walk 7> reflect 5> main 1 self 23 total 23");
  EXPECT_EQ(DrawPeek(session.get(), {"main"}, PeekSide::kCallees), "serve 15> walk 7> a 3> read 1 self 0 total 26");
  EXPECT_EQ(DrawPeek(session.get(), {"serve"}, PeekSide::kCallees), "read 10 json 5> self 0 total 15");
  EXPECT_EQ(DrawPeek(session.get(), {"json"}, PeekSide::kCallees), "reflect* 5> self 0 total 5");
}

TEST(PagePeek, RecursionCountsOnceAndAFunctionIsNoNeighbourOfItself) {
  const auto session = Open(kCalls);
  EXPECT_EQ(DrawPeek(session.get(), {"walk"}, PeekSide::kCallers), "main 7 self 0 total 7");
  EXPECT_EQ(DrawPeek(session.get(), {"walk"}, PeekSide::kCallees), "read 7 self 0 total 7");
  EXPECT_EQ(DrawPeek(session.get(), {"a"}, PeekSide::kCallees), "b 3> self 0 total 3");
  EXPECT_EQ(DrawPeek(session.get(), {"b"}, PeekSide::kCallers), "a 3> self 3 total 3");
}

TEST(PagePeek, FurtherStepsStayOnTheWay) {
  const auto session = Open(kCalls);
  EXPECT_EQ(DrawPeek(session.get(), {"read", "serve"}, PeekSide::kCallers), "main 10 self 10 total 10");
  EXPECT_EQ(DrawPeek(session.get(), {"read", "reflect"}, PeekSide::kCallers), "json* 5> self 5 total 5");
  EXPECT_EQ(DrawPeek(session.get(), {"main", "serve"}, PeekSide::kCallees), "read 10 json 5> self 0 total 15");
  EXPECT_EQ(DrawPeek(session.get(), {"main", "read"}, PeekSide::kCallees), "self 1 total 1");
}

TEST(PagePeek, AFunctionThatIsFilteredAwayIsAnError) {
  const auto session = Open(kCalls);
  PeekQuery query;
  query.path = {FrameNamed(session.get(), "read")};
  query.view.filters.hide = "read";
  EXPECT_EQ(session->Peek(query).error().text, "the function is not in what the filters leave");
  query.path = {12345};
  EXPECT_FALSE(session->Peek(query).ok());
  query.path = {};
  EXPECT_FALSE(session->Peek(query).ok());
}

TEST(PageGraph, NodesAndEdgesWithinTheLimits) {
  const auto session = Open("main;a;b 50\nmain;a 30\nmain;c;b 19\nmain;d 1\n");
  GraphQuery query;
  query.node_fraction = 0.1;
  const Result<GraphColumns> graph = session->Graph(query);
  ASSERT_TRUE(graph.ok());
  std::string text;
  for (size_t i = 0; i < graph->frame.size(); ++i) {
    text += NameOf(session.get(), graph->frame[i]) + ' ' + Number(graph->flat[i]) + '/' + Number(graph->cum[i]) + '\n';
  }
  for (size_t i = 0; i < graph->caller.size(); ++i) {
    text += NameOf(session.get(), graph->frame[graph->caller[i]]) + "->" +
            NameOf(session.get(), graph->frame[graph->callee[i]]) + ' ' + Number(graph->weight[i]) + '\n';
  }
  EXPECT_EQ(text,
            "b 69/69\nmain 0/100\na 30/80\nc 0/19\n"
            "main->a 80\na->b 50\nc->b 19\nmain->c 19\n");
  EXPECT_EQ(graph->dropped_nodes, 1);
  EXPECT_EQ(graph->all_nodes, 5);
}

TEST(PageSource, LinesOfOneFile) {
  const auto session = Open(
      "main@a.go:3;run@a.go:12;read@b.go:7 5\n"
      "main@a.go:3;run@a.go:13 2\n"
      "main@a.go:4 1\n");
  SourceQuery query;
  query.file = session->Frames().file[FrameNamed(session.get(), "run")];
  const Result<SourceColumns> lines = session->Source(query);
  ASSERT_TRUE(lines.ok());
  std::string text;
  for (size_t i = 0; i < lines->line.size(); ++i) {
    text += Text(session.get(), lines->name[i]) + ':' + Number(lines->line[i]) + ' ' + Number(lines->flat[i]) + '/' +
            Number(lines->cum[i]) + '\n';
  }
  EXPECT_EQ(text, "main:3 0/7\nmain:4 1/1\nrun:12 0/5\nrun:13 2/2\n");
}

TEST(PageLabels, ValuesByKeyHeaviestFirst) {
  const auto session = Open(
      "main 5 worker=1 bytes:=64\n"
      "main 7 worker=2 bytes:=4096\n"
      "main 2 worker=1\n"
      "main 1\n");
  const Result<LabelColumns> labels = session->Labels({});
  ASSERT_TRUE(labels.ok());
  std::string text;
  for (size_t i = 0; i < labels->key.size(); ++i) {
    text += Text(session.get(), labels->key[i]) + '=' + Text(session.get(), labels->value[i]) +
            (labels->is_number[i] ? '#' + Number(labels->number[i]) + Text(session.get(), labels->unit[i]) : "") + ' ' +
            Number(labels->weight[i]) + " of " + Number(labels->samples[i]) + '\n';
  }
  EXPECT_EQ(text,
            "bytes=4kB#4096bytes 7 of 1\n"
            "bytes=64B#64bytes 5 of 1\n"
            "worker=1 7 of 2\n"
            "worker=2 7 of 1\n");
}

FoldedOptions HeapTypes() {
  FoldedOptions options;
  options.types = {
      {"alloc_objects", "count"}, {"alloc_space", "bytes"}, {"inuse_objects", "count"}, {"inuse_space", "bytes"}};
  return options;
}

TEST(PageSizes, ObjectsBySizeClassAndSite) {
  const auto session = Open(
      "main;keep 10 640 10 640 bytes:=64\n"
      "main;churn 100 1000 1 10 bytes:=10\n"
      "main;big 2 80000 1 40000 bytes:=40000\n",
      HeapTypes());
  const Result<SizeColumns> sizes = session->Sizes({});
  ASSERT_TRUE(sizes.ok());
  std::string text;
  for (size_t i = 0; i < sizes->size_class.size(); ++i) {
    text += Number(sizes->size_class[i]) + ": " + Number(sizes->inuse_objects[i]) + '/' +
            Number(sizes->alloc_objects[i]) + " objects " + Number(sizes->inuse_space[i]) + '/' +
            Number(sizes->alloc_space[i]) + " bytes, waste " + Number(sizes->waste[i]) + '\n';
  }
  EXPECT_EQ(text,
            "16: 1/100 objects 10/1000 bytes, waste 6\n"
            "64: 10/10 objects 640/640 bytes, waste 0\n"
            "0: 1/2 objects 40000/80000 bytes, waste 960\n");
  const Result<SiteColumns> sites = session->Sites({});
  text.clear();
  for (size_t i = 0; i < sites->frame.size(); ++i) {
    text += NameOf(session.get(), sites->frame[i]) + ' ' + Number(sites->inuse_space[i]) + '/' +
            Number(sites->alloc_space[i]) + '\n';
  }
  EXPECT_EQ(text, "big 40000/80000\nchurn 10/1000\nkeep 640/640\n");
  EXPECT_EQ(Open(kCalls)->Sizes({})->is_heap, 0);
}

TEST(PageSizes, ClassesAreGos) {
  for (const auto& [bytes, size_class] : std::vector<std::pair<int64_t, int64_t>>{{0, 0},
                                                                                  {-5, 0},
                                                                                  {1, 8},
                                                                                  {17, 24},
                                                                                  {33, 48},
                                                                                  {1025, 1152},
                                                                                  {32768, 32768},
                                                                                  {32769, 40960},
                                                                                  {INT64_MAX, INT64_MAX}}) {
    EXPECT_EQ(SizeClassOf(bytes), size_class) << bytes;
  }
}

std::string DrawSamples(Session* session, const SamplesQuery& query) {
  const Result<SampleColumns> rows = session->Samples(query);
  EXPECT_TRUE(rows.ok());
  std::string text = Number(rows->matched) + " match\n";
  for (size_t row = 0; row < rows->sample.size(); ++row) {
    text += std::to_string(rows->sample[row]) + ": " + Number(rows->value[row]);
    for (uint32_t i = rows->frame_begin[row]; i < rows->frame_begin[row + 1]; ++i) {
      text += ' ' + NameOf(session, rows->frame[i]);
    }
    for (uint32_t i = rows->label_begin[row]; i < rows->label_begin[row + 1]; ++i) {
      text += " [" + Text(session, rows->label[i]) + ']';
    }
    text += '\n';
  }
  return text;
}

TEST(PageSamples, AWindowOfThoseThatMatch) {
  const auto session = Open("main;a 1 worker=x bytes:=4096\nmain;b>c 2\nmain;a;b 3\n");
  SamplesQuery query;
  query.count = 10;
  EXPECT_EQ(DrawSamples(session.get(), query),
            "3 match\n0: 1 a main [worker:x] [bytes:4096]\n1: 2 c b main\n2: 3 b a main\n");
  query.from = 1;
  query.count = 1;
  EXPECT_EQ(DrawSamples(session.get(), query), "3 match\n1: 2 c b main\n");
  query.from = 0;
  query.pattern = "^A$|worker:x";
  EXPECT_EQ(DrawSamples(session.get(), query), "2 match\n0: 1 a main [worker:x] [bytes:4096]\n");
  query.pattern = "";
  query.count = 10;
  query.sort_type = 0;
  EXPECT_EQ(DrawSamples(session.get(), query),
            "3 match\n2: 3 b a main\n1: 2 c b main\n0: 1 a main [worker:x] [bytes:4096]\n");
  query.ascending = true;
  query.count = 1;
  EXPECT_EQ(DrawSamples(session.get(), query), "3 match\n0: 1 a main [worker:x] [bytes:4096]\n");
  query.sort_type = 7;
  EXPECT_EQ(session->Samples(query).error().text, "there is no such sample type to sort by");
  query.sort_type.reset();
  query.pattern = "^A$|worker:x";
  query.from = 99;
  EXPECT_EQ(DrawSamples(session.get(), query), "2 match\n");
  query.pattern = "(";
  EXPECT_FALSE(session->Samples(query).ok());
}

TEST(PageSamples, DeepStacksAndLongWindowsAreCut) {
  std::string deep = "f0";
  for (int i = 1; i < 400; ++i) deep += ";f" + std::to_string(i);
  const auto session = Open(deep + " 1\n");
  SamplesQuery query;
  query.count = 1;
  const Result<SampleColumns> rows = session->Samples(query);
  EXPECT_EQ(rows->depth[0], 400u);
  EXPECT_EQ(rows->frame.size(), kMaxRowFrames);
  std::string many;
  for (int i = 0; i < 1200; ++i) many += "f" + std::to_string(i) + " 1\n";
  const auto longer = Open(many);
  query.count = 5000;
  EXPECT_EQ(longer->Samples(query)->sample.size(), kMaxSampleRows);
}

TEST(PageMappings, AddressesAreTexts) {
  FoldedOptions options;
  options.binary = "/bin/shop";
  const auto session = Open("main 1\n", options);
  const Result<MappingColumns> mappings = session->Mappings();
  ASSERT_TRUE(mappings.ok());
  ASSERT_EQ(mappings->file.size(), 1u);
  EXPECT_EQ(Text(session.get(), mappings->file[0]), "/bin/shop");
  EXPECT_EQ(Text(session.get(), mappings->start[0]).substr(0, 2), "0x");
}

}  // namespace
}  // namespace flametrail
