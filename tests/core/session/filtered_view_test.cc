// The page's filtered views: every view of a spec is of the same samples, live counts say what each filter matches, and
// frames keep their ids whatever is asked.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/formats/pprof/pprof_writer.h"
#include "core/session/session.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

constexpr std::string_view kShop =
    "main;serve;read 10 worker=1 bytes:=64\n"
    "main;serve;write 20 worker=1 bytes:=4096\n"
    "main;serve;json>reflect 5 worker=2\n"
    "main;gc 3\n";

std::unique_ptr<Session> Open(std::string_view folded) {
  auto session = std::make_unique<Session>();
  const Profile profile = FoldedProfile(folded);
  WritePprof(profile, [&](Bytes bytes) { EXPECT_TRUE(session->Append(bytes).ok()); });
  EXPECT_TRUE(session->Finish().ok());
  return session;
}

std::string NameOf(Session* session, uint32_t frame) {
  const std::vector<uint32_t> ids = {session->Frames().name[frame]};
  return session->Names(ids);
}

// "main 3/38 serve 0/35 ...": flat and cum of Top.
std::string DrawTop(Session* session, const ViewSpec& spec) {
  const Result<TopColumns> top = session->Top(spec);
  EXPECT_TRUE(top.ok());
  std::string text;
  for (size_t row = 0; row < top->frame.size(); ++row) {
    if (row > 0) text += ' ';
    text += NameOf(session, top->frame[row]) + ' ' + std::to_string(static_cast<int64_t>(top->flat[row])) + '/' +
            std::to_string(static_cast<int64_t>(top->cum[row]));
  }
  return text;
}

std::string Draw(const FilterFact& fact) {
  if (!fact.error.empty()) return fact.error;
  return std::to_string(fact.samples) + " samples, " + std::to_string(fact.value);
}

FilterFact FactOf(Session* session, const ViewSpec& spec, FilterField field) {
  const Result<ViewFacts> facts = session->Facts(spec);
  EXPECT_TRUE(facts.ok());
  return facts->filters[static_cast<size_t>(field)];
}

// The sum of filtered samples is the root of the flame graph, the sum of its boxes, and what Facts says.
void ExpectSums(Session* session, const ViewSpec& spec, int64_t total) {
  const Result<FlameColumns> flame = session->Flame(spec);
  ASSERT_TRUE(flame.ok());
  EXPECT_EQ(flame->total[0], static_cast<double>(total));
  double boxes = 0;
  for (const double self : flame->self) boxes += self;
  EXPECT_EQ(boxes, static_cast<double>(total));
  EXPECT_EQ(session->Facts(spec)->total, total);
  double rows = 0;
  const Result<TopColumns> top = session->Top(spec);
  for (const double flat : top->flat) rows += flat;
  EXPECT_EQ(rows, static_cast<double>(total));
}

TEST(FilteredView, EveryViewIsOfTheSameSamples) {
  const auto session = Open(kShop);
  ViewSpec spec;
  ExpectSums(session.get(), spec, 38);
  spec.filters.focus = "serve";
  ExpectSums(session.get(), spec, 35);
  spec.filters.ignore = "write";
  ExpectSums(session.get(), spec, 15);
  spec.filters.hide = "read|serve";
  ExpectSums(session.get(), spec, 15);
  EXPECT_EQ(DrawTop(session.get(), spec), "main 10/15 reflect 5/5 json 0/5");
  spec = ViewSpec();
  spec.filters.show_from = "serve";
  ExpectSums(session.get(), spec, 35);
  spec = ViewSpec();
  spec.filters.prune_from = "^serve";
  ExpectSums(session.get(), spec, 38);
  EXPECT_EQ(DrawTop(session.get(), spec), "serve 35/35 gc 3/3 main 0/38");
}

TEST(FilteredView, ALiveCountIsOfOneFilterAlone) {
  const auto session = Open(kShop);
  ViewSpec spec;
  spec.filters.focus = "read|gc";
  spec.filters.ignore = "serve";
  spec.filters.hide = "reflect";
  EXPECT_EQ(Draw(FactOf(session.get(), spec, FilterField::kFocus)), "2 samples, 13");
  EXPECT_EQ(Draw(FactOf(session.get(), spec, FilterField::kIgnore)), "3 samples, 35");
  EXPECT_EQ(Draw(FactOf(session.get(), spec, FilterField::kHide)), "1 samples, 5");
  EXPECT_EQ(Draw(FactOf(session.get(), spec, FilterField::kShow)), "0 samples, 0");
  const Result<ViewFacts> facts = session->Facts(spec);
  EXPECT_EQ(facts->samples, 1u);
  EXPECT_EQ(facts->total, 3);
}

TEST(FilteredView, LabelsAreTextOrNumberAsAPersonSays) {
  const auto session = Open(kShop);
  ViewSpec spec;
  spec.filters.tag_focus = "worker=1";
  spec.filters.tag_focus_kind = TagValueKind::kText;
  EXPECT_EQ(Draw(FactOf(session.get(), spec, FilterField::kTagFocus)), "2 samples, 30");
  ExpectSums(session.get(), spec, 30);
  spec.filters.tag_focus_kind = TagValueKind::kNumber;
  ExpectSums(session.get(), spec, 0);
  spec.filters.tag_focus = "bytes=1kb:";
  ExpectSums(session.get(), spec, 20);
  spec.filters.tag_focus = "bytes=many";
  EXPECT_EQ(Draw(FactOf(session.get(), spec, FilterField::kTagFocus)),
            "\"many\" is not a number or a range: write 64, 4kb, 1:3, 64kb: or :1ms");
}

TEST(FilteredView, ABadExpressionSaysWhyAndFiltersNothing) {
  const auto session = Open(kShop);
  ViewSpec spec;
  spec.filters.focus = "read(";
  spec.filters.ignore = "gc";
  EXPECT_EQ(Draw(FactOf(session.get(), spec, FilterField::kFocus)), "missing ): read(");
  EXPECT_EQ(Draw(FactOf(session.get(), spec, FilterField::kIgnore)), "1 samples, 3");
  ExpectSums(session.get(), spec, 35);
}

TEST(FilteredView, LabelsBecomeFrames) {
  const auto session = Open(kShop);
  ViewSpec spec;
  spec.tag_root = {"worker"};
  ExpectSums(session.get(), spec, 38);
  spec.filters.focus = "^1$";
  ExpectSums(session.get(), spec, 30);
  EXPECT_EQ(DrawTop(session.get(), spec), "write 20/20 read 10/10 1 0/30 main 0/30 serve 0/30");
}

TEST(FilteredView, FramesKeepTheirIds) {
  const auto session = Open(kShop);
  const std::vector<uint32_t> before = session->Top({})->frame;
  const size_t known = session->Frames().name.size();
  ViewSpec spec;
  spec.filters.hide = "main|json";
  const std::vector<uint32_t> hidden = session->Top(spec)->frame;
  EXPECT_EQ(session->Frames().name.size(), known);
  for (const uint32_t frame : hidden) EXPECT_LT(frame, known);
  spec.granularity = Granularity::kFiles;
  spec.tag_leaf = {"bytes"};
  EXPECT_TRUE(session->Flame(spec).ok());
  EXPECT_GT(session->Frames().name.size(), known);
  EXPECT_EQ(session->Top({})->frame, before);
  const Result<SearchColumns> found = session->Search({{}, "^read$", true});
  EXPECT_EQ(found->match.size(), session->Frames().name.size());
  EXPECT_EQ(found->match[before[1]], 1);
  EXPECT_EQ(NameOf(session.get(), before[1]), "read");
}

TEST(FilteredView, ManyViewsForgetTheOldestAndAnswerTheSameAgain) {
  const auto session = Open(kShop);
  const auto with_focus = [](const char* focus) {
    ViewSpec spec;
    spec.filters.focus = focus;
    return spec;
  };
  const std::string first = DrawTop(session.get(), with_focus("read"));
  for (const char* focus : {"a", "b", "c", "d", "e", "f", "g"}) DrawTop(session.get(), with_focus(focus));
  EXPECT_EQ(DrawTop(session.get(), with_focus("read")), first);
  ExpectSums(session.get(), {}, 38);
}

TEST(FilteredView, NoSuchSampleType) {
  const auto session = Open(kShop);
  const ViewSpec spec{7};
  EXPECT_EQ(session->Facts(spec).error().text, "there is no sample type 7, the profile has 1");
  EXPECT_FALSE(session->Flame(spec).ok());
}

}  // namespace
}  // namespace flametrail
