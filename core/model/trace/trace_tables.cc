// TraceBuilder's tables: Go's numbers and contents to dense indexes.
#include <cstddef>

#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/model/trace/trace_builder.h"

namespace flametrail {
namespace {

constexpr size_t kMostReasons = 4095;  // Span::reason has 12 bits; the last one is "other"

}  // namespace

GoroutineIndex TraceBuilder::AddGoroutine(uint64_t id) {
  const auto added = static_cast<uint32_t>(trace_->goroutines.size());
  CHECK(added != GoroutineIndex::kNoneValue);
  Goroutine row;
  row.id = id;
  trace_->goroutines.push_back(std::move(row));
  open_region_.push_back(kNoRow);
  goroutine_ids_.Set(id, added);
  return GoroutineIndex(added);
}

ProcIndex TraceBuilder::Proc(uint64_t id) {
  if (const uint32_t known = proc_ids_.Find(id); known != IdMap::kNone) return ProcIndex(known);
  const auto added = static_cast<uint32_t>(trace_->procs.size());
  trace_->procs.emplace_back().id = id;
  occupant_.emplace_back();
  proc_ids_.Set(id, added);
  return ProcIndex(added);
}

ThreadIndex TraceBuilder::Thread(uint64_t id) {
  if (const uint32_t known = thread_ids_.Find(id); known != IdMap::kNone) return ThreadIndex(known);
  const auto added = static_cast<uint32_t>(trace_->threads.size());
  trace_->threads.push_back({id});
  thread_now_.emplace_back();
  thread_ids_.Set(id, added);
  return ThreadIndex(added);
}

TaskIndex TraceBuilder::Task(uint64_t id) {
  if (const uint32_t known = task_ids_.Find(id); known != IdMap::kNone) return TaskIndex(known);
  const auto added = static_cast<uint32_t>(trace_->tasks.size());
  TraceTask row;
  row.id = id;
  trace_->tasks.push_back(row);
  task_ids_.Set(id, added);
  return TaskIndex(added);
}

FunctionId TraceBuilder::Function(StringId name, StringId file) {
  FunctionTable& functions = trace_->functions;
  const auto hash_of = [&](uint32_t i) { return HashCombine(functions.name[i].value, functions.file[i].value); };
  const uint64_t hash = HashCombine(name.value, file.value);
  const uint32_t known =
      functions_.Find(hash, [&](uint32_t i) { return functions.name[i] == name && functions.file[i] == file; });
  if (known != IndexTable::kNone) return FunctionId(known);
  const auto added = static_cast<uint32_t>(functions.size());
  functions.id.push_back(uint64_t{added} + 1);
  functions.name.push_back(name);
  functions.system_name.push_back(name);
  functions.file.push_back(file);
  functions.start_line.push_back(0);
  functions_.Insert(hash, added, hash_of);
  return FunctionId(added);
}

LocationId TraceBuilder::Frame(uint64_t pc, StringId function, StringId file, uint64_t line) {
  LocationTable& locations = trace_->locations;
  const FunctionId function_id = Function(function, file);
  const auto number = static_cast<int64_t>(line);
  const auto hash_of = [](uint64_t address, FunctionId callee, int64_t at) {
    return HashCombine(HashCombine(address, callee.value), static_cast<uint64_t>(at));
  };
  const auto is_equal = [&](uint32_t i) {
    return locations.address[i] == pc && locations.line_function[i] == function_id &&
           locations.line_number[i] == number;
  };
  const uint64_t hash = hash_of(pc, function_id, number);
  if (const uint32_t known = frames_.Find(hash, is_equal); known != IndexTable::kNone) return LocationId(known);
  const auto added = static_cast<uint32_t>(locations.size());
  locations.id.push_back(uint64_t{added} + 1);
  locations.mapping.push_back(MappingId::None());
  locations.address.push_back(pc);
  locations.is_folded.push_back(0);
  locations.line_function.push_back(function_id);
  locations.line_number.push_back(number);
  locations.line_column.push_back(0);
  locations.line_begin.push_back(added + 1);
  frames_.Insert(hash, added, [&](uint32_t i) {
    return hash_of(locations.address[i], locations.line_function[i], locations.line_number[i]);
  });
  return LocationId(added);
}

StackId TraceBuilder::Stack(std::span<const LocationId> leaf_first) {
  const StackId stack = stacks_.Insert(leaf_first);
  StackTable& table = trace_->stacks;
  while (table.size() < stacks_.size()) {
    const StackId added(table.size());
    const StackId parent = stacks_.Parent(added);
    const LocationId location = stacks_.Location(added);
    table.parent.push_back(parent);
    table.location.push_back(location);
    root_.push_back(parent == StackTable::kEmpty ? location : root_[parent.index()]);
  }
  return stack;
}

uint16_t TraceBuilder::AddReason(StringId text) {
  std::vector<StringId>& reasons = trace_->reasons;
  if (reasons.size() == kMostReasons) reasons.push_back(Text("other"));
  if (reasons.size() > kMostReasons) return kMostReasons;
  const auto added = static_cast<uint16_t>(reasons.size());
  reasons.push_back(text);
  if (text.index() >= reason_of_text_.size()) reason_of_text_.resize(text.index() + 1, kNoReason);
  reason_of_text_[text.index()] = added;
  return added;
}

PlacementId TraceBuilder::AddPlace(const EventContext& context) {
  std::vector<Placement>& placements = trace_->placements;
  const auto hash_of = [](ProcIndex proc, ThreadIndex thread) { return HashCombine(proc.value, thread.value); };
  const uint64_t hash = hash_of(context.proc, context.thread);
  const auto is_equal = [&](uint32_t i) {
    return placements[i].proc == context.proc && placements[i].thread == context.thread;
  };
  if (const uint32_t known = placements_.Find(hash, is_equal); known != IndexTable::kNone) return PlacementId(known);
  const auto added = static_cast<uint32_t>(placements.size());
  placements.push_back({context.proc, context.thread});
  placements_.Insert(hash, added, [&](uint32_t i) { return hash_of(placements[i].proc, placements[i].thread); });
  return PlacementId(added);
}

void TraceBuilder::Name(Goroutine* row, StackId transition_stack) {
  const FunctionId function = trace_->locations.line_function[root_[transition_stack.index()].index()];
  row->name = trace_->functions.name[function.index()];
}

}  // namespace flametrail
