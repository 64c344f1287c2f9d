#include "core/formats/goroutine_dump/dump_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "core/formats/detect.h"
#include "tests/core/support/dump_text.h"

namespace flametrail {
namespace {

using testing::ReadDump;
using testing::ShowDump;
using testing::ShowFaults;

TEST(GoroutineDump, TellsWhatAHeaderTells) {
  EXPECT_EQ(ShowDump(ReadDump("goroutine 18 [chan receive, 2 minutes, locked to thread]:\n"
                              "main.run(0xc00001a0a8, {0x1?, 0x2})\n"
                              "\t/src/main.go:12 +0x45\n"
                              "created by main.main in goroutine 1\n"
                              "\t/src/main.go:7 +0x1d\n")),
            "18 [chan receive, 2 min, locked] main.run /src/main.go:12(0xc00001a0a8, {0x1?, 0x2}) "
            "by main.main /src/main.go:7 in 1\n");
  EXPECT_EQ(ShowDump(ReadDump("goroutine 3 gp=0xc000006c40 m=nil [GC sweep wait (scan)]:\n\n"
                              "goroutine 4 gp=0xc000006c40 m=0 mp=0x569b80 [select (no cases), 1 minutes]:\n\n"
                              "goroutine 5 [chan send (leaked)]:\n\n"
                              "goroutine 6 [sleep (durable), synctest bubble 1]:\n\n"
                              "goroutine 7 [a reason, with a comma, 3 minutes]:\n")),
            "3 [GC sweep wait, scan]\n"
            "4 [select (no cases), 1 min]\n"
            "5 [chan send, leaked]\n"
            "6 [sleep, synctest bubble 1]\n"
            "7 [a reason, with a comma, 3 min]\n");
}

TEST(GoroutineDump, LabelsBecomeLabelsOfTheSample) {
  const Result<Document> document =
      ReadDump("goroutine 9 [running] {\"endpoint\": \"/a b\", \"n\": \"1\"}:\nmain.f()\n\ta.go:1\n");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(testing::ShowSamples(std::get<Profile>(document->body)),
            "main.f@a.go:1 1 state=running endpoint=/a b n=1\n");
}

TEST(GoroutineDump, KnowsTheOddLinesOfStacks) {
  EXPECT_EQ(
      ShowDump(ReadDump("goroutine 1 [running]:\n"
                        "\tgoroutine running on other thread; stack unavailable\n"
                        "created by main.main\n"
                        "\tmain.go:7 +0x1d\n"
                        "\n"
                        "goroutine 2 [syscall]:\n"
                        "non-Go function\n"
                        "\tpc=0x7f0012\n"
                        "compress_block\n"
                        "\t/lib/z.c:33 pc=0x7f0100\n"
                        "runtime.cgocall(0x4a2e60, 0xc000121e58)\n"
                        "\truntime/cgocall.go:157 +0x5c fp=0xc000121e30 sp=0xc000121df8 pc=0x4047dc\n"
                        "main.(*T[...]).Do(...)\n"
                        "\tC:/go src/a.go:9\n"
                        "...12 frames elided...\n"
                        "main.main()\n"
                        "\tmain.go:3 +0x1\n"
                        "\n"
                        "goroutine 3 [running]:\n"
                        "...additional frames elided...\n")),
      "1 [running, no stack] by main.main main.go:7\n"
      "2 [syscall] non-Go function C < compress_block /lib/z.c:33 C < "
      "runtime.cgocall runtime/cgocall.go:157(0x4a2e60, 0xc000121e58) < main.(*T[...]).Do C:/go src/a.go:9(...) < "
      "main.main main.go:3() elided 12\n"
      "3 [running] elided\n");
}

TEST(GoroutineDump, SaysWhyTheProgramDied) {
  const Result<Document> document = ReadDump(
      "some log\n"
      "panic: first [recovered]\n"
      "\tpanic: second\n"
      "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48c139]\n"
      "\n"
      "goroutine 1 [running]:\n"
      "main.main()\n"
      "\tmain.go:3 +0x1\n"
      "exit status 2\n"
      "\n"
      "SIGQUIT: quit\n"
      "PC=0x46fcae m=0 sigcode=0\n"
      "\n"
      "fatal error: all goroutines are asleep - deadlock!\n"
      "\n"
      "rax    0x0\n");
  EXPECT_EQ(ShowDump(document),
            "crash: first [recovered]\n"
            "crash: second\n"
            "crash: SIGQUIT: quit\n"
            "crash: all goroutines are asleep - deadlock!\n"
            "1 [running] main.main main.go:3()\n");
  EXPECT_EQ(document->dump->crashes[3].kind, CrashKind::kDeadlock);
  EXPECT_EQ(ShowFaults(*document), "1 x Lines between those of the format were passed over. (exit status 2)\n");
}

TEST(GoroutineDump, IsFoundInLogsBehindTheirPrefixes) {
  const std::string plain =
      "2 [IO wait] net.read net.go:5(0x1) by main.main main.go:7 in 1\n"
      "3 [sleep] time.Sleep time.go:9(0x5)\n";
  EXPECT_EQ(ShowDump(ReadDump("2026-11-24T10:00:00.1Z api stderr F goroutine 2 [IO wait]:\n"
                              "2026-11-24T10:00:00.12Z api stderr F net.read(0x1)\n"
                              "2026-11-24T10:00:00.123Z api stderr F \tnet.go:5 +0x1\n"
                              "2026-11-24T10:00:00.1Z api stderr F created by main.main in goroutine 1\n"
                              "2026-11-24T10:00:00.1Z api stderr F \tmain.go:7 +0x1\n"
                              "2026-11-24T10:00:00.1Z api stderr F \n"
                              "2026-11-24T10:00:00.1Z api stderr F goroutine 3 [sleep]:\n"
                              "2026-11-24T10:00:00.1Z api stderr F time.Sleep(0x5)\n"
                              "2026-11-24T10:00:00.1Z api stderr F \ttime.go:9 +0x1\n")),
            plain);
  // The tab is lost, and the log writes in between.
  EXPECT_EQ(ShowDump(ReadDump("api| goroutine 2 [IO wait]:\n"
                              "api| net.read(0x1)\n"
                              "db| checkpoint complete: 3 buffers\n"
                              "api| net.go:5 +0x1\n"
                              "api| created by main.main in goroutine 1\n"
                              "api| main.go:7 +0x1\n"
                              "api|\n"
                              "api| goroutine 3 [sleep]:\r\n"
                              "api| time.Sleep(0x5)\r\n"
                              "api| time.go:9 +0x1\r\n")),
            plain);
}

TEST(GoroutineDump, SeveralDumpsOfOneLogAreKeptApart) {
  const Result<Document> document =
      ReadDump("goroutine 1 [running]:\n\ngoroutine 2 [select]:\n\ngoroutine 1 [sleep]:\n");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->dump->snapshots, 2u);
  EXPECT_EQ(document->dump->goroutines[2].snapshot, 1u);
}

TEST(GoroutineDump, ACutTextKeepsWhatStandsBeforeTheCut) {
  const std::string text =
      "goroutine 1 [running]:\nmain.main()\n\tmain.go:3 +0x1\n\ngoroutine 2 [select]:\nmain.a()\n\tmain.go:4 "
      "+0x1\nmain.b()\n";
  const Result<Document> document = ReadDump(text);
  EXPECT_EQ(ShowDump(document), "1 [running] main.main main.go:3()\n2 [select] main.a main.go:4()\n");
  ASSERT_TRUE(document->fault);
  EXPECT_EQ(document->fault->text, "goroutine 2: wants the place of \"main.b()\", found the end of the file");
  for (size_t size = 23; size <= text.size(); ++size) {
    const Result<Document> cut = ReadDump(text.substr(0, size));
    ASSERT_TRUE(cut.ok()) << size;
    EXPECT_EQ(cut->dump->goroutines.size(), std::get<Profile>(cut->body).samples.size());
    EXPECT_GE(cut->dump->goroutines.size(), 1u);
  }
}

TEST(GoroutineDump, OtherTextIsRefusedWithWhatWasWanted) {
  EXPECT_EQ(ShowDump(ReadDump("hello\ngoroutine x [running]:\ngoroutine 1 and 2 [sic]:\n")),
            "error: wants goroutines (\"goroutine 1 [running]:\"), found none in 3 lines\n");
  EXPECT_EQ(ShowDump(ReadDump("goroutine 99999999999999999999 [running]:\n")),
            "error: wants goroutines (\"goroutine 1 [running]:\"), found none in 1 lines\n");
}

TEST(GoroutineDump, IsDetectedByContent) {
  const auto describe = [](std::string_view text) { return Detect(AsBytes(text), true).description; };
  EXPECT_EQ(describe("x\n12:00 app: goroutine 1 [running]:\nmain.main()\n"), "Go goroutine dump");
  EXPECT_EQ(describe("fatal error: concurrent map writes\n\ngoroutine 18 [running]:\n"), "text of a Go crash");
  EXPECT_EQ(describe("<html>\ngoroutine 1 [running]:\n"), "HTML page");
  EXPECT_EQ(describe("gc 1 @0.1s 2%: 1+2+3 ms clock\ngoroutine 1 [running]:\n"), "Go goroutine dump");
}

}  // namespace
}  // namespace flametrail
