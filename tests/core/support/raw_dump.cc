#include "tests/core/support/raw_dump.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <map>
#include <vector>

namespace flametrail::testing {
namespace {

template <typename... Args>
std::string Format(const char* format, Args... args) {
  char text[128];
  std::snprintf(text, sizeof(text), format, args...);
  return text;
}

// Go's time.Duration, cut to four characters. Whole seconds are enough for the texts that we have.
std::string ShortDuration(int64_t nanos) {
  const int64_t seconds = nanos / 1000000000;
  std::string text;
  if (seconds >= 3600) text += std::to_string(seconds / 3600) + "h";
  if (seconds >= 60) text += std::to_string(seconds / 60 % 60) + "m";
  text += std::to_string(seconds % 60) + "s";
  return text.substr(0, 4);
}

std::string Hex(uint64_t value) { return Format("0x%" PRIx64, value); }

// key:[values], sorted; texts first, then numbers on a line of their own.
std::string Labels(const Profile& profile, LabelSetId set) {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::string> numbers;
  for (uint32_t i = profile.label_sets.begin[set.index()]; i < profile.label_sets.begin[set.index() + 1]; ++i) {
    const Label& label = profile.label_sets.labels[i];
    std::string value(label.is_number ? std::to_string(label.number) : std::string(profile.Text(label.text)));
    if (label.is_number && label.unit != StringPool::kEmpty) value.append(" ").append(profile.Text(label.unit));
    std::string& entry = (label.is_number ? numbers : texts)[std::string(profile.Text(label.key))];
    entry += (entry.empty() ? "" : " ") + value;
  }
  std::string dump;
  for (const auto& kind : {texts, numbers}) {
    std::string line;
    for (const auto& [key, value] : kind) line += (line.empty() ? "" : " ") + key + ":[" + value + "]";
    if (!line.empty()) dump += "                " + line + "\n";
  }
  return dump;
}

std::string Locations(const Profile& profile) {
  const LocationTable& table = profile.locations;
  std::string dump;
  for (size_t i = 0; i < table.size(); ++i) {
    std::string head = Format("%6" PRIu64 ": ", table.id[i]) + Hex(table.address[i]) + " ";
    if (!table.mapping[i].is_none()) {
      head += "M=" + std::to_string(profile.mappings[table.mapping[i].index()].id) + " ";
    }
    if (table.line_begin[i] == table.line_begin[i + 1]) dump += head + "\n";
    for (uint32_t l = table.line_begin[i]; l < table.line_begin[i + 1]; ++l) {
      const size_t function = table.line_function[l].index();
      dump += head + std::string(profile.Text(profile.functions.name[function])) + " " +
              std::string(profile.Text(profile.functions.file[function])) + ":" + std::to_string(table.line_number[l]) +
              ":" + std::to_string(table.line_column[l]) +
              " s=" + std::to_string(profile.functions.start_line[function]) + "\n";
      head = "             ";
    }
  }
  return dump;
}

}  // namespace

std::string RawDump(const Profile& profile) {
  std::string dump;
  for (const StringId comment : profile.comments) dump.append("Comment: ").append(profile.Text(comment)) += '\n';
  const auto type = [&](const ValueType& t, const char* between) {
    return std::string(profile.Text(t.type)) + between + std::string(profile.Text(t.unit));
  };
  dump += "PeriodType: " + type(profile.period_type, " ") + "\nPeriod: " + std::to_string(profile.period) + "\n";
  if (profile.duration_nanos != 0) dump += "Duration: " + ShortDuration(profile.duration_nanos) + "\n";
  dump += "Samples:\n";
  for (size_t i = 0; i < profile.sample_types.size(); ++i) {
    dump += (i > 0 ? " " : "") + type(profile.sample_types[i], "/");
    if (profile.sample_types[i].type == profile.default_sample_type) dump += "[dflt]";
  }
  dump += "\n";
  std::vector<LocationId> stack;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    for (const auto& column : profile.samples.values) dump += Format(" %10" PRId64, column[i]);
    dump += ": ";
    profile.stacks.Expand(profile.samples.stack[i], &stack);
    for (const LocationId location : stack) dump += std::to_string(profile.locations.id[location.index()]) + " ";
    dump += "\n" + Labels(profile, profile.samples.labels[i]);
  }
  dump += "Locations\n" + Locations(profile) + "Mappings\n";
  for (const Mapping& mapping : profile.mappings) {
    dump += std::to_string(mapping.id) + ": " + Hex(mapping.start) + "/" + Hex(mapping.limit) + "/" +
            Hex(mapping.offset) + " " + std::string(profile.Text(mapping.file)) + " " +
            std::string(profile.Text(mapping.build_id)) + " ";
    if (mapping.has_functions) dump += "[FN]";
    if (mapping.has_filenames) dump += "[FL]";
    if (mapping.has_line_numbers) dump += "[LN]";
    if (mapping.has_inline_frames) dump += "[IN]";
    dump += "\n";
  }
  return dump;
}

}  // namespace flametrail::testing
