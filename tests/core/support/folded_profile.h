// Profiles drawn in the test: one line per sample, the stack from root to leaf, then its values, then its labels.
//
//   "main;run;read 3\n"
//   "main;run 1\n"
//
// A frame is NAME, with what the test needs after it: "run@a/b.go:12" (file and line, ":12:7" a column too),
// "run!0x401000" (an address), "0x401000" (an address without symbol), "run>helper" (one location of two lines: helper
// was inlined into run). The stack "-" has no frames. Values stand in the order of FoldedOptions::types; missing ones
// are 0. Labels: "worker=7" is text, "bytes:=4096" a number, "size:=4kb" a number with a unit.
#ifndef TESTS_CORE_SUPPORT_FOLDED_PROFILE_H_
#define TESTS_CORE_SUPPORT_FOLDED_PROFILE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/profile.h"

namespace flametrail {

struct FoldedOptions {
  std::vector<std::pair<std::string, std::string>> types = {{"cpu", "nanoseconds"}};  // type, unit
  std::string binary;  // file of the one mapping; empty: the profile has no mapping
};

// Equal frame texts are one location, equal name and file one function. Ends the test program on text it cannot read.
Profile FoldedProfile(std::string_view text, const FoldedOptions& options = {});

}  // namespace flametrail

#endif  // TESTS_CORE_SUPPORT_FOLDED_PROFILE_H_
