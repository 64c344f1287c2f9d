#ifndef CORE_FORMATS_FOLDED_FOLDED_READER_H_
#define CORE_FORMATS_FOLDED_FOLDED_READER_H_

#include <memory>

#include "core/formats/reader.h"

namespace flametrail {

// Folded stacks, as flamegraph.pl takes them: "main;run;read 12", root first, one sample a line; from difffolded.pl
// with two counts. README.md says what becomes of the odd lines.
std::unique_ptr<Reader> MakeFoldedReader();

}  // namespace flametrail

#endif  // CORE_FORMATS_FOLDED_FOLDED_READER_H_
