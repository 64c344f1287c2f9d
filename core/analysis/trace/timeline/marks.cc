// What stands on goroutines beside their states: words to find them by, logs and CPU samples.
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "core/analysis/trace/timeline/timeline.h"

namespace flametrail {
namespace {

constexpr uint32_t kNoObject = 0xFFFFFFFFu;

using ObjectItem = std::pair<uint32_t, uint32_t>;

// Items of one kind by the lane that they stand on; those that stand on none are left out.
std::vector<ObjectItem> SortMarks(const Trace& trace, LaneKind lane, LaneKind mark) {
  std::vector<ObjectItem> found;
  const auto add = [&](uint32_t object, size_t item) {
    if (object != kNoObject) found.emplace_back(object, static_cast<uint32_t>(item));
  };
  if (mark == LaneKind::kLog) {
    for (size_t i = 0; lane == LaneKind::kGoroutine && i < trace.logs.size(); ++i)
      add(trace.logs[i].goroutine.value, i);
  } else {
    for (size_t i = 0; i < trace.cpu_samples.size(); ++i) {
      const CpuSample& sample = trace.cpu_samples[i];
      if (lane == LaneKind::kGoroutine) {
        add(sample.goroutine.value, i);
      } else if (sample.placement.index() < trace.placements.size()) {
        const Placement& place = trace.placements[sample.placement.index()];
        add(lane == LaneKind::kProc ? place.proc.value : place.thread.value, i);
      }
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

void Timeline::AddMarks(const Lane& lane, const SliceQuery& query, SliceColumns* out) {
  if (lane.kind != LaneKind::kGoroutine && lane.kind != LaneKind::kProc && lane.kind != LaneKind::kThread) return;
  for (const LaneKind kind : {LaneKind::kLog, LaneKind::kSample}) {
    const auto [entry, is_new] = marks_.try_emplace({lane.kind, kind});
    std::vector<ObjectItem>& marks = entry->second;
    if (is_new) marks = SortMarks(trace_, lane.kind, kind);
    const auto time_of = [&](uint32_t item) {
      return kind == LaneKind::kLog ? trace_.logs[item].time : trace_.cpu_samples[item].time;
    };
    // Whole pixels, so that marks do not depend on where the window begins.
    const TraceTime from = (query.from >> query.level) << query.level;
    auto at = std::partition_point(marks.begin(), marks.end(), [&](const ObjectItem& mark) {
      return mark.first < lane.object || (mark.first == lane.object && time_of(mark.second) < from);
    });
    bool is_first = true;
    for (TraceTime pixel = 0; at != marks.end() && at->first == lane.object; ++at) {
      const TraceTime time = time_of(at->second);
      if (time >= query.to) break;
      if (!is_first && time >> query.level == pixel) {
        ++out->mark_count.back();
        continue;
      }
      is_first = false;
      pixel = time >> query.level;
      out->mark_time.push_back(static_cast<double>(time));
      out->mark_kind.push_back(static_cast<uint8_t>(kind));
      out->mark_item.push_back(at->second);
      out->mark_count.push_back(1);
      out->mark_label.push_back(kind == LaneKind::kLog ? trace_.logs[at->second].message.value : kNoObject);
    }
  }
}

void Timeline::AddTags(LaneColumns* out) const {
  using Tag = std::tuple<uint32_t, uint8_t, uint32_t>;  // goroutine, kind, text
  std::vector<Tag> tags;
  const auto add = [&](GoroutineIndex g, TagKind kind, StringId text) {
    if (text == StringPool::kEmpty || g.is_none()) return;
    const Tag tag = {g.value, static_cast<uint8_t>(kind), text.value};
    if (tags.empty() || tags.back() != tag) tags.push_back(tag);
  };
  const auto add_task = [&](GoroutineIndex g, TaskIndex task) {
    if (task.index() < trace_.tasks.size()) add(g, TagKind::kTask, trace_.tasks[task.index()].type);
  };
  for (size_t i = 0; i < trace_.tasks.size(); ++i) add(trace_.tasks[i].creator, TagKind::kTask, trace_.tasks[i].type);
  for (size_t i = 0; i < trace_.regions.size(); ++i) {
    const TraceRegion& region = trace_.regions[i];
    add(region.goroutine, TagKind::kLabel, region.type);
    add_task(region.goroutine, region.task);
  }
  for (size_t i = 0; i < trace_.logs.size(); ++i) {
    add(trace_.logs[i].goroutine, TagKind::kLabel, trace_.logs[i].category);
    add_task(trace_.logs[i].goroutine, trace_.logs[i].task);
  }
  for (size_t i = 0; i < trace_.labels.size(); ++i) {
    add(trace_.labels[i].goroutine, TagKind::kLabel, trace_.labels[i].text);
  }
  std::sort(tags.begin(), tags.end());
  tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  size_t next = 0;
  for (size_t lane = 0; lane < out->kind.size(); ++lane) {
    const bool is_goroutine = out->kind[lane] == static_cast<uint8_t>(LaneKind::kGoroutine);
    for (; is_goroutine && next < tags.size() && std::get<0>(tags[next]) == out->object[lane]; ++next) {
      out->tag_kind.push_back(std::get<1>(tags[next]));
      out->tag_text.push_back(std::get<2>(tags[next]));
    }
    out->tag_begin.push_back(static_cast<uint32_t>(out->tag_kind.size()));
  }
}

}  // namespace flametrail
