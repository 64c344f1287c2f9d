// TraceBuilder's events with a begin and an end: ranges, user tasks and regions; and user logs.
#include "core/base/hash.h"
#include "core/model/trace/trace_builder.h"

namespace flametrail {

size_t TraceBuilder::HashRange::operator()(const RangeKey& key) const {
  const uint64_t scope = uint64_t{key.scope_index} << 2 | static_cast<uint64_t>(key.scope);
  return static_cast<size_t>(HashCombine(scope, key.name.value));
}

uint32_t TraceBuilder::AddRange(const RangeKey& key, const EventContext& context) {
  const auto row = static_cast<uint32_t>(trace_->ranges.size());
  TraceRange range;
  range.name = key.name;
  range.scope = key.scope;
  range.scope_index = key.scope_index;
  range.goroutine = context.goroutine;
  trace_->ranges.push_back(range);
  return row;
}

void TraceBuilder::TellRange(EventKind kind, TraceTime time, const EventContext& context, const RangeKey& key,
                             StackId stack, std::pair<uint64_t, uint64_t> attributes) {
  if (listener_ == nullptr) return;
  TraceEventView view{kind, time, context};
  view.stack = stack;
  view.name = key.name;
  view.scope = key.scope;
  view.resource = key.scope_index;
  view.value = attributes.first;
  view.value2 = attributes.second;
  Tell(view);
}

TraceTime TraceBuilder::RangeBegin(int64_t ns, const EventContext& context, StringId name, RangeScope scope,
                                   uint32_t scope_index, StackId stack) {
  const TraceTime time = Happen(EventKind::kRangeBegin, ns);
  if (time == kNoTime) return time;
  const RangeKey key = {scope, scope_index, name};
  const uint32_t row = AddRange(key, context);
  trace_->ranges[row].start = time;
  trace_->ranges[row].stack = stack;
  open_ranges_[key] = row;
  TellRange(EventKind::kRangeBegin, time, context, key, stack);
  return time;
}

TraceTime TraceBuilder::RangeActive(int64_t ns, const EventContext& context, StringId name, RangeScope scope,
                                    uint32_t scope_index) {
  const TraceTime time = Happen(EventKind::kRangeActive, ns);
  if (time == kNoTime) return time;
  const RangeKey key = {scope, scope_index, name};
  // A later generation says again what is open.
  const auto [open, is_new] = open_ranges_.emplace(key, static_cast<uint32_t>(trace_->ranges.size()));
  if (is_new) {
    const uint32_t row = AddRange(key, context);
    trace_->ranges[row].start = last_sync_;
    trace_->ranges[row].active = true;
    trace_->ranges[row].active_at = time;
  }
  ++trace_->ranges[open->second].active_events;
  TellRange(EventKind::kRangeActive, time, context, key, StackTable::kEmpty);
  return time;
}

TraceTime TraceBuilder::RangeEnd(int64_t ns, const EventContext& context, StringId name, RangeScope scope,
                                 uint32_t scope_index, std::optional<std::pair<uint64_t, uint64_t>> swept_reclaimed) {
  const TraceTime time = Happen(EventKind::kRangeEnd, ns);
  if (time == kNoTime) return time;
  const RangeKey key = {scope, scope_index, name};
  uint32_t row;
  if (const auto open = open_ranges_.find(key); open != open_ranges_.end()) {
    row = open->second;
    open_ranges_.erase(open);
  } else {
    row = AddRange(key, context);
    trace_->ranges[row].start = kNoTime;
  }
  trace_->ranges[row].end = time;
  trace_->ranges[row].end_goroutine = context.goroutine;
  if (swept_reclaimed) trace_->sweeps.push_back({row, swept_reclaimed->first, swept_reclaimed->second});
  TellRange(EventKind::kRangeEnd, time, context, key, StackTable::kEmpty, swept_reclaimed.value_or(std::pair(0u, 0u)));
  return time;
}

TraceTime TraceBuilder::TaskBegin(int64_t ns, const EventContext& context, TaskIndex task, TaskIndex parent,
                                  StringId type, StackId stack) {
  const TraceTime time = Happen(EventKind::kTaskBegin, ns);
  if (time == kNoTime) return time;
  TraceTask& row = trace_->tasks[task.index()];
  row.parent = parent;
  row.type = type;
  row.start = time;
  row.creator = context.goroutine;
  row.start_stack = stack;
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kTaskBegin, time, context};
    view.stack = stack;
    view.resource = task.value;
    view.value = parent.value;
    view.name = type;
    Tell(view);
  }
  return time;
}

TraceTime TraceBuilder::TaskEnd(int64_t ns, const EventContext& context, TaskIndex task, StackId stack) {
  const TraceTime time = Happen(EventKind::kTaskEnd, ns);
  if (time == kNoTime) return time;
  TraceTask& row = trace_->tasks[task.index()];
  if (row.end == kNoTime) {
    row.end = time;
    row.ender = context.goroutine;
    row.end_stack = stack;
  }
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kTaskEnd, time, context};
    view.stack = stack;
    view.resource = task.value;
    view.value = row.parent.value;
    view.name = row.type;
    Tell(view);
  }
  return time;
}

uint32_t TraceBuilder::AddRegion(const EventContext& context, TaskIndex task, StringId type) {
  const auto row = static_cast<uint32_t>(trace_->regions.size());
  TraceRegion region;
  region.goroutine = context.goroutine;
  region.task = task;
  region.type = type;
  trace_->regions.push_back(region);
  outer_region_.push_back(kNoRow);
  return row;
}

void TraceBuilder::TellRegion(EventKind kind, TraceTime time, const EventContext& context, TaskIndex task,
                              StringId type, StackId stack) {
  if (listener_ == nullptr) return;
  TraceEventView view{kind, time, context};
  view.stack = stack;
  view.resource = task.value;
  view.name = type;
  Tell(view);
}

TraceTime TraceBuilder::RegionBegin(int64_t ns, const EventContext& context, TaskIndex task, StringId type,
                                    StackId stack) {
  const TraceTime time = Happen(EventKind::kRegionBegin, ns);
  if (time == kNoTime) return time;
  const uint32_t row = AddRegion(context, task, type);
  trace_->regions[row].start = time;
  trace_->regions[row].start_stack = stack;
  if (!context.goroutine.is_none()) {
    outer_region_[row] = open_region_[context.goroutine.index()];
    open_region_[context.goroutine.index()] = row;
  }
  TellRegion(EventKind::kRegionBegin, time, context, task, type, stack);
  return time;
}

// Ends the innermost open region of the goroutine. Whether it is the right one is for the reader to say.
TraceTime TraceBuilder::RegionEnd(int64_t ns, const EventContext& context, TaskIndex task, StringId type,
                                  StackId stack) {
  const TraceTime time = Happen(EventKind::kRegionEnd, ns);
  if (time == kNoTime) return time;
  uint32_t row = context.goroutine.is_none() ? kNoRow : open_region_[context.goroutine.index()];
  if (row != kNoRow) {
    open_region_[context.goroutine.index()] = outer_region_[row];
  } else {
    row = AddRegion(context, task, type);
  }
  trace_->regions[row].end = time;
  trace_->regions[row].end_stack = stack;
  trace_->regions[row].end_kind = flametrail::RegionEnd::kRegionEnd;
  TellRegion(EventKind::kRegionEnd, time, context, task, type, stack);
  return time;
}

void TraceBuilder::CloseRegions(GoroutineIndex g, TraceTime time) {
  uint32_t& region = open_region_[g.index()];
  for (; region != kNoRow; region = outer_region_[region]) {
    trace_->regions[region].end = time;
    trace_->regions[region].end_kind = flametrail::RegionEnd::kGoroutineExit;
  }
}

TraceTime TraceBuilder::Log(int64_t ns, const EventContext& context, TaskIndex task, StringId category,
                            StringId message, StackId stack) {
  const TraceTime time = Happen(EventKind::kLog, ns);
  if (time == kNoTime) return time;
  trace_->logs.push_back({time, context.goroutine, task, category, message, stack});
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kLog, time, context};
    view.stack = stack;
    view.resource = task.value;
    view.name = category;
    view.text = message;
    Tell(view);
  }
  return time;
}

}  // namespace flametrail
