#ifndef CORE_BASE_DEMANGLE_MODE_H_
#define CORE_BASE_DEMANGLE_MODE_H_

#include <cstdint>

namespace flametrail {

// How much of a C++ or Rust name is shown; the modes of `pprof -symbolize=demangle=...`.
enum class DemangleMode : uint8_t {
  kNone,       // names as the file has them
  kSimple,     // pprof's default: no parameters, template arguments, return types, clone suffixes
  kTemplates,  // template arguments stay
  kFull,       // parameters and return types too
};

}  // namespace flametrail

#endif  // CORE_BASE_DEMANGLE_MODE_H_
