#include "core/analysis/reports/dot.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/reports/dot_tags.h"
#include "core/analysis/short_names.h"
#include "core/base/checked.h"
#include "core/base/go_math.h"
#include "core/base/paths.h"

namespace flametrail {
namespace {

void ReplaceAll(std::string* text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text->find(from, at)) != std::string::npos; at += to.size()) {
    text->replace(at, from.size(), to);
  }
}

// For a quoted attribute; a line break becomes Graphviz's left-aligned one.
std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\l";
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view TrimBlanks(std::string_view text) {
  const size_t from = text.find_first_not_of(' ');
  return from == std::string_view::npos ? std::string_view() : text.substr(from);
}

// Go's uint8(x) on amd64.
unsigned Byte(double x) { return std::isfinite(x) ? static_cast<unsigned>(TruncateToInt64(x)) & 0xFF : 0; }

class DotWriter {
 public:
  DotWriter(const Profile& profile, const FrameTable& frames, const VisualGraph& graph, const ReportContext& context,
            TextOut* out)
      : profile_(profile), frames_(frames), graph_(graph), context_(context), out_(*out) {}

  void Write(const std::vector<std::string>& labels) {
    std::string title;
    if (!profile_.mappings.empty() && profile_.mappings.front().file != StringPool::kEmpty) {
      title = PathBase(profile_.Text(profile_.mappings.front().file));
    }
    out_ << "digraph \"" << (title.empty() ? "unnamed" : title) << "\" {\nnode [style=filled fillcolor=\"#f8f8f8\"]\n";
    Legend(labels, title);
    number_.assign(graph_.nodes.size(), 0);
    has_boxes_.assign(graph_.nodes.size(), 0);
    for (uint32_t i = 0; i < graph_.shown.size(); ++i) {
      number_[graph_.shown[i]] = i + 1;
      most_flat_ = std::max(most_flat_, Magnitude(graph_.nodes[graph_.shown[i]].FlatValue()));
    }
    std::vector<uint32_t> edges;
    for (const uint32_t node : graph_.shown) {
      Node(node);
      if (!graph_.tags.empty()) Boxes(node);
      edges.insert(edges.end(), graph_.out[node].begin(), graph_.out[node].end());
    }
    graph_.SortEdges(&edges);
    for (const uint32_t edge : edges) Edge(graph_.edges[edge]);
    out_ << "}\n";
  }

 private:
  static double Magnitude(int64_t value) { return static_cast<double>(WrapAbs(value)); }
  double Part(int64_t value) const { return static_cast<double>(value) / Magnitude(context_.total); }
  std::string Share(int64_t value) const { return "(" + std::string(TrimBlanks(context_.Percent(value))) + ")"; }

  void Legend(const std::vector<std::string>& labels, const std::string& title) {
    out_ << "subgraph cluster_L { \"" << Escaped(labels.front()) << "\" [shape=box fontsize=16 label=\"";
    for (size_t i = 0; i < labels.size(); ++i) out_ << (i > 0 ? "\\l" : "") << Escaped(labels[i]);
    out_ << "\\l\"";
    if (!title.empty()) out_ << " tooltip=\"" << title << "\"";
    out_ << "] }\n";
  }

  // The name on several lines: the last folder's part of it, split where it has parts.
  std::string NodeName(FrameId frame) const {
    FrameText text = TextOf(frames_, frame, profile_.strings);
    std::string name = Escaped(short_names_.Shorten(text.name));
    ReplaceAll(&name, "::", "\\n");
    ReplaceAll(&name, "[...]", "[\u2026]");  // type arguments of Go: no parts of the name
    ReplaceAll(&name, ".", "\\n");
    text.name = name;
    if (!text.file.empty()) text.file = PathBase(text.file);
    return JoinParts(text, "\\n") + "\\n";
  }

  // 8 points and up to 16 more, by the square root so that small values differ too.
  int FontSize(int64_t flat) const {
    if (most_flat_ == 0 || flat == 0) return 8;
    return 8 + static_cast<int>(std::ceil(16 * std::sqrt(Magnitude(flat) / most_flat_)));
  }

  void Node(uint32_t node) {
    const int64_t flat = graph_.nodes[node].FlatValue();
    const int64_t cum = graph_.nodes[node].CumValue();
    std::string label = NodeName(graph_.nodes[node].frame);
    label += flat == 0 ? "0" : context_.Format(flat) + " " + Share(flat);
    if (cum != flat) label += (flat == 0 ? " of " : "\\nof ") + context_.Format(cum) + " " + Share(cum);
    const std::string number = std::to_string(number_[node]);
    out_ << "N" << number << " [label=\"" << label << "\" id=\"node" << number
         << "\" fontsize=" << std::to_string(FontSize(flat)) << " shape=box tooltip=\"" << Escaped(graph_.Name(node))
         << " (" << context_.Format(cum) << ")\" color=\"" << DotColor(Part(cum), false) << "\" fillcolor=\""
         << DotColor(Part(cum), true) << "\"]\n";
  }

  void Boxes(uint32_t node) {
    const bool has_callees = !graph_.out[node].empty();
    const std::string boxes = DotTagBoxes(graph_.tags, graph_.tags.of_node[node], number_[node], has_callees, context_);
    has_boxes_[node] = !boxes.empty();
    out_ << boxes;
  }

  // 1 and up to `most` more, as the edge's part of the total.
  int Thickness(int64_t value, int64_t most) const {
    const auto times = static_cast<int64_t>(static_cast<uint64_t>(value) * static_cast<uint64_t>(most));
    return 1 + static_cast<int>(std::min(WrapAbs(WrapDivide(times, context_.total)), most));
  }

  void Edge(const VisualEdge& edge) {
    const int64_t value = edge.Value();
    const std::string shown = context_.Format(value);
    out_ << "N" << std::to_string(number_[edge.caller]) << " -> N" << std::to_string(number_[edge.callee])
         << " [label=\" " << shown << (edge.is_inlined ? "\\n (inline)\"" : "\"");
    if (context_.total != 0) {
      if (const int weight = Thickness(value, 100); weight > 1) out_ << " weight=" << std::to_string(weight);
      if (const int width = Thickness(value, 5); width > 1) out_ << " penwidth=" << std::to_string(width);
      out_ << " color=\"" << DotColor(Part(value), false) << "\"";
    }
    const std::string tooltip = "\"" + Escaped(graph_.Name(edge.caller)) + (edge.is_residual ? " ... " : " -> ") +
                                Escaped(graph_.Name(edge.callee)) + " (" + shown + ")\"";
    out_ << " tooltip=" << tooltip << " labeltooltip=" << tooltip;
    if (edge.is_residual) out_ << " style=\"dotted\"";
    if (has_boxes_[edge.caller]) out_ << " minlen=2";  // room for the boxes
    out_ << "]\n";
  }

  const Profile& profile_;
  const FrameTable& frames_;
  const VisualGraph& graph_;
  const ReportContext& context_;
  TextOut& out_;
  const NameShortener short_names_;
  std::vector<uint32_t> number_;  // by node; 0: not shown
  std::vector<uint8_t> has_boxes_;
  double most_flat_ = 0;
};

}  // namespace

std::string DotColor(double score, bool is_background) {
  constexpr double kExponent = 0.3;  // moves small parts away from grey
  constexpr double kGrey = 0.2;      // below it, parts are paler
  const double full = is_background ? 0.1 : 1.0;
  const double value = is_background ? 0.93 : 0.7;
  if (score > 1) score = 1;
  if (score < -1) score = -1;
  const double saturation = std::fabs(score) < kGrey ? full * (std::fabs(score) / kGrey) : full;
  if (score > 0) score = GoRoot(score, kExponent);
  if (score < 0) score = -GoRoot(-score, kExponent);
  const double red = score < 0 ? value * (1 + saturation * score) : value;
  const double green = score < 0 ? value : value * (1 - saturation * score);
  const double blue = value * (1 - saturation);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "#";
  for (const double part : {red, green, blue}) {
    const auto byte = static_cast<size_t>(Byte(part * 255));
    text += kDigits[byte / 16];
    text += kDigits[byte % 16];
  }
  return text;
}

void WriteDot(const Profile& profile, const FrameTable& frames, const VisualGraph& graph, const ReportContext& context,
              const std::vector<std::string>& labels, TextOut* out) {
  DotWriter(profile, frames, graph, context, out).Write(labels);
}

}  // namespace flametrail
