#ifndef CORE_ANALYSIS_TRANSFORM_SIMPLIFY_NAME_H_
#define CORE_ANALYSIS_TRANSFORM_SIMPLIFY_NAME_H_

#include <string_view>

namespace flametrail {

// The name without a leading "." and without its argument list; "(anonymous namespace)" and "operator()" are no lists.
// Pruning matches these (google/pprof prune.go).
std::string_view SimplifyName(std::string_view name);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_SIMPLIFY_NAME_H_
