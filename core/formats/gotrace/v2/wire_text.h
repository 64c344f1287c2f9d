// The raw text form of v2 traces: what `go tool trace -d=wire` prints (x/exp/trace raw/textwriter.go).
#ifndef CORE_FORMATS_GOTRACE_V2_WIRE_TEXT_H_
#define CORE_FORMATS_GOTRACE_V2_WIRE_TEXT_H_

#include <string>

#include "core/base/bytes.h"
#include "core/formats/gotrace/v2/batch.h"

namespace flametrail::gotrace {

// Appends a line for the batch and one for each event in it; a stack has a line more for each frame, a text one for its
// bytes. Entries behind one that cannot be read are passed over, with a line that says so.
void AppendBatchText(const BatchHeader& header, Bytes data, std::string* out);

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_WIRE_TEXT_H_
