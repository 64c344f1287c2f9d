// What a fuzz target does with one reader.
#ifndef TESTS_FUZZ_READER_FUZZ_H_
#define TESTS_FUZZ_READER_FUZZ_H_

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "tests/core/support/read_with.h"

namespace flametrail::testing {

[[noreturn]] inline void ReportFuzz(const std::string& what) {
  std::fprintf(stderr, "reader_fuzz: %s\n", what.c_str());
  std::abort();
}

// Every id points into its table, a parent stands before its children.
inline std::string CheckModel(const Profile& profile) {
  const SampleTable& samples = profile.samples;
  if (samples.labels.size() != samples.size()) return "labels";
  if (samples.values.size() != profile.sample_types.size()) return "types";
  for (const auto& values : samples.values) {
    if (values.size() != samples.size()) return "values";
  }
  for (size_t i = 0; i < samples.size(); ++i) {
    if (samples.stack[i].index() >= profile.stacks.size()) return "a sample's stack";
    if (samples.labels[i].index() >= profile.label_sets.size()) return "a sample's labels";
  }
  for (size_t i = 1; i < profile.stacks.size(); ++i) {
    if (profile.stacks.parent[i].index() >= i) return "a stack's parent";
    if (profile.stacks.location[i].index() >= profile.locations.size()) return "a stack's location";
  }
  for (const MappingId mapping : profile.locations.mapping) {
    if (!mapping.is_none() && mapping.index() >= profile.mappings.size()) return "a mapping";
  }
  for (const FunctionId function : profile.locations.line_function) {
    if (function.index() >= profile.functions.size()) return "a function";
  }
  return {};
}

inline int FuzzReader(std::unique_ptr<Reader> (*make)(), std::string_view text) {
  const Result<Document> whole = ReadWith(make(), text);
  const Result<Document> cut = ReadWith(make(), text, 1 + text.size() % 13);
  if (whole.ok()) {
    const std::string fault = CheckModel(std::get<Profile>(whole->body));
    if (!fault.empty()) ReportFuzz(fault);
  }
  if (ShowResult(whole) != ShowResult(cut))
    ReportFuzz("at once: " + ShowResult(whole) + "\nin chunks: " + ShowResult(cut));
  const Result<Document> faulty = ReadWith(make(), text, SIZE_MAX, Error{Code::kTruncated, text.size(), "cut"});
  if (faulty.ok() && !faulty->fault) ReportFuzz("a cut input without a fault");
  return 0;
}

}  // namespace flametrail::testing

#endif  // TESTS_FUZZ_READER_FUZZ_H_
