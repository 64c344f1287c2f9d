#include "core/analysis/trace/state_flame.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/analysis/trace/frame_importer.h"
#include "core/analysis/trace/own_stack.h"
#include "core/base/hash.h"
#include "core/base/index_table.h"

namespace flametrail {
namespace {

struct Row {
  StackId stack;
  uint16_t reason;
  GoState state;
  uint64_t count;
  uint64_t ns;
};

bool IsChosen(const StateFlameOptions& options, GoState state) {
  switch (state) {
    case GoState::kRunning:
      return options.running;
    case GoState::kRunnable:
      return options.runnable;
    case GoState::kSyscall:
    case GoState::kSyscallBlocked:
      return options.syscall;
    case GoState::kWaiting:
      return options.waiting;
    case GoState::kUndetermined:
    case GoState::kNotExist:
      break;
  }
  return false;
}

std::string_view StateName(GoState state) {
  constexpr std::array<std::string_view, kGoStates> kNames = {"undetermined", "not there",        "runnable", "running",
                                                              "syscall",      "syscall, P taken", "waiting"};
  return kNames[static_cast<size_t>(state)];
}

// Sums by stack, state and reason.
std::vector<Row> SumRows(const Trace& trace, const TraceScope& scope, const StateFlameOptions& options) {
  std::vector<Row> rows;
  IndexTable table;
  const auto hash_of = [](StackId stack, GoState state, uint16_t reason) {
    return HashCombine(stack.value, static_cast<uint64_t>(state) << 16 | reason);
  };
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    if (!scope.Has(i)) continue;
    const Goroutine& g = trace.goroutines[i];
    ForEachSpan(trace, g, [&](uint32_t k, const Span& span, TraceTime end) {
      const GoState state = span.go_state();
      if (!IsChosen(options, state)) return;
      const uint64_t ns = scope.Overlap(span.start, end);
      if (ns == 0) return;
      const StackId stack = OwnStack(g, k);
      const uint16_t reason = state == GoState::kWaiting ? static_cast<uint16_t>(span.reason) : 0;
      const uint64_t hash = hash_of(stack, state, reason);
      uint32_t row = table.Find(hash, [&](uint32_t r) {
        return rows[r].stack == stack && rows[r].state == state && rows[r].reason == reason;
      });
      if (row == IndexTable::kNone) {
        row = static_cast<uint32_t>(rows.size());
        rows.push_back({stack, reason, state, 0, 0});
        table.Insert(hash, row, [&](uint32_t r) { return hash_of(rows[r].stack, rows[r].state, rows[r].reason); });
      }
      ++rows[row].count;
      rows[row].ns += ns;
    });
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (a.state != b.state) return a.state < b.state;
    return a.reason != b.reason ? a.reason < b.reason : a.stack < b.stack;
  });
  return rows;
}

}  // namespace

Profile StateFlame(const Trace& trace, const TraceScope& scope, const StateFlameOptions& options) {
  ProfileAssembler assembler;
  FrameImporter importer(trace, &assembler);
  assembler.AddSampleType("spans", "count");
  assembler.AddSampleType("time", "nanoseconds");
  assembler.profile().period_type = {assembler.Text("trace"), assembler.Text("count")};
  assembler.profile().period = 1;
  std::vector<LocationId> stack;
  std::vector<Label> labels;
  for (const Row& row : SumRows(trace, scope, options)) {
    const std::string state(StateName(row.state));
    const std::string reason(trace.Text(trace.reasons[row.reason]));
    stack.clear();
    importer.Append(row.stack, &stack);
    const bool waits = row.state == GoState::kWaiting;
    if (options.state_frames) {
      stack.push_back(importer.Note("[" + state + (waits && !reason.empty() ? ": " + reason : "") + "]"));
    }
    labels.assign(1, Label{assembler.Text("state"), false, assembler.Text(state), 0, StringPool::kEmpty});
    if (waits) {
      labels.push_back(Label{assembler.Text("reason"), false, assembler.Text(reason), 0, StringPool::kEmpty});
    }
    const std::array<int64_t, 2> values = {static_cast<int64_t>(row.count), static_cast<int64_t>(row.ns)};
    assembler.AddSample(stack, values, labels);
  }
  return assembler.Take();
}

}  // namespace flametrail
