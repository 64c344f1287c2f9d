// From bytes to generations, and from generations to the trace.
#include <algorithm>
#include <string>
#include <utility>

#include "core/base/checked.h"
#include "core/formats/gotrace/decoder.h"
#include "core/formats/gotrace/v2/ordering.h"
#include "core/formats/gotrace/v2/resync.h"
#include "core/formats/gotrace/v2/wire_text.h"

namespace flametrail::gotrace {
namespace {

constexpr int kEndMarkVersion = 26;           // from here on generations have an end of their own
constexpr double kUsualFrequency = 15625000;  // clock units a second where the system has a fine clock

class V2Decoder : public TraceDecoder {
 public:
  explicit V2Decoder(const DecoderInput& input) : input_(input), ordering_(input, &tally_) {}

  bool Append(Bytes chunk) override {
    if (is_done_) return false;
    buffer_.insert(buffer_.end(), chunk.begin(), chunk.end());
    Consume(false);
    return !is_done_;
  }

  std::optional<Error> Finish(const std::optional<Error>& input_fault) override {
    if (!is_done_) Consume(true);
    if (!is_done_) End();
    if (input_fault && !fault_) fault_ = input_fault;
    if (input_fault) input_.diagnostics->Count(Issue::kTruncatedInput, input_fault->offset);
    StoreTally();
    return fault_;
  }

 private:
  bool HasEndMarks() const { return input_.version >= kEndMarkVersion; }

  // Takes all whole batches off the buffer.
  void Consume(bool is_last) {
    size_t at = 0;
    while (!is_done_) {
      const std::optional<size_t> taken = is_lost_ ? PassOver(Bytes(buffer_).subspan(at), is_last)
                                                   : TakeNext(Bytes(buffer_).subspan(at), offset_ + at, is_last);
      if (!taken) break;
      at += *taken;
    }
    offset_ += at;
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  // Bytes used of the ones at hand; none: more are needed, or the input is at its end.
  std::optional<size_t> TakeNext(Bytes left, uint64_t offset, bool is_last) {
    BatchHeader header;
    std::string fault;
    switch (ScanBatch(left, is_last, &header, &fault)) {
      case Scan::kMore:
      case Scan::kEnd:
        return std::nullopt;
      case Scan::kEndOfGeneration:
        OnEndMark(offset);
        return 1;
      case Scan::kFault:
        // Whether it is text is told from more bytes than these.
        if (!is_last && !input_.strict && left.size() < kShownBytes) return std::nullopt;
        return OnBadFrame(offset, fault, left, header);
      case Scan::kBatch:
        break;
    }
    const auto size = static_cast<size_t>(header.size);
    OnBatch(header, left.subspan(header.header_bytes, size), offset);
    return header.header_bytes + size;
  }

  // The same while no batch can be seen.
  std::optional<size_t> PassOver(Bytes left, bool is_last) {
    const BatchSearch search =
        FindBatch(left, lost_bytes_ == 0 ? 1 : 0, is_last, generation_ ? generation_->number() : 0);
    const size_t passed = std::min(search.at, left.size());
    lost_bytes_ += passed;
    if (search.found || is_last) FinishLoss();
    return search.found || passed > 0 ? std::optional<size_t>(passed) : std::nullopt;
  }

  void OnBatch(const BatchHeader& header, Bytes data, uint64_t offset) {
    if (input_.wire_text != nullptr) {
      text_.clear();
      AppendBatchText(header, data, &text_);
      (*input_.wire_text)(text_);
    }
    if (header.generation == 0) {
      return Refuse(offset, "invalid generation number 0");
    }
    if (generation_ && header.generation != generation_->number()) {
      if (HasEndMarks() && input_.strict) {
        return Refuse(offset, "broken trace: missing end-of-generation event, or generations are interleaved");
      }
      if (header.generation < generation_->number() ||
          (input_.strict && header.generation != generation_->number() + 1)) {
        return Refuse(offset, "generations out of order");
      }
      Close();
      if (is_done_) return;
    }
    if (!generation_) {
      generation_ = std::make_unique<GenerationData>(input_.version, header.generation, input_.builder, &tally_,
                                                     std::exchange(spare_blocks_, {}));
    }
    batch_threads_.Set(header.thread, 0);
    if (const std::string fault = generation_->Add(header, data, offset); !fault.empty()) Refuse(offset, fault);
  }

  void OnEndMark(uint64_t offset) {
    tally_.Add(kEndOfGeneration, 1);
    if (input_.wire_text != nullptr) (*input_.wire_text)("EndOfGeneration\n");
    if (!HasEndMarks()) {
      // The reference takes it for a batch without a generation.
      return Refuse(offset, "invalid generation number 0");
    }
    if (generation_) return Close();
    Refuse(offset, "no frequency event found");
  }

  // A batch that cannot be used. Strict: its generation neither.
  void Refuse(uint64_t offset, const std::string& text) {
    if (input_.strict) return Stop({Code::kCorrupt, offset, text});
    NoteFault({Code::kCorrupt, offset, text});
    input_.diagnostics->Count(Issue::kBadRecord, offset, text);
  }

  // Strict: everything ends here, with a Sync (specs §13.1, §13.2).
  void Stop(Error error) {
    generation_.reset();
    ordering_.FinalSync();
    NoteFault(std::move(error));
    is_done_ = true;
  }

  void NoteFault(Error error) {
    is_damaged_ = true;
    if (!fault_) fault_ = std::move(error);
  }

  // What stands at `left` is no batch, or less than one. Gives the bytes used.
  size_t OnBadFrame(uint64_t offset, const std::string& text, Bytes left, const BatchHeader& header) {
    const bool is_cut = text.starts_with("failed to read") || text.ends_with("EOF");
    const Error error = {is_cut ? Code::kTruncated : Code::kCorrupt, offset, text};
    if (input_.strict) {
      if (generation_ && !HasEndMarks()) Close();
      if (!is_done_) Stop(error);
      return 0;
    }
    NoteFault(error);
    const uint64_t number = generation_ ? generation_->number() : 0;
    // A batch whose data the end of the file cuts is used as far as it goes.
    const bool is_plausible = header.header_bytes > 0 && (number == 0 || header.generation - number <= 1);
    if (is_cut && (is_plausible || !FindBatch(left, 1, true, number).found)) {
      input_.diagnostics->Count(Issue::kTruncatedInput, offset, text);
      if (header.header_bytes > 0) OnBatch(header, left.subspan(header.header_bytes), offset);
      return left.size();
    }
    is_lost_ = true;
    lost_at_ = offset;
    lost_bytes_ = 0;
    lost_why_ = text;
    lost_issue_ = LooksLikeText(left) ? Issue::kForeignText : Issue::kCorruptTail;
    lost_text_ = lost_issue_ == Issue::kForeignText ? FirstLine(left) : "";
    return 0;
  }

  void FinishLoss() {
    is_lost_ = false;
    std::string detail = std::to_string(lost_bytes_) + " bytes: " + lost_why_;
    if (!lost_text_.empty()) detail += "; the text is \"" + lost_text_ + "\"";
    input_.diagnostics->Count(lost_issue_, lost_at_, detail);
  }

  // The generation is complete, as far as the file has it.
  void Close() {
    const std::unique_ptr<GenerationData> generation = std::move(generation_);
    const std::string missing = generation->Seal(frequency_);
    if (!missing.empty()) {
      if (input_.strict) return Stop({Code::kCorrupt, std::nullopt, missing});
      NoteFault({Code::kCorrupt, generation->offset(), missing});
      input_.diagnostics->Count(Issue::kMissingTables, generation->offset(), missing);
    }
    frequency_ = generation->frequency() > 0 ? generation->frequency() : kUsualFrequency;
    const uint64_t before = Events();
    const TraceTime start = input_.trace->end;
    std::optional<Error> fault = ordering_.Deliver(*generation, std::exchange(is_damaged_, false));
    spare_blocks_ = generation->TakeBlocks();
    Generation row;
    row.number = generation->number();
    row.offset = generation->offset();
    row.bytes = generation->bytes();
    row.batches = generation->batches();
    row.events = Events() - before;
    row.ticks_per_second = generation->frequency();
    row.start = input_.trace->syncs.empty() ? start : input_.trace->syncs.back().time;
    input_.trace->generations.push_back(row);
    if (!fault) return;
    if (input_.strict) {
      NoteFault(std::move(*fault));
      is_done_ = true;
      return;
    }
    if (fault->code == Code::kTooLarge) input_.diagnostics->Count(Issue::kLostEvents, fault->offset, fault->text);
    NoteFault(std::move(*fault));
    is_damaged_ = false;
    ordering_.Forget();
  }

  uint64_t Events() const {
    uint64_t events = 0;
    for (const uint64_t count : input_.trace->events_by_kind) events += count;
    return events;
  }

  void End() {
    if (HasEndMarks()) {
      if (generation_ && !generation_->streams().empty()) {
        const Error error = {Code::kTruncated, offset_, "incomplete generation found; trace likely truncated"};
        if (input_.strict) return Stop(error);
        NoteFault(error);
        input_.diagnostics->Count(Issue::kTraceNotStopped, offset_);
        Close();
      }
    } else if (generation_) {
      Close();
    } else if (input_.trace->generations.empty()) {
      const Error error = {Code::kTruncated, offset_, "no frequency event found"};
      if (input_.strict) return Stop(error);
      NoteFault(error);
    }
    if (!is_done_) ordering_.FinalSync();
    is_done_ = true;
  }

  void StoreTally() {
    Trace& trace = *input_.trace;
    trace.wire.clear();
    for (size_t code = 0; code < kEventCodes; ++code) {
      if (tally_.count[code] == 0) continue;
      trace.wire.push_back(
          {std::string(EventName(static_cast<uint8_t>(code))), tally_.count[code], tally_.bytes[code]});
    }
    trace.max_stack_depth = tally_.max_stack_depth;
    trace.stack_frames = tally_.stack_frames;
    trace.data_bytes = tally_.data_bytes;
    trace.batch_threads = batch_threads_.size();
  }

  const DecoderInput input_;
  WireTally tally_;
  Ordering ordering_;
  std::string text_;  // of a batch
  std::vector<uint8_t> buffer_;
  uint64_t offset_ = kHeaderBytes;  // of buffer_ in the file
  std::unique_ptr<GenerationData> generation_;
  GenerationData::Blocks spare_blocks_;
  IdMap batch_threads_;
  double frequency_ = kUsualFrequency;
  std::optional<Error> fault_;
  bool is_damaged_ = false;  // the generation being collected lacks bytes
  bool is_done_ = false;

  // Lenient: bytes are passed over until a batch begins.
  bool is_lost_ = false;
  uint64_t lost_at_ = 0;
  uint64_t lost_bytes_ = 0;
  std::string lost_why_;
  std::string lost_text_;
  Issue lost_issue_ = Issue::kCorruptTail;
};

}  // namespace

std::unique_ptr<TraceDecoder> MakeV2Decoder(const DecoderInput& input) { return std::make_unique<V2Decoder>(input); }

}  // namespace flametrail::gotrace
