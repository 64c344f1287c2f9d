#ifndef TESTS_CORE_ANALYSIS_FINDINGS_WORLD_H_
#define TESTS_CORE_ANALYSIS_FINDINGS_WORLD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/analysis/findings/finding.h"

namespace flametrail::testing {

// Open documents, as a person would have them.
class World {
 public:
  // "root;leaf VALUE VALUE" a line, one value a type.
  World& Profile(std::vector<std::pair<std::string, std::string>> types, std::string_view lines, int64_t duration = 0);
  World& Cpu(std::string_view lines) { return Profile({{"samples", "count"}, {"cpu", "nanoseconds"}}, lines); }
  World& Heap(std::string_view lines) {
    return Profile(
        {{"alloc_objects", "count"}, {"alloc_space", "bytes"}, {"inuse_objects", "count"}, {"inuse_space", "bytes"}},
        lines);
  }
  World& Block(std::string_view lines, int64_t duration = 0) {
    return Profile({{"contentions", "count"}, {"delay", "nanoseconds"}}, lines, duration);
  }
  World& Dump(const std::string& text);
  World& Stats(const MemStats& stats);
  World& Log(const GcLog& log);
  World& Trace(std::string_view picture);
  // "NAME UNIT VALUE..." a line: one result a value.
  World& Bench(std::string_view lines);

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

#endif  // TESTS_CORE_ANALYSIS_FINDINGS_WORLD_H_
