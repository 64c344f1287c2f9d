// tagroot, tagleaf: labels as frames (google/pprof internal/driver/tagroot.go).
#ifndef CORE_ANALYSIS_TRANSFORM_TAG_FRAMES_H_
#define CORE_ANALYSIS_TRANSFORM_TAG_FRAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/model/profile.h"

namespace flametrail {

struct TagFrameOptions {
  std::vector<std::string> root_keys;  // the first becomes the new root
  std::vector<std::string> leaf_keys;  // the last becomes the new leaf
  std::string_view unit;               // numbers are written in it, as reports write values
};

struct TagFrameMatches {
  bool root = false;  // some sample has a label of root_keys
  bool leaf = false;
};

// Every sample gets a frame for each key: its function is named by the label's values joined by commas (empty when the
// sample has none), its file by the key.
Profile AddTagFrames(Profile profile, const TagFrameOptions& options, TagFrameMatches* matches);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_TAG_FRAMES_H_
