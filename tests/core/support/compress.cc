#include "tests/core/support/compress.h"

#include <zlib.h>

#include "core/base/check.h"

namespace flametrail::testing {
namespace {

constexpr int kRawDeflate = -15;
constexpr int kZlib = 15;
constexpr int kGzip = 15 + 16;

std::string Deflate(std::string_view content, int level, int window_bits, int flush) {
  z_stream stream = {};
  CHECK(deflateInit2(&stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(content.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&stream, flush);
  CHECK(code == Z_STREAM_END || (flush != Z_FINISH && code == Z_OK));
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

std::string LittleEndian32(uint64_t value) {
  std::string out;
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
  return out;
}

}  // namespace

std::string Gzip(std::string_view content, int level) { return Deflate(content, level, kGzip, Z_FINISH); }
std::string ZlibStream(std::string_view content, int level) { return Deflate(content, level, kZlib, Z_FINISH); }

std::string GzipOfZeros(uint64_t megabytes) {
  const std::string zeros(size_t{1} << 20, '\0');
  // A full flush ends at a byte and forgets the window, so the same bytes may follow each other.
  const std::string block = Deflate(zeros, 9, kRawDeflate, Z_FULL_FLUSH);
  const uLong block_crc = crc32(0, reinterpret_cast<const Bytef*>(zeros.data()), static_cast<uInt>(zeros.size()));
  std::string out("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
  uLong crc = crc32(0, nullptr, 0);
  for (uint64_t i = 0; i < megabytes; ++i) {
    out += block;
    crc = crc32_combine(crc, block_crc, static_cast<z_off_t>(zeros.size()));
  }
  out += Deflate("", 9, kRawDeflate, Z_FINISH);
  return out + LittleEndian32(crc) + LittleEndian32(megabytes << 20);
}

}  // namespace flametrail::testing
