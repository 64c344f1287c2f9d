// Decompression of what arrives in chunks: gzip (also several members, as concatenated files have), zlib, or nothing.
#ifndef CORE_IO_INFLATE_H_
#define CORE_IO_INFLATE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace flametrail {

enum class Compression : uint8_t { kNone, kGzip, kZlib };

// Bounds what a small file may become: a gzip bomb of 1 GB of zeros in 1 MB stops here.
struct InflateLimits {
  uint64_t max_output = uint64_t{64} << 30;
  // Output per input byte, looked at once more than kRatioFree bytes came out. Real profiles stay below 60.
  uint64_t max_ratio = 500;
  static constexpr uint64_t kRatioFree = uint64_t{64} << 20;
};

// Takes decompressed bytes; returns false when it wants no more.
using ByteSink = std::function<bool(Bytes)>;

class Inflater {
 public:
  // `sink` is called during Append and Finish only.
  Inflater(ByteSink sink, InflateLimits limits = {});
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // The next bytes of the file. The first two decide the compression (for zlib: what they announce must also inflate).
  // After an error all further bytes are ignored and the error is returned again. Its `offset` is in the output, as
  // every Error's; its text names the byte of the file.
  Status Append(Bytes chunk);
  // The file has ended. kTruncated when a member is not complete; everything before it went to the sink.
  Status Finish();

  Compression compression() const;
  uint64_t bytes_in() const;
  uint64_t bytes_out() const;
  // Bytes after the last gzip member that are not another member (Go's reader calls this an error, zlib's gunzip a
  // warning; zero padding is neither).
  uint64_t trailing_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace flametrail

#endif  // CORE_IO_INFLATE_H_
