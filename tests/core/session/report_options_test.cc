// How options meet in reports, where `go tool pprof` was seen to answer otherwise than one would think (tests/oracle).
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/formats/pprof/pprof_writer.h"
#include "core/session/session.h"
#include "tests/core/support/folded_profile.h"
#include "tests/core/support/profile_builder.h"

namespace flametrail {
namespace {

std::unique_ptr<Session> Open(const Profile& profile, const ReadOptions& options = {}) {
  auto session = std::make_unique<Session>(options);
  WritePprof(profile, [&](Bytes bytes) { EXPECT_TRUE(session->Append(bytes).ok()); });
  EXPECT_TRUE(session->Finish().ok());
  return session;
}

std::string Report(Session* session, const ReportRequest& request) {
  std::string text;
  std::vector<std::string> warnings;
  const Status status = session->WriteReport(
      request, [&](std::string_view part) { text += part; }, &warnings);
  EXPECT_TRUE(status.ok());
  return text;
}

std::string From(const std::string& text, std::string_view start) {
  const size_t at = text.find(start);
  return at == std::string::npos ? "" : text.substr(at);
}

TEST(ReportOptions, RawWithoutInlinesForgetsColumnsToo) {
  FoldedOptions options;
  options.binary = "shop";
  Profile profile = FoldedProfile("main@a.go:3:7>inner@a.go:9:2 5\n", options);
  profile.mappings[0].has_inline_frames = true;
  ReportRequest request;
  request.kind = ReportKind::kRaw;
  request.options.frames.no_inlines = true;
  EXPECT_EQ(From(Report(Open(profile).get(), request), "Locations"),
            "Locations\n     1: 0x0 M=1 main a.go:3:0 s=0\nMappings\n1: 0x0/0x0/0x0 shop  \n");
  request.options.frames.show_columns = true;
  EXPECT_NE(Report(Open(profile).get(), request).find("main a.go:3:7 s=0"), std::string::npos);
}

TEST(ReportOptions, TracesShowWholePaths) {
  const auto session = Open(FoldedProfile("main@/proc/self/cwd/x.cc:3 5\n"));
  ReportRequest request;
  request.options.frames.granularity = Granularity::kLines;
  EXPECT_NE(Report(session.get(), request).find("main x.cc:3"), std::string::npos);
  request.kind = ReportKind::kTraces;
  EXPECT_NE(Report(session.get(), request).find("main /proc/self/cwd/x.cc:3"), std::string::npos);
}

TEST(ReportOptions, UnitsOfLabelsAreThoseBeforeFilters) {
  const auto session = Open(FoldedProfile("a 1 size:=1kb\nb 1 size:=2b\n"));
  ReportRequest request;
  request.kind = ReportKind::kTags;
  request.filters.focus = "b";
  EXPECT_NE(Report(session.get(), request).find("2kB"), std::string::npos);
}

TEST(ReportOptions, TagFramesHaveNoMappingWhereAllOthersHaveTheFakeOne) {
  const auto session = Open(FoldedProfile("main@a.go:1 1 worker=7\n"));
  ReportRequest request;
  request.kind = ReportKind::kRaw;
  request.tag_leaf = {"worker"};
  const std::string text = Report(session.get(), request);
  EXPECT_NE(text.find("1: 0x0 M=1 main"), std::string::npos) << text;
  EXPECT_NE(text.find("2: 0x0 7 worker"), std::string::npos) << text;
}

TEST(ReportOptions, AFilterMayMatchTheNamelessMapping) {
  const auto session = Open(FoldedProfile("main@a.go:1 1\n"));
  ReportRequest request;
  request.filters.focus = "^$";
  EXPECT_NE(Report(session.get(), request).find("100%  main"), std::string::npos);
}

// Locations are numbered as merging saw them: with those that drop_frames cuts afterwards.
TEST(ReportOptions, FramesAreDroppedBehindTheMerge) {
  Profile profile = FoldedProfile("main;malloc;sweep 1\n");
  profile.drop_frames = profile.strings.Intern("malloc");
  ReadOptions whole;
  whole.drop_frames = false;
  std::vector<std::unique_ptr<Session>> sources, bases;
  sources.push_back(Open(profile, whole));
  sources.push_back(Open(profile, whole));
  Result<std::unique_ptr<Session>> merged = Session::Combine(sources, bases, {});
  ASSERT_TRUE(merged.ok());
  ReportRequest request;
  request.kind = ReportKind::kRaw;
  EXPECT_NE(Report(merged->get(), request).find("         2: 3 \n"), std::string::npos);
}

// Quadratic work would take minutes here.
constexpr int kMany = 200000;

std::string Report(const std::string& file, ReportKind kind) {
  Session session;
  EXPECT_TRUE(session.Append(AsBytes(file)).ok() && session.Finish().ok());
  ReportRequest request;
  request.kind = kind;
  return Report(&session, request);
}

TEST(ReportOptions, LabelsOfASampleAreGroupedByKeyHoweverManyThereAre) {
  testing::ProfileBuilder profile;
  profile.SampleType("cpu", "nanoseconds");
  for (int i = 0; i < kMany; ++i) {
    profile.TextLabel("text" + std::to_string(i % (kMany / 2)), i < kMany / 2 ? "b" : "a");
    profile.NumberLabel("number" + std::to_string(i % (kMany / 2)), i, "bytes");
  }
  profile.Sample({profile.Location({"f"})}, {5});
  const std::string traces = Report(profile.Build(), ReportKind::kTraces);
  EXPECT_EQ(std::count(traces.begin(), traces.end(), '\n'), kMany + 4);
  EXPECT_NE(traces.find("\n    text17:  b a\n"), std::string::npos);
  EXPECT_NE(traces.find("\n   number3:  3B 97.66kB\n"), std::string::npos);
  const std::string raw = Report(profile.Build(), ReportKind::kRaw);
  EXPECT_NE(raw.find(" text17:[b a] "), std::string::npos);
  EXPECT_NE(raw.find(" number3:[3 bytes 100003 bytes] "), std::string::npos);
}

TEST(ReportOptions, CommentsOfMergedFilesAppearOnceHoweverManyThereAre) {
  testing::ProfileBuilder profile;
  profile.SampleType("cpu", "nanoseconds");
  profile.Sample({profile.Location({"f"})}, {5});
  std::string comments;
  for (int i = 0; i < kMany; ++i) {
    const std::string comment = "comment " + std::to_string(i);
    profile.scalars().Varint(13, profile.String(comment));
    comments += comment + "\n";
  }
  std::vector<std::unique_ptr<Session>> sources;
  for (int i = 0; i < 2; ++i) {
    sources.push_back(std::make_unique<Session>());
    ASSERT_TRUE(sources.back()->Append(AsBytes(profile.Build())).ok() && sources.back()->Finish().ok());
  }
  const auto merged = Session::Combine(sources, {}, {});
  ASSERT_TRUE(merged.ok());
  ReportRequest request;
  request.kind = ReportKind::kComments;
  EXPECT_EQ(Report(merged->get(), request), comments);
}

}  // namespace
}  // namespace flametrail
