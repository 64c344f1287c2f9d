#include "core/analysis/reports/raw.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/analysis/reports/labels_text.h"

namespace flametrail {
namespace {

constexpr std::string_view kLabelIndent = "                ";
constexpr std::string_view kLineIndent = "             ";

std::string Number(int64_t value) { return std::to_string(value); }

// Go's "%v" of a list.
std::string List(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const std::string& item : items) text.append(text.size() > 1 ? " " : "") += item;
  return text + ']';
}

// The reference sorts the finished texts "key:[values]", which is not the order of the keys alone.
void WriteLabels(const Profile& profile, LabelSetId set, bool numbers, TextOut* out) {
  std::vector<std::string> texts;
  for (const KeyLabels& by_key : LabelsByKey(profile, set, numbers)) {
    std::vector<std::string> values;
    for (const Label* label : by_key.labels) {
      std::string value = numbers ? Number(label->number) : std::string(profile.Text(label->text));
      if (by_key.has_unit) value.append(" ") += profile.Text(label->unit);
      values.push_back(std::move(value));
    }
    texts.push_back(std::string(profile.Text(by_key.key)) + ':' + List(values));
  }
  if (texts.empty()) return;
  std::sort(texts.begin(), texts.end());
  *out << kLabelIndent;
  for (size_t i = 0; i < texts.size(); ++i) *out << (i > 0 ? " " : "") << texts[i];
  *out << "\n";
}

void WriteHeader(const Profile& profile, const Zone& zone, TextOut* out) {
  for (const StringId comment : profile.comments) *out << "Comment: " << profile.Text(comment) << "\n";
  *out << "PeriodType: " << profile.Text(profile.period_type.type) << " " << profile.Text(profile.period_type.unit)
       << "\n";
  *out << "Period: " << Number(profile.period) << "\n";
  if (profile.time_nanos != 0) *out << "Time: " << FormatTimeExact(profile.time_nanos, zone) << "\n";
  // "%.4v" of a Duration keeps the first four characters of its text.
  if (profile.duration_nanos != 0) {
    *out << "Duration: " << FormatDuration(profile.duration_nanos).substr(0, 4) << "\n";
  }
  *out << "Samples:\n";
  std::string types;
  const StringId default_type = profile.default_sample_type;
  for (const ValueType& type : profile.sample_types) {
    if (!types.empty()) types += ' ';
    types.append(profile.Text(type.type)).append("/").append(profile.Text(type.unit));
    if (type.type == default_type) types += "[dflt]";
  }
  *out << types << "\n";
}

void WriteSamples(const Profile& profile, TextOut* out) {
  std::vector<LocationId> stack;
  const SampleTable& samples = profile.samples;
  for (size_t i = 0; i < samples.size(); ++i) {
    for (const auto& values : samples.values) {
      *out << " ";
      out->Right(Number(values[i]), 10);
    }
    *out << ": ";
    profile.stacks.Expand(samples.stack[i], &stack);
    for (const LocationId location : stack) out->Number(profile.locations.id[location.index()]) << " ";
    *out << "\n";
    WriteLabels(profile, samples.labels[i], false, out);
    WriteLabels(profile, samples.labels[i], true, out);
  }
}

std::string LineText(const Profile& profile, uint32_t line) {
  const LocationTable& locations = profile.locations;
  const FunctionId function = locations.line_function[line];
  if (function.is_none()) return "??";
  const FunctionTable& functions = profile.functions;
  const size_t f = function.index();
  std::string text(profile.Text(functions.name[f]));
  text.append(" ").append(profile.Text(functions.file[f]));
  text.append(":").append(Number(locations.line_number[line]));
  text.append(":").append(Number(locations.line_column[line]));
  text.append(" s=").append(Number(functions.start_line[f]));
  if (functions.name[f] != functions.system_name[f]) {
    text.append("(").append(profile.Text(functions.system_name[f])).append(")");
  }
  return text;
}

void WriteLocations(const Profile& profile, TextOut* out) {
  const LocationTable& locations = profile.locations;
  *out << "Locations\n";
  for (size_t i = 0; i < locations.size(); ++i) {
    out->Right(std::to_string(locations.id[i]), 6);
    *out << ": " << Hex(locations.address[i]) << " ";
    const MappingId mapping = locations.mapping[i];
    if (!mapping.is_none()) *out << "M=" << std::to_string(profile.mappings[mapping.index()].id) << " ";
    if (locations.is_folded[i]) *out << "[F] ";
    for (uint32_t line = locations.line_begin[i]; line < locations.line_begin[i + 1]; ++line) {
      if (line > locations.line_begin[i]) *out << "\n" << kLineIndent;
      *out << LineText(profile, line);
    }
    *out << "\n";
  }
}

void WriteMappings(const Profile& profile, TextOut* out) {
  *out << "Mappings\n";
  for (const Mapping& mapping : profile.mappings) {
    *out << std::to_string(mapping.id) << ": " << Hex(mapping.start) << "/" << Hex(mapping.limit) << "/"
         << Hex(mapping.offset) << " " << profile.Text(mapping.file) << " " << profile.Text(mapping.build_id) << " ";
    if (mapping.has_functions) *out << "[FN]";
    if (mapping.has_filenames) *out << "[FL]";
    if (mapping.has_line_numbers) *out << "[LN]";
    if (mapping.has_inline_frames) *out << "[IN]";
    *out << "\n";
  }
}

}  // namespace

void WriteRaw(const Profile& profile, const Zone& zone, TextOut* out) {
  WriteHeader(profile, zone, out);
  WriteSamples(profile, out);
  WriteLocations(profile, out);
  WriteMappings(profile, out);
}

}  // namespace flametrail
