#include "core/session/summarize.h"

#include <string>
#include <string_view>

#include "core/analysis/report.h"
#include "core/base/check.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

std::string BaseName(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1));
}

SampleTypeSummary SummarizeType(const Profile& profile, size_t index) {
  SampleTypeSummary summary;
  summary.type = profile.Text(profile.sample_types[index].type);
  summary.unit = profile.Text(profile.sample_types[index].unit);
  for (const int64_t value : profile.samples.values[index]) {
    summary.total = WrapAdd(summary.total, value);
    summary.magnitude_total = WrapAdd(summary.magnitude_total, WrapAbs(value));
    summary.nonzero_samples += value != 0;
  }
  if (const int64_t base = BaseTotal(profile, index); base > 0) summary.magnitude_total = base;
  return summary;
}

// What a person wants first: pprof's default; where all of it is zero, the last type that is not.
size_t SuggestType(const ProfileSummary& summary) {
  const auto& types = summary.sample_types;
  if (summary.default_type < types.size() && types[summary.default_type].nonzero_samples > 0) {
    return summary.default_type;
  }
  for (size_t i = types.size(); i-- > 0;) {
    if (types[i].nonzero_samples > 0) return i;
  }
  return summary.default_type;
}

void SummarizeAny(const Document& document, const FileBytes& bytes, DocumentSummary* summary) {
  summary->kind = std::holds_alternative<Trace>(document.body) ? DocumentKind::kTrace : DocumentKind::kProfile;
  summary->format = document.format;
  summary->bytes_in = bytes.in;
  summary->bytes_out = bytes.out;
  summary->diagnostics = document.diagnostics.list();
  summary->fault = document.fault;
}

// Wall-clock time of the trace's first event, from the first clock snapshot.
std::optional<int64_t> WallStart(const Trace& trace) {
  constexpr int64_t kNanosPerSecond = 1000000000;
  for (const TraceSync& sync : trace.syncs) {
    if (!sync.clock) continue;
    const int64_t wall =
        WrapAdd(WrapMultiply(sync.clock->wall_seconds, kNanosPerSecond), static_cast<int64_t>(sync.clock->wall_nanos));
    return WrapAdd(wall, WrapNegate(static_cast<int64_t>(sync.clock->time)));
  }
  return std::nullopt;
}

}  // namespace

ProfileSummary Summarize(const Document& document, const FileBytes& bytes) {
  ProfileSummary summary;
  SummarizeAny(document, bytes, &summary);
  if (!std::holds_alternative<Profile>(document.body)) return summary;
  const Profile& profile = *std::get_if<Profile>(&document.body);
  if (!profile.mappings.empty()) {
    summary.binary = BaseName(profile.Text(profile.mappings[0].file));
    summary.build_id = profile.Text(profile.mappings[0].build_id);
  }
  for (const StringId comment : profile.comments) summary.comments.emplace_back(profile.Text(comment));
  summary.doc_url = profile.Text(profile.doc_url);
  summary.time_nanos = profile.time_nanos;
  summary.duration_nanos = profile.duration_nanos;
  summary.period_type = profile.Text(profile.period_type.type);
  summary.period_unit = profile.Text(profile.period_type.unit);
  summary.period = profile.period;
  summary.samples = profile.samples.size();
  summary.locations = profile.locations.size();
  summary.functions = profile.functions.size();
  summary.mappings = profile.mappings.size();
  summary.stacks = profile.stacks.size() - 1;
  for (size_t i = 0; i < profile.sample_types.size(); ++i) summary.sample_types.push_back(SummarizeType(profile, i));
  summary.default_type = SampleTypeIndex(profile, "").value_or(0);
  summary.suggested_type = SuggestType(summary);
  if (document.mem_stats) summary.mem_stats = document.mem_stats->entries;
  return summary;
}

TraceSummary SummarizeTrace(const Document& document, const FileBytes& bytes) {
  const Trace* trace = std::get_if<Trace>(&document.body);
  CHECK(trace != nullptr);
  TraceSummary summary = SummarizePart(*trace);
  SummarizeAny(document, bytes, &summary);
  return summary;
}

TraceSummary SummarizePart(const Trace& part) {
  const Trace* const trace = &part;
  TraceSummary summary;
  summary.version = trace->version;
  summary.first_ns = trace->origin;
  summary.base_ns = static_cast<int64_t>(trace->base);
  summary.duration_ns = static_cast<int64_t>(trace->end);
  summary.wall_start_ns = WallStart(*trace);
  for (const uint64_t count : trace->events_by_kind) summary.events += count;
  summary.generations = trace->generations.size();
  summary.goroutines = trace->goroutines.size();
  summary.procs = trace->procs.size();
  summary.threads = trace->threads.size();
  for (size_t g = 0; g < trace->goroutines.size(); ++g) summary.spans += trace->goroutines[g].spans.size();
  summary.stacks = trace->stacks.size() - 1;
  summary.tasks = trace->tasks.size();
  summary.regions = trace->regions.size();
  summary.logs = trace->logs.size();
  summary.cpu_samples = trace->cpu_samples.size();
  return summary;
}

}  // namespace flametrail
