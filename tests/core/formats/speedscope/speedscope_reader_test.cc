#include "core/formats/speedscope/speedscope_reader.h"

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "core/formats/detect.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

using testing::ReadWith;
using testing::ShowResult;

std::string Show(std::string_view text) { return ShowResult(ReadWith(MakeSpeedscopeReader(), text)); }

const std::string kFrames =
    R"("shared":{"frames":[{"name":"a"},{"name":"b","file":"b.go","line":7,"col":3},{"name":"c","line":null}]})";

std::string File(const std::string& profiles, const std::string& more = "") {
  return R"({"$schema":"https://www.speedscope.app/file-format-schema.json",)" + kFrames + R"(,"profiles":[)" +
         profiles + "]" + more + "}";
}

std::string Sampled(const std::string& unit, const std::string& samples, const std::string& weights,
                    const std::string& name = "t") {
  return R"({"type":"sampled","name":")" + name + R"(","unit":")" + unit +
         R"(","startValue":0,"endValue":10,"samples":)" + samples + R"(,"weights":)" + weights + "}";
}

std::string Evented(const std::string& unit, const std::string& events, const std::string& end = "10") {
  return R"({"type":"evented","name":"t","unit":")" + unit + R"(","startValue":0,"endValue":)" + end +
         R"(,"events":[)" + events + "]}";
}

std::string Event(const char* type, int frame, const std::string& at) {
  return std::string(R"({"type":")") + type + R"(","frame":)" + std::to_string(frame) + R"(,"at":)" + at + "}";
}

TEST(SpeedscopeReaderTest, SampledProfiles) {
  const std::string file = File(Sampled("none", "[[0,1,2],[0],[]]", "[3,4,5]"));
  EXPECT_EQ(Show(file),
            "weight/count\n"
            "a;b@b.go:7:3;c 3 profile=t\n"
            "a 4 profile=t\n"
            " 5 profile=t\n"
            "1 x Samples without a stack count in the total but in no function. ()\n");
  EXPECT_EQ(Detect(AsBytes(file), true).format, Format::kSpeedscope);
}

TEST(SpeedscopeReaderTest, EventedProfilesSpendTheTimeBetweenEvents) {
  const std::string events = Event("O", 0, "1") + "," + Event("O", 1, "1") + "," + Event("C", 1, "2.5") + "," +
                             Event("C", 0, "4") + "," + Event("O", 2, "6") + "," + Event("C", 2, "6.25");
  EXPECT_EQ(Show(File(Evented("milliseconds", events))),
            "time/nanoseconds\n"
            "a;b@b.go:7:3 1500000 profile=t\n"
            "a 1500000 profile=t\n"
            "c 250000 profile=t\n");
}

TEST(SpeedscopeReaderTest, UnitsBecomeWholeNumbersOfTheBaseUnit) {
  const struct {
    const char* unit;
    const char* weight;
    const char* shown;
  } cases[] = {
      {"nanoseconds", "9007199254740993", "time/nanoseconds\na 9007199254740993 profile=t\n"},
      {"microseconds", "1.5", "time/nanoseconds\na 1500 profile=t\n"},
      {"seconds", "0.1", "time/nanoseconds\na 100000000 profile=t\n"},
      {"seconds", "1.7e-8", "time/nanoseconds\na 17 profile=t\n"},
      {"bytes", "4096", "space/bytes\na 4096 profile=t\n"},
      {"none", "0.5", "weight/count\na 1 profile=t\n1 x Values with a fraction were rounded to whole numbers. ()\n"},
      {"none", "-3", "weight/count\na -3 profile=t\n1 x Some values are negative; they count as they are. ()\n"},
      {"parsecs", "2",
       "weight/count\na 2 profile=t\n1 x Fields that this version does not know were passed over. (unit "
       "\"parsecs\")\n"},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(Show(File(Sampled(each.unit, "[[0]]", "[" + std::string(each.weight) + "]"))), each.shown);
  }
}

// py-spy writes profiles first; JSON has no order.
TEST(SpeedscopeReaderTest, MembersMayComeInAnyOrder) {
  EXPECT_EQ(
      Show(R"({"profiles":[{"weights":[2,1],"samples":[[0,1],[1]],"unit":"seconds","name":"t","type":"sampled"}],)" +
           kFrames + "}"),
      "time/nanoseconds\n"
      "a;b@b.go:7:3 2000000000 profile=t\n"
      "b@b.go:7:3 1000000000 profile=t\n");
}

TEST(SpeedscopeReaderTest, TheActiveProfileComesFirst) {
  const std::string profiles =
      Sampled("bytes", "[[0]]", "[1]", "one") + "," + Sampled("seconds", "[[1]]", "[2]", "two");
  const Result<Document> result = ReadWith(
      MakeSpeedscopeReader(), File(profiles, R"(,"activeProfileIndex":1,"exporter":"py-spy@0.3","name":"run")"));
  EXPECT_EQ(ShowResult(result),
            "time/nanoseconds space/bytes\n"
            "b@b.go:7:3 2000000000 0 profile=two\n"
            "a 0 1 profile=one\n");
  const Profile& profile = std::get<Profile>(result->body);
  EXPECT_EQ(profile.Text(profile.default_sample_type), "time");
  EXPECT_EQ(profile.duration_nanos, 10'000'000'000);
  ASSERT_EQ(profile.comments.size(), 2u);
  EXPECT_EQ(profile.Text(profile.comments[0]), "exporter: py-spy@0.3");
  EXPECT_EQ(Show(File(profiles, R"(,"activeProfileIndex":9)")).substr(0, 11), "space/bytes") << "there is no tenth";
}

// Two entries of shared.frames with the same content are one location, so their stacks are one.
TEST(SpeedscopeReaderTest, EqualFramesAreOne) {
  const Result<Document> result =
      ReadWith(MakeSpeedscopeReader(), R"({"shared":{"frames":[{"name":"a"},{"name":"a"}]},"profiles":[)" +
                                           Sampled("none", "[[0],[1]]", "[1,2]") + "]}");
  ASSERT_TRUE(result.ok());
  const Profile& profile = std::get<Profile>(result->body);
  EXPECT_EQ(profile.samples.stack[0], profile.samples.stack[1]);
  EXPECT_EQ(profile.stacks.size(), 2u);
}

TEST(SpeedscopeReaderTest, BrokenRulesKeepTheRest) {
  const std::string rounding = "Records that break the rules of the format were left out.";
  EXPECT_NE(Show(File(Sampled("none", "[[0],[1],[2]]", "[3,4]"))).find("this profile has 3 samples and 2 weights"),
            std::string::npos);
  EXPECT_EQ(Show(File(Sampled("none", "[[0],7,[[0]],[1]]", "[1,2,3,\"4\"]"))),
            "weight/count\na 1 profile=t\nb@b.go:7:3 0 profile=t\n"
            "3 x " +
                rounding +
                " (sample 1 of this profile is no list of at most 1048576 frame numbers)\n"
                "fault at 267: sample 1 of this profile is no list of at most 1048576 frame numbers\n");
  EXPECT_EQ(
      Show(File(Sampled("none", "[[0,9],[8]]", "[1,2]"))),
      "weight/count\na;? 1 profile=t\n? 2 profile=t\n"
      "2 x Samples refer to locations that the file does not define; they are shown as unknown frames. (samples want "
      "frame 9, the file has 3)\n"
      "fault: samples want frame 9, the file has 3\n");
  const std::string back = Event("O", 0, "5") + "," + Event("O", 1, "3") + "," + Event("C", 0, "8") + "," +
                           Event("C", 2, "8") + "," + Event("O", 2, "8");
  const std::string shown = Show(File(Evented("none", back)));
  EXPECT_EQ(shown.substr(0, shown.find("fault")), "weight/count\na;b@b.go:7:3 3 profile=t\nc 2 profile=t\n4 x " +
                                                      rounding +
                                                      " (event 2 of this profile is earlier than the one before it)\n");
}

TEST(SpeedscopeReaderTest, ErrorsAreOneSentence) {
  EXPECT_EQ(Show(""), "error at 0: JSON wants a value, found the end");
  EXPECT_EQ(Show("[1,2]"), "error at 0: a speedscope file has a list \"profiles\", this JSON document has none");
  EXPECT_EQ(Show("{\"shared\" 1"), "error at 10: JSON wants ':' here, found '1'");
  EXPECT_EQ(Show(std::string(300, '[')), "error at 256: JSON is nested deeper than the 256 levels that are read");
  EXPECT_EQ(Show(std::string("{\"a\":\x01}", 7)), "error at 5: JSON wants a value here, found byte 0x01");
  EXPECT_EQ(Show(File(Sampled("none", "[[0]]", "[99999999999999999999]"))).substr(0, 9), "error at ");
}

TEST(SpeedscopeReaderTest, ChunksAndCutsOfAnySize) {
  const std::string events =
      Event("O", 0, "1") + "," + Event("O", 1, "1.5e0") + "," + Event("C", 1, "2") + "," + Event("C", 0, "4");
  const std::string file =
      File(Evented("seconds", events) + "," + Sampled("none", "[[0,1],[2]]", "[3,4]", "t\\u00e9\\n"));
  const std::string expected = Show(file);
  EXPECT_EQ(expected.find("fault"), std::string::npos);
  for (size_t chunk = 1; chunk < file.size(); ++chunk) {
    EXPECT_EQ(ShowResult(ReadWith(MakeSpeedscopeReader(), file, chunk)), expected) << chunk;
    const std::string cut = Show(file.substr(0, chunk));
    EXPECT_TRUE(cut.find("error at") == 0 || cut.find("JSON ends inside") != std::string::npos) << cut;
  }
}

// Half of the weights are there: so are their samples.
TEST(SpeedscopeReaderTest, ATruncatedFileKeepsWhatItHas) {
  const std::string file = File(Sampled("none", "[[0,1],[2],[0]]", "[3,4,5]"));
  const size_t cut = file.find("4,5]") + 2;
  EXPECT_EQ(Show(file.substr(0, cut)),
            "weight/count\na;b@b.go:7:3 3 profile=t\nc 4 profile=t\n"
            "1 x The file ends early; everything before the end was kept. (JSON ends inside 4 open brackets)\n"
            "fault at " +
                std::to_string(cut) + ": JSON ends inside 4 open brackets\n");
}

TEST(SpeedscopeReaderTest, ClosingWhatIsNotOpenCostsNothing) {
  std::string events;
  for (int i = 0; i < 50'000; ++i) events += Event("O", 0, "1") + ",";
  for (int i = 0; i < 50'000; ++i) events += Event("C", 1, "1") + ",";
  events += Event("C", 0, "2");
  const Result<Document> result = ReadWith(MakeSpeedscopeReader(), File(Evented("none", events)));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(std::get<Profile>(result->body).samples.size(), 2u);
}

}  // namespace
}  // namespace flametrail
