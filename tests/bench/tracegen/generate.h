// Made-up execution traces for tests, fuzz seeds and benchmarks.
#ifndef TESTS_BENCH_TRACEGEN_GENERATE_H_
#define TESTS_BENCH_TRACEGEN_GENERATE_H_

#include <string>
#include <string_view>

#include "tests/bench/tracegen/encoder.h"
#include "tests/bench/tracegen/options.h"

namespace flametrail::testing {

// Gives the number of events; batches, tables and statuses count as the wire has them.
uint64_t GenerateTrace(const TraceOptions& options, TraceSink sink);
std::string GenerateTrace(const TraceOptions& options);

// Shapes that a reader must not be slow with, sized by `count` (of goroutines, generations, events).
enum class TraceShape : uint8_t {
  kMixed,        // as tracebig of the corpus; count is bytes
  kGoroutines,   // that many goroutines, each made, run and ended
  kGenerations,  // that many, of a few events each
  kOneThread,    // one processor has all events
  kLive,         // so many goroutines live, most of them wait; count / 10 events
};
TraceOptions OptionsFor(TraceShape shape, int version, uint64_t count);

// Faults, seeded; each gives a damaged copy.
std::string Cut(std::string_view trace, uint64_t size);
std::string FlipBytes(std::string_view trace, uint64_t seed, size_t count);
// Lines of a log that went to the same file.
std::string InsertLogLines(std::string_view trace, uint64_t seed, size_t count);
// Two stretches of the same length change places.
std::string SwapStretches(std::string_view trace, uint64_t seed);

}  // namespace flametrail::testing

#endif  // TESTS_BENCH_TRACEGEN_GENERATE_H_
