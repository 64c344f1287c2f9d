// Finds the way back into a damaged v2 trace.
#ifndef CORE_FORMATS_GOTRACE_V2_RESYNC_H_
#define CORE_FORMATS_GOTRACE_V2_RESYNC_H_

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/bytes.h"
#include "core/formats/gotrace/v2/event_spec.h"

namespace flametrail::gotrace {

// Where a batch may begin that needs bytes beyond the ones at hand: no more than this is held back.
inline constexpr size_t kResyncBytes = static_cast<size_t>(kMaxBatchBytes) + 128;

// Offset of the next thing, not at 0, that looks like a batch of generation `number` or the next one (0: any) and has
// another batch, an end of generation, or the end of the input behind it.
std::optional<size_t> FindBatch(Bytes bytes, bool is_last, uint64_t number);

// Whether the bytes begin with a line of text.
bool LooksLikeText(Bytes bytes);
// That line, shortened, without control characters.
std::string FirstLine(Bytes bytes);

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_RESYNC_H_
