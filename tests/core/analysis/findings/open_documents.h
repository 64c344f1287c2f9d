#ifndef TESTS_CORE_ANALYSIS_FINDINGS_OPEN_DOCUMENTS_H_
#define TESTS_CORE_ANALYSIS_FINDINGS_OPEN_DOCUMENTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/analysis/findings/finding.h"

namespace flametrail::testing {

// Open documents, as a person would have them.
class OpenDocuments {
 public:
  // "root;leaf VALUE VALUE" a line, one value a type.
  OpenDocuments& Profile(std::vector<std::pair<std::string, std::string>> types, std::string_view lines,
                         int64_t duration = 0);
  OpenDocuments& Cpu(std::string_view lines) { return Profile({{"samples", "count"}, {"cpu", "nanoseconds"}}, lines); }
  OpenDocuments& Heap(std::string_view lines) {
    return Profile(
        {{"alloc_objects", "count"}, {"alloc_space", "bytes"}, {"inuse_objects", "count"}, {"inuse_space", "bytes"}},
        lines);
  }
  OpenDocuments& Block(std::string_view lines, int64_t duration = 0) {
    return Profile({{"contentions", "count"}, {"delay", "nanoseconds"}}, lines, duration);
  }
  OpenDocuments& Dump(const std::string& text);
  OpenDocuments& Stats(const MemStats& stats);
  OpenDocuments& Log(const GcLog& log);
  OpenDocuments& Trace(std::string_view picture);
  // "NAME UNIT VALUE..." a line: one result a value.
  OpenDocuments& Bench(std::string_view lines);

  std::vector<Finding> Find() const { return FindProblems(subjects_, {}); }

 private:
  Subject& Add() {
    subjects_.emplace_back();
    return subjects_.back();
  }
  std::vector<Subject> subjects_;
  std::vector<std::shared_ptr<void>> owned_;
};

}  // namespace flametrail::testing

#endif  // TESTS_CORE_ANALYSIS_FINDINGS_OPEN_DOCUMENTS_H_
