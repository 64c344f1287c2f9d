#include "core/session/bench_report.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "core/analysis/bench/statistics.h"
#include "core/base/json_writer.h"
#include "core/base/units.h"
#include "core/session/bench_numbers.h"
#include "core/session/text_table.h"

namespace flametrail {
namespace {

using Align = TextTable::Align;

constexpr size_t kCenterColumns = 3;  // center, interval, notes
constexpr size_t kDeltaColumns = 3;   // delta, p and n, notes
constexpr std::string_view kRule = " \u2502 ";

size_t FirstColumn(size_t column) {
  return column == 0 ? 1 : 1 + kCenterColumns + (column - 1) * (kCenterColumns + kDeltaColumns);
}

std::string Superscript(size_t number) {
  constexpr std::string_view kDigits[] = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                          "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  std::string text;
  for (const char digit : std::to_string(number)) text += kDigits[digit - '0'];
  return text;
}

// 0.95, 0.9: as Go prints a short fraction.
std::string LevelText(double level) {
  std::string text = FormatFixed(level, 6);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string NeedText(std::optional<int> count, int most, const std::string& what) {
  return "need " + (count ? ">= " + std::to_string(*count) : "> " + std::to_string(most)) + " samples " + what;
}

std::vector<std::string> NotesOfSummary(const BenchCell& cell, const BenchOptions& options) {
  if (!std::isinf(cell.low) && !std::isinf(cell.high)) return {};
  return {NeedText(ValuesForInterval(options.confidence), 50,
                   "for confidence interval at level " + LevelText(options.confidence))};
}

std::vector<std::string> NotesOfComparison(const BenchCell& cell, const BenchOptions& options) {
  const BenchCell::Comparison& comparison = *cell.comparison;
  if (comparison.all_equal) return {"all samples are equal"};
  if (comparison.is_significant) return {};
  const auto need = ValuesForSignificance(options.alpha);
  const auto enough = static_cast<size_t>(need.value_or(10));
  if (comparison.base_count >= enough || cell.values.size() >= enough) return {};
  return {NeedText(need, 10, "to detect a difference at alpha level " + LevelText(options.alpha))};
}

std::vector<std::string> NotesOfGeomean(const BenchSummary& summary) {
  std::vector<std::string> notes;
  if (summary.set_differs) notes.push_back("benchmark set differs from baseline; geomeans may not be comparable");
  if (!summary.geomean) notes.push_back("summaries must be >0 to compute geomean");
  if (summary.ratio_needs_positive) notes.push_back("ratios must be >0 to compute geomean");
  return notes;
}

class TextWriter {
 public:
  TextWriter(const BenchTable& table, const BenchOptions& options) : table_(table), options_(options) {}
  std::string Write();

 private:
  void Heading();
  void RowOf(size_t row);
  void Geomean();
  std::string Footnotes(const std::vector<std::string>& notes);

  const BenchTable& table_;
  const BenchOptions& options_;
  TextTable out_;
  std::vector<std::string> notes_;
};

std::string TextWriter::Footnotes(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) {
    const auto at = std::find(notes_.begin(), notes_.end(), note);
    const auto number = static_cast<size_t>(at - notes_.begin()) + 1;
    if (at == notes_.end()) notes_.push_back(note);
    text.append(text.empty() ? "" : " ").append(Superscript(number));
  }
  return text;
}

void TextWriter::Heading() {
  const size_t count = table_.columns.size();
  const std::string rule(kRule);
  for (size_t c = 0; c < count; ++c) {
    out_.Cell(FirstColumn(c), table_.columns[c], Align::kCenter, rule, FirstColumn(c + 1) - FirstColumn(c));
  }
  out_.Cell(FirstColumn(count + 1), "", Align::kLeft, " \u2502");
  out_.Row();
  for (size_t c = 0; c < count; ++c) {
    out_.Cell(FirstColumn(c), table_.unit, Align::kCenter, rule, kCenterColumns);
    if (c > 0) out_.Cell(FirstColumn(c) + kCenterColumns, "vs base", Align::kLeft, "  ", kDeltaColumns);
  }
  out_.Cell(FirstColumn(count + 1), "", Align::kLeft, " \u2502");
}

void TextWriter::RowOf(size_t row) {
  std::vector<double> centers;
  for (const auto& cell : table_.cells[row]) {
    if (cell) centers.push_back(cell->center);
  }
  const NumberScale scale = CommonScale(centers, table_.unit);
  out_.Cell(0, table_.rows[row]);
  for (size_t c = 0; c < table_.columns.size(); ++c) {
    const auto& cell = table_.cells[row][c];
    if (!cell) continue;
    const size_t at = FirstColumn(c);
    out_.Cell(at, scale.Format(cell->center), Align::kRight);
    out_.Cell(at + 1, RangeText(*cell), Align::kRight, " \u00B1 ");
    out_.Cell(at + 2, Footnotes(NotesOfSummary(*cell, options_)));
    if (!cell->comparison) continue;
    out_.Cell(at + 3, DeltaText(*cell), Align::kRight);
    out_.Cell(at + 4, "(" + ComparisonText(*cell) + ")");
    out_.Cell(at + 5, Footnotes(NotesOfComparison(*cell, options_)));
  }
}

void TextWriter::Geomean() {
  out_.Cell(0, "geomean");
  for (size_t c = 0; c < table_.columns.size(); ++c) {
    const BenchSummary& summary = table_.summaries[c];
    if (summary.geomean) {
      const double value = *summary.geomean;
      out_.Cell(FirstColumn(c), CommonScale({&value, 1}, table_.unit).Format(value), Align::kRight);
    }
    if (c > 0) {
      const size_t at = FirstColumn(c) + kCenterColumns;
      if (summary.ratio) {
        out_.Cell(at, SignedPercent(*summary.ratio - 1), Align::kRight);
      } else {
        out_.Cell(at, "?");
      }
    }
    out_.Cell(FirstColumn(c + 1) - 1, Footnotes(NotesOfGeomean(summary)));
  }
}

std::string TextWriter::Write() {
  Heading();
  for (size_t row = 0; row < table_.rows.size(); ++row) {
    out_.Row();
    RowOf(row);
  }
  if (table_.rows.size() > 1) {
    out_.Row();
    Geomean();
  }
  std::string text = out_.Format();
  for (size_t i = 0; i < notes_.size(); ++i) text += Superscript(i + 1) + " " + notes_[i] + "\n";
  return text;
}

// Go's encoding/csv: quotes only where they are needed.
std::string CsvField(const std::string& text) {
  const bool plain = text.find_first_of(",\"\r\n") == std::string::npos && !text.starts_with(' ');
  if (plain) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

using CsvRow = std::vector<std::string>;

size_t CsvColumn(size_t column) { return column == 0 ? 1 : 3 + (column - 1) * 4; }

void WriteCsvRow(const CsvRow& row, TextOut* out) {
  for (size_t i = 0; i < row.size(); ++i) *out << (i > 0 ? "," : "") << CsvField(row[i]);
  *out << "\n";
}

void WriteCsv(const BenchTable& table, TextOut* out) {
  const size_t count = table.columns.size();
  const size_t width = CsvColumn(count);
  CsvRow labels(width);
  CsvRow units(width);
  for (size_t c = 0; c < count; ++c) {
    const size_t at = CsvColumn(c);
    labels[at] = table.columns[c];
    units[at] = table.unit;
    units[at + 1] = "CI";
    if (c == 0) continue;
    units[at + 2] = "vs base";
    units[at + 3] = "P";
  }
  WriteCsvRow(labels, out);
  WriteCsvRow(units, out);
  for (size_t r = 0; r < table.rows.size(); ++r) {
    CsvRow row = {table.rows[r]};
    for (size_t c = 0; c < count; ++c) {
      const auto& cell = table.cells[r][c];
      if (!cell) continue;
      row.resize(CsvColumn(c));
      row.push_back(FormatShortest(cell->center));
      row.push_back(RangeText(*cell));
      if (!cell->comparison) continue;
      row.push_back(DeltaText(*cell));
      row.push_back(ComparisonText(*cell));
    }
    WriteCsvRow(row, out);
  }
  CsvRow last(width);
  last[0] = "geomean";
  for (size_t c = 0; c < count; ++c) {
    const BenchSummary& summary = table.summaries[c];
    if (summary.geomean) last[CsvColumn(c)] = FormatShortest(*summary.geomean);
    if (c > 0) last[CsvColumn(c) + 2] = summary.ratio ? SignedPercent(*summary.ratio - 1) : "?";
  }
  WriteCsvRow(last, out);
}

void WriteCell(const BenchCell& cell, JsonWriter* json) {
  json->BeginObject();
  json->Field("median", cell.center);
  json->Field("low", cell.low);
  json->Field("high", cell.high);
  json->Field("n", cell.values.size());
  if (cell.comparison) {
    json->Field("base", cell.comparison->base_center);
    json->Field("p", cell.comparison->p);
    json->Field("significant", cell.comparison->is_significant);
    json->Field("delta", DeltaText(cell));
  }
  json->EndObject();
}

void WriteJson(const std::vector<BenchTable>& tables, const TextSink& sink) {
  JsonWriter json(sink);
  json.BeginArray();
  for (const BenchTable& table : tables) {
    json.BeginObject();
    json.BeginObject("config");
    for (const auto& [key, setting] : table.config) json.Field(key, setting);
    json.EndObject();
    json.Field("unit", table.unit);
    json.BeginArray("rows");
    for (size_t r = 0; r < table.rows.size(); ++r) {
      json.BeginObject();
      json.Field("name", table.rows[r]);
      json.BeginArray("cells");
      for (const auto& cell : table.cells[r]) {
        if (cell) {
          WriteCell(*cell, &json);
        } else {
          json.Null();
        }
      }
      json.EndArray();
      json.EndObject();
    }
    json.EndArray();
    json.BeginArray("geomean");
    for (const BenchSummary& summary : table.summaries) json.Number(summary.geomean.value_or(std::nan("")));
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
  json.NewLine();
}

void WriteTables(const std::vector<BenchTable>& tables, const BenchReportOptions& options, const TextSink& sink) {
  if (options.format == BenchFormat::kJson) return WriteJson(tables, sink);
  TextOut out(sink);
  const BenchTable* before = nullptr;
  for (const BenchTable& table : tables) {
    if (before != nullptr) out << "\n";
    for (size_t k = 0; k < table.config.size(); ++k) {
      if (before != nullptr && before->config[k].second == table.config[k].second) continue;
      out << table.config[k].first << ": " << table.config[k].second << "\n";
    }
    if (options.format == BenchFormat::kCsv) {
      WriteCsv(table, &out);
    } else {
      out << TextWriter(table, options.statistics).Write();
    }
    before = &table;
  }
}

bool Stops(const BenchGate& gate, const BenchCell& cell) {
  if (!cell.comparison || !cell.comparison->is_significant) return false;
  const double base = cell.comparison->base_center;
  if (base == 0) return gate.percent >= 0 && cell.center > 0;
  const double change = (cell.center / base - 1) * 100;
  return gate.percent < 0 ? change < gate.percent : change > gate.percent;
}

void Judge(const BenchTable& table, const BenchGate& gate, std::vector<std::string>* failures) {
  if (gate.unit != table.unit) return;
  for (size_t r = 0; r < table.rows.size(); ++r) {
    for (const auto& cell : table.cells[r]) {
      if (!cell || !Stops(gate, *cell)) continue;
      const double both[] = {cell->comparison->base_center, cell->center};
      const NumberScale scale = CommonScale(both, table.unit);
      failures->push_back(table.rows[r] + ": " + table.unit + " went from " + scale.Format(both[0]) + " to " +
                          scale.Format(both[1]) + " (" + DeltaText(*cell) + ", " + ComparisonText(*cell) +
                          "); the gate allows " + SignedPercent(gate.percent / 100));
    }
  }
}

Result<std::vector<BenchFile>> FilesOf(std::span<const Session* const> sessions, std::span<const std::string> labels) {
  std::vector<BenchFile> files;
  for (size_t i = 0; i < sessions.size(); ++i) {
    if (sessions[i]->bench() == nullptr) {
      return Error{Code::kUnsupported, std::nullopt,
                   labels[i] + ": wants output of go test -bench, found " + sessions[i]->summary().format};
    }
    files.push_back({labels[i], sessions[i]->bench()});
  }
  return files;
}

}  // namespace

Result<BenchGate> ParseBenchGate(std::string_view text) {
  const size_t colon = text.rfind(':');
  std::string number(colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1));
  if (number.ends_with('%')) number.pop_back();
  char* end = nullptr;
  const double percent = std::strtod(number.c_str(), &end);
  if (number.empty() || end != number.c_str() + number.size() || !std::isfinite(percent) || colon == 0) {
    return Error{Code::kInvalid, std::nullopt,
                 "a gate is a unit and a percentage (sec/op:+10%), not \"" + std::string(text) + "\""};
  }
  return BenchGate{std::string(text.substr(0, colon)), percent};
}

Status WriteBenchJson(std::span<const Session* const> sessions, std::span<const std::string> labels,
                      const TextSink& sink) {
  ASSIGN_OR_RETURN(const std::vector<BenchFile> files, FilesOf(sessions, labels));
  WriteJson(CompareBenchmarks(files, {}), sink);
  return OkStatus();
}

Status WriteBench(std::span<const Session* const> sessions, std::span<const std::string> labels,
                  const BenchReportOptions& options, const TextSink& sink, std::vector<std::string>* failures) {
  ASSIGN_OR_RETURN(const std::vector<BenchFile> files, FilesOf(sessions, labels));
  const std::vector<BenchTable> tables = CompareBenchmarks(files, options.statistics);
  WriteTables(tables, options, sink);
  for (const BenchTable& table : tables) {
    for (const BenchGate& gate : options.gates) Judge(table, gate, failures);
  }
  return OkStatus();
}

}  // namespace flametrail
