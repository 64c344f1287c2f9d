#ifndef CORE_FORMATS_GOROUTINE_DUMP_DUMP_READER_H_
#define CORE_FORMATS_GOROUTINE_DUMP_DUMP_READER_H_

#include <cstddef>
#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

inline constexpr size_t kMaxDumpGoroutines = size_t{1} << 23;
inline constexpr size_t kMaxDumpCrashes = 1000;

// Goroutines as text: debug=2, a crash, SIGQUIT, alone or inside a log. README.md says what is kept.
std::unique_ptr<Reader> MakeGoroutineDumpReader();

}  // namespace flametrail

#endif  // CORE_FORMATS_GOROUTINE_DUMP_DUMP_READER_H_
