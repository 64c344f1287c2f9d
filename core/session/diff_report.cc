// `flametrail diff`: totals, where the difference lies, gates.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <utility>

#include "core/analysis/findings/profile_facts.h"
#include "core/base/json_writer.h"
#include "core/base/units.h"
#include "core/session/findings_report.h"

namespace flametrail {
namespace {

struct TotalRow {
  std::string name;
  std::string unit;
  double before = 0;
  double after = 0;
};

std::string ValueText(const TotalRow& row, double value) {
  if (row.unit.empty() || row.unit == "count") return FormatFixed(value, 0);
  return ScaledLabel(static_cast<int64_t>(value), row.unit, "auto");
}

std::string ChangeText(const TotalRow& row) {
  if (row.before == 0) return row.after == 0 ? "0.00%" : "new";
  const std::string text = FormatFixed((row.after / row.before - 1) * 100, 2) + "%";
  return text.starts_with('-') ? text : "+" + text;
}

bool HasSamples(const Session& session) {
  return session.trace() == nullptr && !session.profile().sample_types.empty();
}

std::vector<TotalRow> Totals(const Session& before, const Session& after) {
  std::vector<TotalRow> rows;
  if (HasSamples(before) && HasSamples(after)) {
    const Profile& profile = after.profile();
    for (size_t type = 0; type < profile.sample_types.size(); ++type) {
      const std::string name(profile.Text(profile.sample_types[type].type));
      const auto old = TypeNamed(before.profile(), name);
      if (!old) continue;
      rows.push_back({name, std::string(profile.Text(profile.sample_types[type].unit)), TotalOf(before.profile(), *old),
                      TotalOf(profile, type)});
    }
  }
  if (before.mem_stats() == nullptr || after.mem_stats() == nullptr) return rows;
  const auto& entries = before.mem_stats()->entries;
  for (const auto& now : after.mem_stats()->entries) {
    const auto old = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.first == now.first; });
    if (old == entries.end()) continue;
    rows.push_back(
        {now.first, "", std::strtod(old->second.c_str(), nullptr), std::strtod(now.second.c_str(), nullptr)});
  }
  return rows;
}

// Functions of the own code by how much their share of `type` changed; largest growth first.
std::vector<TotalRow> Sites(const Session& before, const Session& after, const TotalRow& total) {
  std::map<std::string, TotalRow> sites;
  const auto add = [&](const Session& session, double TotalRow::*side) {
    const auto type = TypeNamed(session.profile(), total.name);
    if (!type) return;
    for (const Site& site : SumBySite(session.profile(), *type)) {
      TotalRow& row = sites[site.function];
      row.name = site.function;
      row.unit = total.unit;
      row.*side += site.values[*type];
    }
  };
  add(before, &TotalRow::before);
  add(after, &TotalRow::after);
  std::vector<TotalRow> rows;
  rows.reserve(sites.size());
  for (auto& [name, row] : sites) rows.push_back(std::move(row));
  std::stable_sort(rows.begin(), rows.end(),
                   [](const TotalRow& a, const TotalRow& b) { return a.after - a.before > b.after - b.before; });
  return rows;
}

Status Judge(const std::vector<TotalRow>& rows, const TotalGate& gate, std::vector<std::string>* failures) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const TotalRow& r) { return r.name == gate.name; });
  if (row == rows.end()) {
    return Error{Code::kInvalid, std::nullopt,
                 "the gate names \"" + gate.name + "\", which the two files do not share"};
  }
  const double change = row->before == 0 ? (row->after > 0 ? HUGE_VAL : 0) : (row->after / row->before - 1) * 100;
  const bool stops = gate.percent < 0 ? change < gate.percent : change > gate.percent;
  if (stops) {
    failures->push_back(gate.name + " went from " + ValueText(*row, row->before) + " to " +
                        ValueText(*row, row->after) + " (" + ChangeText(*row) + "); the gate allows " +
                        (gate.percent < 0 ? "" : "+") + FormatFixed(gate.percent, 2) + "%");
  }
  return OkStatus();
}

void WriteRowJson(const TotalRow& row, JsonWriter* json) {
  json->BeginObject();
  json->Field("name", row.name);
  json->Field("unit", row.unit);
  json->Field("before", row.before);
  json->Field("after", row.after);
  json->EndObject();
}

void WriteJson(const std::vector<TotalRow>& totals, const std::vector<TotalRow>& sites, const DiffOptions& options,
               const TextSink& sink) {
  JsonWriter json(sink);
  json.BeginObject();
  json.BeginArray("totals");
  for (const TotalRow& row : totals) WriteRowJson(row, &json);
  json.EndArray();
  json.BeginArray("sites");
  for (size_t i = 0; i < sites.size() && i < options.max_sites; ++i) WriteRowJson(sites[i], &json);
  json.EndArray();
  json.EndObject();
  json.NewLine();
}

void PrintRow(const TotalRow& row, TextOut* out) {
  out->Right(ValueText(row, row.before), 14);
  *out << " ";
  out->Right(ValueText(row, row.after), 14);
  *out << " ";
  out->Right(ChangeText(row), 10);
  *out << "  " << row.name << "\n";
}

}  // namespace

Result<TotalGate> ParseTotalGate(std::string_view text) {
  const size_t colon = text.rfind(':');
  std::string number(colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1));
  if (number.ends_with('%')) number.pop_back();
  char* end = nullptr;
  const double percent = std::strtod(number.c_str(), &end);
  if (number.empty() || end != number.c_str() + number.size() || !std::isfinite(percent) || colon == 0) {
    return Error{Code::kInvalid, std::nullopt,
                 "a gate is a name and a percentage (alloc_space:+30%), not \"" + std::string(text) + "\""};
  }
  return TotalGate{std::string(text.substr(0, colon)), percent};
}

Status WriteDiff(const Session& before, const Session& after, const DiffOptions& options, const TextSink& sink,
                 std::vector<std::string>* failures) {
  const std::vector<TotalRow> totals = Totals(before, after);
  if (totals.empty()) {
    return Error{
        Code::kUnsupported, std::nullopt,
        "the two files have no sample type in common: " + before.summary().format + " and " + after.summary().format};
  }
  for (const TotalGate& gate : options.gates) RETURN_IF_ERROR(Judge(totals, gate, failures));
  // Of the type that is asked about, else of the profile's last, which is what pprof shows.
  const std::string wanted = options.gates.empty() ? "" : options.gates[0].name;
  const TotalRow* shown = nullptr;
  for (const TotalRow& row : totals) {
    if (!row.unit.empty() && (shown == nullptr || shown->name != wanted)) shown = &row;
  }
  const std::vector<TotalRow> sites = shown != nullptr ? Sites(before, after, *shown) : std::vector<TotalRow>();
  if (options.json) {
    WriteJson(totals, sites, options, sink);
    return OkStatus();
  }
  TextOut out(sink);
  for (const TotalRow& row : totals) PrintRow(row, &out);
  if (shown != nullptr) out << "\n" << shown->name << " by function\n";
  for (size_t i = 0; i < sites.size() && i < options.max_sites; ++i) PrintRow(sites[i], &out);
  return OkStatus();
}

}  // namespace flametrail
