// What the page asks of a session, beside a ViewSpec alone.
#ifndef CORE_SESSION_PAGE_QUERIES_H_
#define CORE_SESSION_PAGE_QUERIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/peek.h"
#include "core/session/view_spec.h"

namespace flametrail {

struct SearchQuery {
  ViewSpec view;
  std::string pattern;  // RE2
  bool case_sensitive = false;
};

struct PeekQuery {
  ViewSpec view;
  std::vector<uint32_t> path;  // page frames, from the function outward
  PeekSide side = PeekSide::kCallers;
};

struct GraphQuery {
  ViewSpec view;
  int64_t node_count = 80;  // as -nodecount; 0: all
  double node_fraction = 0.005;
  double edge_fraction = 0.001;
};

struct SourceQuery {
  ViewSpec view;
  uint32_t file = 0;  // StringId, of FrameColumns::file
};

struct SamplesQuery {
  ViewSpec view;
  std::string pattern;  // RE2 over frames and "key:value"; empty: all
  bool case_sensitive = false;
  size_t from = 0;
  size_t count = 0;
  std::optional<size_t> sort_type = {};  // by |value| of this sample type; else as in the file
  bool ascending = false;
};

}  // namespace flametrail

#endif  // CORE_SESSION_PAGE_QUERIES_H_
