// Goroutines as rows, whether a dump told of them one by one or a profile counted them.
#ifndef CORE_ANALYSIS_DUMP_GOROUTINES_H_
#define CORE_ANALYSIS_DUMP_GOROUTINES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/dump.h"
#include "core/model/profile.h"

namespace flametrail {

// What analyses of goroutines read. `dump` is null for a profile (debug=1, protocol buffer): then there are no states,
// waits or creators. Both outlive it.
struct GoroutineSource {
  const Profile* profile = nullptr;
  const Dump* dump = nullptr;
  size_t sample_type = 0;
};

// Unset: the profile does not count goroutines.
std::optional<GoroutineSource> GoroutinesOf(const Profile& profile, const Dump* dump);
// How many goroutines all rows stand for; at most 2^63 - 1.
int64_t CountGoroutines(const GoroutineSource& source);
// How many the row stands for: 1 in a dump. Negative counts of a comparison are 0.
int64_t GoroutineCount(const GoroutineSource& source, size_t row);

// Of the innermost function at the location; empty: an address without symbol.
std::string_view FunctionAt(const Profile& profile, LocationId location);
std::string_view FileAt(const Profile& profile, LocationId location);
int64_t LineAt(const Profile& profile, LocationId location);
// "main.run main.go:12": the same in every file of the program, whatever its ids.
std::string PlaceText(const Profile& profile, LocationId location);

// One text a frame, leaf first, inlined ones too.
std::vector<std::string> StackText(const Profile& profile, StackId stack);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_DUMP_GOROUTINES_H_
