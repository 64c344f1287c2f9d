// The seam between the reader of execution traces and the two families of their format.
#ifndef CORE_FORMATS_GOTRACE_DECODER_H_
#define CORE_FORMATS_GOTRACE_DECODER_H_

#include <memory>
#include <optional>

#include "core/base/bytes.h"
#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/base/text_out.h"
#include "core/model/trace/trace_builder.h"

namespace flametrail::gotrace {

inline constexpr size_t kHeaderBytes = 16;

// All pointers outlive the decoder.
struct DecoderInput {
  int version = 0;  // N of "go 1.N trace"
  // As the reference reader (x/exp/trace): it stops at the first fault, with the same text. Otherwise everything that
  // can be read is kept, and what is lost is named in `diagnostics`.
  bool strict = false;
  Trace* trace = nullptr;
  TraceBuilder* builder = nullptr;
  Diagnostics* diagnostics = nullptr;
  const TextSink* wire_text = nullptr;  // ReadOptions::trace_wire_text
};

class TraceDecoder {
 public:
  virtual ~TraceDecoder() = default;
  // The next bytes behind the header; free again after the call. False: no more are wanted.
  virtual bool Append(Bytes chunk) = 0;
  // The input ends, because of `input_fault` if that is set. Gives the first fault met, with its offset in the file
  // (the header counts) where it has one; what was read before it, and in lenient mode around it, is in the trace.
  virtual std::optional<Error> Finish(const std::optional<Error>& input_fault) = 0;
};

// Headers 5 to 21: v1/.
std::unique_ptr<TraceDecoder> MakeV1Decoder(const DecoderInput& input);
// Headers 22 and later: v2/.
std::unique_ptr<TraceDecoder> MakeV2Decoder(const DecoderInput& input);

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_DECODER_H_
