// UTF-8 as Go counts it.
#ifndef CORE_BASE_UTF8_H_
#define CORE_BASE_UTF8_H_

#include <cstddef>
#include <string_view>

namespace flametrail {

// utf8.RuneCountInString: code points; each byte that belongs to none counts as one. Widths of fmt are in these.
size_t RuneCount(std::string_view text);

}  // namespace flametrail

#endif  // CORE_BASE_UTF8_H_
