#include "core/analysis/reports/list.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/checked.h"
#include "core/base/paths.h"

namespace flametrail {
namespace {

// A longer line ends the reading, as bufio.Scanner's.
constexpr size_t kMostLineBytes = 65535;
constexpr int64_t kMargin = 5;  // lines around those that have values

struct LineSums {
  int64_t flat = 0;
  int64_t cum = 0;

  void Add(const GraphNode& node) {
    flat = WrapAdd(flat, node.flat);
    cum = WrapAdd(cum, node.cum);
  }
};

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t size = std::min(text.find('\n'), text.size());
    if (size > kMostLineBytes) break;
    std::string_view line = text.substr(0, size);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return lines;
}

std::string FolderOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return CleanPath(slash == std::string_view::npos ? "." : path.substr(0, slash + 1));
}

// The file that a profile names, with what stands on it.
class SourceReader {
 public:
  SourceReader(const SourceFiles& sources, const FrameOptions& options)
      : sources_(sources),
        search_path_(options.source_path.empty() ? sources.working_folder : options.source_path),
        trim_path_(options.trim_path) {}

  Result<std::string> Read(std::string_view name) const {
    const std::string path(TrimPath(name, search_path_, trim_path_));
    if (path.starts_with('/')) {
      Result<std::string> content = ReadPath(path);
      if (content.ok()) return content;
      return Error{Code::kUnsupported, std::nullopt, "open " + path + ": " + content.error().text};
    }
    std::string_view rest = search_path_;
    while (!rest.empty()) {
      std::string folder(rest.substr(0, rest.find(':')));
      rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
      for (;;) {
        std::string at = folder;
        if (!at.empty()) at += '/';
        Result<std::string> content = ReadPath(CleanPath(at.append(path)));
        if (content.ok()) return content;
        std::string parent = FolderOf(folder);
        if (parent == folder) break;
        folder = std::move(parent);
      }
    }
    return Error{Code::kUnsupported, std::nullopt, "could not find file " + path + " on path " + search_path_};
  }

 private:
  Result<std::string> ReadPath(const std::string& path) const {
    if (sources_.read) return sources_.read(path);
    return Error{Code::kUnsupported, std::nullopt, "no such file or directory"};
  }

  const SourceFiles& sources_;
  const std::string search_path_;
  const std::string trim_path_;
};

using Nodes = std::vector<const GraphNode*>;

class ListWriter {
 public:
  ListWriter(const FrameTable& frames, const ReportContext& context, const SourceReader& reader, TextOut* out)
      : frames_(frames), context_(context), reader_(reader), out_(*out) {}

  void Function(std::string_view name, std::string_view file, const Nodes& nodes) {
    LineSums sums;
    for (const GraphNode* node : nodes) sums.Add(*node);
    out_ << "ROUTINE ======================== " << name << " in " << file << "\n";
    Pair(context_.Format(sums.flat), context_.Format(sums.cum));
    out_ << " (flat, cum) " << context_.Percent(sums.cum) << " of Total\n";
    const Result<std::string> source = reader_.Read(file);
    if (source.ok()) {
      Lines(nodes, SplitLines(*source));
    } else {
      out_ << " Error: " << source.error().text << "\n";
    }
  }

 private:
  void Pair(const std::string& flat, const std::string& cum) { (out_.Right(flat, 10) << " ").Right(cum, 10); }
  std::string ValueOrDot(int64_t value) const { return value == 0 ? "." : context_.Format(value); }
  int64_t Line(const GraphNode* node) const { return frames_.line[node->frame.index()]; }
  // Where a node's part of the file begins: at its function, if that is known.
  int64_t Begin(const GraphNode* node) const {
    const int64_t start = frames_.start_line[node->frame.index()];
    return start != 0 ? start : WrapAdd(Line(node), -kMargin);
  }

  void Lines(const Nodes& nodes, const std::vector<std::string_view>& source) {
    int64_t begin = Begin(nodes.front());
    int64_t end = WrapAdd(Line(nodes.front()), kMargin);
    std::map<int64_t, LineSums> sums;
    for (const GraphNode* node : nodes) {
      const int64_t node_end = WrapAdd(Line(node), kMargin);
      // A node that begins earlier never moves the end: so the reference has it.
      if (Begin(node) < begin) {
        begin = Begin(node);
      } else if (node_end > end) {
        end = node_end;
      }
      sums[Line(node)].Add(*node);
    }
    end = std::min(end, static_cast<int64_t>(source.size()));
    for (int64_t line = std::max<int64_t>(begin, 1); line <= end; ++line) {
      const LineSums& values = sums[line];
      Pair(ValueOrDot(values.flat), ValueOrDot(values.cum));
      (out_ << " ").Right(std::to_string(line), 6) << ":" << source[static_cast<size_t>(line - 1)] << "\n";
    }
  }

  const FrameTable& frames_;
  const ReportContext& context_;
  const SourceReader& reader_;
  TextOut& out_;
};

}  // namespace

bool WriteList(const Profile& profile, const FrameTable& frames, const std::vector<GraphNode>& nodes,
               const ReportContext& context, const FrameOptions& options, const Expression& symbol,
               const SourceFiles& sources, TextOut* out) {
  std::map<std::string_view, std::map<std::string_view, Nodes>> functions;  // by name and file
  for (const GraphNode& node : nodes) {
    const std::string_view name = profile.Text(frames.name[node.frame.index()]);
    if (!symbol.Matches(name)) continue;
    functions[name][profile.Text(frames.file[node.frame.index()])].push_back(&node);
  }
  if (functions.empty()) return false;
  *out << "Total: " << context.Format(context.total) << "\n";
  const SourceReader reader(sources, options);
  ListWriter writer(frames, context, reader, out);
  for (const auto& [name, files] : functions) {
    if (files.size() == 1 && files.begin()->first.empty()) {
      *out << "No source information for " << name << "\n";
      continue;
    }
    for (const auto& [file, nodes_here] : files) {
      if (!file.empty()) writer.Function(name, file, nodes_here);
    }
  }
  return true;
}

}  // namespace flametrail
