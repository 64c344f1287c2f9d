#include "core/formats/folded/folded_reader.h"

#include <gtest/gtest.h>

#include "core/formats/detect.h"
#include "core/io/text_lines.h"
#include "tests/core/support/files.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

using testing::ReadWith;
using testing::ShowResult;

std::string Show(std::string_view text) { return ShowResult(ReadWith(MakeFoldedReader(), text)); }

std::string Utf16(std::string_view ascii, bool big) {
  std::string text = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) text.append(big ? 1 : 0, '\0').append(1, c).append(big ? 0 : 1, '\0');
  return text;
}

TEST(FoldedReaderTest, StacksAreRootFirst) {
  EXPECT_EQ(Show("main;run;read 3\nmain;run 1\nidle 7\n"),
            "samples/count\n"
            "main;run;read 3\n"
            "main;run 1\n"
            "idle 7\n");
}

TEST(FoldedReaderTest, LineEndsAndEncodingsAreTheSame) {
  const std::string_view unix_text = "a;b c;d 3\n\na 1";
  const std::string expected = "samples/count\na;b c;d 3\na 1\n";
  EXPECT_EQ(Show(unix_text), expected);
  EXPECT_EQ(Show("a;b c;d 3\r\n  \r\na 1\r\n"), expected);
  EXPECT_EQ(Show("\xEF\xBB\xBF"
                 "a;b c;d\t3\na 1 \n"),
            expected);
  EXPECT_EQ(Show(Utf16(unix_text, false)), expected);
  EXPECT_EQ(Show(Utf16(unix_text, true)), expected);
  for (const bool big : {false, true}) {
    const Detection detection = Detect(AsBytes(Utf16(unix_text, big)), true);
    EXPECT_EQ(detection.format, Format::kFolded);
    EXPECT_EQ(detection.description, "folded stacks in UTF-16");
  }
}

TEST(FoldedReaderTest, CountsMayBeAnyNumbers) {
  EXPECT_EQ(Show("a;b 1.5\na;c 2.49\na;d 1e+06\na;e -4\na;f 9223372036854775807\n"),
            "samples/count\n"
            "a;b 2\n"
            "a;c 2\n"
            "a;d 1000000\n"
            "a;e -4\n"
            "a;f 9223372036854775807\n"
            "2 x Values with a fraction were rounded to whole numbers. (1.5)\n"
            "1 x Some values are negative; they count as they are. (-4)\n");
  EXPECT_EQ(
      Show("a;b 1\na;c 99999999999999999999\na;d 1e999999999999\n"),
      "samples/count\n"
      "a;b 1\n"
      "2 x Records that break the rules of the format were left out. (the count 99999999999999999999 does not fit "
      "64 bits)\n");
}

TEST(FoldedReaderTest, TwoCountsAreADiff) {
  EXPECT_EQ(Show("a;b 1 4\na;c 0 2.0\na;d 7\n"), "samples/count\na;b 1 4\na;c 0 2\na;d 7\n")
      << "not every line has two: the first count belongs to the name";
  EXPECT_EQ(Show("a;b 1 4\na;c 0 2\n"), "before/count after/count\na;b 1 4\na;c 0 2\n");
  std::string many;
  for (int i = 0; i < 300; ++i) many += "a;b 1 2\n";
  const std::string shown = Show(many + "a;x 5\n");
  EXPECT_NE(
      shown.find("1 x Records that break the rules of the format were left out. (a line with 1 count, those before it "
                 "have 2)"),
      std::string::npos);
}

TEST(FoldedReaderTest, InlinedFramesAreLinesOfTheirCaller) {
  EXPECT_EQ(Show("main;run_[j];copy_[i];move_[i];sys_read_[k] 3\nlost_[i];main 1\n"),
            "samples/count\n"
            "main;run_[j]>copy_[i]>move_[i];sys_read_[k] 3\n"
            "lost_[i];main 1\n");
}

TEST(FoldedReaderTest, OddLinesAreCounted) {
  EXPECT_EQ(
      Show(" # about\n// more\n#0;main 2\n;a;;b; 3\n ;  4\nnonsense\nx; y ;z 1\n  5\n"),
      "samples/count\n"
      "#0;main 2\n"
      "a;b 3\n"
      " 4\n"
      "x; y ;z 1\n"
      " 5\n"
      "1 x Records that break the rules of the format were left out. (wants a stack and a count (\"main;run 12\"), "
      "found \"nonsense\")\n"
      "2 x Samples without a stack count in the total but in no function. ()\n"
      "3 x Frames without a name were passed over. ()\n");
}

// As in speedscope's own test: comments and a line of something else between stacks.
TEST(FoldedReaderTest, AFewOddLinesAreStillFoldedStacks) {
  const std::string_view text = "# note\n// note\na;b;c 1\na;b;c 1\na;b;d 4\na;b;c 3\na;b 5\ninvalid line\n";
  EXPECT_EQ(Detect(AsBytes(text), true).format, Format::kFolded);
}

TEST(FoldedReaderTest, NothingUsefulIsOneSentence) {
  EXPECT_EQ(Show("hello\nworld\n"), "error at 0: wants folded stacks (\"main;run 12\"), found none in 2 lines");
  EXPECT_EQ(Show(""), "error at 0: wants folded stacks (\"main;run 12\"), found none in 0 lines");
}

TEST(FoldedReaderTest, ACutInputKeepsItsWholeLines) {
  const Error fault = {Code::kTruncated, 20, "the gzip data ends early"};
  EXPECT_EQ(ShowResult(ReadWith(MakeFoldedReader(), "a;b 3\na;c 45", SIZE_MAX, fault)),
            "samples/count\n"
            "a;b 3\n"
            "1 x The file ends early; everything before the end was kept. (the gzip data ends early)\n"
            "fault at 20: the gzip data ends early\n");
  EXPECT_EQ(ShowResult(ReadWith(MakeFoldedReader(), "a;c 45", SIZE_MAX, fault)),
            "error at 20: the gzip data ends early");
}

TEST(FoldedReaderTest, ChunksAndCutsOfAnySize) {
  const std::string text = "main;r\xC3\xA4t_[i];read 3\r\n# x\nnope\nmain;run 1.5\n\n;a 2";
  const std::string expected = Show(text);
  for (size_t chunk = 1; chunk < text.size(); ++chunk) {
    EXPECT_EQ(ShowResult(ReadWith(MakeFoldedReader(), text, chunk)), expected) << chunk;
    EXPECT_NE(Show(text.substr(0, chunk)), "");
    const std::string wide = Utf16(text, chunk % 2 == 0);
    EXPECT_NE(ShowResult(ReadWith(MakeFoldedReader(), std::string_view(wide).substr(0, chunk * 2 + 1), 1)), "");
  }
}

TEST(FoldedReaderTest, LimitsHaveNames) {
  std::string deep;
  for (size_t i = 0; i < StackTableBuilder::kMaxStackDepth; ++i) deep += "a;";
  const std::string line(TextLines::kMaxLineBytes + 1, 'x');
  const Result<Document> result =
      ReadWith(MakeFoldedReader(), "a;b 1\n" + deep + "a 2\n" + line + " 3\n" + deep.substr(2) + "a 4\n", 1 << 16);
  ASSERT_TRUE(result.ok());
  const Profile& profile = std::get<Profile>(result->body);
  EXPECT_EQ(profile.samples.values[0], (std::vector<int64_t>{1, 4}));
  EXPECT_EQ(testing::ShowFaults(*result),
            "2 x Records that break the rules of the format were left out. (a stack of 1048577 frames, more than the "
            "1048576 that one stack may have)\n");
}

TEST(FoldedReaderTest, ManyTinyLines) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "a 1\n";
  const Result<Document> result = ReadWith(MakeFoldedReader(), text, 4096);
  ASSERT_TRUE(result.ok());
  const Profile& profile = std::get<Profile>(result->body);
  EXPECT_EQ(profile.samples.size(), 200'000u);
  EXPECT_EQ(profile.stacks.size(), 2u);
}

// Lines of the corpus are canonical: what is read, written again, is the file.
TEST(FoldedReaderTest, TheCorpusReadsBack) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  size_t files = 0;
  for (const std::string& name : testing::ListFiles(*corpus + "/dumps")) {
    if (!name.ends_with(".folded")) continue;
    ++files;
    const std::string text = testing::ReadFile(*corpus + "/dumps/" + name);
    EXPECT_EQ(Detect(AsBytes(text), true).format, Format::kFolded) << name;
    EXPECT_EQ(Show(text) == "samples/count\n" + text, true) << name;
  }
  EXPECT_GE(files, 6u);
}

}  // namespace
}  // namespace flametrail
