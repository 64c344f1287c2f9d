#include "core/analysis/frame_table.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/hash.h"
#include "core/base/paths.h"

namespace flametrail {
namespace {

constexpr uint32_t kFree = 0xFFFFFFFFu;

// What tells frames apart: google/pprof graph.go NodeInfo.
struct FrameKey {
  StringId name = StringPool::kEmpty;
  StringId file = StringPool::kEmpty;
  int64_t start_line = 0;
  int64_t line = 0;
  int64_t column = 0;
  uint64_t address = 0;
  StringId object_file = StringPool::kEmpty;

  uint64_t Hash() const {
    uint64_t h = HashCombine(uint64_t{name.value} << 32 | file.value, address);
    h = HashCombine(h, static_cast<uint64_t>(line) ^ static_cast<uint64_t>(column) << 40);
    return HashCombine(h, static_cast<uint64_t>(start_line) ^ uint64_t{object_file.value} << 32);
  }
};

class Builder {
 public:
  Builder(const Profile& profile, const FrameOptions& options, StringPool* texts)
      : profile_(profile),
        texts_(texts),
        source_path_(options.source_path),
        trim_path_(options.trim_path),
        whole_paths_(options.whole_paths),
        no_inlines_(options.no_inlines),
        has_object_names_(options.object_names),
        has_names_(options.granularity != Granularity::kFiles),
        has_files_(options.granularity != Granularity::kFunctions),
        has_addresses_(options.granularity == Granularity::kAddresses),
        has_lines_(has_addresses_ || options.granularity == Granularity::kLines),
        // The reference leaves locations alone at this granularity, columns too.
        has_columns_(has_lines_ && (options.show_columns || (has_addresses_ && !options.no_inlines))),
        clean_files_(has_files_ ? profile.functions.size() : 0),
        frame_of_function_(has_lines_ || has_object_names_ ? 0 : profile.functions.size()),
        slots_(kInitialSlots, kFree) {}

  FrameTable Build() {
    const LocationTable& locations = profile_.locations;
    table_.location_begin.reserve(locations.size() + 1);
    table_.location_frames.reserve(std::max(locations.line_function.size(), locations.size()));
    for (size_t l = 0; l < locations.size(); ++l) {
      table_.location_begin.push_back(static_cast<uint32_t>(table_.location_frames.size()));
      const uint32_t end = locations.line_begin[l + 1];
      uint32_t line = locations.line_begin[l];
      if (line == end) table_.location_frames.push_back(Intern(AddressKey(l)));
      if (no_inlines_ && line < end) line = end - 1;
      for (; line < end; ++line) table_.location_frames.push_back(LineFrame(l, line));
    }
    table_.location_begin.push_back(static_cast<uint32_t>(table_.location_frames.size()));
    table_.system_name.assign(table_.size(), StringPool::kEmpty);
    return std::move(table_);
  }

 private:
  static constexpr size_t kInitialSlots = 1024;

  FrameId LineFrame(size_t location, uint32_t line) {
    const FunctionId function = profile_.locations.line_function[line];
    if (function.is_none()) return Intern(AddressKey(location));
    const StringId name = has_names_ ? profile_.functions.name[function.index()] : StringPool::kEmpty;
    const bool is_known_by_function = !has_lines_ && !has_object_names_ && name != StringPool::kEmpty;
    if (is_known_by_function && !frame_of_function_[function.index()].is_none()) {
      return frame_of_function_[function.index()];
    }
    FrameKey key;
    key.name = name;
    if (has_files_) key.file = CleanFile(function);
    if (has_addresses_) key.address = profile_.locations.address[location];
    if (has_lines_) key.line = profile_.locations.line_number[line];
    if (has_columns_) key.column = profile_.locations.line_column[line];
    if (name == StringPool::kEmpty || has_object_names_) {
      key.object_file = ObjectFile(location);
      key.start_line = profile_.functions.start_line[function.index()];
    }
    const FrameId frame = Intern(key);
    if (is_known_by_function) frame_of_function_[function.index()] = frame;
    return frame;
  }

  FrameKey AddressKey(size_t location) const {
    FrameKey key;
    if (has_addresses_) key.address = profile_.locations.address[location];
    key.object_file = ObjectFile(location);
    return key;
  }

  StringId ObjectFile(size_t location) const {
    const MappingId mapping = profile_.locations.mapping[location];
    return mapping.is_none() ? StringPool::kEmpty : profile_.mappings[mapping.index()].file;
  }

  StringId CleanFile(FunctionId function) {
    StringId& clean = clean_files_[function.index()];
    if (!clean.is_none()) return clean;
    const StringId file = profile_.functions.file[function.index()];
    const std::string_view raw = texts_->View(file);
    const std::string_view trimmed = whole_paths_ ? raw : TrimPath(raw, source_path_, trim_path_);
    if (trimmed.empty()) {
      clean = StringPool::kEmpty;
    } else if (trimmed.size() == raw.size() && !NeedsCleaning(raw)) {
      clean = file;
    } else {
      clean = texts_->Intern(CleanPath(trimmed));
    }
    return clean;
  }

  bool IsFrame(uint32_t frame, const FrameKey& key) const {
    return table_.name[frame] == key.name && table_.file[frame] == key.file && table_.line[frame] == key.line &&
           table_.column[frame] == key.column && table_.address[frame] == key.address &&
           table_.object_file[frame] == key.object_file && table_.start_line[frame] == key.start_line;
  }

  FrameId Intern(const FrameKey& key) {
    const size_t mask = slots_.size() - 1;
    size_t slot = static_cast<size_t>(key.Hash()) & mask;
    for (; slots_[slot] != kFree; slot = (slot + 1) & mask) {
      if (IsFrame(slots_[slot], key)) return FrameId(slots_[slot]);
    }
    const auto frame = static_cast<uint32_t>(table_.size());
    slots_[slot] = frame;
    table_.name.push_back(key.name);
    table_.file.push_back(key.file);
    table_.start_line.push_back(key.start_line);
    table_.line.push_back(key.line);
    table_.column.push_back(key.column);
    table_.address.push_back(key.address);
    table_.object_file.push_back(key.object_file);
    if (table_.size() * 2 > slots_.size()) Grow();
    return FrameId(frame);
  }

  void Grow() {
    slots_.assign(slots_.size() * 2, kFree);
    const size_t mask = slots_.size() - 1;
    for (uint32_t frame = 0; frame < table_.size(); ++frame) {
      const FrameKey key = {table_.name[frame],   table_.file[frame],    table_.start_line[frame], table_.line[frame],
                            table_.column[frame], table_.address[frame], table_.object_file[frame]};
      size_t slot = static_cast<size_t>(key.Hash()) & mask;
      while (slots_[slot] != kFree) slot = (slot + 1) & mask;
      slots_[slot] = frame;
    }
  }

  const Profile& profile_;
  StringPool* texts_;
  const std::string source_path_;
  const std::string trim_path_;
  const bool whole_paths_;
  const bool no_inlines_;
  const bool has_object_names_;
  const bool has_names_;
  const bool has_files_;
  const bool has_addresses_;
  const bool has_lines_;
  const bool has_columns_;
  std::vector<StringId> clean_files_;       // by FunctionId; None: not looked at yet
  std::vector<FrameId> frame_of_function_;  // by FunctionId, where nothing else tells frames apart
  std::vector<uint32_t> slots_;             // open addressing, power of two
  FrameTable table_;
};

}  // namespace

FrameTable BuildFrames(const Profile& profile, const FrameOptions& options, StringPool* texts) {
  return Builder(profile, options, texts).Build();
}

std::string_view TrimPath(std::string_view path, std::string_view source_path, std::string_view trim_path) {
  // A path without a trim path: the folders' own names are looked for in it.
  while (trim_path.empty() && !source_path.empty()) {
    const std::string_view folder = source_path.substr(0, source_path.find(':'));
    source_path.remove_prefix(std::min(folder.size() + 1, source_path.size()));
    const std::string wanted = "/" + std::string(PathBase(folder)) + "/";
    if (const size_t at = path.find(wanted); at != std::string_view::npos) return path.substr(at + wanted.size());
  }
  while (!trim_path.empty()) {
    std::string prefix(trim_path.substr(0, trim_path.find(':')));
    trim_path.remove_prefix(std::min(prefix.size() + 1, trim_path.size()));
    if (!prefix.ends_with('/')) prefix += '/';
    if (path.starts_with(prefix)) return path.substr(prefix.size());
  }
  for (std::string_view prefix : {"/proc/self/cwd/./", "/proc/self/cwd/"}) {
    if (path.starts_with(prefix)) return path.substr(prefix.size());
  }
  return path;
}

FrameText TextOf(const FrameTable& frames, FrameId frame, const StringPool& texts) {
  const size_t i = frame.index();
  FrameText text;
  text.name = texts.View(frames.name[i]);
  text.file = texts.View(frames.file[i]);
  text.object_file = texts.View(frames.object_file[i]);
  text.line = frames.line[i];
  text.column = frames.column[i];
  text.address = frames.address[i];
  return text;
}

std::string JoinParts(const FrameText& text, std::string_view separator) {
  std::string out;
  const auto add = [&](std::string_view part) {
    if (!out.empty()) out += separator;
    out += part;
  };
  if (text.address != 0) {
    std::array<char, 24> hex;
    std::snprintf(hex.data(), hex.size(), "%016llx", static_cast<unsigned long long>(text.address));
    add(hex.data());
  }
  if (!text.name.empty()) add(text.name);
  if (text.line != 0) {
    std::string place = std::string(text.file) + ":" + std::to_string(text.line);
    if (text.column != 0) place += ":" + std::to_string(text.column);
    add(place);
  } else if (!text.file.empty()) {
    add(text.file);
  } else if (text.name.empty() && !text.object_file.empty()) {
    add("[" + std::string(PathBase(text.object_file)) + "]");
  } else if (text.name.empty()) {
    add("<unknown>");
  }
  return out;
}

std::string PrintableName(const FrameTable& frames, FrameId frame, const StringPool& texts) {
  return JoinParts(TextOf(frames, frame, texts), " ");
}

}  // namespace flametrail
