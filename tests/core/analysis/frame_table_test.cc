#include "core/analysis/frame_table.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

// One line per location: its frames, outermost first, as reports print them.
std::string Draw(std::string_view stack, const FrameOptions& options, const std::string& binary = "") {
  FoldedOptions folded;
  folded.binary = binary;
  Profile profile = FoldedProfile(std::string(stack) + " 1", folded);
  const FrameTable frames = BuildFrames(profile, options, &profile.strings);
  std::string out;
  for (size_t l = 0; l < profile.locations.size(); ++l) {
    const auto own = frames.FramesOf(LocationId(l));
    for (size_t i = own.size(); i-- > 0;) {
      out += PrintableName(frames, own[i], profile.strings);
      out += i > 0 ? " > " : "\n";
    }
  }
  return out + std::to_string(frames.size()) + " frames\n";
}

constexpr std::string_view kStack = "main@a.go:1:5!0x10;run@b.go:7:3!0x20>helper@b.go:9!0x20;run@b.go:8!0x30;0x40";

TEST(BuildFrames, Functions) { EXPECT_EQ(Draw(kStack, {}), "main\nrun > helper\nrun\n<unknown>\n4 frames\n"); }

TEST(BuildFrames, FileFunctions) {
  EXPECT_EQ(Draw(kStack, {Granularity::kFileFunctions}),
            "main a.go\nrun b.go > helper b.go\nrun b.go\n<unknown>\n4 frames\n");
}

TEST(BuildFrames, Files) {
  EXPECT_EQ(Draw(kStack, {Granularity::kFiles}), "a.go\nb.go > b.go\nb.go\n<unknown>\n3 frames\n");
}

TEST(BuildFrames, Lines) {
  EXPECT_EQ(Draw(kStack, {Granularity::kLines}),
            "main a.go:1\nrun b.go:7 > helper b.go:9\nrun b.go:8\n<unknown>\n5 frames\n");
}

TEST(BuildFrames, LinesWithColumns) {
  EXPECT_EQ(Draw(kStack, {Granularity::kLines, false, true}),
            "main a.go:1:5\nrun b.go:7:3 > helper b.go:9\nrun b.go:8\n<unknown>\n5 frames\n");
}

TEST(BuildFrames, AddressesKeepColumnsUnlessInlinesGo) {
  EXPECT_EQ(Draw(kStack, {Granularity::kAddresses}),
            "0000000000000010 main a.go:1:5\n0000000000000020 run b.go:7:3 > 0000000000000020 helper b.go:9\n"
            "0000000000000030 run b.go:8\n0000000000000040 <unknown>\n5 frames\n");
  EXPECT_EQ(Draw(kStack, {Granularity::kAddresses, true}),
            "0000000000000010 main a.go:1\n0000000000000020 run b.go:7\n0000000000000030 run b.go:8\n"
            "0000000000000040 <unknown>\n4 frames\n");
}

TEST(BuildFrames, NoInlinesKeepsTheOutermostLine) {
  EXPECT_EQ(Draw(kStack, {Granularity::kFunctions, true}), "main\nrun\nrun\n<unknown>\n3 frames\n");
}

TEST(BuildFrames, FramesWithoutNameAreTheBinary) {
  EXPECT_EQ(Draw("main;0x40;0x50", {}, "/usr/bin/prog"), "main\n[prog]\n[prog]\n2 frames\n");
  EXPECT_EQ(Draw("main;0x40;0x50", {Granularity::kAddresses}, "/usr/bin/prog"),
            "main\n0000000000000040 [prog]\n0000000000000050 [prog]\n3 frames\n");
}

TEST(BuildFrames, PathsAreTrimmedAndCleaned) {
  const FrameOptions by_file = {Granularity::kFileFunctions};
  EXPECT_EQ(Draw("f@/a/./b/../c.go;g@x//y.go", by_file), "f /a/c.go\ng x/y.go\n2 frames\n");
  EXPECT_EQ(Draw("f@/proc/self/cwd/x.cc;g@/proc/self/cwd/./y.cc;h@/proc/self/cwd/", by_file),
            "f x.cc\ng y.cc\nh\n3 frames\n");
  EXPECT_EQ(Draw("f@a.go;f@./a.go", by_file), "f a.go\nf a.go\n1 frames\n");
}

}  // namespace
}  // namespace flametrail
