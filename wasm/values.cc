#include "wasm/values.h"

#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

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

val DescribeError(const Error& error) {
  val failure = val::object();
  failure.set("code", std::string(CodeText(error.code)));
  failure.set("text", error.text);
  if (error.offset) {
    failure.set("offset", Number(*error.offset));
  }
  return failure;
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

val DescribeFact(const FilterFact& fact) {
  val out = val::object();
  out.set("samples", Number(fact.samples));
  out.set("value", Number(fact.value));
  out.set("error", fact.error);
  return out;
}

}  // namespace

val Succeeded() {
  val outcome = val::object();
  outcome.set("ok", true);
  return outcome;
}

val Failed(const Error& error) {
  val outcome = DescribeError(error);
  outcome.set("ok", false);
  return outcome;
}

val Outcome(const Status& status) { return status.ok() ? Succeeded() : Failed(status.error()); }

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

}  // namespace flametrail
