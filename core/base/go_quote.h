// Go's way to write a text in quotes.
#ifndef CORE_BASE_GO_QUOTE_H_
#define CORE_BASE_GO_QUOTE_H_

#include <string>
#include <string_view>

namespace flametrail {

// strconv.Quote: quotes, backslashes, control characters and bytes that are no UTF-8 are escaped, as are code points
// that show nothing (spaces other than U+0020, format characters, private use). Unassigned code points are not known
// here.
std::string GoQuote(std::string_view text);

}  // namespace flametrail

#endif  // CORE_BASE_GO_QUOTE_H_
