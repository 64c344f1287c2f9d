// Sums over samples that rules ask for.
#ifndef CORE_ANALYSIS_FINDINGS_PROFILE_FACTS_H_
#define CORE_ANALYSIS_FINDINGS_PROFILE_FACTS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/findings/finding.h"

namespace flametrail {

// Which program, as far as profiles tell.
std::string ProgramOf(const Profile& profile);

std::optional<size_t> TypeNamed(const Profile& profile, std::string_view type);
// Sum of the positive values.
double TotalOf(const Profile& profile, size_t type);
// How many samples stand behind all values: of a CPU profile its samples/count, else its rows.
uint64_t SampleCount(const Profile& profile);

// Whether the name is one of `names`, where "*" at the end stands for any rest.
bool MatchesName(std::string_view name, std::span<const std::string_view> names);
// RE2 that finds the same.
std::string FocusOf(std::span<const std::string_view> names);

// Of the program and its libraries, not of Go's standard library and runtime.
bool IsOwnCode(std::string_view function);

// Samples that have one of the functions anywhere in their stack, or (leaf_only) as their innermost one.
struct Matching {
  double value = 0;
  double count = 0;        // of the profile's count type (samples, contentions, objects), else rows
  std::string function;    // the matched one with the most
  std::string where;       // the own function nearest the leaf with the most of it; empty: none
  double where_value = 0;  // what stands below it
};
Matching SumMatching(const Profile& profile, size_t type, std::span<const std::string_view> names,
                     bool leaf_only = false, std::span<const std::string_view> without = {});

// Sums by the innermost function that is own code (else the leaf): allocation sites.
struct Site {
  std::string function;
  std::vector<double> values;  // by sample type
};
// Largest of `type` first, then by name.
std::vector<Site> SumBySite(const Profile& profile, size_t type);

Certainty CertaintyFrom(double samples);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FINDINGS_PROFILE_FACTS_H_
