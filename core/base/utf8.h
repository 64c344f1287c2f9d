// UTF-8 as Go counts it.
#ifndef CORE_BASE_UTF8_H_
#define CORE_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace flametrail {

// utf8.RuneCountInString: code points; each byte that belongs to none counts as one. Widths of fmt are in these.
size_t RuneCount(std::string_view text);

// REQUIRES: code_point <= 0x10FFFF.
void AppendUtf8(uint32_t code_point, std::string* out);

}  // namespace flametrail

#endif  // CORE_BASE_UTF8_H_
