// Typed 32-bit indexes into columns, so that a frame is never taken for a location.
#ifndef CORE_BASE_IDS_H_
#define CORE_BASE_IDS_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace flametrail {

template <typename Tag>
struct Id {
  static constexpr uint32_t kNoneValue = 0xFFFFFFFFu;

  uint32_t value = kNoneValue;

  constexpr Id() = default;
  constexpr explicit Id(uint32_t v) : value(v) {}
  constexpr explicit Id(size_t v) requires(sizeof(size_t) != sizeof(uint32_t)) : value(static_cast<uint32_t>(v)) {}

  static constexpr Id None() { return Id(); }
  constexpr bool is_none() const { return value == kNoneValue; }
  constexpr size_t index() const { return value; }
  constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace flametrail

template <typename Tag>
struct std::hash<flametrail::Id<Tag>> {
  size_t operator()(flametrail::Id<Tag> id) const noexcept { return std::hash<uint32_t>()(id.value); }
};

#endif  // CORE_BASE_IDS_H_
