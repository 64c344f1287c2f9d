// Small traces of Go before 1.22 and what they become. 1 tick is 1 ns in all of them.
#include <gtest/gtest.h>

#include <string>

#include "tests/bench/tracegen/generate.h"
#include "tests/core/formats/gotrace/v1/decode.h"
#include "tests/core/support/check_trace.h"
#include "tests/core/support/v1_assembler.h"

namespace flametrail::testing {
namespace {

// A program with main (g1) on P0 when the trace begins.
constexpr const char* kBegin = R"(
Batch 0 100
GoCreate 0 1 1 0
ProcStart 1 3
GoStart 1 1 1
Gomaxprocs 1 2 0
)";
constexpr const char* kEnd = R"(
Frequency 1000000000
String 1 "main.main"
String 2 "main.go"
Stack 1 1 4096 1 2 7
)";

std::string Goroutines(const Decoded& decoded) { return ShowGoroutines(*decoded.trace); }

std::string Text(const Decoded& decoded) {
  return Goroutines(decoded) + decoded.diagnostics + (decoded.fault ? "fault: " + decoded.fault->text + "\n" : "");
}

Decoded Decode(const std::string& middle, bool strict = true, int version = 19) {
  return DecodeV1(AssembleV1(version, kBegin + middle + kEnd), strict);
}

TEST(V1DecoderTest, SequenceNumbersOutrankTheFileAndTheClock) {
  // P1 starts g2 with an earlier tick than its creation, and stands first in the file: clocks of processors differ.
  const std::string text = R"(
Batch 1 90
ProcStart 0 4
GoStart 20 2 1
GoEnd 50
)" + std::string(kBegin) + "GoCreate 9 2 1 1\n" +
                           kEnd;
  const Decoded strict = DecodeV1(AssembleV1(19, text), true);
  ASSERT_TRUE(strict.fault);
  EXPECT_EQ(strict.fault->text, "time stamps out of order");
  EXPECT_EQ(strict.trace->goroutines.size(), 0u);
  const Decoded lenient = DecodeV1(AssembleV1(19, text), false);
  EXPECT_EQ(Text(lenient), R"(g1  from 0: Undetermined 0, Running 13 @P0/M3
g2! <g1 main.main from 23: Runnable 23 <-g1 [main.main], Running 24 @P1/M4, NotExist 71 @P1/M4
1 x The clocks of the processors disagree: events that cannot have happened earlier were moved behind their causes. (time stamps out of order)
)");
}

TEST(V1DecoderTest, SyscallsEndWhenTheyEndedNotWhenItWasWritten) {
  // g1 blocks in a call at 120; left it at 150, which is written at 200 when it has a processor again.
  const Decoded decoded = Decode(R"(
GoSysCall 5 1
GoSysBlock 12
ProcStop 1
ProcStart 73 3
GoSysExit 6 1 2 150
GoStartLocal 1 1
GoSysCall 5 1
GoEnd 10
)");
  EXPECT_EQ(Text(decoded),
            "g1 main.main from 0: Undetermined 0, Running 3 @P0/M3, Syscall 9 @P0/M3 [main.main], "
            "SyscallBlocked 22 @P0/M3 [main.main], Runnable 51, Running 102 @P0/M3, Syscall 107 @P0/M3 [main.main], "
            "Running 108 @P0/M3, NotExist 117 @P0/M3\n");
}

TEST(V1DecoderTest, ErrorsInTheWordsOfTheReference) {
  const struct {
    const char* middle;
    const char* error;
  } cases[] = {
      {"GoStart 1 9 1\n", "no consistent ordering of events possible"},
      {"GoSysExit 1 1 1 0\n", "no consistent ordering of events possible"},
      {"ProcStart 1 3\n", "p 0 is running before start (time 4)"},
      {"ProcStop 1\n", "p 0 is running a goroutine 1 during stop (time 4)"},
      {"GCDone 1\n", "bogus GC end (time 4)"},
      {"STWDone 1\n", "bogus STW end (time 4)"},
      {"GCSweepDone 1 0 0\n", "bogus sweeping end (time 4)"},
      {"STWStart 1 0\nSTWStart 1 0\n", "previous STW is not ended before a new one (time 5)"},
      {"GoBlock 1 0\nGoBlock 1 0\n", "no consistent ordering of events possible"},
      {"GoEnd 1\nGoEnd 1\n", "g 0 did GoEnd (time 5)"},
      {"GoCreate 1 2 1 0\nGoUnblock 1 2 1 0\n", "no consistent ordering of events possible"},
      {"UserTaskCreate 1 7 0 1 0\nUserTaskCreate 1 7 0 1 0\n", "task id conflicts (id:7)"},
      {"UserRegion 1 0 2 1 0\n", "invalid user region mode: 2"},
      {"GoEnd 1\nHeapAlloc 1\n", "HeapAlloc has wrong number of arguments: want 2, got 1"},
      {"Raw 3f 00\n", "unknown event type 63"},
      {"Raw 0a ff ff ff ff ff ff ff ff ff ff\n", "failed to read event 10 argument: malformatted base-128 varint"},
      {"Stack 1 2 4096 1\n", "EvStack has wrong number of arguments: want 10, got 4"},
      {"Batch 4294967296 1\n", "processor ID 4294967296 is larger than maximum of 2147483647"},
  };
  for (const auto& c : cases) {
    const Decoded strict = Decode(c.middle);
    EXPECT_EQ(strict.fault ? strict.fault->text : "", c.error) << c.middle;
    EXPECT_EQ(strict.trace->syncs.size(), 0u) << "the reference gives nothing of such a trace";
    const Decoded lenient = Decode(c.middle, false);
    EXPECT_FALSE(lenient.diagnostics.empty() && !lenient.fault) << c.middle << " was passed over in silence";
    EXPECT_EQ(CheckTrace(*lenient.trace), "");
    EXPECT_GE(lenient.trace->goroutines.size(), 1u) << "what was before the fault is kept";
  }
}

TEST(V1DecoderTest, WithoutItsEndATraceHasNoNamesAndNoClock) {
  const Decoded cut = DecodeV1(AssembleV1(19, kBegin), false);
  EXPECT_FALSE(cut.fault);
  EXPECT_EQ(cut.diagnostics,
            "1 x The trace does not say how fast its clock runs: order and proportions are right, times are not. "
            "(15625000 ticks a second are assumed)\n");
  const Decoded strict = DecodeV1(AssembleV1(19, kBegin), true);
  ASSERT_TRUE(strict.fault);
  EXPECT_EQ(strict.fault->text, "no EvFrequency event");
}

TEST(V1DecoderTest, FutileWakeupsArePassedOver) {
  EXPECT_EQ(Decode("FutileWakeup 1\n", false, 11).diagnostics, "");
  const Decoded strict = Decode("FutileWakeup 1\n", true, 11);
  ASSERT_TRUE(strict.fault);
  EXPECT_EQ(strict.fault->text, "unexpected event type 36");
  EXPECT_EQ(strict.trace->goroutines.size(), 1u) << "the reference gives what was before";
  EXPECT_FALSE(Decode("FutileWakeup 1\n", true, 10).fault);
}

TEST(V1DecoderTest, NumberZeroIsNoGoroutine) {
  const std::string middle =
      "GoCreate 1 0 1 0\nGoBlock 1 0\nGoStartLocal 1 0\nGoWaiting 1 0\nGoUnblock 1 0 2 0\nGoEnd 1\n";
  for (const bool strict : {true, false}) EXPECT_EQ(CheckTrace(*Decode(middle, strict).trace), "");
}

TEST(V1DecoderTest, TooManyProcessorsAreRefused) {
  std::string text;
  for (size_t p = 0; p <= 65536; ++p) text += "Batch " + std::to_string(p) + " 1\n";
  const Decoded decoded = DecodeV1(AssembleV1(19, text), false);
  ASSERT_TRUE(decoded.fault);
  EXPECT_EQ(decoded.fault->text, "more than 65536 processors");
}

TEST(V1DecoderTest, HostileLengthsAreNotBelieved) {
  const struct {
    const char* bytes;
    const char* error;
  } cases[] = {
      {"Raw 25 01 ff ff ff ff 0f\n", "string has too large length 4294967295"},
      {"Raw 25 01 ff ff 3b\n", "failed to read trace: unexpected EOF"},
      {"Raw cd ff ff ff ff 0f\n",
       "failed to read event 13 argument: length-prefixed argument too big: 4294967295 bytes, limit is 2048"},
      {"Raw cd ff 0f\n", "failed to read trace: unexpected EOF"},
      {"Raw f0 04 01 00 01 00 ff ff ff ff 0f\n", "string is too large (len=4294967295)"},
  };
  for (const auto& c : cases) {
    for (const bool strict : {true, false}) {
      const Decoded decoded = DecodeV1(AssembleV1(19, std::string(kBegin) + c.bytes), strict);
      EXPECT_EQ(decoded.fault ? decoded.fault->text : "", c.error);
    }
  }
}

TEST(V1DecoderTest, CutAtEveryByteAndInChunksOfEverySize) {
  TraceOptions options;
  options.version = 21;
  options.events = 300;
  options.stacks = 5;
  const std::string trace = GenerateTrace(options);
  const std::string whole = ShowTrace(*DecodeV1(trace, true).trace);
  for (size_t chunk = 1; chunk < 200; chunk += 3) {
    ASSERT_EQ(ShowTrace(*DecodeV1(trace, true, chunk).trace), whole) << "chunks of " << chunk;
  }
  uint64_t last = 0;
  for (size_t size = 16; size < trace.size(); ++size) {
    const Decoded cut = DecodeV1(trace.substr(0, size), false);
    ASSERT_EQ(CheckTrace(*cut.trace), "") << size;
    const uint64_t events = cut.trace->generations[0].events;
    ASSERT_GE(events, last) << size;
    last = events;
  }
}

}  // namespace
}  // namespace flametrail::testing
