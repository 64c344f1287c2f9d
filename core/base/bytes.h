#ifndef CORE_BASE_BYTES_H_
#define CORE_BASE_BYTES_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace flametrail {

using Bytes = std::span<const uint8_t>;

inline std::string_view AsText(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline Bytes AsBytes(std::string_view text) { return {reinterpret_cast<const uint8_t*>(text.data()), text.size()}; }

}  // namespace flametrail

#endif  // CORE_BASE_BYTES_H_
