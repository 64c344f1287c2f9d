#include "core/io/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace flametrail {
namespace {

constexpr size_t kBufferBytes = size_t{256} << 10;
// zlib counts its input in 32 bits.
constexpr size_t kMaxSlice = size_t{1} << 30;
// How much of a file that might be a zlib stream is tried before it is taken for one. Two bytes are no proof: text that
// begins with "x^" passes zlib's header check, and so does a raw profile whose first field is doc_url (78 01). Bytes
// that were never deflated do not survive 256 bytes of inflating: soon a distance points before the start.
constexpr size_t kProbeBytes = 256;

constexpr std::array<uint8_t, 2> kGzipMagic = {0x1F, 0x8B};

enum class Phase : uint8_t {
  kHead,      // not enough bytes yet to know the compression
  kRaw,       // not compressed
  kMember,    // inside a gzip member or the zlib stream
  kBetween,   // after a gzip member: padding, another member, or garbage
  kTrailing,  // only counting
  kStopped,   // the sink wants no more
  kFailed,
};

bool MayBeZlib(uint8_t cmf, uint8_t flg) {
  const bool deflate = (cmf & 0x0F) == Z_DEFLATED && (cmf >> 4) <= 7;
  const bool preset_dictionary = (flg & 0x20) != 0;
  return deflate && !preset_dictionary && (cmf * 256 + flg) % 31 == 0;
}

}  // namespace

struct Inflater::State {
  State(ByteSink sink_in, InflateLimits limits_in) : sink(std::move(sink_in)), limits(limits_in) {}
  ~State() { Close(); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Status Consume(Bytes in);
  Status DecideFromHead(bool whole);
  Status Finish();

 private:
  Status Open(int window_bits);
  void Close();
  bool SurvivesProbe();
  Status StartMembers(Compression kind);
  Status Inflate(Bytes in, size_t* used);
  Status Emit(size_t produced);
  void EndMember();
  Status Between(Bytes in, size_t* used);
  void CountTrailing(Bytes in);
  std::string Place() const;
  Error Fail(Code code, std::string text);
  Error DataError(int zlib_code);

 public:
  ByteSink sink;
  InflateLimits limits;
  Phase phase = Phase::kHead;
  Compression compression = Compression::kNone;
  uint64_t bytes_in = 0;
  uint64_t bytes_out = 0;
  uint64_t trailing = 0;

 private:
  std::vector<uint8_t> head;  // bytes held back in kHead
  z_stream stream = {};
  bool open = false;
  std::vector<uint8_t> buffer;
  uint64_t consumed = 0;     // bytes of the file that zlib took, or that were padding
  uint64_t member = 0;       // 1 for the first
  bool magic_begun = false;  // in kBetween: the last byte seen was 1F
  std::optional<Error> failure;
};

Status Inflater::State::Open(int window_bits) {
  Close();
  stream = {};
  if (inflateInit2(&stream, window_bits) != Z_OK) {
    return Fail(Code::kTooLarge, "wanted memory to decompress the file, found none left");
  }
  open = true;
  buffer.resize(kBufferBytes);
  return OkStatus();
}

void Inflater::State::Close() {
  if (open) inflateEnd(&stream);
  open = false;
}

Error Inflater::State::Fail(Code code, std::string text) {
  phase = Phase::kFailed;
  failure = Error{code, bytes_out, std::move(text)};
  return *failure;
}

// "gzip member 2, byte 812 of the file": people look for the fault in the file they have.
std::string Inflater::State::Place() const {
  std::string place = compression == Compression::kGzip ? "gzip member " + std::to_string(member) : "zlib stream";
  return place + ", byte " + std::to_string(consumed) + " of the file";
}

Error Inflater::State::DataError(int zlib_code) {
  const std::string_view what = stream.msg != nullptr ? stream.msg : "no reason given";
  if (what == "incorrect data check") {
    return Fail(Code::kCorrupt, Place() + ": wanted the content's checksum, found another: the content is damaged");
  }
  if (what == "incorrect length check") {
    return Fail(Code::kCorrupt, Place() + ": wanted the content's length, found another: the content is damaged");
  }
  if (zlib_code == Z_MEM_ERROR) {
    return Fail(Code::kTooLarge, Place() + ": wanted memory to decompress, found none left");
  }
  return Fail(Code::kCorrupt, Place() + ": wanted compressed data, found damage (zlib: " + std::string(what) + ")");
}

Status Inflater::State::Emit(size_t produced) {
  if (produced == 0) return OkStatus();
  const uint64_t allowed = limits.max_output - bytes_out;  // bytes_out <= max_output
  const size_t kept = static_cast<size_t>(std::min<uint64_t>(produced, allowed));
  bytes_out += kept;
  if (kept > 0 && !sink(Bytes(buffer.data(), kept))) {
    phase = Phase::kStopped;
    return OkStatus();
  }
  if (kept < produced) {
    return Fail(Code::kTooLarge,
                Place() + ": wanted at most " + std::to_string(limits.max_output) + " decompressed bytes, found more");
  }
  if (bytes_out > InflateLimits::kRatioFree && bytes_out / limits.max_ratio > consumed) {
    return Fail(Code::kTooLarge, Place() + ": wanted at most " + std::to_string(limits.max_ratio) +
                                     " decompressed bytes for each byte of the file, found " +
                                     std::to_string(bytes_out / std::max<uint64_t>(consumed, 1)));
  }
  return OkStatus();
}

void Inflater::State::EndMember() {
  if (compression == Compression::kGzip) {
    phase = Phase::kBetween;
    magic_begun = false;
  } else {
    phase = Phase::kTrailing;
  }
}

// Inflates until the input or the member ends; *used is what was taken of `in`.
Status Inflater::State::Inflate(Bytes in, size_t* used) {
  const size_t slice = std::min(in.size(), kMaxSlice);
  // zlib does not write through next_in; its type lacks the const unless ZLIB_CONST is defined everywhere.
  stream.next_in = const_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(slice);
  const uint64_t consumed_before = consumed;
  bool more = true;
  while (more && phase == Phase::kMember) {
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int code = inflate(&stream, Z_NO_FLUSH);
    consumed = consumed_before + (slice - stream.avail_in);
    RETURN_IF_ERROR(Emit(buffer.size() - stream.avail_out));
    if (phase != Phase::kMember) break;
    if (code == Z_STREAM_END) {
      EndMember();
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      return DataError(code);
    }
    // A full buffer may hide more output that needs no further input.
    more = stream.avail_in > 0 || stream.avail_out == 0;
  }
  *used = slice - stream.avail_in;
  return OkStatus();
}

void Inflater::State::CountTrailing(Bytes in) {
  // Zeros are padding (tapes and disks pad to blocks) until something else follows.
  if (trailing == 0) {
    const auto garbage = std::find_if(in.begin(), in.end(), [](uint8_t byte) { return byte != 0; });
    in = in.subspan(static_cast<size_t>(garbage - in.begin()));
  }
  trailing += in.size();
}

// After a member: skips zeros, starts the next member at its magic, and gives up on anything else.
Status Inflater::State::Between(Bytes in, size_t* used) {
  for (size_t i = 0; i < in.size(); ++i) {
    *used = i + 1;
    if (magic_begun && in[i] == kGzipMagic[1]) {
      if (inflateReset(&stream) != Z_OK) return DataError(Z_STREAM_ERROR);
      ++member;
      phase = Phase::kMember;
      size_t magic_used = 0;
      return Inflate(kGzipMagic, &magic_used);
    }
    if (magic_begun || (in[i] != 0 && in[i] != kGzipMagic[0])) {
      phase = Phase::kTrailing;
      trailing = magic_begun ? 2 : 1;
      return OkStatus();
    }
    magic_begun = in[i] == kGzipMagic[0];
    if (!magic_begun) ++consumed;
  }
  return OkStatus();
}

Status Inflater::State::StartMembers(Compression kind) {
  compression = kind;
  member = 1;
  phase = Phase::kMember;
  return Open(kind == Compression::kGzip ? 15 + 16 : 15);
}

bool Inflater::State::SurvivesProbe() {
  if (!Open(15).ok()) return false;
  stream.next_in = head.data();
  stream.avail_in = static_cast<uInt>(head.size());
  int code = Z_OK;
  while (code == Z_OK && stream.avail_in > 0) {
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<uInt>(buffer.size());
    code = inflate(&stream, Z_NO_FLUSH);
  }
  return code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR;
}

// Leaves kHead as soon as `head` tells enough, and passes it on.
Status Inflater::State::DecideFromHead(bool whole) {
  const bool two = head.size() >= 2;
  if (two && head[0] == kGzipMagic[0] && head[1] == kGzipMagic[1]) {
    RETURN_IF_ERROR(StartMembers(Compression::kGzip));
  } else if (two && MayBeZlib(head[0], head[1])) {
    if (head.size() < kProbeBytes && !whole) return OkStatus();
    if (SurvivesProbe()) {
      RETURN_IF_ERROR(StartMembers(Compression::kZlib));
    } else if (phase == Phase::kFailed) {
      return *failure;
    } else {
      phase = Phase::kRaw;
    }
  } else if (two || whole) {
    phase = Phase::kRaw;
  } else {
    return OkStatus();
  }
  const std::vector<uint8_t> held = std::move(head);
  head.clear();
  return Consume(held);
}

Status Inflater::State::Consume(Bytes in) {
  while (!in.empty()) {
    size_t used = in.size();
    switch (phase) {
      case Phase::kHead:
        used = std::min(in.size(), kProbeBytes - head.size());
        head.insert(head.end(), in.begin(), in.begin() + static_cast<ptrdiff_t>(used));
        RETURN_IF_ERROR(DecideFromHead(false));
        break;
      case Phase::kRaw:
        bytes_out += in.size();
        consumed += in.size();
        if (!sink(in)) phase = Phase::kStopped;
        break;
      case Phase::kMember:
        RETURN_IF_ERROR(Inflate(in, &used));
        break;
      case Phase::kBetween:
        RETURN_IF_ERROR(Between(in, &used));
        break;
      case Phase::kTrailing:
        CountTrailing(in);
        break;
      case Phase::kStopped:
        break;
      case Phase::kFailed:
        return *failure;
    }
    in = in.subspan(used);
  }
  return OkStatus();
}

Status Inflater::State::Finish() {
  if (phase == Phase::kHead) RETURN_IF_ERROR(DecideFromHead(true));
  if (phase == Phase::kFailed) return *failure;
  if (phase == Phase::kMember) {
    return Fail(Code::kTruncated, Place() + ": wanted more compressed data, found the end of the file");
  }
  if (phase == Phase::kBetween && magic_begun) trailing = 1;
  return OkStatus();
}

Inflater::Inflater(ByteSink sink, InflateLimits limits) : state_(std::make_unique<State>(std::move(sink), limits)) {}
Inflater::~Inflater() = default;

Status Inflater::Append(Bytes chunk) {
  state_->bytes_in += chunk.size();
  return state_->Consume(chunk);
}

Status Inflater::Finish() { return state_->Finish(); }

Compression Inflater::compression() const { return state_->compression; }
uint64_t Inflater::bytes_in() const { return state_->bytes_in; }
uint64_t Inflater::bytes_out() const { return state_->bytes_out; }
uint64_t Inflater::trailing_bytes() const { return state_->trailing; }

}  // namespace flametrail
