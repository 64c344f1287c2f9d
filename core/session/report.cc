// Reports of the native command: each question has its own options, so nothing but the page's answers is kept.
#include <optional>
#include <string>

#include "core/analysis/reports/callgrind.h"
#include "core/analysis/reports/confident_top.h"
#include "core/analysis/reports/dot.h"
#include "core/analysis/reports/list.h"
#include "core/analysis/reports/raw.h"
#include "core/analysis/reports/tags.h"
#include "core/analysis/reports/top_profile.h"
#include "core/analysis/reports/traces.h"
#include "core/analysis/reports/tree.h"
#include "core/analysis/top_report.h"
#include "core/analysis/visual_graph.h"
#include "core/base/checked.h"
#include "core/session/gzip_profile.h"
#include "core/session/prepare.h"
#include "core/session/state.h"

namespace flametrail {
namespace {

Result<Expression> CompileSymbol(const ReportRequest& request, const char* report) {
  Result<Expression> compiled = Expression::Compile(request.symbol);
  if (compiled.ok()) return compiled;
  return Error{Code::kInvalid, std::nullopt, "parsing " + std::string(report) + " regexp: " + compiled.error().text};
}

Error NoMatches(const ReportRequest& request) {
  return {Code::kUnsupported, std::nullopt, "no matches found for regexp: " + request.symbol};
}

Status WriteTreeReport(Prepared* prepared, const ReportRequest& request, TextOut* out) {
  std::optional<Expression> symbol;
  if (request.kind == ReportKind::kPeek) {
    ASSIGN_OR_RETURN(Expression compiled, CompileSymbol(request, "peek"));
    symbol = std::move(compiled);
  }
  const TrimmedGraph graph =
      BuildTrimmedGraph(*prepared->profile, prepared->frames, prepared->weights, prepared->options.GraphTrim());
  prepared->context.SelectUnit(graph.nodes);
  const auto labels = ReportLabels(*prepared->profile, prepared->context, graph, prepared->options);
  if (!WriteTree(*prepared->profile, prepared->frames, graph, prepared->context, labels, symbol ? &*symbol : nullptr,
                 out)) {
    return NoMatches(request);
  }
  return OkStatus();
}

VisualGraph BuildVisual(const Prepared& prepared, NodeOrder order, bool with_tags) {
  VisualOptions options;
  options.trim = prepared.options.GraphTrim();
  options.order = order;
  options.call_tree = prepared.options.call_tree;
  options.with_tags = with_tags;
  options.sample_type = prepared.sample_type;
  options.mean = prepared.options.mean;
  options.tag_unit = prepared.options.unit;
  return BuildVisualGraph(*prepared.profile, prepared.frames, prepared.weights, options);
}

void WriteDotReport(Prepared* prepared, TextOut* out) {
  const VisualGraph graph = BuildVisual(*prepared, NodeOrder::kEntropy, true);
  prepared->context.SelectUnit(graph.summary.nodes);
  const auto labels = ReportLabels(*prepared->profile, prepared->context, graph.summary, prepared->options, true);
  WriteDot(*prepared->profile, prepared->frames, graph, prepared->context, labels, out);
}

void WriteCallgrindReport(Prepared* prepared, TextOut* out) {
  const NodeOrder order = prepared->options.sort_by_cum ? NodeOrder::kCum : NodeOrder::kFlat;
  const VisualGraph graph = BuildVisual(*prepared, order, false);
  prepared->context.SelectUnit(graph.summary.nodes, true);
  WriteCallgrind(*prepared->profile, prepared->frames, graph, prepared->context, out);
}

Status WriteListReport(const Prepared& prepared, const ReportRequest& request, TextOut* out) {
  ASSIGN_OR_RETURN(const Expression symbol, CompileSymbol(request, "list"));
  const StackTable& stacks = prepared.profile->stacks;
  const StackWalk walk = WalkStacks(stacks, prepared.weights);
  const FrameSums sums = SumFrames(stacks, prepared.frames, prepared.weights, walk);
  const auto nodes = NodesWithWeight(sums, prepared.options.drop_negative);
  const bool has_matches = WriteList(*prepared.profile, prepared.frames, nodes, prepared.context,
                                     prepared.options.frames, symbol, request.sources, out);
  return has_matches ? OkStatus() : NoMatches(request);
}

void WriteTopProto(Prepared* prepared, const TextSink& sink) {
  TrimOptions trim = prepared->options.TopTrim();
  trim.edges = EdgeNeed::kNone;
  const TrimmedGraph graph = BuildTrimmedGraph(*prepared->profile, prepared->frames, prepared->weights, trim);
  prepared->context.SelectUnit(graph.nodes);
  WriteGzipProfile(TopAsProfile(*prepared->profile, prepared->frames, graph, prepared->context), sink);
}

// divide_by scales the written values, as the reference's printProto.
void WriteProto(const Prepared& prepared, const TextSink& sink) {
  const double ratio = prepared.context.ratio;
  if (ratio > 0 && ratio != 1) {
    Profile scaled = *prepared.profile;
    for (auto& values : scaled.samples.values) {
      for (int64_t& value : values) value = TruncateToInt64(static_cast<double>(value) * ratio);
    }
    WriteGzipProfile(scaled, sink);
  } else {
    WriteGzipProfile(*prepared.profile, sink);
  }
}

}  // namespace

Status Session::WriteReport(const ReportRequest& request, const TextSink& sink, std::vector<std::string>* warnings) {
  RETURN_IF_ERROR(state_->NeedProfile());
  ASSIGN_OR_RETURN(Prepared prepared, Prepare(state_->profile(), request));
  warnings->insert(warnings->end(), prepared.warnings.begin(), prepared.warnings.end());
  if (request.kind == ReportKind::kProto) {
    WriteProto(prepared, sink);
    return OkStatus();
  }
  if (request.kind == ReportKind::kTopProto) {
    WriteTopProto(&prepared, sink);
    return OkStatus();
  }
  TextOut out(sink);
  const Profile& profile = *prepared.profile;
  switch (request.kind) {
    case ReportKind::kTop:
      if (request.confidence) {
        WriteConfidentTop(profile, prepared.frames, prepared.weights, prepared.context, prepared.options,
                          prepared.sample_type, &out);
        break;
      }
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
    case ReportKind::kDot:
      WriteDotReport(&prepared, &out);
      break;
    case ReportKind::kCallgrind:
      WriteCallgrindReport(&prepared, &out);
      break;
    case ReportKind::kList:
      return WriteListReport(prepared, request, &out);
    case ReportKind::kProto:
    case ReportKind::kTopProto:
      break;
  }
  return OkStatus();
}

}  // namespace flametrail
