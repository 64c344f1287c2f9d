// Trees in other shapes, and several documents in one, through the session.
#include <gtest/gtest.h>

#include <cstdio>
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
  query.sources.push_back({SeriesSource::kSelf, {}, 1, 1});
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

TEST(PageTreesTest, ASeriesSaysWhichOfItsBoxesAreTheDocumentsOwn) {
  const auto session = Open("main;p.F.func2;p.Leaf 5\nmain;new.G 1\nmain 7\n");
  const uint32_t old = *session->Attach(Open("main;p.F.func1;p.Leaf 3\nmain;gone.H 2\nmain 7\n"));
  const Result<const SeriesColumns*> columns = session->Series(Pair(old));
  ASSERT_TRUE(columns.ok());
  const ShapedColumns own = *session->ShapedFlame({}, {});
  ASSERT_EQ((*columns)->own_box.size(), own.flame.total.size());
  const size_t boxes = (*columns)->flame.frame.size();
  std::string changes;
  for (size_t box = 0; box < own.flame.total.size(); ++box) {
    const uint32_t in_union = (*columns)->own_box[box];
    EXPECT_EQ((*columns)->box_total[boxes + in_union], own.flame.total[box]);
    changes += std::to_string(static_cast<int>((*columns)->box_total[in_union])) + ">" +
               std::to_string(static_cast<int>(own.flame.total[box])) + " ";
  }
  EXPECT_EQ(changes, "12>13 12>13 3>5 0>1 3>5 ");
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

std::unique_ptr<Session> OpenCpu(std::string_view folded) {
  FoldedOptions options;
  options.types = {{"samples", "count"}, {"cpu", "nanoseconds"}};
  auto session = std::make_unique<Session>();
  Profile profile = FoldedProfile(folded, options);
  profile.period = 10;
  WritePprof(profile, [&](Bytes bytes) { EXPECT_TRUE(session->Append(bytes).ok()); });
  EXPECT_TRUE(session->Finish().ok());
  return session;
}

// "NAME old→new events: [low, high]" and a star where it is significant, of flat values.
std::string DrawChanges(Session* session, const SeriesColumns& columns) {
  std::string out;
  for (size_t frame = 0; frame < columns.significant.size() / 2; ++frame) {
    if (columns.old_events[frame] == 0 && columns.new_events[frame] == 0) continue;
    const std::vector<uint32_t> ids = {columns.frames.name[frame]};
    char text[200];
    std::snprintf(text, sizeof text, "%s %.0f->%.0f events: [%.1f, %.1f]%s\n", session->SeriesNames(ids).c_str(),
                  columns.old_events[frame], columns.new_events[frame], columns.change_low[frame],
                  columns.change_high[frame], columns.significant[frame] != 0 ? " *" : "");
    out += text;
  }
  return out;
}

SeriesQuery CpuPair(uint32_t attached) {
  SeriesQuery query = Pair(attached);
  for (SeriesSource& source : query.sources) source.view.sample_type = 1;
  return query;
}

TEST(PageTreesTest, AChangeIsSignificantWhereItIsMoreThanNoise) {
  const auto session = OpenCpu("main;a 30 300\nmain;b 12 120\nmain;fresh 8 80\n");
  const uint32_t old = *session->Attach(OpenCpu("main;a 10 100\nmain;b 10 100\nmain;gone 2 20\n"));
  // The difference of Garwood's [47.9, 183.9] and [202.4, 428.3], and so on.
  const SeriesColumns& columns = **session->Series(CpuPair(old));
  EXPECT_EQ(columns.sampling, static_cast<double>(SamplingKind::kTicks));
  EXPECT_EQ(DrawChanges(session.get(), columns),
            "a 10->30 events: [71.3, 338.4] *\n"
            "b 10->12 events: [-82.0, 123.6]\n"
            "gone 2->0 events: [-72.2, 20.9]\n"
            "fresh 0->8 events: [21.5, 157.6] *\n");
  // The same profile twice is no more than itself, whatever the filter leaves.
  SeriesQuery same = CpuPair(SeriesSource::kSelf);
  for (SeriesSource& source : same.sources) source.view.filters.focus = "^a$";
  EXPECT_EQ(DrawChanges(session.get(), **session->Series(same)), "a 30->30 events: [-161.2, 161.2]\n");
}

TEST(PageTreesTest, SquashedEventsAreThoseOfTheOwnFrameAbove) {
  const auto session = OpenCpu("main.main;main.a;sort.Sort 30 300\nruntime.gc 5 50\n");
  SeriesQuery query = CpuPair(SeriesSource::kSelf);
  query.shape.squash.standard = query.shape.squash.runtime = true;
  EXPECT_EQ(DrawChanges(session.get(), **session->Series(query)), "main.a 30->30 events: [-161.2, 161.2]\n");
}

TEST(PageTreesTest, WithoutSampleCountsNothingIsSaidOfSignificance) {
  const auto session = Open("main;a 30\n");
  SeriesQuery query = Pair(SeriesSource::kSelf);
  const SeriesColumns& columns = **session->Series(query);
  EXPECT_EQ(columns.sampling, static_cast<double>(SamplingKind::kUnknown));
  EXPECT_EQ(columns.significant.size(), 0u);
}

TEST(PageTreesTest, ASideOfAComparisonMayBeSeveralDocuments) {
  const auto session = Open("main;p.F.func2 5\nmain 7\n", 10);
  const uint32_t first = *session->Attach(Open("main;p.F.func1 3\nmain;gone.H 2\n", 4));
  const uint32_t second = *session->Attach(Open("main;p.F.func1 1\nmain;late.L 1\n", 6));
  const uint32_t third = *session->Attach(Open("main;late.L 2\nmain;new.G 4\n", 10));
  SeriesQuery query;
  query.sources = {{first, {}, 0, 0}, {second, {}, 0, 0}, {SeriesSource::kSelf, {}, 1, 1}, {third, {}, 1, 1}};
  const SeriesColumns& columns = **session->Series(query);
  EXPECT_EQ(columns.series, 2);
  EXPECT_EQ(DrawRows(session.get(), columns),
            "main 0>7 0\n"
            "p.F.func1 4>5 1\n"
            "gone.H 2>0 3\n"
            "late.L 1>2 0\n"
            "new.G 0>4 4\n");
  EXPECT_EQ(columns.box_total[0], 7);
  EXPECT_EQ(columns.box_total[columns.flame.frame.size()], 18);
  query.scale = SeriesScale::kDuration;
  EXPECT_EQ((*session->Series(query))->box_total[0], 14);
}

TEST(PageTreesTest, ASearchFindsFunctionsOfEitherSide) {
  const auto session = Open("main;p.F;p.G;p.F 5\nmain 7\n");
  EXPECT_EQ(session->SearchSeries("p", false).error().text, "nothing is compared yet");
  const uint32_t old = *session->Attach(Open("main;p.F 3\nmain;gone.P 2\n"));
  ASSERT_TRUE(session->Series(Pair(old)).ok());
  const Result<SearchColumns> found = session->SearchSeries("P", false);
  EXPECT_EQ(found->frame_count, 3u);
  EXPECT_EQ(found->box_count, 4u);
  EXPECT_EQ(found->matched_total, 5);
  EXPECT_EQ(found->matched_self, 5);
  EXPECT_EQ(session->SearchSeries("P", true)->frame_count, 1u);
  EXPECT_FALSE(session->SearchSeries("(", true).ok());
}

TEST(PageTreesTest, SeriesAreNumberedInOrder) {
  const auto session = Open("main;a 30\n");
  SeriesQuery query = Pair(SeriesSource::kSelf);
  EXPECT_EQ(session->Series({}).error().text, "there is nothing to compare");
  for (const uint32_t wrong : {2u, 0xFFFFFFFFu}) {
    query.sources[1].series = wrong;
    EXPECT_EQ(session->Series(query).error().text, "the series are not numbered in order");
  }
  query.sources[0].series = 1;
  EXPECT_EQ(session->Series(query).error().text, "the series are not numbered in order");
}

TEST(PageTreesTest, AGrowingFunctionOverSnapshotsIsALeak) {
  const auto session = Open("main;leak 40\nmain;steady 50\n");
  SeriesQuery query;
  for (const int kept : {10, 21, 29}) {
    const std::string text = "main;leak " + std::to_string(kept) + "\nmain;steady 50\n";
    query.sources.push_back({*session->Attach(Open(text)),
                             {},
                             static_cast<double>(query.sources.size()),
                             static_cast<uint32_t>(query.sources.size())});
  }
  query.sources.push_back({SeriesSource::kSelf, {}, 3, 3});
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
