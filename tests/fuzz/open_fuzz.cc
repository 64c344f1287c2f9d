// Any bytes, dropped on the page: detected, decompressed, decoded, asked every question. Chunks are cut at places that
// depend on the bytes; the outcome must not depend on the places.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/base/hash.h"
#include "tests/core/support/open.h"

namespace {

using flametrail::Mix64;
using flametrail::testing::AskEverything;
using flametrail::testing::Opened;
using flametrail::testing::OpenInChunks;
using flametrail::testing::Outcome;
using flametrail::testing::Survived;

// A few bytes of compressed zeros may become megabytes of samples; that costs time and finds nothing.
constexpr uint64_t kMaxDecompressed = uint64_t{4} << 20;
constexpr uint64_t kMaxSamples = 20000;

uint64_t HashOf(std::string_view bytes) {
  uint64_t hash = bytes.size();
  for (const char c : bytes) hash = Mix64(hash ^ static_cast<uint8_t>(c));
  return hash;
}

[[noreturn]] void Report(const std::string& what) {
  std::fprintf(stderr, "open_fuzz: %s\n", what.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  uint64_t state = HashOf(file);
  const Opened cut = OpenInChunks(file, [&state] {
    state = Mix64(state + 1);
    return state % 4 == 0 ? 1 + (state >> 8) % 1000 : 1 + (state >> 8) % 12;
  });
  const Opened whole = OpenInChunks(file, [size] { return size; });
  if (Outcome(cut) != Outcome(whole)) Report("in chunks: " + Outcome(cut) + "\nat once: " + Outcome(whole));
  if (Survived(cut) != Survived(whole)) Report("in chunks and at once, different things were survived");
  if (!cut.finished.ok()) return 0;
  const flametrail::ProfileSummary& summary = cut.session->summary();
  if (summary.bytes_out > kMaxDecompressed || summary.samples > kMaxSamples) return 0;
  if (const std::string fault = AskEverything(cut.session.get()); !fault.empty()) Report(fault);
  return 0;
}
