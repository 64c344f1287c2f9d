// Rules of user annotations, labels and experiments (specs/go-trace.md §9).
#include "core/formats/gotrace/v2/ordering.h"

namespace flametrail::gotrace {

Ordering::Step Ordering::OnGoLabel(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  const StringId label = Text(event, 0);
  if (Tells()) Told(builder_->Label(event.time, context_, label));
  return Finished();
}

Ordering::Step Ordering::OnUserTaskBegin(const Cursor& event) {
  const TaskIndex task = builder_->Task(event.args[0]);
  if (task.index() >= active_tasks_.size()) active_tasks_.resize(trace_->tasks.size());
  if (active_tasks_[task.index()] == epoch_) {
    const std::string text = "task ID conflict: " + std::to_string(event.args[0]);
    if (strict_) return Fail(text);
    diagnostics_->Count(Issue::kBadRecord, At(event, text).offset, text);
  }
  active_tasks_[task.index()] = epoch_;
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  const StringId type = Text(event, 2);
  const StackId stack = Stack(event, 3);
  if (!Tells()) return Finished();
  // Parent 0 is not the background task but none.
  const TaskIndex parent = event.args[1] == 0 ? TaskIndex() : builder_->Task(event.args[1]);
  Told(builder_->TaskBegin(event.time, context_, task, parent, type, stack));
  return Finished();
}

Ordering::Step Ordering::OnUserTaskEnd(const Cursor& event) {
  const TaskIndex task = builder_->Task(event.args[0]);
  if (task.index() < active_tasks_.size()) active_tasks_[task.index()] = 0;
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  const StackId stack = Stack(event, 1);
  if (Tells()) Told(builder_->TaskEnd(event.time, context_, task, stack));
  return Finished();
}

void Ordering::PopRegion(GoroutineState* state) {
  const uint32_t top = state->regions;
  state->regions = regions_[top].outer;
  regions_[top].outer = free_region_;
  free_region_ = top;
}

Ordering::Step Ordering::OnUserRegionBegin(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  const StringId name = Text(event, 1);
  GoroutineState& state = StateOf(context_.goroutine);
  uint32_t row = free_region_;
  if (row == kNone) {
    row = static_cast<uint32_t>(regions_.size());
    regions_.emplace_back();
  } else {
    free_region_ = regions_[row].outer;
  }
  regions_[row] = {event.args[0], name, state.regions};
  state.regions = row;
  const StackId stack = Stack(event, 2);
  if (Tells()) Told(builder_->RegionBegin(event.time, context_, builder_->Task(event.args[0]), name, stack));
  return Finished();
}

Ordering::Step Ordering::OnUserRegionEnd(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  const StringId name = Text(event, 1);
  GoroutineState& state = StateOf(context_.goroutine);
  if (state.regions != kNone) {  // else it began before the trace
    const OpenRegion& open = regions_[state.regions];
    if (open.task != event.args[0] || open.name != name) {
      const auto show = [&](uint64_t task, StringId text) {
        return "{" + std::to_string(task) + " " + std::string(trace_->Text(text)) + "}";
      };
      const std::string text = "misuse of region in goroutine " +
                               std::to_string(trace_->goroutine(context_.goroutine).id) + ": region end " +
                               show(event.args[0], name) + " when the inner-most active region start event is " +
                               show(open.task, open.name);
      if (strict_) return Fail(text);
      diagnostics_->Count(Issue::kBadRecord, At(event, text).offset, text);
    }
    PopRegion(&state);
  }
  const StackId stack = Stack(event, 2);
  if (Tells()) Told(builder_->RegionEnd(event.time, context_, builder_->Task(event.args[0]), name, stack));
  return Finished();
}

Ordering::Step Ordering::OnUserLog(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  const StringId category = Text(event, 1), message = Text(event, 2);
  const StackId stack = Stack(event, 3);
  if (!Tells()) return Finished();
  Told(builder_->Log(event.time, context_, builder_->Task(event.args[0]), category, message, stack));
  return Finished();
}

Ordering::Step Ordering::OnExperimental(const Cursor& event) {
  if (const Step step = Require(Need::kMust, Need::kMay, Need::kMay); step != Step::kDone) return step;
  const EventSpec& spec = kEventSpecs[event.code];
  if (Tells()) {
    Told(builder_->Experimental(event.time, context_, spec.name,
                                std::span<const uint64_t>(event.args.data(), spec.arg_count),
                                std::span<const std::string_view>(spec.args.data(), spec.arg_count)));
  }
  return Finished();
}

}  // namespace flametrail::gotrace
