#include "tests/core/support/folded_profile.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>

#include "core/base/check.h"

namespace flametrail {
namespace {

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

template <typename T>
T Number(std::string_view text, int base = 10) {
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  CHECK(error == std::errc() && end == text.data() + text.size());
  return value;
}

class Builder {
 public:
  explicit Builder(const FoldedOptions& options) {
    for (const auto& [type, unit] : options.types) {
      profile_.sample_types.push_back({Intern(type), Intern(unit)});
      profile_.samples.values.emplace_back();
    }
    if (options.binary.empty()) return;
    Mapping mapping;
    mapping.id = 1;
    mapping.file = Intern(options.binary);
    mapping.build_id = StringPool::kEmpty;
    profile_.mappings.push_back(mapping);
  }

  void AddSample(std::string_view line) {
    const std::vector<std::string_view> words = Split(line, ' ');
    std::vector<LocationId> stack;
    if (words[0] != "-") {
      for (std::string_view frame : Split(words[0], ';')) stack.push_back(AddLocation(frame));
    }
    std::reverse(stack.begin(), stack.end());
    profile_.samples.stack.push_back(stacks_.Insert(stack));
    size_t type = 0;
    std::vector<Label> labels;
    for (size_t i = 1; i < words.size(); ++i) {
      if (words[i].empty()) continue;
      if (words[i].find('=') != std::string_view::npos) {
        labels.push_back(ReadLabel(words[i]));
      } else {
        CHECK(type < profile_.sample_types.size());
        profile_.samples.values[type++].push_back(Number<int64_t>(words[i]));
      }
    }
    for (; type < profile_.sample_types.size(); ++type) profile_.samples.values[type].push_back(0);
    profile_.samples.labels.push_back(AddLabels(labels));
  }

  Profile Take() {
    profile_.stacks = stacks_.Take();
    return std::move(profile_);
  }

 private:
  StringId Intern(std::string_view text) { return profile_.strings.Intern(text); }

  LocationId AddLocation(std::string_view frame) {
    const auto [at, is_new] = locations_.try_emplace(std::string(frame), LocationId(locations_.size()));
    if (!is_new) return at->second;
    LocationTable& table = profile_.locations;
    table.id.push_back(table.id.size() + 1);
    table.mapping.push_back(profile_.mappings.empty() ? MappingId::None() : MappingId(0u));
    table.address.push_back(0);
    table.is_folded.push_back(0);
    std::vector<std::string_view> lines = Split(frame, '>');
    std::reverse(lines.begin(), lines.end());
    for (std::string_view line : lines) AddLine(line);
    table.line_begin.push_back(static_cast<uint32_t>(table.line_function.size()));
    return at->second;
  }

  void AddLine(std::string_view text) {
    LocationTable& table = profile_.locations;
    const size_t bang = text.find('!');
    if (text.substr(0, 2) == "0x" || bang != std::string_view::npos) {
      const std::string_view digits = bang == std::string_view::npos ? text.substr(2) : text.substr(bang + 3);
      table.address.back() = Number<uint64_t>(digits, 16);
      if (bang == std::string_view::npos) return;
      text = text.substr(0, bang);
    }
    const std::vector<std::string_view> name_and_place = Split(text, '@');
    std::vector<std::string_view> place = {""};
    if (name_and_place.size() > 1) place = Split(name_and_place[1], ':');
    table.line_function.push_back(AddFunction(name_and_place[0], place[0]));
    table.line_number.push_back(place.size() > 1 ? Number<int64_t>(place[1]) : 0);
    table.line_column.push_back(place.size() > 2 ? Number<int64_t>(place[2]) : 0);
  }

  FunctionId AddFunction(std::string_view name, std::string_view file) {
    const auto key = std::pair(std::string(name), std::string(file));
    const auto [at, is_new] = functions_.try_emplace(key, FunctionId(functions_.size()));
    if (is_new) {
      FunctionTable& table = profile_.functions;
      table.id.push_back(table.id.size() + 1);
      table.name.push_back(Intern(name));
      table.system_name.push_back(Intern(name));
      table.file.push_back(Intern(file));
      table.start_line.push_back(0);
    }
    return at->second;
  }

  Label ReadLabel(std::string_view word) {
    const size_t equals = word.find('=');
    Label label;
    if (equals == 0 || word[equals - 1] != ':') {
      label.key = Intern(word.substr(0, equals));
      label.text = Intern(word.substr(equals + 1));
      return label;
    }
    label.key = Intern(word.substr(0, equals - 1));
    label.is_number = true;
    const std::string_view value = word.substr(equals + 1);
    const size_t unit = std::min(value.find_first_not_of("-0123456789"), value.size());
    label.number = Number<int64_t>(value.substr(0, unit));
    label.unit = Intern(value.substr(unit));
    return label;
  }

  LabelSetId AddLabels(const std::vector<Label>& labels) {
    if (labels.empty()) return LabelSetTable::kEmpty;
    LabelSetTable& table = profile_.label_sets;
    for (size_t set = 0; set < table.size(); ++set) {
      const auto from = table.labels.begin() + table.begin[set];
      const auto to = table.labels.begin() + table.begin[set + 1];
      if (std::equal(from, to, labels.begin(), labels.end())) return LabelSetId(set);
    }
    table.labels.insert(table.labels.end(), labels.begin(), labels.end());
    table.begin.push_back(static_cast<uint32_t>(table.labels.size()));
    return LabelSetId(table.size() - 1);
  }

  Profile profile_;
  StackTableBuilder stacks_;
  std::map<std::string, LocationId> locations_;
  std::map<std::pair<std::string, std::string>, FunctionId> functions_;
};

}  // namespace

Profile FoldedProfile(std::string_view text, const FoldedOptions& options) {
  Builder builder(options);
  for (std::string_view line : Split(text, '\n')) {
    if (!line.empty()) builder.AddSample(line);
  }
  return builder.Take();
}

}  // namespace flametrail
