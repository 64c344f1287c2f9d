// Long because: one class crosses the boundary, with a few lines for each question of the page.
// The boundary to JavaScript. One class crosses, Session, and the answers it gives. A Result becomes
// {ok: true, ...} or {ok: false, code, text, offset?}; what the worker sees is written down in core.d.ts.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/session/session.h"
#include "wasm/columns.h"
#include "wasm/trace_values.h"

namespace flametrail {
namespace {

using emscripten::val;

const char* CodeText(Code code) {
  switch (code) {
    case Code::kTruncated:
      return "truncated";
    case Code::kCorrupt:
      return "corrupt";
    case Code::kUnsupported:
      return "unsupported";
    case Code::kTooLarge:
      return "too-large";
    case Code::kInvalid:
      return "invalid";
  }
  return "corrupt";
}

const char* SeverityText(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kNotice:
      return "notice";
    case Severity::kDataLoss:
      return "data-loss";
  }
  return "notice";
}

// Numbers beyond 2^53 lose digits here: where it matters the exact text goes beside them.
template <typename T>
val Number(T value) {
  return val(static_cast<double>(value));
}

val Succeeded() {
  val outcome = val::object();
  outcome.set("ok", true);
  return outcome;
}

val DescribeError(const Error& error) {
  val failure = val::object();
  failure.set("code", std::string(CodeText(error.code)));
  failure.set("text", error.text);
  if (error.offset) {
    failure.set("offset", Number(*error.offset));
  }
  return failure;
}

val Failed(const Error& error) {
  val outcome = DescribeError(error);
  outcome.set("ok", false);
  return outcome;
}

val Outcome(const Status& status) { return status.ok() ? Succeeded() : Failed(status.error()); }

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

val DescribeType(const SampleTypeSummary& type) {
  val out = val::object();
  out.set("type", type.type);
  out.set("unit", type.unit);
  out.set("total", Number(type.total));
  out.set("magnitudeTotal", Number(type.magnitude_total));
  out.set("totalText", std::to_string(type.total));
  out.set("nonzeroSamples", Number(type.nonzero_samples));
  return out;
}

val DescribeDiagnostic(const Diagnostic& diagnostic) {
  val out = val::object();
  out.set("severity", std::string(SeverityText(diagnostic.severity)));
  out.set("sentence", std::string(diagnostic.sentence));
  out.set("count", Number(diagnostic.count));
  if (diagnostic.first_offset) {
    out.set("firstOffset", Number(*diagnostic.first_offset));
  }
  out.set("detail", diagnostic.detail);
  return out;
}

template <typename T, typename Describe>
val List(const std::vector<T>& items, Describe describe) {
  val out = val::array();
  for (const T& item : items) {
    out.call<void>("push", describe(item));
  }
  return out;
}

void SetCounts(const ProfileSummary& summary, val* out) {
  out->set("bytesIn", Number(summary.bytes_in));
  out->set("bytesOut", Number(summary.bytes_out));
  out->set("samples", Number(summary.samples));
  out->set("locations", Number(summary.locations));
  out->set("functions", Number(summary.functions));
  out->set("mappings", Number(summary.mappings));
  out->set("stacks", Number(summary.stacks));
}

val DescribeSummary(const ProfileSummary& summary) {
  val out = val::object();
  out.set("kind", std::string("profile"));
  out.set("format", summary.format);
  out.set("binary", summary.binary);
  out.set("buildId", summary.build_id);
  out.set("comments", List(summary.comments, [](const std::string& comment) { return val(comment); }));
  out.set("docUrl", summary.doc_url);
  out.set("timeNanos", summary.time_nanos == 0 ? std::string() : std::to_string(summary.time_nanos));
  out.set("durationNanos", Number(summary.duration_nanos));
  out.set("periodType", summary.period_type);
  out.set("periodUnit", summary.period_unit);
  out.set("period", Number(summary.period));
  SetCounts(summary, &out);
  out.set("sampleTypes", List(summary.sample_types, DescribeType));
  out.set("defaultType", Number(summary.default_type));
  out.set("suggestedType", Number(summary.suggested_type));
  out.set("diagnostics", List(summary.diagnostics, DescribeDiagnostic));
  if (summary.fault) {
    out.set("fault", DescribeError(*summary.fault));
  }
  return out;
}

// protocol/messages.ts Holding.
val HoldingsOf(const Session& session) {
  val out = val::array();
  const auto add = [&](const void* part, const char* name) {
    if (part != nullptr) out.call<void>("push", std::string(name));
  };
  add(session.dump(), "dump");
  add(session.mem_stats(), "memStats");
  add(session.bench(), "bench");
  add(session.gc_log(), "gcLog");
  return out;
}

val DescribeTrace(const TraceSummary& summary) {
  val out = val::object();
  out.set("kind", std::string("trace"));
  out.set("format", summary.format);
  out.set("bytesIn", Number(summary.bytes_in));
  out.set("bytesOut", Number(summary.bytes_out));
  SetTraceFacts(summary, &out);
  out.set("diagnostics", List(summary.diagnostics, DescribeDiagnostic));
  if (summary.fault) out.set("fault", DescribeError(*summary.fault));
  return out;
}

// What a filter field of the page is called: protocol/messages.ts ViewSpec.
struct FilterName {
  const char* name;
  std::string FilterOptions::*text;
};
constexpr FilterName kFilterNames[] = {
    {"focus", &FilterOptions::focus},        {"ignore", &FilterOptions::ignore},
    {"hide", &FilterOptions::hide},          {"show", &FilterOptions::show},
    {"showFrom", &FilterOptions::show_from}, {"pruneFrom", &FilterOptions::prune_from},
    {"tagFocus", &FilterOptions::tag_focus}, {"tagIgnore", &FilterOptions::tag_ignore},
};
static_assert(std::size(kFilterNames) == kFilterFields);

std::vector<std::string> ReadTexts(const val& list) {
  std::vector<std::string> texts;
  const auto count = list["length"].as<uint32_t>();
  for (uint32_t i = 0; i < count; ++i) texts.push_back(list[i].as<std::string>());
  return texts;
}

TagValueKind ReadKind(const val& spec, const char* name) {
  return spec[name].as<std::string>() == "number" ? TagValueKind::kNumber : TagValueKind::kText;
}

ViewSpec ReadSpec(const val& from) {
  ViewSpec spec;
  spec.sample_type = from["sampleType"].as<uint32_t>();
  for (const auto& [name, text] : kFilterNames) spec.filters.*text = from[name].as<std::string>();
  spec.filters.tag_focus_kind = ReadKind(from, "tagFocusKind");
  spec.filters.tag_ignore_kind = ReadKind(from, "tagIgnoreKind");
  spec.tag_root = ReadTexts(from["tagRoot"]);
  spec.tag_leaf = ReadTexts(from["tagLeaf"]);
  // In the order of the enumeration; the page sends no other number.
  spec.granularity = static_cast<Granularity>(from["granularity"].as<uint32_t>() % 5);
  spec.no_inlines = from["noInlines"].as<bool>();
  return spec;
}

// protocol/messages.ts TreeShape: kinds in the order of the enumeration.
TreeShape ReadShape(const val& from) {
  TreeShape shape;
  shape.kind = static_cast<TreeKind>(from["kind"].as<uint32_t>() % 4);
  shape.collapse = from["collapse"].as<bool>();
  shape.center = from["center"].as<uint32_t>();
  const val squash = from["squash"];
  shape.squash.standard = squash["standard"].as<bool>();
  shape.squash.runtime = squash["runtime"].as<bool>();
  shape.squash.dependencies = squash["dependencies"].as<bool>();
  shape.squash.packages = ReadTexts(squash["packages"]);
  return shape;
}

// Reports in the order of the enumeration; as many labels as documents.
PageReportQuery ReadReportQuery(const val& from) {
  PageReportQuery query;
  query.report = static_cast<PageReport>(from["report"].as<uint32_t>() % kPageReports);
  if (from["chinese"].as<bool>()) query.language = Language::kChinese;
  query.thresholds = from["thresholds"].as<std::string>();
  query.labels = ReadTexts(from["labels"]);
  const val documents = from["documents"];
  query.documents.resize(documents["length"].as<uint32_t>());
  for (uint32_t i = 0; i < query.documents.size(); ++i) query.documents[i] = documents[i].as<uint32_t>();
  query.labels.resize(query.documents.size());
  return query;
}

SeriesQuery ReadSeries(const val& from) {
  SeriesQuery query;
  const val sources = from["sources"];
  const auto count = sources["length"].as<uint32_t>();
  for (uint32_t i = 0; i < count; ++i) {
    const val source = sources[i];
    query.sources.push_back({source["attached"].as<uint32_t>(), ReadSpec(source["view"]), source["at"].as<double>(),
                             source["series"].as<uint32_t>()});
  }
  query.shape = ReadShape(from["shape"]);
  query.scale = static_cast<SeriesScale>(from["normalise"].as<uint32_t>() % 4);
  query.function = from["function"].as<std::string>();
  return query;
}

val DescribeFact(const FilterFact& fact) {
  val out = val::object();
  out.set("samples", Number(fact.samples));
  out.set("value", Number(fact.value));
  out.set("error", fact.error);
  return out;
}

val DescribeFacts(const ViewFacts& facts) {
  val filters = val::object();
  for (size_t i = 0; i < kFilterFields; ++i) filters.set(kFilterNames[i].name, DescribeFact(facts.filters[i]));
  val out = Succeeded();
  out.set("filters", filters);
  out.set("samples", Number(facts.samples));
  out.set("total", Number(facts.total));
  out.set("magnitudeTotal", Number(facts.magnitude_total));
  out.set("totalText", std::to_string(facts.total));
  return out;
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
