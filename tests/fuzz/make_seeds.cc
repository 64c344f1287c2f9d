// Writes the seeds of open_fuzz: make_seeds tests/fuzz/corpus/open_fuzz. All made by us; build it by hand when seeds
// should change:
//   g++ -std=c++20 -I. tests/fuzz/make_seeds.cc tests/core/support/{profile_builder,compress}.cc core/base/check.cc -lz
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>

#include "tests/core/support/compress.h"
#include "tests/core/support/profile_builder.h"

namespace {

using flametrail::testing::FoldedProfileBytes;
using flametrail::testing::Gzip;
using flametrail::testing::Message;
using flametrail::testing::PaddedVarint;
using flametrail::testing::ProfileBuilder;
using flametrail::testing::ZlibStream;
namespace field = flametrail::testing::field;

std::string Everything() {
  ProfileBuilder b;
  b.SampleType("samples", "count").SampleType("cpu", "nanoseconds");
  const uint64_t binary = b.Mapping("/opt/demo/shop", "5eed");
  const uint64_t leaf = b.Location({"strings.Index:12", "main.find:30"}, binary, 0x1000);
  const uint64_t root = b.Location({"main.main:7"}, binary, 0x2000);
  const uint64_t bare = b.Location({}, binary, 0x3000);
  b.TextLabel("page", "search").NumberLabel("bytes", 4096, "bytes").Sample({leaf, root}, {1, 10000000});
  b.TextLabel("page", "checkout").Sample({bare, root}, {2, 20000000});
  b.Sample({root, root, root}, {3, 30000000}).Sample({}, {1, 5});
  b.scalars().Varint(field::kTime, 1700000000000000000).Varint(field::kDuration, 1000000000);
  b.scalars().Sub(field::kPeriodType, Message().Varint(1, b.String("cpu")).Varint(2, b.String("nanoseconds")));
  b.scalars().Varint(field::kPeriod, 10000000).Varint(field::kComment, b.String("made for fuzzing"));
  b.scalars()
      .Varint(field::kDropFrames, b.String("runtime\\..*"))
      .Varint(field::kKeepFrames, b.String("runtime\\.main"));
  b.scalars().Varint(field::kDefaultType, b.String("cpu")).Varint(field::kDocUrl, b.String("https://example.org/"));
  return b.Build();
}

std::string Negative() {
  ProfileBuilder b;
  b.SampleType("delta", "bytes");
  const uint64_t a = b.Location({"a"});
  const uint64_t c = b.Location({"c"});
  b.Sample({c, a}, {-7}).Sample({a}, {3}).Sample({c}, {std::numeric_limits<int64_t>::min()});
  return b.Build();
}

std::string Dangling() {
  ProfileBuilder b;
  b.SampleType("samples", "count");
  const uint64_t a = b.Location({"a"}, 99);
  b.locations().Sub(field::kLocation, Message().Varint(1, 7).Sub(4, Message().Varint(1, 55).Varint(2, 3)));
  b.Sample({a, 7, 12345}, {1});
  b.functions().Sub(field::kFunction, Message().Varint(1, 9).Varint(2, 1000));
  return b.Build();
}

std::string Unpacked() {
  const Message sample = Message().Varint(1, 1).Varint(1, 1).Varint(2, 5).Tag(2, 0).Raw(PaddedVarint(3, 10));
  ProfileBuilder b;
  b.SampleType("a", "count").SampleType("b", "count");
  b.Location({"f"});
  b.samples().Sub(field::kSample, sample);
  b.extra().Varint(99, 1).Fixed32(98, 2).Fixed64(97, 3).Bytes(96, "unknown");
  return b.Build();
}

bool Write(const std::string& folder, const char* name, std::string_view bytes) {
  std::FILE* file = std::fopen((folder + "/" + name).c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  return std::fclose(file) == 0 && written;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: make_seeds FOLDER\n", stderr);
    return 2;
  }
  const std::string folded = FoldedProfileBytes("main;run;read 3\nmain;run 1\nmain;run;read;read 2");
  ProfileBuilder no_samples;
  no_samples.SampleType("samples", "count");
  const struct {
    const char* name;
    std::string bytes;
  } seeds[] = {
      {"everything.pb", Everything()},
      {"everything.pb.gz", Gzip(Everything())},
      {"stored.pb.gz", Gzip(Everything(), 0)},
      {"members.pb.gz", Gzip(folded.substr(0, 30)) + Gzip(folded.substr(30)) + std::string(5, '\0')},
      {"zlib.pb.z", ZlibStream(folded)},
      {"folded.pb", folded},
      {"negative.pb", Negative()},
      {"dangling.pb", Dangling()},
      {"unpacked.pb", Unpacked()},
      {"no_samples.pb", no_samples.Build()},
      {"cut.pb.gz", Gzip(Everything()).substr(0, 150)},
      {"glued.pb", Everything() + Everything()},
      {"folded.txt", "main;run;read 3\nmain;run 1\n"},
      {"goroutines.txt", "goroutine 1 [running]:\nmain.main()\n\t/app/main.go:3 +0x1\n"},
      {"heap.txt", "heap profile: 1: 2 [3: 4] @ heap/1048576\n1: 2 [3: 4] @ 0x10 0x20\n"},
      {"perf.txt", "shop 1  3.123456:  100 cycles: \n\t  1f main.f+0x1 (/app)\n"},
      {"chrome.json", "{\"traceEvents\":[{\"ph\":\"X\",\"ts\":1}]}"},
      {"trace.bin", std::string("go 1.22 trace\0\0\0\1\1", 18)},
  };
  for (const auto& seed : seeds) {
    if (!Write(argv[1], seed.name, seed.bytes)) {
      std::fprintf(stderr, "make_seeds: cannot write %s/%s\n", argv[1], seed.name);
      return 1;
    }
  }
  return 0;
}
