#include "core/analysis/reports/callgrind.h"

#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/base/checked.h"

namespace flametrail {
namespace {

// A name is written once, later only its number.
class Names {
 public:
  std::string operator()(const std::string& name) {
    if (name.empty()) return "";
    const auto [at, is_new] = numbers_.try_emplace(name, numbers_.size() + 1);
    const std::string number = "(" + std::to_string(at->second) + ")";
    return is_new ? number + " " + name : number;
  }

 private:
  std::unordered_map<std::string, size_t> numbers_;
};

class CallgrindWriter {
 public:
  CallgrindWriter(const Profile& profile, const FrameTable& frames, const VisualGraph& graph,
                  const ReportContext& context, TextOut* out)
      : profile_(profile), frames_(frames), graph_(graph), context_(context), out_(*out) {}

  void Write() {
    NameNodes();
    out_ << "positions: instr line\nevents: " << context_.sample_type << "(" << context_.output_unit << ")\n";
    std::vector<uint32_t> calls;
    for (const uint32_t node : graph_.shown) {
      const FrameId frame = graph_.nodes[node].frame;
      if (previous_.is_none() || !IsSameFunction(frame, previous_)) {
        out_ << "\nob=" << objects_(Text(frames_.object_file, frame)) << "\nfl=" << files_(Text(frames_.file, frame))
             << "\nfn=" << functions_(Text(frames_.name, frame)) << "\n";
      }
      out_ << Position(frame) << " " << Whole(graph_.nodes[node].FlatValue()) << "\n";
      calls = graph_.out[node];
      graph_.SortEdges(&calls);
      for (const uint32_t edge : calls) Call(graph_.edges[edge]);
      previous_ = frame;
    }
  }

 private:
  std::string Text(const std::vector<StringId>& column, FrameId frame) const {
    return std::string(profile_.Text(column[frame.index()]));
  }

  bool IsSameFunction(FrameId a, FrameId b) const {
    return frames_.object_file[a.index()] == frames_.object_file[b.index()] &&
           frames_.file[a.index()] == frames_.file[b.index()] && frames_.name[a.index()] == frames_.name[b.index()];
  }

  std::string Whole(int64_t value) const {
    return std::to_string(TruncateToInt64(Scale(value, context_.sample_unit, context_.output_unit).value));
  }

  void Call(const VisualEdge& edge) {
    const FrameId callee = graph_.nodes[edge.callee].frame;
    out_ << "cfl=" << files_(Text(frames_.file, callee)) << "\ncfn=" << functions_(names_[edge.callee]) << "\ncalls=0 "
         << Position(callee) << "\n* * " << Whole(edge.weight) << "\n";
  }

  // The address, relative to the node before where that is shorter, and the line.
  std::string Position(FrameId frame) const {
    const uint64_t address = frames_.address[frame.index()];
    std::string text = Hex(address);
    if (!previous_.is_none()) {
      const uint64_t before = frames_.address[previous_.index()];
      const auto difference = static_cast<int64_t>(address - before);
      const std::string relative = (difference < 0 ? "" : "+") + std::to_string(difference);
      if (address == before) {
        text = "*";
      } else if (relative.size() < text.size()) {
        text = relative;
      }
    }
    return text + " " + std::to_string(frames_.line[frame.index()]);
  }

  // Callgrind takes functions of one name and file for one. Where they are several (other binary, start line or, in a
  // call tree, caller), they are numbered in the order of the report.
  void NameNodes() {
    using Name = std::pair<StringId, StringId>;                         // file, name
    using Function = std::tuple<StringId, int64_t, uint32_t, int64_t>;  // binary, start line, caller, column
    std::map<Name, std::map<Function, size_t>> functions;
    const auto name_of = [&](size_t frame) { return Name(frames_.file[frame], frames_.name[frame]); };
    const auto function_of = [&](uint32_t node) {
      const size_t frame = graph_.nodes[node].frame.index();
      const uint32_t caller = graph_.parent.empty() ? kNoNode : graph_.parent[node];
      // The reference forgets the column with the line, and only where there is one.
      const bool is_whole = frames_.address[frame] == 0 && frames_.line[frame] == 0;
      return Function(frames_.object_file[frame], frames_.start_line[frame], caller,
                      is_whole ? frames_.column[frame] : 0);
    };
    for (const uint32_t node : graph_.shown) {
      auto& same = functions[name_of(graph_.nodes[node].frame.index())];
      same.try_emplace(function_of(node), same.size() + 1);
    }
    names_.resize(graph_.nodes.size());
    for (const uint32_t node : graph_.shown) {
      const FrameId frame = graph_.nodes[node].frame;
      const auto& same = functions[name_of(frame.index())];
      names_[node] = Text(frames_.name, frame);
      if (same.size() == 1) continue;
      names_[node] += " [" + std::to_string(same.at(function_of(node))) + "/" + std::to_string(same.size()) + "]";
    }
  }

  const Profile& profile_;
  const FrameTable& frames_;
  const VisualGraph& graph_;
  const ReportContext& context_;
  TextOut& out_;
  std::vector<std::string> names_;  // of callees, by node
  Names objects_, files_, functions_;
  FrameId previous_;
};

}  // namespace

void WriteCallgrind(const Profile& profile, const FrameTable& frames, const VisualGraph& graph,
                    const ReportContext& context, TextOut* out) {
  CallgrindWriter(profile, frames, graph, context, out).Write();
}

}  // namespace flametrail
