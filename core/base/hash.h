// 64-bit mixing for our own tables: fixed (same result natively and in wasm), not cryptographic.
#ifndef CORE_BASE_HASH_H_
#define CORE_BASE_HASH_H_

#include <cstdint>

namespace flametrail {

// Finaliser of splitmix64: every input bit reaches every output bit.
constexpr uint64_t Mix64(uint64_t x) {
  x ^= x >> 30;
  x *= 0xBF58476D1CE4E5B9ull;
  x ^= x >> 27;
  x *= 0x94D049BB133111EBull;
  x ^= x >> 31;
  return x;
}

constexpr uint64_t HashCombine(uint64_t seed, uint64_t value) {
  return Mix64(seed ^ (value + 0x9E3779B97F4A7C15ull + (seed << 6) + (seed >> 2)));
}

}  // namespace flametrail

#endif  // CORE_BASE_HASH_H_
