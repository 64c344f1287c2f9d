// Decodes execution traces and does nothing else: what the reader costs without any answer. One line of JSON a file.
//
//   decode_rate FILE...
//
// {"events":N,"seconds":S,"resident":B,"peak":B}: events as delivered, CPU seconds of the process from opening to the
// finished model, bytes in memory for the model that then is kept, and the most that the process had in memory.
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "core/formats/gotrace/gotrace_reader.h"

namespace {

using flametrail::Bytes;
using flametrail::Document;
using flametrail::Error;
using flametrail::Result;
using flametrail::Trace;

constexpr size_t kChunkBytes = size_t{1} << 20;

double CpuSeconds(const rusage& usage) {
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Pages that were touched: what malloc was asked for also counts address space that nobody uses.
uint64_t ResidentBytes() {
  unsigned long long all = 0, resident = 0;
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  if (std::fscanf(file, "%llu %llu", &all, &resident) != 2) resident = 0;
  std::fclose(file);
  return uint64_t{resident} * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

rusage Usage() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage;
}

std::optional<Result<Document>> Decode(const char* name) {
  std::FILE* const file = std::fopen(name, "rb");
  if (file == nullptr) return std::nullopt;
  const auto reader = flametrail::MakeGoTraceReader({});
  std::vector<uint8_t> chunk(kChunkBytes);
  size_t size;
  while ((size = std::fread(chunk.data(), 1, chunk.size(), file)) > 0) {
    if (!reader->Append(Bytes(chunk).first(size))) break;
  }
  std::fclose(file);
  return reader->Finish(std::nullopt);
}

bool Measure(const char* name) {
  const double before = CpuSeconds(Usage());
  const uint64_t resident_before = ResidentBytes();
  const std::optional<Result<Document>> document = Decode(name);
  if (!document || !document->ok()) {
    std::fprintf(stderr, "decode_rate: %s: %s\n", name, document ? document->error().text.c_str() : "cannot be read");
    return false;
  }
  const rusage after = Usage();
  malloc_trim(0);
  uint64_t events = 0;
  for (const uint64_t count : std::get<Trace>((*document)->body).events_by_kind) events += count;
  std::printf("{\"events\":%" PRIu64 ",\"seconds\":%.3f,\"resident\":%" PRIu64 ",\"peak\":%" PRIu64 "}\n", events,
              CpuSeconds(after) - before, ResidentBytes() - resident_before,
              static_cast<uint64_t>(after.ru_maxrss) * 1024);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  bool is_fine = argc > 1;
  for (int i = 1; i < argc; ++i) is_fine = Measure(argv[i]) && is_fine;
  return is_fine ? 0 : 1;
}
