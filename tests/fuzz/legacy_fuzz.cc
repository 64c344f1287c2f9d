// Legacy profiles straight into their readers, both ways of reading each; chunks of any size give the same.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/formats/detect.h"

namespace {

using flametrail::Bytes;
using flametrail::Document;
using flametrail::Format;
using flametrail::Profile;
using flametrail::ReadOptions;
using flametrail::Result;

Result<Document> Read(Format format, Bytes bytes, const ReadOptions& options, size_t chunk) {
  const auto reader = flametrail::MakeReader(format, options);
  for (size_t at = 0; at < bytes.size(); at += chunk) {
    if (!reader->Append(bytes.subspan(at, std::min(chunk, bytes.size() - at)))) break;
  }
  return reader->Finish(std::nullopt);
}

[[noreturn]] void Report(const char* what) {
  std::fprintf(stderr, "legacy_fuzz: %s\n", what);
  std::abort();
}

// Every id is in its table.
void CheckProfile(const Profile& profile) {
  for (const auto& column : profile.samples.values) {
    if (column.size() != profile.samples.size()) Report("a value is missing");
  }
  for (const auto stack : profile.samples.stack) {
    if (stack.index() >= profile.stacks.size()) Report("no such stack");
  }
  for (size_t i = 1; i < profile.stacks.size(); ++i) {
    if (profile.stacks.location[i].index() >= profile.locations.size()) Report("no such location");
  }
  for (const auto mapping : profile.locations.mapping) {
    if (!mapping.is_none() && mapping.index() >= profile.mappings.size()) Report("no such mapping");
  }
  for (const auto function : profile.locations.line_function) {
    if (function.index() >= profile.functions.size()) Report("no such function");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Bytes bytes(data, size);
  for (const Format format : {Format::kPprofLegacyCpu, Format::kPprofLegacyText}) {
    for (const bool compat : {false, true}) {
      const Result<Document> whole = Read(format, bytes, {compat}, size + 1);
      const Result<Document> cut = Read(format, bytes, {compat}, 1 + size / 7);
      if (whole.ok() != cut.ok()) Report("chunks change the outcome");
      if (!whole.ok()) {
        if (whole.error().text.empty() || whole.error().text != cut.error().text) Report("chunks change the sentence");
        continue;
      }
      CheckProfile(std::get<Profile>(whole->body));
      const Profile& other = std::get<Profile>(cut->body);
      if (std::get<Profile>(whole->body).samples.values != other.samples.values) Report("chunks change the values");
    }
  }
  return 0;
}
