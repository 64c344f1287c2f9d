#include "core/formats/gotrace/gotrace_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/formats/gotrace/decoder.h"

namespace flametrail {
namespace {

using gotrace::DecoderInput;
using gotrace::kHeaderBytes;
using gotrace::TraceDecoder;

struct Family {
  int first_version;
  int last_version;  // newer ones are tried with this one's rules
  std::unique_ptr<TraceDecoder> (*make)(const DecoderInput&);
};

// specs/go-trace.md §1.
constexpr int kNewestVersion = 26;
constexpr Family kFamilies[] = {
    {5, 21, &gotrace::MakeV1Decoder},
    {22, 999, &gotrace::MakeV2Decoder},
};

// N of "go 1.N trace" and zeros, or 0.
int ParseVersion(std::string_view header) {
  constexpr std::string_view kBefore = "go 1.";
  constexpr std::string_view kBehind = " trace";
  if (!header.starts_with(kBefore)) return 0;
  header.remove_prefix(kBefore.size());
  int version = 0;
  size_t digits = 0;
  for (; digits < 3 && digits < header.size() && header[digits] >= '0' && header[digits] <= '9'; ++digits) {
    version = version * 10 + (header[digits] - '0');
  }
  header.remove_prefix(digits);
  if (digits == 0 || !header.starts_with(kBehind)) return 0;
  header.remove_prefix(kBehind.size());
  return header.find_first_not_of('\0') == std::string_view::npos ? version : 0;
}

class GoTraceReader : public Reader {
 public:
  explicit GoTraceReader(const ReadOptions& options)
      : strict_(options.compat), wire_text_(options.trace_wire_text), builder_(&trace_, options.trace_listener) {}

  bool Append(Bytes chunk) override {
    if (header_.size() < kHeaderBytes) {
      const size_t wanted = std::min(chunk.size(), kHeaderBytes - header_.size());
      header_ += AsText(chunk.first(wanted));
      chunk = chunk.subspan(wanted);
      if (header_.size() < kHeaderBytes) return true;
      fault_ = Open();
    }
    if (fault_) return false;
    return chunk.empty() || decoder_->Append(chunk);
  }

  Result<Document> Finish(std::optional<Error> input_fault) override {
    if (header_.size() < kHeaderBytes) {
      return Error{Code::kTruncated, header_.size(), "a trace begins with a header of 16 bytes, the file has fewer"};
    }
    if (decoder_) fault_ = decoder_->Finish(input_fault);
    if (!fault_ && input_fault) fault_ = std::move(input_fault);
    if (fault_ && !HasContent()) return *fault_;
    Document document{"Go execution trace (go 1." + std::to_string(trace_.version) + ")", std::move(trace_),
                      std::move(diagnostics_), std::move(fault_)};
    return document;
  }

  const Trace* partial_trace() const override { return trace_.generations.empty() ? nullptr : &trace_; }

 private:
  std::optional<Error> Open() {
    const int version = ParseVersion(header_);
    trace_.version = version;
    trace_.header = header_.substr(0, header_.find('\0'));
    if (version == 0) return Error{Code::kCorrupt, 0, "bad file format: not a Go execution trace?"};
    if (version > kNewestVersion && !strict_) {
      diagnostics_.Count(Issue::kNewerVersion, std::nullopt, trace_.header);
    }
    for (const Family& family : kFamilies) {
      if (version < family.first_version || version > family.last_version) continue;
      if (version > kNewestVersion && strict_) break;
      decoder_ = family.make({version, strict_, &trace_, &builder_, &diagnostics_, wire_text_});
      return std::nullopt;
    }
    return Error{Code::kUnsupported, 0, "unknown or unsupported trace version go 1." + std::to_string(version)};
  }

  // The reference delivers a Sync before most faults; a person has nothing to see of one alone.
  bool HasContent() const {
    uint64_t events = 0;
    for (const uint64_t count : trace_.events_by_kind) events += count;
    return strict_ ? events > 0 : events > trace_.syncs.size();
  }

  const bool strict_;
  const TextSink* const wire_text_;
  std::string header_;
  Trace trace_;
  TraceBuilder builder_;
  Diagnostics diagnostics_;
  std::unique_ptr<TraceDecoder> decoder_;
  std::optional<Error> fault_;
};

}  // namespace

std::unique_ptr<Reader> MakeGoTraceReader(const ReadOptions& options) {
  return std::make_unique<GoTraceReader>(options);
}

}  // namespace flametrail
