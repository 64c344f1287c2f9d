// Trees in other shapes, and several documents in one, through the session.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/formats/pprof/pprof_writer.h"
#include "core/session/session.h"
#include "tests/core/support/folded_profile.h"
#include "tests/core/support/open.h"

namespace flametrail {
namespace {

std::unique_ptr<Session> Open(std::string_view folded, int64_t duration = 0) {
  auto session = std::make_unique<Session>();
  Profile profile = FoldedProfile(folded);
  profile.duration_nanos = duration;
  WritePprof(profile, [&](Bytes bytes) { EXPECT_TRUE(session->Append(bytes).ok()); });
  EXPECT_TRUE(session->Finish().ok());
  return session;
}

constexpr std::string_view kShop =
    "runtime.main;main.main;main.a;sort.Sort;main.less 3 w=1\n"
    "runtime.main;main.main;main.b;main.less 2 w=2\n"
    "runtime.main;main.main;main.b;sort.Sort 4 w=2\n";

uint32_t FrameNamed(Session* session, std::string_view name) {
  const FrameColumns& frames = session->Frames();
  for (uint32_t frame = 0; frame < frames.name.size(); ++frame) {
    const std::vector<uint32_t> ids = {frames.name[frame]};
    if (session->Names(ids) == name) return frame;
  }
  ADD_FAILURE() << "no frame " << name;
  return 0;
}

TEST(PageTreesTest, EveryShapeHasTheSumOfTheFilteredSamples) {
  const auto session = Open(kShop);
  ViewSpec view;
  view.filters.focus = "main.b";
  for (const TreeKind kind : {TreeKind::kDown, TreeKind::kUp}) {
    for (const bool collapse : {false, true}) {
      for (const bool squash : {false, true}) {
        TreeShape shape;
        shape.kind = kind;
        shape.collapse = collapse;
        shape.squash.standard = shape.squash.runtime = squash;
        const Result<ShapedColumns> shaped = session->ShapedFlame(view, shape);
        ASSERT_TRUE(shaped.ok());
        EXPECT_EQ(shaped->flame.total[0], 6);
        EXPECT_EQ(shaped->cut, 0);
        EXPECT_EQ(testing::internal::CheckFlame(shaped->flame, session->Frames().name.size()), "");
      }
    }
  }
}

TEST(PageTreesTest, TheHalvesOfASandwichAgree) {
  const auto session = Open(kShop);
  TreeShape shape;
  shape.center = FrameNamed(session.get(), "main.less");
  for (const TreeKind kind : {TreeKind::kCallers, TreeKind::kCallees}) {
    shape.kind = kind;
    EXPECT_EQ(session->ShapedFlame({}, shape)->flame.total[0], 5);
  }
}

TEST(PageTreesTest, ACenterThatTheFiltersLeftOutGivesAnEmptyGraph) {
  const auto session = Open(kShop);
  TreeShape shape;
  shape.kind = TreeKind::kCallees;
  shape.center = FrameNamed(session.get(), "main.a");
  ViewSpec view;
  view.filters.ignore = "main.a";
  EXPECT_EQ(session->ShapedFlame(view, shape)->flame.total[0], 0);
  shape.center = 0xFFFFFFFFu;
  EXPECT_EQ(session->ShapedFlame({}, shape)->flame.total[0], 0);
}

// "NAME before>after match": by function, in the order of the answer; functions without a value are left out.
std::string DrawRows(Session* session, const SeriesColumns& columns) {
  std::string out;
  const size_t frames = columns.frames.name.size();
  for (size_t frame = 0; frame < frames; ++frame) {
    const double before = columns.row_flat[frame];
    const double after = columns.row_flat[(static_cast<size_t>(columns.series) - 1) * frames + frame];
    if (before == 0 && after == 0) continue;
    const std::vector<uint32_t> ids = {columns.frames.name[frame]};
    out += session->SeriesNames(ids) + " " + std::to_string(static_cast<int64_t>(before)) + ">" +
           std::to_string(static_cast<int64_t>(after)) + " " + std::to_string(columns.match[frame]) + "\n";
  }
  return out;
}

SeriesQuery Pair(uint32_t attached) {
  SeriesQuery query;
  query.sources.push_back({attached, {}, 0});
  query.sources.push_back({SeriesSource::kSelf, {}, 1});
  return query;
}

TEST(PageTreesTest, TwoDocumentsAreComparedByFunction) {
  const auto session = Open("main;p.F.func2 5\nmain;new.G 1\nmain 7\n");
  const uint32_t old = *session->Attach(Open("main;p.F.func1 3\nmain;gone.H 2\nmain 7\n"));
  const Result<const SeriesColumns*> columns = session->Series(Pair(old));
  ASSERT_TRUE(columns.ok());
  EXPECT_EQ(DrawRows(session.get(), **columns),
            "main 7>7 0\n"
            "p.F.func1 3>5 1\n"
            "gone.H 2>0 3\n"
            "new.G 0>1 4\n");
  EXPECT_EQ((*columns)->box_total[0], 12);
  EXPECT_EQ((*columns)->box_total[(*columns)->flame.frame.size()], 13);
  EXPECT_EQ((*columns)->flame.width[0], 25);
}

TEST(PageTreesTest, TwoLabelValuesOfOneDocument) {
  const auto session = Open(kShop);
  SeriesQuery query = Pair(SeriesSource::kSelf);
  for (SeriesSource& source : query.sources) source.view.filters.tag_focus_kind = TagValueKind::kText;
  query.sources[0].view.filters.tag_focus = "w=1";
  query.sources[1].view.filters.tag_focus = "w=2";
  const SeriesColumns& columns = **session->Series(query);
  EXPECT_EQ(columns.box_total[0], 3);
  EXPECT_EQ(columns.box_total[columns.flame.frame.size()], 6);
}

TEST(PageTreesTest, ValuesAreMadeComparable) {
  const auto session = Open("main;a 30\nmain;b 30\n", 20);
  const uint32_t old = *session->Attach(Open("main;a 10\nmain;b 5\n", 10));
  const auto before = [&](SeriesScale scale) {
    SeriesQuery query = Pair(old);
    query.scale = scale;
    query.function = "a";
    const Result<const SeriesColumns*> columns = session->Series(query);
    return columns.ok() ? (*columns)->box_total[0] : -1;
  };
  EXPECT_EQ(before(SeriesScale::kNone), 15);
  EXPECT_EQ(before(SeriesScale::kTotal), 60);
  EXPECT_EQ(before(SeriesScale::kDuration), 30);
  EXPECT_EQ(before(SeriesScale::kFunction), 45);
}

TEST(PageTreesTest, WhatCannotBeMadeComparableSaysSo) {
  const auto session = Open("main;a 30\n");
  const uint32_t old = *session->Attach(Open("main;a 10\n"));
  SeriesQuery query = Pair(old);
  query.scale = SeriesScale::kDuration;
  EXPECT_EQ(session->Series(query).error().text, "one of the files does not say how long was recorded");
  query.scale = SeriesScale::kFunction;
  query.function = "nobody";
  EXPECT_EQ(session->Series(query).error().text, "the function has no value above 0 in one of them: nobody");
  query = Pair(7);
  EXPECT_EQ(session->Series(query).error().text, "no such document is attached");
}

TEST(PageTreesTest, AGrowingFunctionOverSnapshotsIsALeak) {
  const auto session = Open("main;leak 40\nmain;steady 50\n");
  SeriesQuery query;
  for (const int kept : {10, 21, 29}) {
    const std::string text = "main;leak " + std::to_string(kept) + "\nmain;steady 50\n";
    query.sources.push_back({*session->Attach(Open(text)), {}, static_cast<double>(query.sources.size())});
  }
  query.sources.push_back({SeriesSource::kSelf, {}, 3});
  const SeriesColumns& columns = **session->Series(query);
  std::string text;
  for (size_t frame = 0; frame < columns.frames.name.size(); ++frame) {
    const std::vector<uint32_t> ids = {columns.frames.name[frame]};
    text += session->SeriesNames(ids) + "=" + std::to_string(columns.trend[frame]) + " ";
  }
  EXPECT_EQ(text, "main=0 leak=1 steady=0 ");
}

}  // namespace
}  // namespace flametrail
