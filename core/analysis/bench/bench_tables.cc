#include "core/analysis/bench/bench_tables.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/analysis/bench/statistics.h"

namespace flametrail {
namespace {

// Texts in the order of their first appearance.
class FirstSeen {
 public:
  size_t Of(std::string_view text) {
    const auto at = index_.find(text);
    if (at != index_.end()) return at->second;
    texts_.emplace_back(text);
    index_.emplace(text, texts_.size() - 1);
    return texts_.size() - 1;
  }
  const std::string& Text(size_t index) const { return texts_[index]; }
  size_t size() const { return texts_.size(); }

 private:
  std::map<std::string, size_t, std::less<>> index_;
  std::vector<std::string> texts_;
};

// A table's place in the order: for each configuration key the rank of its value, then the rank of the unit.
using TableKey = std::pair<std::vector<size_t>, size_t>;

struct Draft {
  std::map<std::pair<size_t, size_t>, std::vector<double>> values;  // [row, column]
};

class Collector {
 public:
  void Add(const BenchFile& file);
  std::vector<BenchTable> Take(const BenchOptions& options);

 private:
  std::vector<size_t> RanksOf(const BenchResults& results, const BenchConfig& config);
  BenchTable Build(const TableKey& key, const Draft& draft, const BenchOptions& options) const;

  FirstSeen columns_;
  FirstSeen rows_;
  FirstSeen units_;
  FirstSeen keys_;
  std::vector<FirstSeen> settings_;  // by key; "" is the first of each: the key is not set
  std::map<TableKey, Draft> drafts_;
};

std::vector<size_t> Collector::RanksOf(const BenchResults& results, const BenchConfig& config) {
  std::vector<size_t> ranks(keys_.size());
  for (const auto& [key, setting] : config) {
    const size_t k = keys_.Of(results.Text(key));
    if (k == settings_.size()) settings_.emplace_back().Of("");
    if (k >= ranks.size()) ranks.resize(k + 1);
    ranks[k] = settings_[k].Of(results.Text(setting));
  }
  // Keys that come later count as not set.
  while (!ranks.empty() && ranks.back() == 0) ranks.pop_back();
  return ranks;
}

void Collector::Add(const BenchFile& file) {
  const BenchResults& results = *file.results;
  const size_t column = columns_.Of(file.label);
  std::vector<std::vector<size_t>> ranks;
  for (const BenchConfig& config : results.configs) ranks.push_back(RanksOf(results, config));
  for (const BenchLine& line : results.lines) {
    const size_t row = rows_.Of(results.Text(line.name));
    for (uint32_t v = 0; v < line.value_count; ++v) {
      const BenchValue& value = results.values[line.value_begin + v];
      const TableKey key = {ranks[line.config], units_.Of(results.Text(value.unit))};
      drafts_[key].values[{row, column}].push_back(value.value);
    }
  }
}

BenchCell CellOf(std::vector<double> values, const BenchOptions& options) {
  BenchCell cell;
  std::sort(values.begin(), values.end());
  const MedianInterval interval = MedianWithInterval(values, options.confidence);
  cell.center = interval.median;
  cell.low = interval.low;
  cell.high = interval.high;
  cell.values = std::move(values);
  return cell;
}

BenchCell::Comparison Compare(const BenchCell& base, const BenchCell& cell, const BenchOptions& options) {
  BenchCell::Comparison comparison;
  comparison.base_count = base.values.size();
  comparison.base_center = base.center;
  const auto p = MannWhitney(base.values, cell.values);
  comparison.all_equal = !p;
  comparison.p = p.value_or(1);
  comparison.is_significant = comparison.p <= options.alpha;
  return comparison;
}

BenchSummary Summarize(const BenchTable& table, size_t column) {
  BenchSummary summary;
  std::vector<double> centers;
  std::vector<double> ratios;
  bool base_is_zero = false;
  size_t base_rows = 0;
  size_t compared = 0;
  for (const auto& row : table.cells) {
    base_rows += row[0].has_value();
    if (!row[column]) continue;
    centers.push_back(row[column]->center);
    if (!row[column]->comparison) continue;
    ++compared;
    const double base = row[column]->comparison->base_center;
    const double center = row[column]->center;
    base_is_zero = base_is_zero || (base == 0 && center != 0);
    ratios.push_back(center == base ? 1 : center / base);
  }
  summary.geomean = GeometricMean(centers);
  if (column == 0) return summary;
  summary.set_differs = compared != base_rows;
  if (base_is_zero) return summary;
  summary.ratio = GeometricMean(ratios);
  summary.ratio_needs_positive = !summary.ratio;
  return summary;
}

BenchTable Collector::Build(const TableKey& key, const Draft& draft, const BenchOptions& options) const {
  BenchTable table;
  for (size_t k = 0; k < keys_.size(); ++k) {
    const size_t rank = k < key.first.size() ? key.first[k] : 0;
    table.config.emplace_back(keys_.Text(k), settings_[k].Text(rank));
  }
  table.unit = units_.Text(key.second);
  std::vector<size_t> columns;
  std::vector<size_t> rows;
  for (const auto& [place, values] : draft.values) {
    rows.push_back(place.first);
    columns.push_back(place.second);
  }
  const auto unique = [](std::vector<size_t>* list) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  };
  unique(&rows);
  unique(&columns);
  for (const size_t column : columns) table.columns.push_back(columns_.Text(column));
  for (const size_t row : rows) {
    table.rows.push_back(rows_.Text(row));
    std::vector<std::optional<BenchCell>>& cells = table.cells.emplace_back(columns.size());
    for (size_t c = 0; c < columns.size(); ++c) {
      const auto at = draft.values.find({row, columns[c]});
      if (at == draft.values.end()) continue;
      cells[c] = CellOf(at->second, options);
      if (c > 0 && cells[0]) cells[c]->comparison = Compare(*cells[0], *cells[c], options);
    }
  }
  for (size_t c = 0; c < columns.size(); ++c) table.summaries.push_back(Summarize(table, c));
  return table;
}

std::vector<BenchTable> Collector::Take(const BenchOptions& options) {
  std::vector<BenchTable> tables;
  for (const auto& [key, draft] : drafts_) tables.push_back(Build(key, draft, options));
  return tables;
}

}  // namespace

std::vector<BenchTable> CompareBenchmarks(std::span<const BenchFile> files, const BenchOptions& options) {
  Collector collector;
  for (const BenchFile& file : files) collector.Add(file);
  return collector.Take(options);
}

}  // namespace flametrail
