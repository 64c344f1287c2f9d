// Rules that compare documents of one kind over time: benchmarks, logs of the collector, series of profiles.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "core/analysis/bench/bench_tables.h"
#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/findings/rule.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

bool IsAllocation(std::string_view unit) { return unit == "B/op" || unit == "allocs/op"; }

std::string AmountOf(double value, std::string_view unit) {
  return FormatRuleValue(unit == "B/op" ? RuleUnit::kBytes : RuleUnit::kCount, value);
}

// The most grown row of a table of allocations, in its last column.
void ReportGrownBenchmark(const BenchTable& table, size_t subject, RuleRun* run) {
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const std::optional<BenchCell>& now = table.cells[row].back();
    if (!now || !now->comparison || !now->comparison->is_significant || now->comparison->base_center <= 0) continue;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = now->center / now->comparison->base_center - 1;
    evidence.samples = now->values.size() + now->comparison->base_count;
    evidence.confidence = Certainty::kHigh;
    evidence.parameters = {{"benchmark", table.rows[row]},
                           {"before", AmountOf(now->comparison->base_center, table.unit)},
                           {"after", AmountOf(now->center, table.unit)},
                           {"unit", table.unit},
                           {"p", FormatFixed(now->comparison->p, 3)}};
    evidence.link = {"bench", "", ""};
    run->Report(std::move(evidence));
  }
}

// Collections a second; nothing: too few to say.
std::optional<double> CollectionRate(const GcLog& log) {
  constexpr size_t kFewest = 5;
  if (log.cycles.size() < kFewest) return std::nullopt;
  const double seconds = static_cast<double>(log.cycles.back().start_ns - log.cycles.front().start_ns) / 1e9;
  if (seconds <= 0) return std::nullopt;
  return static_cast<double>(log.cycles.size() - 1) / seconds;
}

// A number of one program over time.
struct TrackedTotal {
  std::string name;
  std::string sample_type;
  std::string unit;
  struct Point {
    int64_t time = 0;
    size_t subject = 0;
    double value = 0;
  };
  std::vector<Point> points;
};

// Types whose totals are states or rates. Those that only grow while a program lives say nothing here.
void AddPoints(size_t subject, const Profile& profile, std::map<std::string, TrackedTotal>* metrics) {
  const auto add = [&](std::string_view type, std::string_view name, std::string_view unit, double scale) {
    const auto index = TypeNamed(profile, type);
    if (!index) return;
    const std::string key = ProgramOf(profile) + "\n" + std::string(name);
    TrackedTotal& metric =
        metrics->try_emplace(key, TrackedTotal{std::string(name), std::string(type), std::string(unit), {}})
            .first->second;
    metric.points.push_back({profile.time_nanos, subject, TotalOf(profile, *index) * scale});
  };
  add("inuse_space", "inuse_space", "bytes", 1);
  add("inuse_objects", "inuse_objects", "count", 1);
  add("goroutine", "goroutines", "count", 1);
  if (profile.duration_nanos > 0) {
    add("cpu", "cpu per second", "nanoseconds", 1e9 / static_cast<double>(profile.duration_nanos));
  }
}

struct Drift {
  double deviations = 0;  // the least of the three
  double usual = 0;
  TrackedTotal::Point last;
};

// Exponentially weighted moving average and variance of what was normal so far; a point outside is not taken in, so
// that a step does not become the new normal before it was told. Nothing: no three outside in a row, at the end or
// before.
std::optional<Drift> FindDrift(const std::vector<TrackedTotal::Point>& points, double limit) {
  constexpr double kWeight = 0.3;
  constexpr size_t kLearn = 3;           // points that make the first baseline
  constexpr double kLeastSpread = 0.02;  // of the average: a still number has no spread to be off by
  double mean = points.front().value, variance = 0;
  Drift drift;
  int outside = 0;
  for (size_t i = 1; i < points.size(); ++i) {
    const double off = points[i].value - mean;
    const double spread = std::max(std::sqrt(variance), kLeastSpread * std::abs(mean));
    const double deviations = spread > 0 ? off / spread : 0;
    if (i < kLearn || std::abs(deviations) < limit) {
      outside = 0;
      mean += kWeight * off;
      variance = (1 - kWeight) * (variance + kWeight * off * off);
      continue;
    }
    const bool goes_on = outside > 0 && (deviations > 0) == (drift.last.value > mean);
    outside = goes_on ? outside + 1 : 1;
    drift = {goes_on ? std::min(drift.deviations, std::abs(deviations)) : std::abs(deviations), mean, points[i]};
    if (outside == 3) return drift;
  }
  return std::nullopt;
}

}  // namespace

void CheckBenchAllocation(RuleRun* run) {
  std::vector<BenchFile> files;
  size_t last = 0;
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const Subject& subject = run->subjects()[i];
    if (subject.bench == nullptr) continue;
    // By number, so that two files of one name stay two.
    files.push_back({std::to_string(i), subject.bench});
    last = i;
  }
  if (files.size() < 2) return;
  for (const BenchTable& table : CompareBenchmarks(files, {})) {
    if (IsAllocation(table.unit)) ReportGrownBenchmark(table, last, run);
  }
}

void CheckMoreCollections(RuleRun* run) {
  std::optional<double> before;
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const GcLog* log = run->subjects()[i].gc_log;
    const std::optional<double> rate = log == nullptr ? std::nullopt : CollectionRate(*log);
    if (!rate) continue;
    if (before) {
      RuleRun::Evidence evidence;
      evidence.subject = i;
      evidence.value = *rate / *before;
      evidence.samples = log->cycles.size();
      evidence.confidence = CertaintyFrom(static_cast<double>(log->cycles.size()));
      evidence.parameters = {{"before", FormatRuleValue(RuleUnit::kPerSecond, *before)},
                             {"after", FormatRuleValue(RuleUnit::kPerSecond, *rate)}};
      evidence.link = {"gc", "", ""};
      run->Report(std::move(evidence));
    }
    before = rate;
  }
}

void CheckBaselineDrift(RuleRun* run) {
  constexpr size_t kFewest = 6;
  std::map<std::string, TrackedTotal> metrics;
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    if (const Profile* profile = run->subjects()[i].profile) AddPoints(i, *profile, &metrics);
  }
  for (auto& entry : metrics) {
    TrackedTotal& metric = entry.second;
    if (metric.points.size() < kFewest) continue;
    std::stable_sort(metric.points.begin(), metric.points.end(),
                     [](const TrackedTotal::Point& a, const TrackedTotal::Point& b) { return a.time < b.time; });
    const std::optional<Drift> drift = FindDrift(metric.points, run->threshold());
    if (!drift) continue;
    const auto text = [&unit = metric.unit](double value) {
      return ScaledLabel(static_cast<int64_t>(value), unit, "auto");
    };
    RuleRun::Evidence evidence;
    evidence.subject = drift->last.subject;
    evidence.value = drift->deviations;
    evidence.samples = metric.points.size();
    evidence.confidence = Certainty::kLow;
    evidence.parameters = {{"metric", metric.name}, {"now", text(drift->last.value)}, {"usual", text(drift->usual)}};
    evidence.link = {"flame", metric.sample_type, ""};
    run->Report(std::move(evidence));
  }
}

}  // namespace flametrail
