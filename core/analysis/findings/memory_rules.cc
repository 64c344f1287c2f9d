#include <algorithm>
#include <array>
#include <map>

#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/findings/rule.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

constexpr double kMegabyte = 1 << 20;
constexpr double kFewestObjects = 1000;

std::string BytesText(double bytes) { return ScaledLabel(static_cast<int64_t>(bytes), "bytes", "auto"); }

template <typename Check>
void ForEachProfileWith(RuleRun* run, std::string_view type_name, Check check) {
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const Profile* profile = run->subjects()[i].profile;
    if (profile == nullptr) continue;
    if (const auto type = TypeNamed(*profile, type_name)) check(i, *profile, *type);
  }
}

template <typename Check>
void ForEachMemStats(RuleRun* run, Check check) {
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    if (const MemStats* stats = run->subjects()[i].mem_stats) check(i, *stats);
  }
}

// One site over the snapshots of one program, oldest first.
struct Series {
  std::vector<double> values;
};

struct Growth {
  std::string site;
  double first = 0;
  double last = 0;
  size_t rises = 0;
};

Growth LargestGrowth(std::span<const Subject> subjects, const std::vector<size_t>& snapshots) {
  std::map<std::string, Series> by_site;
  for (size_t s = 0; s < snapshots.size(); ++s) {
    const Profile& profile = *subjects[snapshots[s]].profile;
    const size_t type = *TypeNamed(profile, "inuse_space");
    for (const Site& site : SumBySite(profile, type)) {
      Series& series = by_site[site.function];
      series.values.resize(snapshots.size());
      series.values[s] = site.values[type];
    }
  }
  Growth best;
  for (const auto& [site, series] : by_site) {
    Growth growth = {site, series.values.front(), series.values.back(), 0};
    bool falls = false;
    for (size_t s = 1; s < series.values.size(); ++s) {
      growth.rises += series.values[s] > series.values[s - 1];
      falls = falls || series.values[s] < series.values[s - 1];
    }
    // One step of many may be level: sampling is coarse.
    const bool steady = !falls && growth.rises + (snapshots.size() > 3 ? 1 : 0) >= snapshots.size() - 1;
    if (steady && growth.last - growth.first > best.last - best.first) best = growth;
  }
  return best;
}

void ReportGrowth(RuleRun* run, const std::vector<size_t>& snapshots) {
  const Growth growth = LargestGrowth(run->subjects(), snapshots);
  if (growth.site.empty()) return;
  const Profile& last = *run->subjects()[snapshots.back()].profile;
  const double total = TotalOf(last, *TypeNamed(last, "inuse_space"));
  RuleRun::Evidence evidence;
  evidence.subject = snapshots.back();
  evidence.value = growth.last - growth.first;
  evidence.samples = snapshots.size();
  evidence.confidence = snapshots.size() > 3   ? Certainty::kHigh
                        : snapshots.size() > 2 ? Certainty::kMedium
                                               : Certainty::kLow;
  evidence.parameters = {{"where", growth.site},
                         {"before", BytesText(growth.first)},
                         {"after", BytesText(growth.last)},
                         {"snapshots", std::to_string(snapshots.size())}};
  evidence.link = {"flame", "inuse_space", FocusOf(std::array<std::string_view, 1>{growth.site})};
  // Two moments make no trend; a site that doubles in most of many and is a good part of the heap does.
  if (snapshots.size() == 2) evidence.urgency = Urgency::kLow;
  if (snapshots.size() > 3 && growth.last >= 2 * growth.first && growth.last >= total / 4)
    evidence.urgency = Urgency::kHigh;
  run->Report(std::move(evidence));
}

}  // namespace

void CheckHeapGrowth(RuleRun* run) {
  std::map<std::string, std::vector<size_t>> programs;
  ForEachProfileWith(run, "inuse_space", [&](size_t subject, const Profile& profile, size_t) {
    programs[ProgramOf(profile)].push_back(subject);
  });
  for (auto& [program, snapshots] : programs) {
    std::stable_sort(snapshots.begin(), snapshots.end(), [&](size_t a, size_t b) {
      return run->subjects()[a].profile->time_nanos < run->subjects()[b].profile->time_nanos;
    });
    if (snapshots.size() >= 2) ReportGrowth(run, snapshots);
  }
}

void CheckSmallObjects(RuleRun* run) {
  constexpr double kSmall = 64;
  constexpr double kManyObjects = 1e6;
  ForEachProfileWith(run, "alloc_objects", [&](size_t subject, const Profile& profile, size_t type) {
    const auto space = TypeNamed(profile, "alloc_space");
    const double total = TotalOf(profile, type);
    if (!space || total < kManyObjects) return;
    double small = 0;
    const Site* first = nullptr;
    const std::vector<Site> sites = SumBySite(profile, type);
    for (const Site& site : sites) {
      if (site.values[type] <= 0 || site.values[*space] > kSmall * site.values[type]) continue;
      if (first == nullptr) first = &site;
      small += site.values[type];
    }
    if (first == nullptr) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = small / total;
    evidence.samples = profile.samples.size();
    evidence.parameters = {{"objects", FormatRuleValue(RuleUnit::kCount, small)}, {"where", first->function}};
    evidence.link = {"flame", "alloc_objects", FocusOf(std::array<std::string_view, 1>{first->function})};
    run->Report(std::move(evidence));
  });
}

void CheckLargeObjects(RuleRun* run) {
  ForEachProfileWith(run, "alloc_space", [&](size_t subject, const Profile& profile, size_t type) {
    const auto objects = TypeNamed(profile, "alloc_objects");
    const double total = TotalOf(profile, type);
    if (!objects || total <= 0) return;
    const std::vector<Site> sites = SumBySite(profile, type);
    const auto site = std::find_if(sites.begin(), sites.end(), [&](const Site& s) {
      return s.values[*objects] > 0 && s.values[type] >= kMegabyte * s.values[*objects] && IsOwnCode(s.function);
    });
    if (site == sites.end()) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = site->values[type] / total;
    evidence.samples = static_cast<uint64_t>(site->values[*objects]);
    evidence.parameters = {{"where", site->function},
                           {"size", BytesText(site->values[type] / site->values[*objects])},
                           {"bytes", BytesText(site->values[type])}};
    evidence.link = {"flame", "alloc_space", FocusOf(std::array<std::string_view, 1>{site->function})};
    run->Report(std::move(evidence));
  });
}

// A heap profile counts whole size classes, so what rounding up costs shows only in the process' totals.
void CheckSizeClassWaste(RuleRun* run) {
  ForEachMemStats(run, [&](size_t subject, const MemStats& stats) {
    if (!stats.heap_inuse || !stats.heap_alloc || *stats.heap_alloc > *stats.heap_inuse) return;
    const auto waste = static_cast<double>(*stats.heap_inuse - *stats.heap_alloc);
    if (waste < 16 * kMegabyte) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = waste / static_cast<double>(*stats.heap_inuse);
    evidence.parameters = {{"bytes", BytesText(waste)}};
    evidence.link = {"sizes", "", ""};
    run->Report(std::move(evidence));
  });
}

void CheckAllocShare(RuleRun* run) {
  ForEachProfileWith(run, "alloc_space", [&](size_t subject, const Profile& profile, size_t type) {
    const double total = TotalOf(profile, type);
    const Matching matching = SumMatching(profile, type, run->rule().names);
    if (total <= 0 || matching.count < kFewestObjects) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = matching.value / total;
    evidence.samples = static_cast<uint64_t>(matching.count);
    evidence.parameters = {{"bytes", BytesText(matching.value)},
                           {"where", matching.where.empty() ? matching.function : matching.where}};
    evidence.link = {"flame", "alloc_space", FocusOf(run->rule().names)};
    run->Report(std::move(evidence));
  });
}

void CheckObjectsOf(RuleRun* run) {
  ForEachProfileWith(run, "inuse_objects", [&](size_t subject, const Profile& profile, size_t type) {
    const Matching matching = SumMatching(profile, type, run->rule().names);
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = matching.value;
    evidence.samples = static_cast<uint64_t>(matching.value);
    evidence.parameters = {{"where", matching.where.empty() ? matching.function : matching.where}};
    evidence.link = {"flame", "inuse_objects", FocusOf(run->rule().names)};
    run->Report(std::move(evidence));
  });
}

void CheckGcCpuFraction(RuleRun* run) {
  ForEachMemStats(run, [&](size_t subject, const MemStats& stats) {
    if (!stats.gc_cpu_fraction) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = *stats.gc_cpu_fraction;
    evidence.samples = stats.num_gc.value_or(0);
    evidence.confidence = CertaintyFrom(static_cast<double>(evidence.samples));
    evidence.parameters = {{"collections", std::to_string(evidence.samples)}};
    evidence.link = {"gc", "", ""};
    run->Report(std::move(evidence));
  });
}

void CheckStackMemory(RuleRun* run) {
  ForEachMemStats(run, [&](size_t subject, const MemStats& stats) {
    if (!stats.stack_inuse || !stats.heap_inuse) return;
    const auto stacks = static_cast<double>(*stats.stack_inuse);
    if (stacks < 16 * kMegabyte) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = stacks / (stacks + static_cast<double>(*stats.heap_inuse));
    evidence.parameters = {{"bytes", BytesText(stacks)}};
    evidence.link = {"dump", "", ""};
    run->Report(std::move(evidence));
  });
}

void CheckIdleMemory(RuleRun* run) {
  ForEachMemStats(run, [&](size_t subject, const MemStats& stats) {
    if (!stats.sys || !stats.heap_idle || !stats.heap_released || *stats.heap_released > *stats.heap_idle) return;
    const auto idle = static_cast<double>(*stats.heap_idle - *stats.heap_released);
    const double resident = static_cast<double>(*stats.sys) - static_cast<double>(*stats.heap_released);
    if (idle < 64 * kMegabyte || resident <= 0) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = idle / resident;
    evidence.parameters = {{"bytes", BytesText(idle)}};
    evidence.link = {"info", "", ""};
    run->Report(std::move(evidence));
  });
}

}  // namespace flametrail
