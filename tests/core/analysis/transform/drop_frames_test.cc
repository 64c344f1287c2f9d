#include "core/analysis/transform/drop_frames.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/core/support/folded_profile.h"

namespace flametrail {
namespace {

// The stacks that are left, root first, one line a sample. "~" in a name stands for a blank.
std::string Drop(std::string_view folded, std::string_view drop, std::string_view keep = "") {
  Profile profile = FoldedProfile(folded);
  for (StringId& name : profile.functions.name) {
    std::string text(profile.Text(name));
    std::replace(text.begin(), text.end(), '~', ' ');
    name = profile.strings.Intern(text);
  }
  profile.drop_frames = profile.strings.Intern(drop);
  profile.keep_frames = profile.strings.Intern(keep);
  if (const Status status = DropFrames(&profile); !status.ok()) return status.error().text;
  std::string out;
  std::vector<LocationId> stack;
  for (const StackId id : profile.samples.stack) {
    profile.stacks.Expand(id, &stack);
    for (size_t i = stack.size(); i-- > 0;) {
      const size_t location = stack[i].index();
      for (uint32_t line = profile.locations.line_begin[location + 1];
           line-- > profile.locations.line_begin[location];) {
        out += profile.Text(profile.functions.name[profile.locations.line_function[line].index()]);
        out += ' ';
      }
    }
    out += '\n';
  }
  return out;
}

TEST(DropFramesTest, CutsTheMatchAndAllBelow) {
  EXPECT_EQ(Drop("main;run;malloc;sweep 1\nmain;run 1", "malloc"), "main run \nmain run \n");
}

TEST(DropFramesTest, FramesAboveTheFirstUserFrameStay) {
  EXPECT_EQ(Drop("malloc;main;malloc 1\nmalloc 1", "malloc"), "malloc main \nmalloc \n");
}

TEST(DropFramesTest, KeepWins) {
  EXPECT_EQ(Drop("main;runtime.panic;x 1", "runtime\\..*", "runtime\\.panic"), "main runtime.panic x \n");
}

TEST(DropFramesTest, OfAnInlinedMatchTheOuterLinesStay) {
  EXPECT_EQ(Drop("main;run>malloc;deep 1", "malloc"), "main run \n");
}

TEST(DropFramesTest, NamesAreMatchedWithoutArguments) {
  EXPECT_EQ(Drop("main;.operator()(int) 1\nmain;(anonymous~namespace)::f(int) 1\nmain;new(long) 1",
                 "operator\\(\\)|\\(anonymous namespace\\)::f|new"),
            "main \nmain \nmain \n");
}

TEST(DropFramesTest, WholeNamesOnly) { EXPECT_EQ(Drop("main;mallocgc 1", "malloc"), "main mallocgc \n"); }

TEST(DropFramesTest, ABadExpressionChangesNothing) {
  EXPECT_EQ(Drop("main 1", "a("), "drop_frames is not a valid expression: missing ): ^(a()$");
}

}  // namespace
}  // namespace flametrail
