#include "core/analysis/top_report.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/analysis/top.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

TopReport Report(Profile& profile, const ReportOptions& options = {}) {
  const size_t type = *SampleTypeIndex(profile, options.sample_index);
  const FrameTable frames = BuildFrames(profile, options.frames, &profile.strings);
  WeightOptions weight_options;
  weight_options.sample_type = type;
  weight_options.mean = options.mean;
  const StackWeights weights = SumByStack(profile, weight_options);
  return BuildTopReport(profile, frames, weights, MakeReportContext(profile, weights, type, options), options);
}

std::string Lines(const std::vector<std::string>& labels) {
  std::string out;
  for (const std::string& label : labels) out += label + "\n";
  return out;
}

std::string Labels(std::string_view folded, const ReportOptions& options = {}) {
  Profile profile = FoldedProfile(folded);
  return Lines(Report(profile, options).labels);
}

TEST(TopReport, SaysWhatTheProfileIs) {
  FoldedOptions folded;
  folded.binary = "/srv/bin/shop";
  Profile profile = FoldedProfile("main 500000000\n", folded);
  profile.mappings[0].build_id = profile.strings.Intern("c0ffee");
  profile.comments = {profile.strings.Intern("night run"), profile.strings.Intern("#hidden")};
  profile.time_nanos = 1700000000000000000;
  profile.duration_nanos = 2000000000;
  ReportOptions options;
  options.zone = {3600, "CET"};
  EXPECT_EQ(Lines(Report(profile, options).labels),
            "File: shop\n"
            "Build ID: c0ffee\n"
            "night run\n"
            "Type: cpu\n"
            "Time: Nov 14, 2023 at 11:13pm (CET)\n"
            "Duration: 2s, Total samples = 500ms (25.00%)\n"
            "Showing nodes accounting for 500ms, 100% of 500ms total\n");
  options.compact_labels = true;
  EXPECT_EQ(Lines(Report(profile, options).labels), "Showing nodes accounting for 500ms, 100% of 500ms total\n");
}

TEST(TopReport, DurationOfSomethingElseThanTimeHasABlankAtTheEnd) {
  FoldedOptions folded;
  folded.types = {{"space", "bytes"}};
  Profile profile = FoldedProfile("main 2048\n", folded);
  profile.duration_nanos = 1500000000;
  EXPECT_EQ(Report(profile).labels[1], "Duration: 1.50s, Total samples = 2kB ");
}

TEST(TopReport, SaysWhatIsLeftOut) {
  ReportOptions options;
  options.node_fraction = 0.1;
  EXPECT_EQ(Labels("a 60\nb 35\nc 3\nd 2\n", options),
            "Type: cpu\n"
            "Showing nodes accounting for 95ns, 95.00% of 100ns total\n"
            "Dropped 2 nodes (cum <= 10ns)\n");
  options.node_count = 1;
  EXPECT_EQ(Labels("a 60\nb 35\nc 5\n", options),
            "Type: cpu\n"
            "Showing nodes accounting for 60ns, 60.00% of 100ns total\n"
            "Dropped 1 node (cum <= 10ns)\n"
            "Showing top 1 nodes out of 2\n");
  options.trim = false;
  EXPECT_EQ(Labels("a 60\nb 35\nc 5\n", options),
            "Type: cpu\nShowing nodes accounting for 100ns, 100% of 100ns total\n");
}

TEST(TopReport, EmptyProfilesHaveATotalOfZero) {
  EXPECT_EQ(Labels(""), "Type: cpu\nShowing nodes accounting for 0, 0% of 0 total\n");
  EXPECT_EQ(Labels("a 0\n"), "Type: cpu\nShowing nodes accounting for 0, 0% of 0 total\n");
}

TEST(TopReport, SamplesWithoutStackCountInTheTotalOnly) {
  EXPECT_EQ(Labels("- 50\na 50\n"), "Type: cpu\nShowing nodes accounting for 50ns, 50.00% of 100ns total\n");
}

TEST(TopReport, PercentagesAreOfMagnitudes) {
  EXPECT_EQ(Labels("a -50\nb 30\n"), "Type: cpu\nShowing nodes accounting for -20ns, 25.00% of 80ns total\n");
}

TEST(TopReport, PercentagesOfASavedComparisonAreOfItsBase) {
  EXPECT_EQ(Labels("a 50\nb -20 pprof::base=true\n"),
            "Type: cpu\nShowing nodes accounting for 30ns, 150.00% of 20ns total\n");
}

TEST(TopReport, TheUnitFitsTheSmallestRowUnlessItIsFarBelow) {
  Profile near = FoldedProfile("a 2000000\nb 50000\n");
  EXPECT_EQ(Report(near).context.output_unit, "us");
  Profile far = FoldedProfile("a 200000000\nb 50000\n");
  EXPECT_EQ(Report(far).context.output_unit, "ms");
  ReportOptions options;
  options.unit = "auto";
  EXPECT_EQ(Report(far, options).context.Format(50000), "50us");
}

TEST(TopReport, DivideByScalesValuesButNotPercentages) {
  ReportOptions options;
  options.divide_by = 4;
  Profile profile = FoldedProfile("a 90\nb 10\n");
  const TopReport report = Report(profile, options);
  EXPECT_EQ(report.labels[1], "Showing nodes accounting for 25ns, 100% of 25ns total");
  EXPECT_EQ(report.context.Format(report.rows[0].flat), "22ns");
  EXPECT_EQ(report.context.Percent(report.rows[0].flat), "90.00%");
}

TEST(TopReport, MeanIsInTheTypeAndInTheTotal) {
  FoldedOptions folded;
  folded.types = {{"contentions", "count"}, {"delay", "nanoseconds"}};
  Profile profile = FoldedProfile("a 2 100\nb 3 30\n", folded);
  ReportOptions options;
  options.mean = true;
  EXPECT_EQ(Lines(Report(profile, options).labels),
            "Type: mean_delay\nShowing nodes accounting for 60ns, 230.77% of 26ns total\n");
}

std::string Inlinings(std::string_view folded, const ReportOptions& options = {}) {
  Profile profile = FoldedProfile(folded);
  std::string out;
  for (const TopRow& row : Report(profile, options).rows) {
    out += row.name + (row.inlining == Inlining::kAll ? " all" : row.inlining == Inlining::kSome ? " some" : "") + "\n";
  }
  return out;
}

TEST(TopReport, RowsSayWhetherTheyAreInlined) {
  EXPECT_EQ(Inlinings("main>a 3\nmain>b 1\nother;b 1\n"), "a all\nb some\nmain\nother\n");
  // One edge is inline only if all of its calls are.
  EXPECT_EQ(Inlinings("main>b 1\nmain;b 1\n"), "b\nmain\n");
}

TEST(TopReport, LightCallsDoNotCountForInlining) {
  ReportOptions options;
  options.edge_fraction = 0.1;
  EXPECT_EQ(Inlinings("main>a 99\nother;a 1\n", options), "a all\nmain\nother\n");
}

TEST(TopTable, HasEveryFrameWithWeight) {
  Profile profile = FoldedProfile("main;run>read 3\nmain;run 1\nidle 0\n");
  const FrameTable frames = BuildFrames(profile, {}, &profile.strings);
  const TopColumns top = TopTable(profile, frames, SumByStack(profile, {}));
  std::string out;
  for (size_t i = 0; i < top.frame.size(); ++i) {
    out += PrintableName(frames, FrameId(top.frame[i]), profile.strings) + " " + std::to_string(int(top.flat[i])) +
           "/" + std::to_string(int(top.cum[i])) + " " + std::to_string(top.inlining[i]) + "\n";
  }
  EXPECT_EQ(out, "read 3/3 2\nrun 1/4 0\nmain 0/4 0\n");
}

}  // namespace
}  // namespace flametrail
