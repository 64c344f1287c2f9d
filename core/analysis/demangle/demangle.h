// Linker symbols as source names: C++ (Itanium ABI), older Rust, and the type shapes of Go's generics. The forms are
// those of `pprof -demangle=...`; the parser of C++ names is libc++abi's, the same code natively and in wasm32.
#ifndef CORE_ANALYSIS_DEMANGLE_DEMANGLE_H_
#define CORE_ANALYSIS_DEMANGLE_DEMANGLE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/demangle_mode.h"
#include "core/model/profile.h"

namespace flametrail {

// Longer symbols, deeper nesting and longer results stay as they are: substitutions let a short symbol stand for
// exponentially much.
inline constexpr size_t kMaxMangledBytes = 8192;
inline constexpr int kMaxDemangleDepth = 192;
inline constexpr uint64_t kMaxDemangledBytes = uint64_t{1} << 16;

// Nothing: not such a symbol, or beyond the limits. REQUIRES: mode is not kNone.
std::optional<std::string> DemangleItanium(std::string_view symbol, DemangleMode mode);

// Any symbol, Rust's older scheme ("_ZN...17h<hash>E") included; Rust's newer one ("_R...", RFC 2603) is not read and
// stays as it is. What is no symbol comes back as it is, but parameters and template arguments of a C++ name that is
// already demangled go as the mode wants it (google/pprof symbolizer.go demangleSingleFunction).
std::string DemangleName(std::string_view symbol, DemangleMode mode);

// "main.Map[go.shape.int_0]" as "main.Map[int]"; any pointer's shape is "*any".
std::string ReadableShapes(std::string_view name);

// Gives functions whose name is empty or the system name their readable name; the system name stays, or becomes the old
// name where it was empty. Runs before the profile is frozen.
void DemangleFunctions(Profile* profile, DemangleMode mode);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_DEMANGLE_DEMANGLE_H_
