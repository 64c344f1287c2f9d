#include "core/analysis/trace/footprint.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/units.h"

namespace flametrail {
namespace {

using Row = std::array<std::string, 5>;

std::string Percent(uint64_t part, uint64_t total) {
  if (total == 0) return "0.00%";
  return FormatFixed(static_cast<double>(part) / static_cast<double>(total) * 100, 2) + "%";
}

}  // namespace

std::vector<WireCount> FootprintRows(const Trace& trace) {
  std::vector<WireCount> rows = trace.wire;
  std::sort(rows.begin(), rows.end(), [](const WireCount& a, const WireCount& b) {
    return a.bytes != b.bytes ? a.bytes > b.bytes : a.name < b.name;
  });
  return rows;
}

void WriteFootprint(const Trace& trace, uint64_t total_bytes, const TextSink& sink) {
  std::vector<Row> rows = {{"Event", "Bytes", "%", "Count", "%"}, {"-", "-", "-", "-", "-"}};
  uint64_t events = 0;
  for (const WireCount& count : trace.wire) events += count.count;
  for (const WireCount& count : FootprintRows(trace)) {
    rows.push_back({count.name, std::to_string(count.bytes), Percent(count.bytes, total_bytes),
                    std::to_string(count.count), Percent(count.count, events)});
  }
  // Go's text/tabwriter: columns are as wide as their widest cell and two blanks, the last one is not filled up.
  constexpr size_t kPadding = 2;
  std::array<size_t, 5> widths = {};
  for (const Row& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size() + kPadding);
  }
  TextOut out(sink);
  for (const Row& row : rows) {
    for (size_t i = 0; i + 1 < row.size(); ++i) out.Left(row[i], widths[i]);
    out << row.back() << "\n";
  }
}

}  // namespace flametrail
