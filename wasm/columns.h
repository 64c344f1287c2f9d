// The core's answers on their way to JavaScript: named columns, looked at in place and copied out once by the worker.
// Names and their order are those of web/src/protocol/columns.ts; tests/wasm compares both sides.
#ifndef WASM_COLUMNS_H_
#define WASM_COLUMNS_H_

#include <emscripten/val.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/session/session.h"

namespace flametrail {

template <typename Visit>
void VisitColumns(const FlameColumns& columns, Visit visit) {
  visit("rowBegin", columns.row_begin);
  visit("start", columns.start);
  visit("width", columns.width);
  visit("self", columns.self);
  visit("total", columns.total);
  visit("frame", columns.frame);
  visit("parent", columns.parent);
  visit("firstChild", columns.first_child);
  visit("inlining", columns.inlining);
}

template <typename Visit>
void VisitColumns(const FrameColumns& columns, Visit visit) {
  visit("name", columns.name);
  visit("file", columns.file);
  visit("line", columns.line);
  visit("package", columns.package);
  visit("hue", columns.hue);
  visit("kind", columns.kind);
}

template <typename Visit>
void VisitColumns(const TopColumns& columns, Visit visit) {
  visit("frame", columns.frame);
  visit("flat", columns.flat);
  visit("cum", columns.cum);
  visit("inlining", columns.inlining);
}

template <typename Visit>
void VisitColumns(const SearchColumns& columns, Visit visit) {
  visit("match", columns.match);
  visit("matchedTotal", columns.matched_total);
  visit("matchedSelf", columns.matched_self);
  visit("frameCount", columns.frame_count);
  visit("boxCount", columns.box_count);
}

template <typename Visit>
void VisitColumns(const LaneColumns& columns, Visit visit) {
  visit("kind", columns.kind);
  visit("object", columns.object);
  visit("number", columns.number);
  visit("name", columns.name);
  visit("system", columns.system);
  visit("start", columns.start);
  visit("end", columns.end);
  visit("running", columns.running);
  visit("blocked", columns.blocked);
  visit("spans", columns.spans);
  visit("parent", columns.parent);
  visit("states", columns.states);
  visit("tagBegin", columns.tag_begin);
  visit("tagKind", columns.tag_kind);
  visit("tagText", columns.tag_text);
}

template <typename Visit>
void VisitColumns(const StripColumns& columns, Visit visit) {
  visit("bucketNs", columns.bucket_ns);
  visit("running", columns.running);
  visit("runnable", columns.runnable);
  visit("syscall", columns.syscall);
  visit("waiting", columns.waiting);
  visit("heap", columns.heap);
  visit("goal", columns.goal);
  visit("procs", columns.procs);
}

template <typename Visit>
void VisitColumns(const SliceColumns& columns, Visit visit) {
  visit("laneBegin", columns.lane_begin);
  visit("start", columns.start);
  visit("end", columns.end);
  visit("state", columns.state);
  visit("count", columns.count);
  visit("item", columns.item);
  visit("object", columns.object);
  visit("label", columns.label);
  visit("mixBegin", columns.mix_begin);
  visit("mixState", columns.mix_state);
  visit("mixNs", columns.mix_ns);
  visit("markBegin", columns.mark_begin);
  visit("markTime", columns.mark_time);
  visit("markKind", columns.mark_kind);
  visit("markItem", columns.mark_item);
  visit("markCount", columns.mark_count);
  visit("markLabel", columns.mark_label);
}

template <typename Visit>
void VisitColumns(const GoroutineRows& columns, Visit visit) {
  visit("goroutine", columns.goroutine);
  visit("number", columns.number);
  visit("name", columns.name);
  visit("start", columns.start);
  visit("end", columns.end);
  visit("total", columns.total);
  visit("exec", columns.exec);
  visit("sched", columns.sched);
  visit("syscall", columns.syscall);
  visit("block", columns.block);
  visit("ranges", columns.ranges);
}

template <typename Visit>
void VisitColumns(const MarkRows& columns, Visit visit) {
  visit("index", columns.index);
  visit("name", columns.name);
  visit("text", columns.text);
  visit("goroutine", columns.goroutine);
  visit("task", columns.task);
  visit("start", columns.start);
  visit("end", columns.end);
}

template <typename Visit>
void VisitColumns(const PeekColumns& columns, Visit visit) {
  visit("frame", columns.frame);
  visit("weight", columns.weight);
  visit("inlining", columns.inlining);
  visit("hasMore", columns.has_more);
  visit("self", columns.self);
  visit("total", columns.total);
}

template <typename Visit>
void VisitColumns(const GraphColumns& columns, Visit visit) {
  visit("frame", columns.frame);
  visit("flat", columns.flat);
  visit("cum", columns.cum);
  visit("caller", columns.caller);
  visit("callee", columns.callee);
  visit("weight", columns.weight);
  visit("residual", columns.residual);
  visit("inlined", columns.inlined);
  visit("allNodes", columns.all_nodes);
  visit("droppedNodes", columns.dropped_nodes);
  visit("droppedEdges", columns.dropped_edges);
}

template <typename Visit>
void VisitColumns(const SourceColumns& columns, Visit visit) {
  visit("name", columns.name);
  visit("start", columns.start);
  visit("line", columns.line);
  visit("flat", columns.flat);
  visit("cum", columns.cum);
}

template <typename Visit>
void VisitColumns(const ShapedColumns& columns, Visit visit) {
  VisitColumns(columns.flame, visit);
  visit("cut", columns.cut);
}

template <typename Visit>
void VisitColumns(const LabelColumns& columns, Visit visit) {
  visit("key", columns.key);
  visit("value", columns.value);
  visit("isNumber", columns.is_number);
  visit("number", columns.number);
  visit("unit", columns.unit);
  visit("weight", columns.weight);
  visit("samples", columns.samples);
}

template <typename Visit>
void VisitColumns(const SizeColumns& columns, Visit visit) {
  visit("sizeClass", columns.size_class);
  visit("inuseObjects", columns.inuse_objects);
  visit("inuseSpace", columns.inuse_space);
  visit("allocObjects", columns.alloc_objects);
  visit("allocSpace", columns.alloc_space);
  visit("waste", columns.waste);
  visit("isHeap", columns.is_heap);
}

template <typename Visit>
void VisitColumns(const SiteColumns& columns, Visit visit) {
  visit("frame", columns.frame);
  visit("inuseObjects", columns.inuse_objects);
  visit("inuseSpace", columns.inuse_space);
  visit("allocObjects", columns.alloc_objects);
  visit("allocSpace", columns.alloc_space);
}

template <typename Visit>
void VisitColumns(const SampleColumns& columns, Visit visit) {
  visit("sample", columns.sample);
  visit("value", columns.value);
  visit("depth", columns.depth);
  visit("frameBegin", columns.frame_begin);
  visit("frame", columns.frame);
  visit("labelBegin", columns.label_begin);
  visit("label", columns.label);
  visit("matched", columns.matched);
}

template <typename Visit>
void VisitColumns(const MappingColumns& columns, Visit visit) {
  visit("start", columns.start);
  visit("limit", columns.limit);
  visit("offset", columns.offset);
  visit("file", columns.file);
  visit("buildId", columns.build_id);
  visit("has", columns.has);
}

template <typename Visit>
void VisitColumns(const LabelStepColumns& columns, Visit visit) {
  visit("step", columns.step);
  visit("value", columns.value);
  visit("weight", columns.weight);
}

template <typename Visit>
void VisitColumns(const SeriesColumns& columns, Visit visit) {
  VisitColumns(columns.flame, visit);
  VisitColumns(columns.frames, visit);
  visit("series", columns.series);
  visit("boxSelf", columns.box_self);
  visit("boxTotal", columns.box_total);
  visit("boxTrend", columns.box_trend);
  visit("ownBox", columns.own_box);
  visit("rowFlat", columns.row_flat);
  visit("rowCum", columns.row_cum);
  visit("match", columns.match);
  visit("trend", columns.trend);
  visit("slope", columns.slope);
  visit("fit", columns.fit);
  visit("sampling", columns.sampling);
  visit("changeLow", columns.change_low);
  visit("changeHigh", columns.change_high);
  visit("oldEvents", columns.old_events);
  visit("newEvents", columns.new_events);
  visit("significant", columns.significant);
}

template <typename Visit>
void VisitColumns(const ConfidenceColumns& columns, Visit visit) {
  visit("kind", static_cast<double>(columns.kind));
  visit("events", static_cast<double>(columns.events));
  visit("frame", columns.frame);
  visit("flatLow", columns.flat_low);
  visit("flatHigh", columns.flat_high);
  visit("flatEvents", columns.flat_events);
  visit("cumLow", columns.cum_low);
  visit("cumHigh", columns.cum_high);
  visit("cumEvents", columns.cum_events);
}

// One answer. It keeps the core's vectors alive until JavaScript calls delete(). A view is valid until anything
// allocates, because memory may grow and move: view, slice, forget, in one expression.
class ColumnSet {
 public:
  // `columns` lives as long as somebody holds it; for what the session itself owns pass a non-owning pointer.
  template <typename Columns>
  explicit ColumnSet(std::shared_ptr<const Columns> columns) : owner_(columns) {
    VisitColumns(*columns, [this](const char* name, const auto& field) { fields_.push_back({name, Look(field)}); });
  }

  size_t size() const { return fields_.size(); }
  std::string Name(size_t index) const { return fields_.at(index).name; }
  // A typed array over the heap, or a number.
  emscripten::val View(size_t index) const {
    return std::visit([](auto look) { return emscripten::val(look); }, fields_.at(index).look);
  }

 private:
  template <typename T>
  using MemoryView = emscripten::memory_view<T>;
  using Any = std::variant<double, MemoryView<double>, MemoryView<uint32_t>, MemoryView<uint16_t>, MemoryView<uint8_t>>;
  struct Field {
    const char* name;
    Any look;
  };

  template <typename T>
  static Any Look(const std::vector<T>& column) {
    return MemoryView<T>(column.size(), column.data());
  }
  static Any Look(double number) { return number; }

  std::shared_ptr<const void> owner_;
  std::vector<Field> fields_;
};

}  // namespace flametrail

#endif  // WASM_COLUMNS_H_
