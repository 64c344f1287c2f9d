// The native command as a person meets it: arguments and a file in, texts and an exit status out.
#include "core/cli/command.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/support/files.h"
#include "tests/core/support/profile_builder.h"

namespace flametrail {
namespace {

using testing::ProfileBuilder;
using testing::TemporaryFile;

struct Outcome {
  int status;
  std::string out;
  std::string err;
};

Outcome Execute(const std::vector<std::string>& args) {
  Console console;
  const int status = RunCommand(args, &console);
  return {status, console.out, console.err};
}

std::string CpuProfile() {
  ProfileBuilder profile;
  profile.SampleType("samples", "count").SampleType("cpu", "nanoseconds");
  const uint64_t binary = profile.Mapping("/srv/bin/shop", "c0ffee");
  const uint64_t main = profile.Location({"main.main:3"}, binary, 0x10);
  const uint64_t run = profile.Location({"main.step:9", "main.run:5"}, binary, 0x20);
  profile.Sample({run, main}, {3, 30000000});
  profile.Sample({main}, {1, 10000000});
  profile.scalars().Varint(9, 1700000000000000000).Varint(10, 100000000);
  return profile.Build();
}

TEST(Pprof, PrintsTop) {
  const TemporaryFile file(CpuProfile());
  const Outcome outcome = Execute({"pprof", "-symbolize=none", "-top", file.path()});
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.status, kExitDone);
  EXPECT_EQ(outcome.out,
            "File: shop\n"
            "Build ID: c0ffee\n"
            "Type: cpu\n"
            "Time: Nov 14, 2023 at 10:13pm (UTC)\n"
            "Duration: 100ms, Total samples = 40ms (40.00%)\n"
            "Showing nodes accounting for 40ms, 100% of 40ms total\n"
            "      flat  flat%   sum%        cum   cum%\n"
            "      30ms 75.00% 75.00%       30ms 75.00%  main.step (inline)\n"
            "      10ms 25.00%   100%       40ms   100%  main.main\n"
            "         0     0%   100%       30ms 75.00%  main.run\n");
}

TEST(Pprof, TakesFlagsBehindTheFile) {
  const TemporaryFile file(CpuProfile());
  const Outcome outcome = Execute({"pprof", "-top", file.path(), "-cum", "-sample_index=samples", "-compact_labels"});
  EXPECT_EQ(outcome.out,
            "Showing nodes accounting for 4, 100% of 4 total\n"
            "      flat  flat%   sum%        cum   cum%\n"
            "         1 25.00% 25.00%          4   100%  main.main\n"
            "         0     0% 25.00%          3 75.00%  main.run\n"
            "         3 75.00%   100%          3 75.00%  main.step (inline)\n");
}

TEST(Pprof, KnowsTheShortcutsOfSampleTypes) {
  ProfileBuilder profile;
  profile.SampleType("contentions", "count").SampleType("delay", "nanoseconds");
  profile.Sample({profile.Location({"main.lock"})}, {4, 100});
  const TemporaryFile file(profile.Build());
  const auto first_label = [&](const std::string& flag) {
    const std::string out = Execute({"pprof", "-top", flag, file.path()}).out;
    return out.substr(0, out.find('\n'));
  };
  EXPECT_EQ(first_label("-contentions"), "Type: contentions");
  EXPECT_EQ(first_label("-total_delay"), "Type: delay");
  EXPECT_EQ(first_label("-mean_delay"), "Type: mean_delay");
  const Outcome both = Execute({"pprof", "-top", "-contentions", "-sample_index=delay", file.path()});
  EXPECT_EQ(both.err, "flametrail: warning: several sample types are asked for, -contentions is left out\n");
  EXPECT_EQ(both.status, kExitDone);
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

// As people call Go's tool: the program's name stands in the header, and each profile loses its own.
TEST(Pprof, TakesAProgramBeforeTheProfile) {
  const TemporaryFile profile(CpuProfile());
  for (const std::string_view begin : {"\x7F\x45LF\2\1\1", "MZ\x90", "\xCF\xFA\xED\xFE"}) {
    const TemporaryFile program(begin, "prog");
    const std::string name = program.path().substr(program.path().rfind('/') + 1);
    EXPECT_EQ(FirstLine(Execute({"pprof", "-top", program.path(), profile.path()}).out), "File: " + name);
    const Outcome merged = Execute({"pprof", "-raw", program.path(), profile.path(), profile.path()});
    EXPECT_NE(merged.out.find(" " + program.path() + " c0ffee"), std::string::npos) << merged.out;
    EXPECT_EQ(merged.out.find("/srv/bin/shop"), std::string::npos) << merged.out;
    EXPECT_EQ(Execute({"pprof", "-top", program.path()}).status, kExitBadInput);
  }
}

TEST(Pprof, ABuildIdIsTakenWhereThereIsNone) {
  const TemporaryFile with(CpuProfile());
  EXPECT_NE(Execute({"pprof", "-raw", "-buildid=1234", with.path()}).out.find(" c0ffee "), std::string::npos);
  ProfileBuilder profile;
  profile.SampleType("cpu", "nanoseconds");
  profile.Sample({profile.Location({"f"})}, {5});
  const TemporaryFile without(profile.Build(), "without");
  const Outcome outcome = Execute({"pprof", "-top", "-buildid=1234", without.path()});
  EXPECT_EQ(FirstLine(outcome.out), "Build ID: 1234");
}

std::string Content(const std::string& path) {
  std::string content;
  if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
    for (int c; (c = std::fgetc(file)) != EOF;) content += static_cast<char>(c);
    std::fclose(file);
  }
  return content;
}

TEST(Pprof, WritesIntoAFile) {
  const TemporaryFile profile(CpuProfile());
  const TemporaryFile target("old", "target");
  Outcome outcome = Execute({"pprof", "-peek=nosuch", "-output=" + target.path(), profile.path()});
  EXPECT_EQ(outcome.status, kExitBadInput);
  EXPECT_EQ(Content(target.path()), "old");
  outcome = Execute({"pprof", "-top", "-output=" + target.path(), profile.path()});
  EXPECT_EQ(outcome.status, kExitDone);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(Content(target.path()), Execute({"pprof", "-top", profile.path()}).out);
  outcome = Execute({"pprof", "-comments", "-output=" + target.path(), profile.path()});
  EXPECT_EQ(Content(target.path()), "");
  outcome = Execute({"pprof", "-top", "-output=/no/such/folder/x", profile.path()});
  EXPECT_EQ(outcome.status, kExitBadInput);
  EXPECT_EQ(outcome.err, "flametrail: /no/such/folder/x: cannot be written\n");
}

TEST(Pprof, WidthsAreInCodePoints) {
  ProfileBuilder profile;
  profile.SampleType("load", "w\xC3\xA9irds");
  profile.Sample({profile.Location({"f"})}, {5});
  const TemporaryFile file(profile.Build());
  EXPECT_TRUE(Execute({"pprof", "-top", file.path()})
                  .out.ends_with("   5w\xC3\xA9irds   100%   100%    5w\xC3\xA9irds   100%  f\n"));
}

void ExpectBadUsage(const std::vector<std::string>& args, const std::string& sentence) {
  const Outcome outcome = Execute(args);
  EXPECT_EQ(outcome.status, kExitBadUsage);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "flametrail: " + sentence + " (flametrail --help shows the usage)\n");
}

TEST(Usage, IsExplained) {
  ExpectBadUsage({}, "a command is missing");
  ExpectBadUsage({"prof"}, "there is no command \"prof\"");
  ExpectBadUsage({"detect"}, "detect wants at least one file");
  ExpectBadUsage({"pprof", "x.pb"},
                 "a report is missing: -top, -tree, -peek=EXPRESSION, -list=EXPRESSION, -traces, -raw, -tags, "
                 "-comments, -dot, -callgrind, -proto or -topproto");
  ExpectBadUsage({"pprof", "-top"}, "a profile is missing");
  ExpectBadUsage({"pprof", "-top", "-text", "x"}, "one report at a time: -top and -text exclude each other");
  ExpectBadUsage({"pprof", "-top", "-cum", "-flat", "x"}, "-cum and -flat exclude each other");
  ExpectBadUsage({"pprof", "-top", "-lines", "-files", "x"}, "-files and -lines exclude each other");
  ExpectBadUsage({"pprof", "-top", "-base=a", "-diff_base=b", "x"}, "-base and -diff_base exclude each other");
  ExpectBadUsage({"pprof", "-top", "-normalize", "x"}, "-normalize wants -base or -diff_base");
  ExpectBadUsage({"pprof", "-top", "-http=:0", "x"},
                 "-http is a flag of Go's tool that flametrail does not have: the page does that, open "
                 "dist/flametrail.html");
  ExpectBadUsage({"pprof", "-top", "-symbolize=local", "x"},
                 "-symbolize wants none, not \"local\": flametrail shows the symbols that are in the file");
}

TEST(Usage, TheSampleTypeMustBeThere) {
  const TemporaryFile file(CpuProfile());
  ExpectBadUsage({"pprof", "-top", "-sample_index=heap", file.path()},
                 "sample_index \"heap\" must be a number below 2 or one of: samples cpu");
  ExpectBadUsage({"pprof", "-top", "-divide_by=0", file.path()}, "divide_by must not be 0");
}

TEST(Usage, HelpNamesCommandsAndFlags) {
  const std::vector<std::vector<std::string>> asked = {{"--help"}, {"-h"}, {"help"}, {"pprof", "-help"}};
  for (const std::vector<std::string>& words : asked) {
    const Outcome outcome = Execute(words);
    EXPECT_EQ(outcome.status, kExitDone);
    for (const char* part : {"detect FILE", "pprof REPORT", "-confidence", "-sample_index", "exit status"}) {
      EXPECT_NE(outcome.out.find(part), std::string::npos) << part;
    }
  }
}

// One line that starts with the file, no output, exit status 1.
void ExpectBadInput(std::string_view content, const std::string& in_message) {
  const TemporaryFile file(content);
  const Outcome outcome = Execute({"pprof", "-top", file.path()});
  EXPECT_EQ(outcome.status, kExitBadInput);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(outcome.err.starts_with("flametrail: " + file.path() + ": ")) << outcome.err;
  EXPECT_NE(outcome.err.find(in_message), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find('\n'), outcome.err.size() - 1) << outcome.err;
}

TEST(BadInput, GetsOneLineEach) {
  ExpectBadInput("", "empty file");
  ExpectBadInput("\x89PNG\r\n\x1A\n", "PNG");
  ExpectBadInput(CpuProfile().substr(0, CpuProfile().size() - 3), "byte ");
  ExpectBadInput(ProfileBuilder().Build(), "");
}

TEST(BadInput, AFileThatIsNotThere) {
  const Outcome outcome = Execute({"pprof", "-top", "/no/such/file"});
  EXPECT_EQ(outcome.status, kExitBadInput);
  EXPECT_TRUE(outcome.err.starts_with("flametrail: /no/such/file: cannot open: ")) << outcome.err;
}

TEST(BadInput, AnAddressIsNotFetched) {
  EXPECT_EQ(Execute({"pprof", "-top", "http://127.0.0.1:1/x"}).err,
            "flametrail: http://127.0.0.1:1/x: flametrail fetches nothing: save it to a file first\n");
}

// What google/pprof's CheckValid refuses is refused here too, never shown in part.
TEST(BadInput, AProfileThatLosesDataIsRefused) {
  ProfileBuilder profile;
  profile.SampleType("cpu", "nanoseconds");
  profile.Sample({profile.Location({"f"})}, {5, 6});
  ExpectBadInput(profile.Build(), "value");
  ProfileBuilder dangling;
  dangling.SampleType("cpu", "nanoseconds");
  dangling.Sample({77}, {5});
  ExpectBadInput(dangling.Build(), "77");
}

// The reference ignores an expression that does not compile; so do we, and say so.
TEST(BadInput, ABadPatternOfFramesToDropIsOnlyWarnedOf) {
  ProfileBuilder profile;
  profile.SampleType("cpu", "nanoseconds");
  profile.Sample({profile.Location({"f"})}, {5});
  profile.scalars().Varint(7, profile.String("("));
  const TemporaryFile file(profile.Build());
  const Outcome outcome = Execute({"pprof", "-top", file.path()});
  EXPECT_EQ(outcome.status, kExitDone);
  EXPECT_TRUE(outcome.out.ends_with("100%  f\n"));
  EXPECT_TRUE(outcome.err.starts_with("flametrail: " + file.path() + ": warning: ")) << outcome.err;
}

TEST(DetectCommand, DescribesEachFileInOneLine) {
  const TemporaryFile good(CpuProfile(), "good");
  const TemporaryFile bad("GIF89a", "bad");
  const Outcome outcome = Execute({"detect", good.path(), bad.path()});
  EXPECT_EQ(outcome.status, kExitBadInput);
  EXPECT_EQ(outcome.err, "");
  const size_t second = outcome.out.find('\n') + 1;
  EXPECT_EQ(outcome.out.substr(0, second),
            good.path() + ": pprof profile: samples/count, cpu/nanoseconds; 2 samples, 3 functions; of shop; 100ms\n");
  EXPECT_TRUE(outcome.out.substr(second).starts_with(bad.path() + ": error: ")) << outcome.out;
  EXPECT_EQ(Execute({"detect", good.path()}).status, kExitDone);
}

}  // namespace
}  // namespace flametrail
