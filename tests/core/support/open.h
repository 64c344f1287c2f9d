// Opens bytes as the page would, and says in one text what came of it. Header only: fuzz targets are one file each.
#ifndef TESTS_CORE_SUPPORT_OPEN_H_
#define TESTS_CORE_SUPPORT_OPEN_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/session/session.h"

namespace flametrail::testing {

struct Opened {
  std::unique_ptr<Session> session;
  Status finished;
};

// `next_chunk()` gives the size of the next chunk, at least 1.
template <typename NextChunk>
Opened OpenInChunks(std::string_view file, NextChunk next_chunk) {
  Opened opened{std::make_unique<Session>(), {}};
  while (!file.empty()) {
    const size_t size = std::min<size_t>(file.size(), next_chunk());
    if (!opened.session->Append(AsBytes(file.substr(0, size))).ok()) break;
    file.remove_prefix(size);
  }
  opened.finished = opened.session->Finish();
  return opened;
}

inline std::string Describe(const Error& error) {
  return (error.offset ? "at " + std::to_string(*error.offset) + ": " : "") + error.text;
}

// "error at 5: ..." or "2 samples, total 7" or "2 samples, total 7; fault at 12: ...".
inline std::string Outcome(const Opened& opened) {
  if (!opened.finished.ok()) return "error " + Describe(opened.finished.error());
  const ProfileSummary& summary = opened.session->summary();
  std::string text = std::to_string(summary.samples) + (summary.samples == 1 ? " sample" : " samples");
  for (size_t i = 0; i < summary.sample_types.size(); ++i) {
    text += (i == 0 ? ", total " : " / ") + std::to_string(summary.sample_types[i].total);
  }
  return summary.fault ? text + "; fault " + Describe(*summary.fault) : text;
}

// "lost 2 x SENTENCE", "note 1 x SENTENCE": what the document says it survived.
inline std::vector<std::string> Survived(const Opened& opened) {
  std::vector<std::string> lines;
  if (!opened.finished.ok()) return lines;
  for (const Diagnostic& diagnostic : opened.session->summary().diagnostics) {
    lines.push_back((diagnostic.severity == Severity::kDataLoss ? "lost " : "note ") +
                    std::to_string(diagnostic.count) + " x " + std::string(diagnostic.sentence));
  }
  return lines;
}

namespace internal {

constexpr uint32_t kNone = 0xFFFFFFFFu;

inline double Sum(const std::vector<double>& column) {
  double sum = 0;
  for (const double value : column) sum += value;
  return sum;
}

// Rows, parents and children of a flame graph fit together; its own numbers too.
inline std::string CheckFlame(const FlameColumns& flame, size_t frame_count) {
  const size_t count = flame.frame.size();
  const std::vector<uint32_t>& rows = flame.row_begin;
  if (flame.start.size() != count || flame.width.size() != count || flame.self.size() != count ||
      flame.total.size() != count || flame.parent.size() != count || flame.first_child.size() != count ||
      flame.inlining.size() != count) {
    return "flame: columns differ in length";
  }
  if (rows.size() < 2 || rows.front() != 0 || rows.back() != count || rows[1] != 1) return "flame: rows";
  for (size_t depth = 0; depth + 1 < rows.size(); ++depth) {
    if (rows[depth] >= rows[depth + 1]) return "flame: an empty row";
    for (uint32_t box = rows[depth]; box < rows[depth + 1]; ++box) {
      if (!(flame.width[box] >= 0)) return "flame: a negative width";
      if (depth == 0) continue;
      const uint32_t parent = flame.parent[box];
      if (parent < rows[depth - 1] || parent >= rows[depth]) return "flame: a parent outside the row above";
      if (flame.frame[box] >= frame_count) return "flame: a frame that does not exist";
    }
  }
  return flame.parent[0] == kNone && flame.frame[0] == kNone ? "" : "flame: the root";
}

// What must hold where HasExactSums.
inline std::string CheckSums(const FlameColumns& flame, double total) {
  const std::vector<uint32_t>& rows = flame.row_begin;
  for (size_t depth = 0; depth + 1 < rows.size(); ++depth) {
    for (uint32_t box = rows[depth]; box < rows[depth + 1]; ++box) {
      if (box == rows[depth]) continue;
      if (flame.start[box] < flame.start[box - 1] + flame.width[box - 1]) return "flame: boxes overlap";
    }
  }
  if (flame.total[0] != total) return "flame: the root is not the sum of the samples";
  if (Sum(flame.self) != total) return "flame: the boxes do not add up to the root";
  return "";
}

// Below this no sum on the way leaves the numbers that a double has exactly.
inline bool HasExactSums(const Session& session, size_t type) {
  double magnitude = 0;
  for (const int64_t value : session.profile().samples.values[type]) magnitude += std::fabs(static_cast<double>(value));
  return magnitude < 9e15;  // below 2^53
}

inline std::string CheckType(Session* session, size_t type, size_t frame_count) {
  const Result<FlameColumns> flame = session->Flame({type});
  const Result<TopColumns> top = session->Top({type});
  const Result<SearchColumns> found = session->Search({{type}, ".", false});
  if (!flame.ok() || !top.ok() || !found.ok()) return "a question was refused";
  if (std::string fault = CheckFlame(*flame, frame_count); !fault.empty()) return fault;
  if (found->match.size() < frame_count) return "search: not one answer per frame";
  for (const uint32_t frame : top->frame) {
    if (frame >= frame_count) return "top: a frame that does not exist";
  }
  double total = 0;
  for (const int64_t value : session->profile().samples.values[type]) total += static_cast<double>(value);
  return HasExactSums(*session, type) ? CheckSums(*flame, total) : "";
}

// A filter leaves the same in every view.
inline std::string CheckFiltered(Session* session, ViewSpec spec) {
  const Result<ViewFacts> facts = session->Facts(spec);
  const Result<FlameColumns> flame = session->Flame(spec);
  const Result<TopColumns> top = session->Top(spec);
  if (!facts.ok() || !flame.ok() || !top.ok()) return "a filtered question was refused";
  const size_t frame_count = session->Frames().name.size();
  if (std::string fault = CheckFlame(*flame, frame_count); !fault.empty()) return "filtered " + fault;
  if (facts->samples > session->summary().samples) return "filtered: more samples than there are";
  for (const uint32_t frame : top->frame) {
    if (frame >= frame_count) return "filtered top: a frame that does not exist";
  }
  if (!HasExactSums(*session, spec.sample_type)) return "";
  const std::string fault = CheckSums(*flame, static_cast<double>(facts->total));
  return fault.empty() ? "" : "filtered " + fault;
}

// The other views answer too, and speak of frames that exist.
inline std::string CheckFurtherViews(Session* session, const ViewSpec& spec) {
  const Result<GraphColumns> graph = session->Graph({spec});
  const Result<LabelColumns> labels = session->Labels(spec);
  const Result<SizeColumns> sizes = session->Sizes(spec);
  const Result<SiteColumns> sites = session->Sites(spec);
  const Result<SampleColumns> samples = session->Samples({spec, "a", false, 0, 50});
  if (!graph.ok() || !labels.ok() || !sizes.ok() || !sites.ok() || !samples.ok()) return "a view was refused";
  const FrameColumns& frames = session->Frames();
  for (const std::vector<uint32_t>* column : {&graph->frame, &sites->frame, &samples->frame}) {
    for (const uint32_t frame : *column) {
      if (frame >= frames.name.size()) return "a view: a frame that does not exist";
    }
  }
  if (graph->frame.empty()) return "";
  const uint32_t frame = graph->frame.front();
  if (!session->Source({spec, frames.file[frame]}).ok()) return "source: refused";
  for (const PeekSide side : {PeekSide::kCallers, PeekSide::kCallees}) {
    const Result<PeekColumns> peek = session->Peek({spec, {frame}, side});
    if (!peek.ok()) return "peek: a frame of the graph was refused";
    if (!peek->frame.empty() && !session->Peek({spec, {frame, peek->frame.front()}, side}).ok()) {
      return "peek: a second step was refused";
    }
  }
  return "";
}

inline std::string CheckFilters(Session* session, size_t type) {
  ViewSpec spec{type};
  spec.filters.ignore = "[a-f]";
  spec.filters.hide = "[k-p]";
  spec.filters.tag_focus = "(";
  if (std::string fault = CheckFiltered(session, spec); !fault.empty()) return fault;
  if (std::string fault = CheckFurtherViews(session, spec); !fault.empty()) return fault;
  spec = ViewSpec{type};
  spec.filters.show_from = "[m-z]";
  spec.filters.tag_ignore = "1:";
  spec.filters.tag_ignore_kind = TagValueKind::kNumber;
  spec.granularity = Granularity::kLines;
  spec.tag_root = {"bytes"};
  spec.no_inlines = true;
  return CheckFiltered(session, spec);
}

}  // namespace internal

// Asks every question of an opened document and checks what must hold for all of them; empty, or what did not hold.
inline std::string AskEverything(Session* session) {
  const FrameColumns& frames = session->Frames();
  const size_t frame_count = frames.name.size();
  std::vector<uint32_t> names = frames.name;
  names.insert(names.end(), frames.file.begin(), frames.file.end());
  names.insert(names.end(), frames.package.begin(), frames.package.end());
  const std::string joined = session->Names(names);
  const auto separators = static_cast<size_t>(std::count(joined.begin(), joined.end(), '\0'));
  if (!names.empty() && separators != names.size() - 1) return "names: not one text per id";
  const size_t types = session->summary().sample_types.size();
  for (size_t type = 0; type < types; ++type) {
    if (std::string fault = internal::CheckType(session, type, frame_count); !fault.empty()) return fault;
    // Two filtered copies of each type are enough of a file with thousands of types.
    if (type < 2) {
      if (std::string fault = internal::CheckFilters(session, type); !fault.empty()) return fault;
    }
    std::vector<std::string> warnings;
    (void)session->WriteReport(
        {}, [](std::string_view) {}, &warnings);
  }
  if (session->Flame({types}).ok() || session->Top({types}).ok()) return "a type that does not exist got an answer";
  if (types > 0 && session->Search({{}, "(", false}).ok()) return "search: a bad pattern got an answer";
  return "";
}

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_OPEN_H_
