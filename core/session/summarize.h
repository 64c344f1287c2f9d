#ifndef CORE_SESSION_SUMMARIZE_H_
#define CORE_SESSION_SUMMARIZE_H_

#include <cstdint>

#include "core/model/document.h"
#include "core/session/session.h"

namespace flametrail {

struct FileBytes {
  uint64_t in = 0;   // of the file
  uint64_t out = 0;  // decompressed
};

// Of a document that is not a profile: what every document has.
ProfileSummary Summarize(const Document& document, const FileBytes& bytes);
// REQUIRES: the document is a trace.
TraceSummary SummarizeTrace(const Document& document, const FileBytes& bytes);
// Of a trace that is still being read: without what belongs to the document.
TraceSummary SummarizePart(const Trace& part);

}  // namespace flametrail

#endif  // CORE_SESSION_SUMMARIZE_H_
