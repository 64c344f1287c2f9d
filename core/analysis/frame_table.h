// What a location means at one granularity: its frames. Reports differ only in what makes two frames the same.
#ifndef CORE_ANALYSIS_FRAME_TABLE_H_
#define CORE_ANALYSIS_FRAME_TABLE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/profile.h"

namespace flametrail {

using FrameId = Id<struct FrameTag>;

// Which fields tell frames apart (google/pprof driver.go aggregate()).
enum class Granularity : uint8_t { kFunctions, kFileFunctions, kFiles, kLines, kAddresses };

struct FrameOptions {
  Granularity granularity = Granularity::kFunctions;
  bool no_inlines = false;       // keep only the outermost line of each location
  bool show_columns = false;     // columns tell frames apart (lines and addresses only)
  bool object_names = false;     // the mapping's file and the start line always tell frames apart (-list, -callgrind)
  std::string source_path = {};  // folders, by colons: what stands before one's name in a path is cut off
  std::string trim_path = {};    // prefixes, by colons, that are cut off instead
  bool whole_paths = false;      // nothing is cut off paths (-traces)
};

// Columns by FrameId (numbered by first appearance in locations), and the frames of each location.
// Fields that the granularity leaves out are empty or 0, as the reference's NodeInfo has them.
struct FrameTable {
  std::vector<StringId> name;
  std::vector<StringId> system_name;  // only where it tells frames apart, else empty
  std::vector<StringId> file;         // cleaned path
  std::vector<int64_t> start_line;
  std::vector<int64_t> line;
  std::vector<int64_t> column;
  std::vector<uint64_t> address;
  std::vector<StringId> object_file;  // mapping's file, where it tells frames apart or names the frame

  // Frames of location l are [location_begin[l], location_begin[l + 1]), innermost first; all but the last are inlined.
  std::vector<uint32_t> location_begin;
  std::vector<FrameId> location_frames;

  size_t size() const { return name.size(); }
  std::span<const FrameId> FramesOf(LocationId location) const {
    const uint32_t from = location_begin[location.index()];
    return {location_frames.data() + from, location_begin[location.index() + 1] - from};
  }
};

// `texts` is the profile's own pool: cleaned paths are interned into it.
FrameTable BuildFrames(const Profile& profile, const FrameOptions& options, StringPool* texts);

// `path` without what build systems and sandboxes put in front, by FrameOptions::source_path and trim_path
// (google/pprof source.go trimPath).
std::string_view TrimPath(std::string_view path, std::string_view source_path, std::string_view trim_path);

// What a frame prints, each part once. The texts are of the profile unless the caller puts others in.
struct FrameText {
  std::string_view name;
  std::string_view file;
  std::string_view object_file;
  int64_t line = 0;
  int64_t column = 0;
  uint64_t address = 0;
};
FrameText TextOf(const FrameTable& frames, FrameId frame, const StringPool& texts);
// All parts that are there, with `separator` between them.
std::string JoinParts(const FrameText& text, std::string_view separator);

// The frame as reports print it (google/pprof graph.go NodeInfo.PrintableName): address, name, file:line, joined by
// blanks; "[object]" or "<unknown>" where there is nothing else.
std::string PrintableName(const FrameTable& frames, FrameId frame, const StringPool& texts);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FRAME_TABLE_H_
