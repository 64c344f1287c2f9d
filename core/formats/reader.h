// What every format implements: bytes in, chunk by chunk, a document out.
#ifndef CORE_FORMATS_READER_H_
#define CORE_FORMATS_READER_H_

#include "core/base/bytes.h"
#include "core/base/demangle_mode.h"
#include "core/base/result.h"
#include "core/base/text_out.h"
#include "core/model/document.h"
#include "core/model/trace/trace_builder.h"

namespace flametrail {

// How a file is to be read.
struct ReadOptions {
  // As Go's own tool (pprof, x/exp/trace) reads it, also where that loses or refuses something. Formats that Go does
  // not know take no notice.
  bool compat = false;
  // The frames that the profile wants hidden are cut. Not for profiles to be merged: Session::Combine does it to the
  // result.
  bool drop_frames = true;
  // Execution traces: hears of each event while the file is read. May be null; outlives the reader.
  TraceListener* trace_listener = nullptr;
  // Execution traces of Go 1.22 and later: gets each batch in the raw text form while the file is read. May be null;
  // outlives the reader.
  const TextSink* trace_wire_text = nullptr;
  // Stacks cut at the profiler's depth limit are joined to known ones (analysis/transform/repair_stacks.h).
  bool repair_stacks = false;
  // Functions named by their linker symbol get a readable name (analysis/demangle); the symbol stays beside it.
  DemangleMode demangle = DemangleMode::kNone;
};

class Reader {
 public:
  virtual ~Reader() = default;

  // The next bytes of the decompressed input; `chunk` is free again after the call. Once false came back (the reader
  // met a fault it cannot pass), further bytes are not wanted; Finish says what the fault was.
  virtual bool Append(Bytes chunk) = 0;

  // Ends the input. `input_fault`: why the input ended early, if decompression failed. An Error only if nothing of
  // the input can be shown; faults after the first usable record come back inside the document.
  virtual Result<Document> Finish(std::optional<Error> input_fault) = 0;

  // What was read so far, for kinds that may be looked at before the end: good until the next call of Append or Finish.
  // Null: nothing can be shown yet.
  virtual const Trace* partial_trace() const { return nullptr; }
};

}  // namespace flametrail

#endif  // CORE_FORMATS_READER_H_
