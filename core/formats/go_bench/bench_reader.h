#ifndef CORE_FORMATS_GO_BENCH_BENCH_READER_H_
#define CORE_FORMATS_GO_BENCH_BENCH_READER_H_

#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

inline constexpr size_t kMaxBenchLines = size_t{1} << 24;
inline constexpr size_t kMaxBenchConfigKeys = 256;

// Output of `go test -bench`, plain or as `go test -json` wraps it. Lines that are none of the format are passed over,
// as benchstat does; a line that begins like a result and is none is counted.
std::unique_ptr<Reader> MakeGoBenchReader();

}  // namespace flametrail

#endif  // CORE_FORMATS_GO_BENCH_BENCH_READER_H_
