#include "core/analysis/flame_layout.h"

#include <algorithm>
#include <utility>

#include "core/base/checked.h"

namespace flametrail {
namespace {

std::vector<uint32_t> RowBegins(const CallTree& tree) {
  const uint32_t deepest = *std::max_element(tree.depth.begin(), tree.depth.end());
  std::vector<uint32_t> begin(size_t{deepest} + 2, 0);
  for (const uint32_t depth : tree.depth) ++begin[depth + 1];
  for (size_t row = 1; row < begin.size(); ++row) begin[row] += begin[row - 1];
  return begin;
}

void Resize(FlameColumns* columns, size_t count) {
  columns->start.resize(count);
  columns->width.resize(count);
  columns->self.resize(count);
  columns->total.resize(count);
  columns->frame.resize(count);
  columns->parent.resize(count);
  columns->first_child.resize(count);
  columns->inlining.resize(count);
}

}  // namespace

// Depth-first order gives each row its boxes from left to right, so a cursor per row places all of them in one pass.
FlameColumns LayoutFlame(const CallTree& tree, std::vector<uint32_t>* box_of_node) {
  FlameColumns columns;
  columns.row_begin = RowBegins(tree);
  Resize(&columns, tree.size());
  std::vector<uint32_t> next_in_row(columns.row_begin.begin(), columns.row_begin.end());
  std::vector<uint32_t> box_of(tree.size());
  std::vector<int64_t> next_start(tree.size());  // by node: where its next child begins
  for (size_t node = 0; node < tree.size(); ++node) {
    const uint32_t depth = tree.depth[node];
    const uint32_t box = next_in_row[depth]++;
    box_of[node] = box;
    int64_t start = 0;
    if (node == 0) {
      columns.parent[box] = CallNodeId::kNoneValue;
    } else {
      const size_t parent = tree.parent[node].index();
      columns.parent[box] = box_of[parent];
      start = next_start[parent];
      next_start[parent] = SaturateAdd(start, tree.width[node]);
    }
    next_start[node] = start;
    columns.start[box] = static_cast<double>(start);
    columns.width[box] = static_cast<double>(tree.width[node]);
    columns.self[box] = static_cast<double>(tree.self[node]);
    columns.total[box] = static_cast<double>(tree.total[node]);
    columns.frame[box] = tree.frame[node].value;
    columns.first_child[box] = next_in_row[depth + 1];
    columns.inlining[box] = static_cast<uint8_t>(tree.inlining[node]);
  }
  if (box_of_node != nullptr) *box_of_node = std::move(box_of);
  return columns;
}

}  // namespace flametrail
