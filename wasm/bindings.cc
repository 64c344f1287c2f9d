// The boundary to JavaScript. One class crosses, Session, and the answers it gives. A Result becomes
// {ok: true, ...} or {ok: false, code, text, offset?}; what the worker sees is written down in core.d.ts.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/session/session.h"
#include "wasm/columns.h"
#include "wasm/trace_values.h"
#include "wasm/values.h"

namespace flametrail {
namespace {

using emscripten::val;

template <typename Columns>
val Answer(std::shared_ptr<const Columns> columns) {
  val outcome = Succeeded();
  outcome.set("columns", ColumnSet(std::move(columns)));
  return outcome;
}

template <typename Columns>
val Answer(Result<Columns> result) {
  if (!result.ok()) {
    return Failed(result.error());
  }
  return Answer(std::make_shared<const Columns>(std::move(result).value()));
}

// No trace has it: its answer is empty.
constexpr Lane kNoLane = {LaneKind::kGoroutine, 0xFFFFFFFFu};

// Of a number that JavaScript made up.
TraceTime ToTime(double ns) {
  if (!(ns > 0)) return 0;
  return ns < static_cast<double>(kMaxTraceTime) ? static_cast<TraceTime>(ns) : kMaxTraceTime;
}

// Session as JavaScript uses it: bytes come in through one buffer that is written from outside, answers go out as
// ColumnSets.
class SessionHandle {
 public:
  // Address of a buffer of `size` bytes, until the next call.
  uintptr_t Reserve(size_t size) {
    if (input_.size() < size) {
      input_.resize(size);
    }
    return reinterpret_cast<uintptr_t>(input_.data());
  }
  // The first `size` bytes of the buffer are the next ones of the file.
  val Commit(size_t size) {
    if (size > input_.size()) {
      return Failed({Code::kInvalid, std::nullopt, "more bytes committed than reserved"});
    }
    return Outcome(session_->Append(Bytes(input_).first(size)));
  }
  val Finish() {
    input_ = {};
    return Outcome(session_->Finish());
  }
  // Takes over the document that `other` has read; `other` is empty afterwards, to be deleted.
  val Attach(SessionHandle& other) {
    const Result<uint32_t> index =
        session_->Attach(std::exchange(other.session_, std::make_unique<Session>(PageOptions())));
    if (!index.ok()) return Failed(index.error());
    val outcome = Succeeded();
    outcome.set("index", *index);
    return outcome;
  }
  val Summary() const {
    if (session_->summary().kind == DocumentKind::kTrace) return DescribeTrace(session_->trace_summary());
    val out = DescribeSummary(session_->summary());
    out.set("holds", HoldingsOf(*session_));
    return out;
  }

  // Of a trace that is still being read, once there is something to show; else undefined.
  val PartialSummary() const {
    const std::optional<TraceSummary> summary = session_->PartialTraceSummary();
    return summary ? DescribeTrace(*summary) : val::undefined();
  }

  // The session owns these: no copy, and no end before the session's.
  val Frames() { return Answer(std::shared_ptr<const FrameColumns>(std::shared_ptr<void>(), &session_->Frames())); }
  val Flame(const val& spec) { return Answer(session_->Flame(ReadSpec(spec))); }
  val Top(const val& spec) { return Answer(session_->Top(ReadSpec(spec))); }
  val Confidence(const val& spec) { return Answer(session_->Confidence(ReadSpec(spec))); }
  val Search(const val& spec, const std::string& pattern, bool case_sensitive) {
    return Answer(session_->Search({.view = ReadSpec(spec), .pattern = pattern, .case_sensitive = case_sensitive}));
  }
  val Peek(const val& spec, const val& path, bool callers) {
    PeekQuery query{ReadSpec(spec), {}, callers ? PeekSide::kCallers : PeekSide::kCallees};
    const auto count = path["length"].as<uint32_t>();
    for (uint32_t i = 0; i < count; ++i) query.path.push_back(path[i].as<uint32_t>());
    return Answer(session_->Peek(query));
  }
  val Graph(const val& spec, uint32_t node_count, double node_fraction, double edge_fraction) {
    return Answer(session_->Graph({ReadSpec(spec), node_count, node_fraction, edge_fraction}));
  }
  val Source(const val& spec, uint32_t file) { return Answer(session_->Source({ReadSpec(spec), file})); }
  val Labels(const val& spec) { return Answer(session_->Labels(ReadSpec(spec))); }
  val Sizes(const val& spec) { return Answer(session_->Sizes(ReadSpec(spec))); }
  val Sites(const val& spec) { return Answer(session_->Sites(ReadSpec(spec))); }
  // `sort_type`: -1 leaves the samples as they are in the file.
  val Samples(const val& spec, const std::string& pattern, bool case_sensitive, uint32_t from, uint32_t count,
              int sort_type, bool ascending) {
    SamplesQuery query{ReadSpec(spec), pattern, case_sensitive, from, count, std::nullopt, ascending};
    if (sort_type >= 0) query.sort_type = static_cast<size_t>(sort_type);
    return Answer(session_->Samples(query));
  }
  val Mappings() { return Answer(session_->Mappings()); }
  val Facts(const val& spec) {
    const Result<ViewFacts> facts = session_->Facts(ReadSpec(spec));
    return facts.ok() ? DescribeFacts(*facts) : Failed(facts.error());
  }

  val Lanes() { return Answer(session_->Lanes()); }
  val Strip() { return Answer(session_->Strip()); }
  // The buffer holds `count` lanes: kind and object, 4 bytes each.
  val Slices(size_t count, double from, double to, uint32_t level) {
    if (count > input_.size() / (2 * sizeof(uint32_t))) {
      return Failed({Code::kInvalid, std::nullopt, "more lanes asked for than written"});
    }
    std::vector<uint32_t> pairs(2 * count);
    if (count > 0) std::memcpy(pairs.data(), input_.data(), pairs.size() * sizeof(uint32_t));
    std::vector<Lane> lanes;
    for (size_t i = 0; i < count; ++i) {
      const bool is_kind = pairs[2 * i] < kLaneKinds;
      lanes.push_back(is_kind ? Lane{static_cast<LaneKind>(pairs[2 * i]), pairs[2 * i + 1]} : kNoLane);
    }
    return Answer(session_->Slices(lanes, {ToTime(from), ToTime(to), level}));
  }
  val Describe(uint32_t kind, uint32_t object, uint32_t item) {
    if (kind >= kLaneKinds) return Failed({Code::kInvalid, std::nullopt, "there is no such kind of lane"});
    const Result<SpanFacts> facts = session_->Describe({static_cast<LaneKind>(kind), object}, item);
    if (!facts.ok()) return Failed(facts.error());
    val out = Succeeded();
    SetSpanFacts(*facts, &out);
    return out;
  }
  val Goroutines(const val& question) const {
    return Answer(session_->Goroutines(ReadTraceRequest(question).options.selection));
  }
  val Marks(uint32_t kind, const val& question) const {
    return Answer(session_->Marks(static_cast<MarkKind>(kind % 3), ReadTraceRequest(question).options.selection));
  }
  // {ok: true, bytes}, over the heap until the next call.
  val TraceReport(const val& question) { return AnswerBytes(session_->TraceReport(ReadTraceRequest(question))); }
  val ShapedFlame(const val& spec, const val& shape) {
    return Answer(session_->ShapedFlame(ReadSpec(spec), ReadShape(shape)));
  }
  val LabelSteps(const val& spec, const std::string& key) { return Answer(session_->LabelSteps(ReadSpec(spec), key)); }
  // The session owns the columns, until the next series.
  val Series(const val& query) {
    const Result<const SeriesColumns*> columns = session_->Series(ReadSeries(query));
    if (!columns.ok()) return Failed(columns.error());
    return Answer(std::shared_ptr<const SeriesColumns>(std::shared_ptr<void>(), *columns));
  }
  // Of the last series.
  val SearchSeries(const std::string& pattern, bool case_sensitive) const {
    return Answer(session_->SearchSeries(pattern, case_sensitive));
  }
  val Export(const val& spec, bool anonymous) { return AnswerBytes(session_->Export(ReadSpec(spec), anonymous)); }
  val Report(const val& query) { return AnswerBytes(session_->Report(ReadReportQuery(query))); }

  // The buffer holds `count` string ids of 4 bytes each; the answer is their texts, NUL-joined, as bytes over the heap.
  // `series`: ids of the last series.
  val Names(size_t count, bool series) {
    if (count > input_.size() / sizeof(uint32_t)) {
      return val(emscripten::typed_memory_view(0, input_.data()));
    }
    std::vector<uint32_t> ids(count);
    if (count > 0) {
      std::memcpy(ids.data(), input_.data(), count * sizeof(uint32_t));
    }
    texts_ = series ? session_->SeriesNames(ids) : session_->Names(ids);
    return View(texts_);
  }

 private:
  // People read source names; the native command shows what `go tool pprof -symbolize=none` shows.
  static ReadOptions PageOptions() {
    ReadOptions options;
    options.demangle = DemangleMode::kSimple;
    return options;
  }

  // {ok: true, bytes}, over the heap until the next call.
  val AnswerBytes(Result<std::string> bytes) {
    if (!bytes.ok()) return Failed(bytes.error());
    texts_ = std::move(bytes).value();
    val outcome = Succeeded();
    outcome.set("bytes", View(texts_));
    return outcome;
  }

  static val View(const std::string& bytes) {
    return val(emscripten::typed_memory_view(bytes.size(), reinterpret_cast<const uint8_t*>(bytes.data())));
  }

  std::unique_ptr<Session> session_ = std::make_unique<Session>(PageOptions());
  std::vector<uint8_t> input_;
  std::string texts_;  // of the last answer that is one text
};

}  // namespace

EMSCRIPTEN_BINDINGS(flametrail) {
  emscripten::class_<ColumnSet>("ColumnSet")
      .function("size", &ColumnSet::size)
      .function("name", &ColumnSet::Name)
      .function("view", &ColumnSet::View);
  emscripten::class_<SessionHandle>("Session")
      .constructor<>()
      .function("reserve", &SessionHandle::Reserve)
      .function("commit", &SessionHandle::Commit)
      .function("finish", &SessionHandle::Finish)
      .function("summary", &SessionHandle::Summary)
      .function("partialSummary", &SessionHandle::PartialSummary)
      .function("frames", &SessionHandle::Frames)
      .function("flame", &SessionHandle::Flame)
      .function("top", &SessionHandle::Top)
      .function("confidence", &SessionHandle::Confidence)
      .function("search", &SessionHandle::Search)
      .function("facts", &SessionHandle::Facts)
      .function("lanes", &SessionHandle::Lanes)
      .function("strip", &SessionHandle::Strip)
      .function("slices", &SessionHandle::Slices)
      .function("describe", &SessionHandle::Describe)
      .function("goroutines", &SessionHandle::Goroutines)
      .function("marks", &SessionHandle::Marks)
      .function("traceReport", &SessionHandle::TraceReport)
      .function("peek", &SessionHandle::Peek)
      .function("graph", &SessionHandle::Graph)
      .function("source", &SessionHandle::Source)
      .function("labels", &SessionHandle::Labels)
      .function("sizes", &SessionHandle::Sizes)
      .function("sites", &SessionHandle::Sites)
      .function("samples", &SessionHandle::Samples)
      .function("mappings", &SessionHandle::Mappings)
      .function("shapedFlame", &SessionHandle::ShapedFlame)
      .function("labelSteps", &SessionHandle::LabelSteps)
      .function("attach", &SessionHandle::Attach)
      .function("series", &SessionHandle::Series)
      .function("searchSeries", &SessionHandle::SearchSeries)
      .function("report", &SessionHandle::Report)
      .function("export", &SessionHandle::Export)
      .function("names", &SessionHandle::Names);
}

}  // namespace flametrail
