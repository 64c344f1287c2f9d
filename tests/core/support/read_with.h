// Feeds a reader in chunks and shows what it made of the text as text: one line a sample, root first, "a;b>c" for c
// inlined into b, then the values, then the labels. Header only: fuzz targets are one file each.
#ifndef TESTS_CORE_SUPPORT_READ_WITH_H_
#define TESTS_CORE_SUPPORT_READ_WITH_H_

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/reader.h"

namespace flametrail::testing {

inline Result<Document> ReadWith(std::unique_ptr<Reader> reader, std::string_view text, size_t chunk = SIZE_MAX,
                                 std::optional<Error> input_fault = std::nullopt) {
  while (!text.empty()) {
    const size_t size = std::min(chunk, text.size());
    if (!reader->Append(AsBytes(text.substr(0, size)))) break;
    text.remove_prefix(size);
  }
  return reader->Finish(std::move(input_fault));
}

inline std::string ShowLocation(const Profile& profile, LocationId location) {
  const LocationTable& table = profile.locations;
  std::string text;
  for (uint32_t line = table.line_begin[location.index() + 1]; line-- > table.line_begin[location.index()];) {
    const size_t function = table.line_function[line].index();
    text.append(text.empty() ? "" : ">").append(profile.Text(profile.functions.name[function]));
    const std::string_view file = profile.Text(profile.functions.file[function]);
    if (!file.empty()) text.append("@").append(file);
    if (table.line_number[line] != 0) text += ":" + std::to_string(table.line_number[line]);
    if (table.line_column[line] != 0) text += ":" + std::to_string(table.line_column[line]);
  }
  return text.empty() ? "?" : text;
}

inline std::string ShowSamples(const Profile& profile) {
  std::string text;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    std::vector<LocationId> stack;
    profile.stacks.Expand(profile.samples.stack[i], &stack);
    for (size_t f = stack.size(); f-- > 0;) text += ShowLocation(profile, stack[f]) + (f > 0 ? ";" : "");
    for (const auto& values : profile.samples.values) text += " " + std::to_string(values[i]);
    const size_t set = profile.samples.labels[i].index();
    for (uint32_t l = profile.label_sets.begin[set]; l < profile.label_sets.begin[set + 1]; ++l) {
      const Label& label = profile.label_sets.labels[l];
      text.append(" ").append(profile.Text(label.key)).append("=").append(profile.Text(label.text));
    }
    text += '\n';
  }
  return text;
}

inline std::string ShowTypes(const Profile& profile) {
  std::string text;
  for (const ValueType& type : profile.sample_types) {
    text.append(text.empty() ? "" : " ").append(profile.Text(type.type)).append("/").append(profile.Text(type.unit));
  }
  return text;
}

// "2 x SENTENCE (DETAIL)" lines, then "fault at 5: ...".
inline std::string ShowFaults(const Document& document) {
  std::string text;
  for (const Diagnostic& d : document.diagnostics.list()) {
    text += std::to_string(d.count) + " x " + std::string(d.sentence) + " (" + d.detail + ")\n";
  }
  if (document.fault) {
    text += "fault" + (document.fault->offset ? " at " + std::to_string(*document.fault->offset) : "") + ": " +
            document.fault->text + "\n";
  }
  return text;
}

// All of it, or the error: two readings are the same if this is.
inline std::string ShowResult(const Result<Document>& result) {
  if (!result.ok()) return "error at " + std::to_string(result.error().offset.value_or(0)) + ": " + result.error().text;
  const Profile& profile = std::get<Profile>(result->body);
  return ShowTypes(profile) + "\n" + ShowSamples(profile) + ShowFaults(*result);
}

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_READ_WITH_H_
