#include "core/formats/detect.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/io/inflate.h"
#include "tests/core/support/compress.h"
#include "tests/core/support/files.h"
#include "tests/core/support/profile_builder.h"

namespace flametrail {
namespace {

using namespace std::string_view_literals;
using testing::FoldedProfileBytes;
using testing::Message;
using testing::ProfileBuilder;
namespace field = testing::field;

struct Case {
  std::string_view head;
  Format format;
  std::string_view description;
};

std::string Tar() {
  std::string tar(512, '\0');
  tar.replace(0, 7, "cpu.out");
  tar.replace(257, 5, "ustar");
  return tar;
}

std::string WindowsProgram() {
  std::string program(128, '\0');
  program.replace(0, 2, "MZ");
  program[60] = 64;
  program.replace(64, 4, "PE\0\0"sv);
  return program;
}

void Check(const Case& each) {
  const Detection detection = Detect(AsBytes(each.head), true);
  EXPECT_EQ(detection.description, each.description);
  EXPECT_EQ(static_cast<int>(detection.format), static_cast<int>(each.format)) << each.description;
  if (each.format == Format::kPprof) EXPECT_TRUE(detection.supported);
  if (each.format == Format::kForeign || each.format == Format::kUnknown) EXPECT_FALSE(detection.supported);
  EXPECT_EQ(MakeReader(detection.format) != nullptr, detection.supported);
}

TEST(DetectTest, NamesForeignBinaries) {
  const std::string tar = Tar();
  const std::string windows = WindowsProgram();
  const Case cases[] = {
      {"", Format::kForeign, "empty file"},
      {"\0"sv, Format::kForeign, "nothing but zeros"},
      {"\xFF\xD8\xFF\xE0\0\x10JFIF\0"sv, Format::kForeign, "JPEG image"},
      {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"sv, Format::kForeign, "PNG image"},
      {"GIF89a\1\0\1\0"sv, Format::kForeign, "GIF image"},
      {"RIFF\0\0\0\0WEBPVP8 "sv, Format::kForeign, "WebP image"},
      {"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"sv, Format::kForeign, "PDF document"},
      {"\x7F"
       "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3E\0"sv,
       Format::kForeign, "ELF program or library"},
      {"\xCF\xFA\xED\xFE\7\0\0\1"sv, Format::kForeign, "Mach-O program or library"},
      {"\xCA\xFE\xBA\xBE\0\0\0\2"sv, Format::kForeign, "Mach-O program or library"},
      {"\xCA\xFE\xBA\xBE\0\0\0\x3D"sv, Format::kForeign, "Java class file"},
      {windows, Format::kForeign, "Windows program or library (PE)"},
      {"\0asm\1\0\0\0"sv, Format::kForeign, "WebAssembly module"},
      {"PK\3\4\x14\0\0\0"sv, Format::kForeign, "zip archive"},
      {tar, Format::kForeign, "tar archive"},
      {"\x1F\x8B\x08\0\0\0\0\0"sv, Format::kForeign, "gzip file inside another one"},
      {"\xFD"
       "7zXZ\0\0\4"sv,
       Format::kForeign, "xz file"},
      {"\x28\xB5\x2F\xFD\4\0"sv, Format::kForeign, "zstd file"},
      {"BZh91AY&SY\0\0"sv, Format::kForeign, "bzip2 file"},
      {"7z\xBC\xAF\x27\x1C\0\4"sv, Format::kForeign, "7z archive"},
      {"SQLite format 3\0\x10\0"sv, Format::kForeign, "SQLite database"},
      {"JAVA PROFILE 1.0.2\0\0\0\0\x08"sv, Format::kForeign, "Java heap dump (HPROF)"},
      {"FLR\0\0\2\0\1"sv, Format::kForeign, "Java Flight Recorder recording (JFR)"},
      {"PERFILE2\x68\0\0\0"sv, Format::kForeign, "Linux perf recording (perf.data)"},
      {"\x93\x01\x02\xFE\x8A\x00\x11\xC2"sv, Format::kUnknown, "binary data of no kind known here"},
      {"\xFF\xFE"
       "a\0b\0"sv,
       Format::kForeign, "text in UTF-16"},
  };
  for (const Case& each : cases) Check(each);
}

TEST(DetectTest, NamesGoAndProfilerFiles) {
  const Case cases[] = {
      {"go 1.22 trace\0\0\0\1\1"sv, Format::kGoTrace, "Go execution trace (go 1.22)"},
      {"go 1.5 trace\0\0\0\0"sv, Format::kGoTrace, "Go execution trace (go 1.5)"},
      {"\0\0\0\0\3\0\0\0\1\0\0\0\x10\x27\0\0\0\0\0\0\1\0\0\0"sv, Format::kPprofLegacyCpu,
       "CPU profile in the old binary format of gperftools"},
      {"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x27\x10\0\0\0\0\0\0\0\0"sv,
       Format::kPprofLegacyCpu, "CPU profile in the old binary format of gperftools"},
      {"heap profile: 13: 47136 [103555: 11324000] @ heap/8192\n", Format::kPprofLegacyText,
       "heap profile in text form (debug=1 or gperftools)"},
      {"\n--- contentionz 1 ---\nformat = java\n", Format::kPprofLegacyText, "contention profile in text form"},
      {"--- contention:\ncycles/second=2600024234\n", Format::kPprofLegacyText, "block profile in text form (debug=1)"},
      {"--- mutex:\ncycles/second=1\n", Format::kPprofLegacyText, "mutex profile in text form (debug=1)"},
      {"--- heapz 1 ---\nformat = java\n", Format::kPprofLegacyText, "Java heap profile in text form"},
      {"--- threadz 1 ---\n\n--- Thread 7f79 (name: main/1) stack: ---\n", Format::kPprofLegacyText,
       "thread profile in text form"},
      {"goroutine profile: total 33\n6 @ 0x4399d6\n", Format::kPprofLegacyText,
       "goroutine profile in text form (debug=1)"},
      {"threadcreate profile: total 9\n9 @\n", Format::kPprofLegacyText, "threadcreate profile in text form (debug=1)"},
      {"goroutine 18 [select, 2 minutes]:\nmain.main()\n", Format::kGoroutineText, "Go goroutine dump"},
      {"2026/01/01 starting\n\ngoroutine 1 gp=0xc0000061c0 m=0 mp=0x5456e0 [running]:\n", Format::kGoroutineText,
       "Go goroutine dump"},
      {"panic: oops\n\ngoroutine 1 [running]:\nmain.main()\n", Format::kGoroutineText, "text of a Go crash"},
      {"fatal error: all goroutines are asleep - deadlock!\n", Format::kGoroutineText, "text of a Go crash"},
      {"shop 22856  3439.040293:    5025125 cpu-clock: \n\tffffffff82203249 _raw+0x19 ([kernel.kallsyms])\n",
       Format::kPerfScript, "output of perf script"},
      {"shop  22856/22857 [001] 3439.040293: cycles: \n          170436 main.f+0x36 (/app/shop)\n", Format::kPerfScript,
       "output of perf script"},
      {"main;run;read 3\nmain;run 1\n", Format::kFolded, "folded stacks"},
      {"main 1\r\nmain;run 2\r\n", Format::kFolded, "folded stacks"},
      {R"({"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[]}})",
       Format::kSpeedscope, "speedscope profile (JSON)"},
      {R"({"cmdline": ["shop"], "memstats": {"Alloc":1}})", Format::kGoVars, "Go's exported variables (expvar JSON)"},
      {"goos: linux\nBenchmarkRead-2   100   1234 ns/op   3 B/op\n", Format::kGoBench, "output of go test -bench"},
      {"gc 7 @0.123s 4%: 0.01+1+0.01 ms clock\n", Format::kGcTrace, "log with GODEBUG=gctrace=1"},
      {"SCHED 1009ms: gomaxprocs=2 idleprocs=2\n", Format::kGcTrace, "log with GODEBUG=schedtrace"},
      {"File: shop\nType: cpu\nShowing nodes accounting for 1s, 100% of 1s total\n", Format::kForeign,
       "text report of go tool pprof"},
  };
  for (const Case& each : cases) Check(each);
}

TEST(DetectTest, NamesOtherTexts) {
  const Case cases[] = {
      {R"({"traceEvents":[{"ph":"X","ts":1}]})", Format::kForeign, "Chrome trace (JSON)"},
      {R"([{"ph":"B","pid":1,"ts":2}])", Format::kForeign, "Chrome trace (JSON)"},
      {R"({"nodes":[{"id":1,"callFrame":{}}],"samples":[]})", Format::kForeign, "Chrome CPU profile (.cpuprofile)"},
      {R"({"meta":{"preprocessedProfileVersion":47}})", Format::kForeign, "Firefox profile (JSON)"},
      {R"({"answer": 42})", Format::kForeign, "JSON document"},
      {"\xEF\xBB\xBF[]", Format::kForeign, "JSON document"},
      {"<!DOCTYPE html>\n<html>", Format::kForeign, "HTML page"},
      {"<?xml version=\"1.0\"?><a/>", Format::kForeign, "XML document"},
      {"<?xml version=\"1.0\"?>\n<svg>", Format::kForeign, "SVG image"},
      {"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", Format::kForeign,
       "Git LFS pointer (the file itself was not fetched)"},
      {"404 page not found\n", Format::kForeign, "text that begins \"404 page not found\""},
      {"[0.004s][info][gc] Using Serial\n", Format::kForeign, "text that begins \"[0.004s][info][gc] Using Serial\""},
      {"words and 3\nnumbers 4\n", Format::kForeign, "text that begins \"words and 3\""},
      {"Dear reader, this line is longer than what is quoted", Format::kForeign,
       "text that begins \"Dear reader, this line is longer than wh...\""},
      {" \n\t\n", Format::kForeign, "blank text"},
      {"\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, this is mostly plain text all the same", Format::kForeign,
       "text"},
      // Could begin a profile, byte by byte: field 1, 6, 10, 13, 15, each followed by letters.
      {"\n\n\n\n\n\n\n\n", Format::kForeign, "blank text"},
      {"2\0"sv, Format::kPprof, "pprof profile (protocol buffer)"},
      {"2 is the number after 1, and before 3 comes", Format::kForeign,
       "text that begins \"2 is the number after 1, and before 3 co...\""},
      {"PPPPPPPPPPhhhhhhhhhhxxxxxxxxxx", Format::kForeign, "text that begins \"PPPPPPPPPPhhhhhhhhhhxxxxxxxxxx\""},
  };
  for (const Case& each : cases) Check(each);
}

TEST(DetectTest, KnowsProfilesByShape) {
  const std::string whole = FoldedProfileBytes("main;run;read 3\nmain;run 1");
  const Message type = Message().Varint(1, 1).Varint(2, 2);
  const Message strings = Message().Bytes(field::kString, "").Bytes(field::kString, "cpu");
  const struct {
    const char* what;
    std::string bytes;
    bool profile;
  } cases[] = {
      {"whole", whole, true},
      {"only strings", strings.bytes(), true},
      {"strings first", strings.bytes() + whole, true},
      {"numbers first", Message().Varint(field::kTime, 5).bytes() + whole, true},
      {"one type", Message().Sub(field::kSampleType, type).bytes(), true},
      {"empty type", Message().Bytes(field::kSampleType, "").bytes(), true},
      {"only numbers", Message().Varint(field::kTime, 5).bytes(), false},
      {"damaged behind the beginning", Message().Sub(field::kSampleType, type).bytes() + "\xFF\xFF\xFF", true},
      {"damaged at once", "\xFF\xFF\xFF" + whole, false},
      {"wrong wire type at once", Message().Varint(field::kSampleType, 1).bytes() + whole, false},
      {"first message of another shape", Message().Bytes(field::kSampleType, "hello").bytes() + whole, false},
      {"unpacked samples", Message().Sub(field::kSample, Message().Varint(1, 1).Varint(2, 5)).bytes(), true},
      {"begins with doc_url, as zlib streams do", Message().Varint(field::kDocUrl, 1).bytes() + whole, true},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(Detect(AsBytes(each.bytes), true).format == Format::kPprof, each.profile) << each.what;
  }
}

TEST(DetectTest, KnowsAProfileByAnyHeadOfIt) {
  ProfileBuilder builder;
  builder.SampleType("cpu", "nanoseconds");
  builder.TextLabel("key", std::string(3000, 'x')).Sample({builder.Location({"main.main:3"})}, {7});
  const std::string profile = builder.Build();
  for (size_t size = 6; size < profile.size(); ++size) {
    EXPECT_EQ(Detect(AsBytes(profile).first(size), false).format, Format::kPprof) << size;
    EXPECT_EQ(Detect(AsBytes(profile).first(size), true).format, Format::kPprof) << size;
  }
}

// A head may end anywhere, also inside a line or a letter.
TEST(DetectTest, AnswersForAnyHead) {
  const std::string_view texts[] = {"main;run;read 3\nmain;run 1\n", "goroutine profile: total 3\n",
                                    "shop 1 2.345678: 9 cycles: \n\t12 f (x)\n", "{\"memstats\":{}, \"cmdline\":[]}",
                                    "\xE2\x82\xAC\xE2\x82\xAC"};
  for (const std::string_view text : texts) {
    for (size_t size = 0; size <= text.size(); ++size) {
      EXPECT_NE(Detect(AsBytes(text.substr(0, size)), false).description, "") << size;
      EXPECT_NE(Detect(AsBytes(text.substr(0, size)), true).description, "") << size;
    }
  }
  std::string long_line(kDetectBytes * 2, 'x');
  long_line[1] = ';';
  EXPECT_EQ(Detect(AsBytes(long_line), true).format, Format::kForeign);
  EXPECT_EQ(Detect(AsBytes("main;run 3\nmain;ru"), false).format, Format::kFolded);
}

TEST(DetectTest, NeverLooksBehindItsLimit) {
  const std::string zeros(kDetectBytes, '\0');
  EXPECT_EQ(Detect(AsBytes(zeros + "x"), true).description, "zeros (at least at the beginning)");
  EXPECT_EQ(Detect(AsBytes(zeros), true).description, "nothing but zeros");
}

TEST(DetectTest, SaysInOneSentenceWhatIsSupported) {
  const std::string readable =
      "pprof profiles (cpu.pb.gz, heap.pb.gz), their older forms (debug=1 text, gperftools), Go execution traces, "
      "goroutine dumps and crash texts, perf script output, folded stacks, speedscope files, expvar JSON, Go benchmark "
      "results and GC trace logs";
  const Error jpeg = NotSupported(Detect(AsBytes("\xFF\xD8\xFF\xE0"), true));
  EXPECT_EQ(jpeg.code, Code::kUnsupported);
  EXPECT_EQ(jpeg.offset, 0u);
  EXPECT_EQ(jpeg.text, "this looks like a JPEG image; Flametrail reads " + readable);
  EXPECT_EQ(NotSupported({Format::kGcTrace, false, "gctrace lines", "lines of gctrace"}).text,
            "this looks like lines of gctrace, which Flametrail does not read yet; so far it reads " + readable);
  EXPECT_EQ(NotSupported(Detect({}, true)).text, "this looks like an empty file; Flametrail reads " + readable);
}

// ---- The corpus: every file of every folder, expected by its name ----

bool Ends(std::string_view name, std::initializer_list<std::string_view> endings) {
  for (const std::string_view ending : endings) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

bool Has(std::string_view name, std::string_view part) { return name.find(part) != std::string_view::npos; }

Format ExpectedDump(std::string_view name) {
  if (Has(name, ".debug1.")) return Format::kPprofLegacyText;
  if (Has(name, ".debug2.") || name.starts_with("crash-")) return Format::kGoroutineText;
  if (name.ends_with(".folded")) return Format::kFolded;
  if (Has(name, "perf-script")) return Format::kPerfScript;
  if (name.ends_with(".vars.json")) return Format::kGoVars;
  return Format::kForeign;
}

// Files of folders where names do not tell.
Format ExpectedThirdPartyProfile(std::string_view name) {
  if (Ends(name, {".txt", ".string", ".json"}) || name.starts_with("pprof.")) return Format::kForeign;
  if (Ends(name, {".pb.gz", "no_samples_type", ".crash"}) || name == "large.cpu" || name == "sample.cpu") {
    return Format::kPprof;
  }
  if (name.ends_with(".cpu")) return Format::kPprofLegacyCpu;
  return Format::kPprofLegacyText;
}

Format ExpectedTrace(std::string_view name) {
  if (name.starts_with("empty-") || Ends(name, {".txt", ".json"})) return Format::kForeign;
  return name.starts_with("garbage-") ? Format::kUnknown : Format::kGoTrace;
}

Format ExpectedFormat(const std::string& folder, std::string_view name) {
  if (name == "manifest.json" || Ends(name, {"SOURCE.txt", "LICENSE.txt"})) return Format::kForeign;
  if (folder == "profiles") return name.starts_with("empty-") ? Format::kForeign : Format::kPprof;
  if (folder == "dumps") return ExpectedDump(name);
  if (folder == "bench") return Format::kGoBench;
  if (folder == "traces" || folder.starts_with("third_party/go-trace")) return ExpectedTrace(name);
  return ExpectedThirdPartyProfile(name);
}

TEST(DetectCorpusTest, KnowsEveryFile) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  size_t files = 0;
  for (const std::string folder : {"profiles", "traces", "dumps", "bench", "third_party/go-trace-fuzz",
                                   "third_party/go-trace-tests", "third_party/go-trace-v1", "third_party/pprof-driver",
                                   "third_party/pprof-driver-golden", "third_party/pprof-profile"}) {
    for (const std::string& name : testing::ListFiles(*corpus + "/" + folder)) {
      std::string head;
      Inflater inflater([&](Bytes bytes) {
        head += AsText(bytes);
        return head.size() < kDetectBytes;
      });
      const std::string file = testing::ReadFile(*corpus + "/" + folder + "/" + name);
      const bool good = inflater.Append(AsBytes(file)).ok() && inflater.Finish().ok();
      const Detection detection = Detect(AsBytes(head), good && head.size() < kDetectBytes);
      EXPECT_EQ(static_cast<int>(detection.format), static_cast<int>(ExpectedFormat(folder, name)))
          << folder << "/" << name << " taken for " << detection.description;
      ++files;
    }
  }
  EXPECT_GT(files, 300u);
}

}  // namespace
}  // namespace flametrail
