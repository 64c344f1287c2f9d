#include "core/analysis/reports/traces.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/reports/labels_text.h"
#include "core/analysis/transform/filter_tags.h"
#include "core/base/utf8.h"

namespace flametrail {
namespace {

constexpr std::string_view kSeparator = "-----------+-------------------------------------------------------\n";
constexpr size_t kValueWidth = 10;

class TraceWriter {
 public:
  TraceWriter(const Profile& profile, const FrameTable& frames, const ReportContext& context, TextOut* out)
      : profile_(profile),
        frames_(frames),
        context_(context),
        units_(NumberLabelUnits(profile)),
        rows_(frames.size()),
        out_(*out) {}

  void Labels(LabelSetId set) {
    std::vector<std::string> lines;
    for (const KeyLabels& by_key : LabelsByKey(profile_, set, false)) {
      lines.push_back(Line(by_key, [&](const Label& label) { return std::string(profile_.Text(label.text)); }));
    }
    Sorted(&lines);
    lines.clear();
    for (const KeyLabels& by_key : LabelsByKey(profile_, set, true)) {
      const std::string& unit = units_.at(by_key.key);
      lines.push_back(Line(by_key, [&](const Label& label) { return ScaledLabel(label.number, unit, "auto"); }));
    }
    Sorted(&lines);
  }

  void Stack(StackId stack, int64_t value) {
    profile_.stacks.Expand(stack, &locations_);
    bool is_first = true;
    for (const LocationId location : locations_) {
      const auto lines = frames_.FramesOf(location);
      for (size_t i = 0; i < lines.size(); ++i) {
        std::string_view row = Row(lines[i]);
        if (is_first) {
          out_.Right(context_.Format(value), kValueWidth);
          row.remove_prefix(kValueWidth);
        }
        out_ << row << (i + 1 < lines.size() ? " (inline)\n" : "\n");
        is_first = false;
      }
    }
  }

 private:
  template <typename ValueText>
  std::string Line(const KeyLabels& by_key, ValueText value_text) const {
    std::string key(profile_.Text(by_key.key));
    if (const size_t width = RuneCount(key); width < 10) key.insert(0, 10 - width, ' ');
    std::string line = key + ":  ";
    for (size_t i = 0; i < by_key.labels.size(); ++i) line.append(i > 0 ? " " : "") += value_text(*by_key.labels[i]);
    return line + '\n';
  }

  void Sorted(std::vector<std::string>* lines) {
    std::sort(lines->begin(), lines->end());
    for (const std::string& line : *lines) out_ << line;
  }

  // A frame's row without a value. Made once: samples show the same frames again and again.
  std::string_view Row(FrameId frame) {
    std::string& row = rows_[frame.index()];
    if (row.empty()) row = std::string(kValueWidth + 3, ' ') + PrintableName(frames_, frame, profile_.strings);
    return row;
  }

  const Profile& profile_;
  const FrameTable& frames_;
  const ReportContext& context_;
  std::map<StringId, std::string> units_;
  std::vector<std::string> rows_;  // by FrameId; empty: not yet asked for
  std::vector<LocationId> locations_;
  TextOut& out_;
};

}  // namespace

void WriteTraces(const Profile& profile, const FrameTable& frames, const ReportContext& context, size_t sample_type,
                 const ReportOptions& options, TextOut* out) {
  const std::vector<std::string> labels = ProfileLabels(profile, context, options.zone);
  for (const std::string& label : labels) *out << label << "\n";
  if (labels.empty()) *out << "\n";
  TraceWriter writer(profile, frames, context, out);
  const SampleTable& samples = profile.samples;
  for (size_t i = 0; i < samples.size(); ++i) {
    if (samples.stack[i] == StackTable::kEmpty) continue;
    *out << kSeparator;
    writer.Labels(samples.labels[i]);
    int64_t value = samples.values[sample_type][i];
    const int64_t divisor = options.mean ? samples.values[0][i] : 0;
    if (divisor != 0 && !(value == std::numeric_limits<int64_t>::min() && divisor == -1)) value /= divisor;
    writer.Stack(samples.stack[i], value);
  }
  *out << kSeparator;
}

}  // namespace flametrail
