// Reports of the native command: each question has its own options, so nothing but the page's answers is kept.
#include <optional>
#include <string>

#include "core/analysis/reports/raw.h"
#include "core/analysis/reports/tags.h"
#include "core/analysis/reports/traces.h"
#include "core/analysis/reports/tree.h"
#include "core/analysis/top_report.h"
#include "core/base/checked.h"
#include "core/formats/pprof/pprof_writer.h"
#include "core/io/gzip_writer.h"
#include "core/session/prepare.h"
#include "core/session/state.h"

namespace flametrail {
namespace {

Status WriteTreeReport(Prepared* prepared, const ReportRequest& request, TextOut* out) {
  std::optional<Expression> symbol;
  if (request.kind == ReportKind::kPeek) {
    Result<Expression> compiled = Expression::Compile(request.symbol);
    if (!compiled.ok()) {
      return Error{Code::kInvalid, std::nullopt, "parsing peek regexp: " + compiled.error().text};
    }
    symbol = std::move(compiled).value();
  }
  const TrimmedGraph graph =
      BuildTrimmedGraph(*prepared->profile, prepared->frames, prepared->weights, prepared->options.GraphTrim());
  prepared->context.SelectUnit(graph.nodes);
  const auto labels = ReportLabels(*prepared->profile, prepared->context, graph, prepared->options);
  if (!WriteTree(*prepared->profile, prepared->frames, graph, prepared->context, labels, symbol ? &*symbol : nullptr,
                 out)) {
    return Error{Code::kUnsupported, std::nullopt, "no matches found for regexp: " + request.symbol};
  }
  return OkStatus();
}

// divide_by scales the written values, as the reference's printProto.
void WriteProto(const Prepared& prepared, const TextSink& sink) {
  GzipWriter gzip([&](Bytes bytes) { sink(AsText(bytes)); });
  const auto write = [&](Bytes bytes) { gzip.Write(bytes); };
  const double ratio = prepared.context.ratio;
  if (ratio > 0 && ratio != 1) {
    Profile scaled = *prepared.profile;
    for (auto& values : scaled.samples.values) {
      for (int64_t& value : values) value = TruncateToInt64(static_cast<double>(value) * ratio);
    }
    WritePprof(scaled, write);
  } else {
    WritePprof(*prepared.profile, write);
  }
  gzip.Finish();
}

}  // namespace

Status Session::WriteReport(const ReportRequest& request, const TextSink& sink, std::vector<std::string>* warnings) {
  ASSIGN_OR_RETURN(Prepared prepared, Prepare(state_->profile(), request));
  warnings->insert(warnings->end(), prepared.warnings.begin(), prepared.warnings.end());
  if (request.kind == ReportKind::kProto) {
    WriteProto(prepared, sink);
    return OkStatus();
  }
  TextOut out(sink);
  const Profile& profile = *prepared.profile;
  switch (request.kind) {
    case ReportKind::kTop:
      WriteTop(BuildTopReport(profile, prepared.frames, prepared.weights, prepared.context, prepared.options), &out);
      break;
    case ReportKind::kTree:
    case ReportKind::kPeek:
      return WriteTreeReport(&prepared, request, &out);
    case ReportKind::kTraces:
      WriteTraces(profile, prepared.frames, prepared.context, prepared.sample_type, prepared.options, &out);
      break;
    case ReportKind::kRaw:
      WriteRaw(profile, prepared.options.zone, &out);
      break;
    case ReportKind::kTags:
      WriteTags(profile, prepared.context, prepared.sample_type, &out);
      break;
    case ReportKind::kComments:
      WriteComments(profile, &out);
      break;
    case ReportKind::kProto:
      break;
  }
  return OkStatus();
}

}  // namespace flametrail
