// Finds the way back into a damaged v2 trace.
#ifndef CORE_FORMATS_GOTRACE_V2_RESYNC_H_
#define CORE_FORMATS_GOTRACE_V2_RESYNC_H_

#include <cstdint>
#include <string>

#include "core/base/bytes.h"

namespace flametrail::gotrace {

// What LooksLikeText and FirstLine want to see.
inline constexpr size_t kShownBytes = 80;

struct BatchSearch {
  bool found = false;
  // Of the batch; not found: of what may be one once more bytes have come, else the number of bytes.
  size_t at = 0;
};

// The next thing, from `from` on, that looks like a batch of generation `number` or the next one (0: any) and has
// another batch, an end of generation, or the end of the input behind it. The answer does not depend on where the input
// is cut: as long as more bytes could change it, nothing behind them is looked at.
BatchSearch FindBatch(Bytes bytes, size_t from, bool is_last, uint64_t number);

// Whether the bytes begin with a line of text.
bool LooksLikeText(Bytes bytes);
// That line, shortened, without control characters.
std::string FirstLine(Bytes bytes);

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_RESYNC_H_
