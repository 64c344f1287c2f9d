#include "tests/core/formats/perf_script/collapse.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "core/base/check.h"

namespace flametrail::testing {
namespace {

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// m/\.\(.*\)\./
bool LooksLikeGoMethod(std::string_view name) {
  const size_t open = name.find(".(");
  return open != std::string_view::npos && name.rfind(").") != std::string_view::npos && name.rfind(").") > open;
}

// s/\((?!anonymous namespace\)).*//
std::string WithoutArguments(std::string name) {
  for (size_t open = name.find('('); open != std::string::npos; open = name.find('(', open + 1)) {
    if (std::string_view(name).substr(open).starts_with("(anonymous namespace)")) continue;
    return name.substr(0, open);
  }
  return name;
}

std::string Tidy(std::string name, bool java) {
  std::replace(name.begin(), name.end(), ';', ':');
  if (!LooksLikeGoMethod(name)) name = WithoutArguments(std::move(name));
  std::erase_if(name, [](char c) { return c == '"' || c == '\''; });
  if (java && Contains(name, "/") && name.starts_with('L')) name.erase(0, 1);
  return name;
}

bool IsJit(std::string_view dso) { return Contains(dso, "/tmp/perf-") && Contains(dso, ".map"); }

bool IsKernel(std::string_view dso) {
  return (dso.starts_with('[') || dso.ends_with("vmlinux")) && !Contains(dso, "unknown");
}

std::string LabelText(const Profile& profile, size_t sample, std::string_view key) {
  const size_t set = profile.samples.labels[sample].index();
  for (uint32_t i = profile.label_sets.begin[set]; i < profile.label_sets.begin[set + 1]; ++i) {
    const Label& label = profile.label_sets.labels[i];
    if (profile.Text(label.key) == key) return std::string(profile.Text(label.text));
  }
  return {};
}

std::string Hex(uint64_t value) {
  char text[16];
  return {text, std::to_chars(text, text + sizeof text, value, 16).ptr};
}

class Folder {
 public:
  Folder(const Profile& profile, const CollapseOptions& options) : profile_(profile), options_(options) {}

  std::string Fold(size_t sample) {
    const std::string process = ProcessName(sample);
    std::string folded = process;
    // Today's script asks for /^java/; the results beside it were recorded when it was this.
    const bool java = process == "java";
    std::vector<LocationId> stack;
    profile_.stacks.Expand(profile_.samples.stack[sample], &stack);
    for (size_t i = stack.size(); i-- > 0;) AddLocation(stack[i].index(), java, &folded);
    return folded;
  }

 private:
  std::string ProcessName(size_t sample) {
    std::string name = LabelText(profile_, sample, "comm");
    std::string pid = LabelText(profile_, sample, "pid");
    const std::string tid = LabelText(profile_, sample, "tid");
    if (pid.empty() || tid == "0") pid = "?";
    if (options_.tid) {
      name += "-" + pid + "/" + tid;
    } else if (options_.pid) {
      name += "-" + pid;
    }
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
  }

  // Outermost line first.
  void AddLocation(size_t location, bool java, std::string* folded) {
    const LocationTable& table = profile_.locations;
    const MappingId mapping = table.mapping[location];
    const std::string_view dso =
        mapping.is_none() ? std::string_view("[unknown]") : profile_.Text(profile_.mappings[mapping.index()].file);
    const uint32_t begin = table.line_begin[location];
    if (begin == table.line_begin[location + 1]) {
      std::string name(mapping.is_none() ? "unknown" : dso.substr(dso.rfind('/') + 1));
      if (options_.addrs) name += " <" + Hex(table.address[location]) + ">";
      return Add(Annotated(Tidy("[" + name + "]", java), dso), folded);
    }
    for (uint32_t line = table.line_begin[location + 1]; line-- > begin;) {
      std::string name(profile_.Text(profile_.functions.name[table.line_function[line].index()]));
      if (name.starts_with('(')) continue;  // taken for a process name
      const bool inlined = IsJit(dso) && line + 1 < table.line_begin[location + 1];
      name = Tidy(std::move(name), java);
      Add(inlined ? name + "_[i]" : Annotated(std::move(name), dso), folded);
    }
  }

  std::string Annotated(std::string name, std::string_view dso) {
    if (options_.kernel && IsKernel(dso)) return name + "_[k]";
    if (options_.jit && IsJit(dso)) return name + "_[j]";
    return name;
  }

  static void Add(const std::string& name, std::string* folded) { *folded += ";" + name; }

  const Profile& profile_;
  const CollapseOptions options_;
};

}  // namespace

std::map<std::string, int64_t> CollapsePerf(const Profile& profile, const CollapseOptions& options) {
  CHECK(profile.sample_types.size() >= 2);
  std::map<std::string, int64_t> folded;
  Folder folder(profile, options);
  std::vector<bool> others(profile.samples.size(), false);
  for (size_t type = 2; type < profile.sample_types.size(); ++type) {
    for (size_t i = 0; i < others.size(); ++i) others[i] = others[i] || profile.samples.values[type][i] != 0;
  }
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    // A period of 0 counts as 1 there.
    if (!others[i]) folded[folder.Fold(i)] += std::max<int64_t>(profile.samples.values[1][i], 1);
  }
  return folded;
}

std::map<std::string, int64_t> ParseCollapsed(const std::string& text) {
  std::map<std::string, int64_t> folded;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    const size_t blank = line.rfind(' ');
    if (blank != std::string::npos) folded[line.substr(0, blank)] += std::stoll(line.substr(blank + 1));
    at = end + 1;
  }
  return folded;
}

}  // namespace flametrail::testing
