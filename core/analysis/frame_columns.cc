#include "core/analysis/frame_columns.h"

#include <algorithm>
#include <iterator>

namespace flametrail {
namespace {

// First path elements of the packages that come with Go. Others without a dot are modules with short names.
constexpr std::string_view kStandardRoots[] = {
    "archive", "bufio",    "bytes",   "cmp",    "compress", "container", "context", "crypto",  "database", "debug",
    "embed",   "encoding", "errors",  "expvar", "flag",     "fmt",       "go",      "hash",    "html",     "image",
    "index",   "internal", "io",      "iter",   "log",      "maps",      "math",    "mime",    "net",      "os",
    "path",    "plugin",   "reflect", "regexp", "slices",   "sort",      "strconv", "strings", "structs",  "sync",
    "syscall", "testing",  "text",    "time",   "unicode",  "unique",    "unsafe",  "vendor",  "weak"};

// Assembly of the runtime that has no package in its name.
constexpr std::string_view kRuntimeSymbols[] = {
    "aeshashbody", "callRet",       "cmpbody",   "countbody", "debugCall32", "gogo",        "gosave_systemstack_switch",
    "indexbody",   "indexbytebody", "memeqbody", "setg_gcc",  "skipYield",   "sync_runtime"};

bool Contains(const std::string_view* from, const std::string_view* to, std::string_view wanted) {
  return std::find(from, to, wanted) != to;
}

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// google/pprof package.go: what stands before the first "." or "::" behind the last "/". Type arguments may hold
// slashes of other packages, so they are cut off first.
std::string_view PackageIn(std::string_view name) {
  name = name.substr(0, name.find('['));
  const size_t slash = name.rfind('/');
  size_t end = slash == std::string_view::npos ? 0 : slash + 1;
  const size_t begin = end;
  // A "-" or "%" in the last element ("gopkg.in/yaml-v2") is legal in import paths, though pprof stops at it.
  while (end < name.size() && (IsWordByte(name[end]) || name[end] == '-' || name[end] == '%')) ++end;
  const std::string_view rest = name.substr(end);
  if (end == begin || !(rest.starts_with('.') || rest.starts_with("::"))) return {};
  return name.substr(0, end);
}

FrameKind KindOf(std::string_view name, std::string_view package) {
  if (package.empty()) {
    return Contains(std::begin(kRuntimeSymbols), std::end(kRuntimeSymbols), name) ? FrameKind::kRuntime
                                                                                  : FrameKind::kUser;
  }
  if (package == "runtime" || package.starts_with("runtime/") || package.starts_with("internal/runtime/")) {
    return FrameKind::kRuntime;
  }
  const std::string_view root = package.substr(0, package.find('/'));
  return Contains(std::begin(kStandardRoots), std::end(kStandardRoots), root) ? FrameKind::kStandard : FrameKind::kUser;
}

// FNV-1a: the hue of a package is the same in every file and every version of ours.
uint16_t HueOf(std::string_view package) {
  uint32_t hash = 2166136261u;
  for (const char c : package) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return static_cast<uint16_t>((hash ^ (hash >> 16)) % 360);
}

// File and line of each frame's function, from the first location that has one.
void PlaceFrames(const Profile& profile, const FrameTable& frames, FrameColumns* columns) {
  const LocationTable& locations = profile.locations;
  for (uint32_t location = 0; location < locations.size(); ++location) {
    const auto lines = frames.FramesOf(LocationId(location));
    const uint32_t first = locations.line_begin[location];
    // Without inlines a location's one frame is its last line.
    const uint32_t skipped = locations.line_begin[location + 1] - first - static_cast<uint32_t>(lines.size());
    if (locations.line_begin[location + 1] == first) continue;
    for (uint32_t i = 0; i < lines.size(); ++i) {
      const uint32_t line = first + skipped + i;
      const FunctionId function = locations.line_function[line];
      if (function.is_none()) continue;
      const size_t frame = lines[i].index();
      const int64_t start_line = profile.functions.start_line[function.index()];
      const auto known = static_cast<int64_t>(columns->line[frame]);
      if (columns->file[frame] == StringPool::kEmpty.value) {
        columns->file[frame] = profile.functions.file[function.index()].value;
      }
      if (start_line > 0) {
        columns->line[frame] = static_cast<double>(start_line);
      } else if (locations.line_number[line] > 0 && (known == 0 || locations.line_number[line] < known)) {
        columns->line[frame] = static_cast<double>(locations.line_number[line]);
      }
    }
  }
}

}  // namespace

std::string_view PackageOfFunction(std::string_view name) { return PackageIn(name); }

FrameKind KindOfFunction(std::string_view name) { return KindOf(name, PackageIn(name)); }

FrameColumns DescribeFrames(const Profile& profile, const FrameTable& frames, StringPool* texts) {
  FrameColumns columns;
  const size_t count = frames.size();
  columns.line.assign(count, 0);
  columns.file.assign(count, StringPool::kEmpty.value);
  for (uint32_t frame = 0; frame < count; ++frame) {
    const StringId own_name = frames.name[frame];
    const bool named = own_name != StringPool::kEmpty;
    const StringId name = texts->Intern(PrintableName(frames, FrameId(frame), *texts));
    const std::string_view package = PackageOfFunction(texts->View(own_name));
    columns.name.push_back(name.value);
    columns.hue.push_back(HueOf(package));
    columns.kind.push_back(static_cast<uint8_t>(named ? KindOf(texts->View(own_name), package) : FrameKind::kUnknown));
    columns.package.push_back(texts->Intern(package).value);
  }
  PlaceFrames(profile, frames, &columns);
  return columns;
}

}  // namespace flametrail
