#include "core/session/goroutines_report.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/dump/compare.h"
#include "core/analysis/dump/groups.h"
#include "core/analysis/dump/wait_graph.h"
#include "core/base/json_writer.h"

namespace flametrail {
namespace {

constexpr size_t kLargestGroups = 10;

Result<GoroutineSource> SourceOf(const Session& session) {
  if (session.trace() == nullptr) {
    if (const auto source = GoroutinesOf(session.profile(), session.dump())) return *source;
  }
  return Error{Code::kUnsupported, std::nullopt,
               "wants a goroutine dump or a goroutine profile, found " + session.summary().format};
}

std::vector<LocationId> StackOf(const GoroutineSource& source, uint32_t row) {
  std::vector<LocationId> stack;
  source.profile->stacks.Expand(source.profile->samples.stack[row], &stack);
  return stack;
}

std::string StateOf(const GoroutineSource& source, uint32_t row) {
  if (source.dump == nullptr) return "";
  const DumpGoroutine& goroutine = source.dump->goroutines[row];
  return std::string(source.profile->Text(goroutine.state)) + (goroutine.is_leaked ? " (leaked)" : "");
}

std::string_view TopFunction(const GoroutineSource& source, uint32_t row) {
  const std::vector<LocationId> stack = StackOf(source, row);
  return stack.empty() ? std::string_view() : FunctionAt(*source.profile, stack[0]);
}

std::string_view CreatorFunction(const GoroutineSource& source, uint32_t row) {
  return source.dump == nullptr ? std::string_view()
                                : FunctionAt(*source.profile, source.dump->goroutines[row].creator);
}

// Counts by text: most first, then by text.
using Counts = std::vector<std::pair<std::string, int64_t>>;

template <typename TextOf>
Counts CountBy(const GoroutineSource& source, TextOf text_of) {
  std::map<std::string, int64_t> counts;
  for (size_t row = 0; row < source.profile->samples.size(); ++row) {
    counts[std::string(text_of(static_cast<uint32_t>(row)))] += GoroutineCount(source, row);
  }
  Counts sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return sorted;
}

void WriteCounts(std::string_view name, const Counts& counts, JsonWriter* json) {
  json->BeginObject(name);
  for (const auto& [text, count] : counts) json->Field(text, count);
  json->EndObject();
}

void WriteStack(const GoroutineSource& source, uint32_t row, JsonWriter* json) {
  json->BeginArray("stack");
  for (const std::string& frame : StackText(*source.profile, source.profile->samples.stack[row])) json->Text(frame);
  json->EndArray();
}

void WriteIds(std::string_view name, const Dump& dump, const std::vector<uint32_t>& rows, JsonWriter* json) {
  json->BeginArray(name);
  for (const uint32_t row : rows) json->Unsigned(dump.goroutines[row].id);
  json->EndArray();
}

void WriteGroup(const GoroutineSource& source, const GoroutineGroup& group, JsonWriter* json) {
  const uint32_t row = group.first_row;
  json->BeginObject();
  json->Field("count", group.count);
  json->Field("state", StateOf(source, row));
  json->Field("min_minutes", group.min_wait_minutes);
  json->Field("max_minutes", group.max_wait_minutes);
  const LocationId creator = source.dump == nullptr ? LocationId() : source.dump->goroutines[row].creator;
  json->Key("created_by");
  if (creator.is_none()) {
    json->Null();
  } else {
    json->Text(PlaceText(*source.profile, creator));
  }
  if (source.dump != nullptr) WriteIds("ids", *source.dump, group.rows, json);
  WriteStack(source, row, json);
  json->EndObject();
}

// Facts of each goroutine that only a dump has.
void WriteDumpFacts(const GoroutineSource& source, JsonWriter* json) {
  const Dump& dump = *source.dump;
  int64_t locked = 0;
  int64_t elided = 0;
  int64_t leaked = 0;
  int64_t missing = 0;
  for (const DumpGoroutine& goroutine : dump.goroutines) {
    locked += goroutine.is_locked_to_thread;
    elided += goroutine.elided_frames > 0;
    leaked += goroutine.is_leaked;
    missing += goroutine.is_stack_missing;
  }
  json->Field("locked_to_thread", locked);
  json->Field("with_elided_frames", elided);
  json->Field("leaked", leaked);
  json->Field("stack_missing", missing);
  json->Field("snapshots", dump.snapshots);
  json->BeginArray("crashes");
  for (const Crash& crash : dump.crashes) json->Text(source.profile->Text(crash.text));
  json->EndArray();
  std::vector<uint32_t> rows(dump.goroutines.size());
  for (uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
  WriteIds("ids", dump, rows, json);
}

void WriteWaitGraph(const GoroutineSource& source, JsonWriter* json) {
  const WaitGraph graph = BuildWaitGraph(source);
  json->BeginArray("objects");
  for (const WaitObject& object : graph.objects) {
    json->BeginObject();
    json->Field("address", Hex(object.address));
    json->Field("kind", WaitKindText(object.kind));
    json->Field("certain", object.is_certain);
    WriteIds("waiters", *source.dump, object.waiters, json);
    WriteIds("mentioned_by", *source.dump, object.mentioned, json);
    json->EndObject();
  }
  json->EndArray();
  json->BeginArray("cycles");
  for (const std::vector<uint32_t>& cycle : graph.cycles) {
    json->BeginArray();
    for (const uint32_t row : cycle) json->Unsigned(source.dump->goroutines[row].id);
    json->EndArray();
  }
  json->EndArray();
  WriteIds("orphans", *source.dump, graph.orphans, json);
}

void WriteFamily(const GoroutineSource& source, JsonWriter* json) {
  json->BeginArray("family");
  for (const FamilyNode& node : FamilyTree(source)) {
    json->BeginObject();
    json->Key("site");
    if (node.site.is_none()) {
      json->Null();
    } else {
      json->Text(PlaceText(*source.profile, node.site));
    }
    json->Field("depth", node.depth);
    json->Field("count", node.count);
    json->Field("descendants", node.descendants);
    json->EndObject();
  }
  json->EndArray();
}

void WriteLargestGroups(const GoroutineSource& source, const std::vector<GoroutineGroup>& groups, JsonWriter* json) {
  json->BeginArray("largest_groups");
  for (size_t i = 0; i < groups.size() && i < kLargestGroups; ++i) {
    const uint32_t row = groups[i].first_row;
    json->BeginObject();
    json->Field("count", groups[i].count);
    json->Field("state", StateOf(source, row));
    json->Field("top", TopFunction(source, row));
    json->Field("depth", StackOf(source, row).size());
    json->Key("created_by");
    const std::string_view creator = CreatorFunction(source, row);
    if (creator.empty()) {
      json->Null();
    } else {
      json->Text(creator);
    }
    json->EndObject();
  }
  json->EndArray();
}

void WriteJson(const GoroutineSource& source, const std::string& format, const TextSink& sink) {
  const std::vector<GoroutineGroup> groups = GroupGoroutines(source, GroupBy::kStack);
  size_t depth = 0;
  for (uint32_t row = 0; row < source.profile->samples.size(); ++row) {
    depth = std::max(depth, StackOf(source, row).size());
  }
  JsonWriter json(sink);
  json.BeginObject();
  json.Field("format", format);
  json.Field("goroutines", CountGoroutines(source));
  if (source.dump != nullptr) {
    WriteCounts("by_state", CountBy(source, [&](uint32_t row) { return StateOf(source, row); }), &json);
    WriteCounts(
        "by_minutes",
        CountBy(source, [&](uint32_t row) { return std::to_string(source.dump->goroutines[row].wait_minutes); }),
        &json);
    WriteCounts("by_created_by", CountBy(source, [&](uint32_t row) { return CreatorFunction(source, row); }), &json);
    WriteDumpFacts(source, &json);
    WriteWaitGraph(source, &json);
    WriteFamily(source, &json);
  }
  WriteCounts("by_top_frame", CountBy(source, [&](uint32_t row) { return TopFunction(source, row); }), &json);
  const std::vector<GoroutineGroup> by_functions = GroupGoroutines(source, GroupBy::kFunctions);
  json.Field("unique_stacks", by_functions.size());
  json.Field("max_depth", depth);
  WriteLargestGroups(source, by_functions, &json);
  json.BeginArray("groups");
  for (const GoroutineGroup& group : groups) WriteGroup(source, group, &json);
  json.EndArray();
  json.EndObject();
  json.NewLine();
}

std::string Count(int64_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string WaitText(const GoroutineGroup& group) {
  if (group.max_wait_minutes == 0) return "";
  if (group.min_wait_minutes == group.max_wait_minutes) return ", " + Count(group.max_wait_minutes, "minute");
  return ", " + std::to_string(group.min_wait_minutes) + " to " + Count(group.max_wait_minutes, "minute");
}

void PrintStack(const GoroutineSource& source, uint32_t row, TextOut* out) {
  for (const std::string& frame : StackText(*source.profile, source.profile->samples.stack[row])) {
    *out << "    " << frame << "\n";
  }
  if (source.dump == nullptr) return;
  const DumpGoroutine& goroutine = source.dump->goroutines[row];
  if (goroutine.is_stack_missing) *out << "    (running on another thread: no stack)\n";
  if (!goroutine.creator.is_none()) *out << "  created by " << PlaceText(*source.profile, goroutine.creator) << "\n";
}

void PrintGroups(const GoroutineSource& source, const GoroutinesOptions& options, TextOut* out) {
  const std::vector<GoroutineGroup> groups = GroupGoroutines(source, GroupBy::kStack);
  for (size_t i = 0; i < groups.size() && i < options.max_groups; ++i) {
    const std::string state = StateOf(source, groups[i].first_row);
    *out << "\n" << Count(groups[i].count, "goroutine");
    if (!state.empty()) *out << " [" << state << WaitText(groups[i]) << "]";
    *out << "\n";
    PrintStack(source, groups[i].first_row, out);
  }
  if (groups.size() > options.max_groups) {
    *out << "\n... and " << Count(static_cast<int64_t>(groups.size() - options.max_groups), "more group") << "\n";
  }
}

std::string IdsText(const Dump& dump, const std::vector<uint32_t>& rows) {
  constexpr size_t kShown = 8;
  std::string text;
  for (size_t i = 0; i < rows.size() && i < kShown; ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(dump.goroutines[rows[i]].id);
  }
  if (rows.size() > kShown) text += " and " + std::to_string(rows.size() - kShown) + " more";
  return text;
}

void PrintWaitGraph(const GoroutineSource& source, const GoroutinesOptions& options, TextOut* out) {
  const WaitGraph graph = BuildWaitGraph(source);
  if (!graph.objects.empty()) *out << "\nwaiting on\n";
  for (size_t i = 0; i < graph.objects.size() && i < options.max_groups; ++i) {
    const WaitObject& object = graph.objects[i];
    *out << "  " << Hex(object.address) << " " << WaitKindText(object.kind) << (object.is_certain ? "" : " (likely)")
         << ": goroutines " << IdsText(*source.dump, object.waiters);
    *out << (object.mentioned.empty() ? "; nobody else has it" : "; also in goroutines ")
         << IdsText(*source.dump, object.mentioned) << "\n";
  }
  for (const std::vector<uint32_t>& cycle : graph.cycles) {
    *out << "  wait for each other: goroutines " << IdsText(*source.dump, cycle) << "\n";
  }
}

void PrintFamily(const GoroutineSource& source, const GoroutinesOptions& options, TextOut* out) {
  const std::vector<FamilyNode> family = FamilyTree(source);
  if (family.empty()) return;
  *out << "\ncreated by\n";
  for (size_t i = 0; i < family.size() && i < options.max_groups; ++i) {
    const FamilyNode& node = family[i];
    const std::string site = node.site.is_none() ? "(the program's start)" : PlaceText(*source.profile, node.site);
    out->Right(std::to_string(node.count), 8);
    *out << "  " << std::string(size_t{node.depth} * 2, ' ') << site << "\n";
  }
}

void PrintText(const GoroutineSource& source, const std::string& format, const GoroutinesOptions& options,
               const TextSink& sink) {
  TextOut out(sink);
  out << format << ": " << Count(CountGoroutines(source), "goroutine") << "\n";
  if (source.dump != nullptr) {
    for (const Crash& crash : source.dump->crashes) out << source.profile->Text(crash.text) << "\n";
    out << "\nstates\n";
    for (const auto& [state, count] : CountBy(source, [&](uint32_t row) { return StateOf(source, row); })) {
      out.Right(std::to_string(count), 8);
      out << "  " << state << "\n";
    }
    PrintFamily(source, options, &out);
    PrintWaitGraph(source, options, &out);
  }
  PrintGroups(source, options, &out);
}

void WriteComparisonJson(const GoroutineSource& before, const GoroutineSource& after, const DumpComparison& comparison,
                         const TextSink& sink) {
  JsonWriter json(sink);
  json.BeginObject();
  json.Field("before", comparison.before);
  json.Field("after", comparison.after);
  if (comparison.has_ids) {
    json.Field("gone", comparison.gone);
    json.Field("new", comparison.fresh);
    json.Field("stuck", comparison.stuck);
  }
  json.BeginArray("groups");
  for (const GroupChange& change : comparison.changes) {
    const bool in_after = change.after_row != UINT32_MAX;
    const GoroutineSource& source = in_after ? after : before;
    const uint32_t row = in_after ? change.after_row : change.before_row;
    json.BeginObject();
    json.Field("before", change.before);
    json.Field("after", change.after);
    json.Field("stuck", change.stuck);
    json.Field("state", StateOf(source, row));
    WriteStack(source, row, &json);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  json.NewLine();
}

void PrintComparison(const GoroutineSource& before, const GoroutineSource& after, const DumpComparison& comparison,
                     const GoroutinesOptions& options, const TextSink& sink) {
  TextOut out(sink);
  out << Count(comparison.before, "goroutine") << " before, " << std::to_string(comparison.after) << " after";
  if (comparison.has_ids) {
    out << ": " << std::to_string(comparison.fresh) << " new, " << std::to_string(comparison.gone) << " gone, "
        << std::to_string(comparison.stuck) << " still in the same place";
  }
  out << "\n";
  for (size_t i = 0; i < comparison.changes.size() && i < options.max_groups; ++i) {
    const GroupChange& change = comparison.changes[i];
    const bool in_after = change.after_row != UINT32_MAX;
    const GoroutineSource& source = in_after ? after : before;
    const uint32_t row = in_after ? change.after_row : change.before_row;
    const int64_t growth = change.after - change.before;
    out << "\n"
        << (growth > 0 ? "+" : "") << std::to_string(growth) << ": " << std::to_string(change.before) << " -> "
        << std::to_string(change.after);
    if (comparison.has_ids) out << ", " << std::to_string(change.stuck) << " still there";
    if (!StateOf(source, row).empty()) out << " [" << StateOf(source, row) << "]";
    out << "\n";
    PrintStack(source, row, &out);
  }
}

}  // namespace

Status WriteGoroutinesJson(const Session& session, const TextSink& sink) {
  ASSIGN_OR_RETURN(const GoroutineSource source, SourceOf(session));
  WriteJson(source, session.summary().format, sink);
  return OkStatus();
}

Status WriteGoroutineComparisonJson(const Session& before, const Session& after, const TextSink& sink) {
  ASSIGN_OR_RETURN(const GoroutineSource old_source, SourceOf(before));
  ASSIGN_OR_RETURN(const GoroutineSource new_source, SourceOf(after));
  WriteComparisonJson(old_source, new_source, CompareDumps(old_source, new_source), sink);
  return OkStatus();
}

Status WriteGoroutines(const Session& session, const GoroutinesOptions& options, const TextSink& sink) {
  if (options.json) return WriteGoroutinesJson(session, sink);
  ASSIGN_OR_RETURN(const GoroutineSource source, SourceOf(session));
  PrintText(source, session.summary().format, options, sink);
  return OkStatus();
}

Status WriteGoroutineComparison(const Session& before, const Session& after, const GoroutinesOptions& options,
                                const TextSink& sink) {
  if (options.json) return WriteGoroutineComparisonJson(before, after, sink);
  ASSIGN_OR_RETURN(const GoroutineSource old_source, SourceOf(before));
  ASSIGN_OR_RETURN(const GoroutineSource new_source, SourceOf(after));
  PrintComparison(old_source, new_source, CompareDumps(old_source, new_source), options, sink);
  return OkStatus();
}

}  // namespace flametrail
