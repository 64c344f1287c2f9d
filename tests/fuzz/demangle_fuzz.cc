// Any symbol in every mode: a result within its limit, the same each time, and no name for what is none.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/analysis/demangle/demangle.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using flametrail::DemangleMode;
  const std::string symbol(reinterpret_cast<const char*>(data), size);
  for (const DemangleMode mode : {DemangleMode::kSimple, DemangleMode::kTemplates, DemangleMode::kFull}) {
    const std::string name = flametrail::DemangleName(symbol, mode);
    const bool is_bounded = name.size() <= flametrail::kMaxDemangledBytes || name.size() <= symbol.size();
    if (is_bounded && name == flametrail::DemangleName(symbol, mode)) continue;
    std::fprintf(stderr, "demangle_fuzz: %zu bytes became %zu\n", symbol.size(), name.size());
    std::abort();
  }
  (void)flametrail::ReadableShapes(symbol);
  return 0;
}
