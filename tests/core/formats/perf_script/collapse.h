// Folds a profile read from perf script as FlameGraph's stackcollapse-perf.pl folds the text: the rules of that
// script's main loop, so that its results can be compared as sets.
#ifndef TESTS_CORE_FORMATS_PERF_SCRIPT_COLLAPSE_H_
#define TESTS_CORE_FORMATS_PERF_SCRIPT_COLLAPSE_H_

#include <cstdint>
#include <map>
#include <string>

#include "core/model/profile.h"

namespace flametrail::testing {

struct CollapseOptions {
  bool pid = false;
  bool tid = false;
  bool kernel = false;
  bool jit = false;
  bool addrs = false;
};

// Only samples of the first event, as the script does.
std::map<std::string, int64_t> CollapsePerf(const Profile& profile, const CollapseOptions& options);

// "a;b 12" lines; equal stacks are added.
std::map<std::string, int64_t> ParseCollapsed(const std::string& text);

}  // namespace flametrail::testing

#endif  // TESTS_CORE_FORMATS_PERF_SCRIPT_COLLAPSE_H_
