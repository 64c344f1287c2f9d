#include "core/formats/gc_trace/gc_trace_reader.h"

#include <string>
#include <utility>

#include "core/formats/gc_trace/gc_line.h"
#include "core/io/text_lines.h"
#include "core/model/profile_assembler.h"

namespace flametrail {
namespace gc_trace {
namespace {

class GcTraceReader final : public Reader {
 public:
  GcTraceReader() : lines_([this](const TextLine& line) { OnLine(line); }) {}

  bool Append(Bytes chunk) override {
    lines_.Append(chunk);
    return true;
  }
  Result<Document> Finish(std::optional<Error> input_fault) override;

 private:
  void OnLine(const TextLine& line);
  template <typename Row>
  void Keep(Read read, const Row& row, const TextLine& line, std::vector<Row>* rows);

  TextLines lines_;
  GcLog log_;
  Diagnostics diagnostics_;
  bool drop_open_line_ = false;
};

template <typename Row>
void GcTraceReader::Keep(Read read, const Row& row, const TextLine& line, std::vector<Row>* rows) {
  constexpr size_t kQuotedBytes = 60;
  if (read == Read::kBroken) {
    // Two threads that write at once mix their lines.
    diagnostics_.Count(Issue::kBadRecord, line.offset, line.text.substr(0, kQuotedBytes));
  } else if (rows->size() == kMaxGcLogRows) {
    diagnostics_.Count(Issue::kBadRecord, line.offset, "more rows than are read");
  } else {
    rows->push_back(row);
  }
}

void GcTraceReader::OnLine(const TextLine& line) {
  if ((line.is_open && drop_open_line_) || line.too_long) return;
  GcCycle cycle;
  if (const Read read = ParseCycle(line.text, &cycle); read != Read::kOther) {
    return Keep(read, cycle, line, &log_.cycles);
  }
  SchedState state;
  if (const Read read = ParseSched(line.text, &state); read != Read::kOther) Keep(read, state, line, &log_.sched);
}

Result<Document> GcTraceReader::Finish(std::optional<Error> input_fault) {
  drop_open_line_ = input_fault.has_value();
  lines_.Finish();
  if (log_.cycles.empty() && log_.sched.empty()) {
    if (input_fault) return *input_fault;
    return Error{Code::kCorrupt, 0,
                 "wants lines of GODEBUG=gctrace=1 or schedtrace (\"gc 1 @0.012s 2%: ...\"), found none in " +
                     std::to_string(lines_.line_count()) + " lines"};
  }
  if (input_fault) {
    const bool truncated = input_fault->code == Code::kTruncated;
    diagnostics_.Count(truncated ? Issue::kTruncatedInput : Issue::kCorruptTail, input_fault->offset,
                       input_fault->text);
  }
  Document document{"Go GC trace", DocumentBody(ProfileAssembler().Take()), std::move(diagnostics_),
                    std::move(input_fault)};
  document.gc_log = std::move(log_);
  return document;
}

}  // namespace
}  // namespace gc_trace

std::unique_ptr<Reader> MakeGcTraceReader() { return std::make_unique<gc_trace::GcTraceReader>(); }

}  // namespace flametrail
