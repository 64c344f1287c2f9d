// splitmix64, and integer arithmetic only: std::*_distribution gives other numbers with each library.
#ifndef TESTS_BENCH_TRACEGEN_RANDOM_H_
#define TESTS_BENCH_TRACEGEN_RANDOM_H_

#include <cstdint>

namespace flametrail::testing {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15ull;
    uint64_t x = state_;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ x >> 27) * 0x94D049BB133111EBull;
    return x ^ x >> 31;
  }
  uint64_t Below(uint64_t limit) { return Next() % limit; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }

 private:
  uint64_t state_;
};

}  // namespace flametrail::testing

#endif  // TESTS_BENCH_TRACEGEN_RANDOM_H_
