#include "core/io/gzip_writer.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "core/base/check.h"

namespace flametrail {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 16;
constexpr int kGzipFormat = 16 + MAX_WBITS;
constexpr int kMemoryLevel = 8;  // zlib's default
// Go's runtime writes its profiles so, too. The default level takes twice the time for 5 % (large profiles) to 13 %
// (small ones) less.
constexpr int kLevel = Z_BEST_SPEED;

}  // namespace

struct GzipWriter::State {
  std::function<void(Bytes)> sink;
  z_stream stream = {};
  std::vector<uint8_t> buffer = std::vector<uint8_t>(kBufferBytes);
};

GzipWriter::GzipWriter(std::function<void(Bytes)> sink) : state_(std::make_unique<State>()) {
  state_->sink = std::move(sink);
  CHECK(deflateInit2(&state_->stream, kLevel, Z_DEFLATED, kGzipFormat, kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK);
}

GzipWriter::~GzipWriter() { deflateEnd(&state_->stream); }

void GzipWriter::Pump(int flush) {
  z_stream& stream = state_->stream;
  do {
    stream.next_out = state_->buffer.data();
    stream.avail_out = static_cast<uInt>(state_->buffer.size());
    const int result = deflate(&stream, flush);
    CHECK(result != Z_STREAM_ERROR);
    const size_t produced = state_->buffer.size() - stream.avail_out;
    if (produced > 0) state_->sink(Bytes(state_->buffer).first(produced));
  } while (stream.avail_out == 0);
}

void GzipWriter::Write(Bytes bytes) {
  constexpr size_t kMost = std::numeric_limits<uInt>::max();
  while (!bytes.empty()) {
    const size_t take = std::min(bytes.size(), kMost);
    state_->stream.next_in = const_cast<uint8_t*>(bytes.data());  // zlib only reads it
    state_->stream.avail_in = static_cast<uInt>(take);
    Pump(Z_NO_FLUSH);
    bytes = bytes.subspan(take);
  }
}

void GzipWriter::Finish() { Pump(Z_FINISH); }

}  // namespace flametrail
