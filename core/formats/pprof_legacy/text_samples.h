// Samples of the texts whose rows end with "@ 0x4d0767 0x4d147a ...". Go's debug=1 writes the frames of a row below it:
//
//   6 @ 0x4704ee 0x46f7e5 0x4d147a 0x4d1468 0x4789a1
//   # labels: {"endpoint":"order"}
//   #	0x46f7e4	internal/poll.runtime_pollWait+0x84	runtime/netpoll.go:351
//   #	0x4d1479	internal/poll.(*pollDesc).waitRead+0x279	internal/poll/fd_poll_runtime.go:89
//   #	0x4d1467	internal/poll.(*FD).Read+0x267	internal/poll/fd_unix.go:165
//
// One line is one frame, and the lines are the stack: Go leaves out runtime.goexit, and runtime functions nearest the
// leaf unless nothing else is there, as its binary heap profiles do. Frames that follow each other and belong to the
// same function entry (0x4d1479 - 0x279) were inlined into the last one of them.
#ifndef CORE_FORMATS_PPROF_LEGACY_TEXT_SAMPLES_H_
#define CORE_FORMATS_PPROF_LEGACY_TEXT_SAMPLES_H_

#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/formats/pprof_legacy/reading.h"

namespace flametrail::legacy {

class TextSamples {
 public:
  explicit TextSamples(Reading* reading) : reading_(reading) {}

  // A row; its addresses point behind the calls. False: stop (compat).
  bool Begin(uint64_t offset, std::span<const int64_t> values, std::span<const uint64_t> addresses,
             std::span<const Label> labels);
  // A line that begins with "#", behind a row. In compat mode they say nothing.
  void Comment(std::string_view line);
  // The last row is complete. False: stop (compat).
  bool Flush();

 private:
  struct Frame {
    uint64_t address = 0;
    uint64_t entry = 0;   // of the function that the address lies in
    FunctionId function;  // None: Go knows no name either
    int64_t line = 0;
  };

  bool ReadFrame(std::string_view line, Frame* frame);
  void ReadLabels(std::string_view text);
  FunctionId FunctionOf(std::string_view name, std::string_view file);
  void StackOfFrames();
  void PushCalls(size_t begin, size_t end);

  Reading* reading_;
  bool open_ = false;
  uint64_t offset_ = 0;
  std::vector<int64_t> values_;
  std::vector<uint64_t> addresses_;
  std::vector<Label> labels_;
  std::vector<Frame> frames_;
  std::vector<LocationId> stack_;
  std::vector<SourceLine> lines_;
  std::map<std::pair<StringId, StringId>, FunctionId> functions_;
};

// Splits a "#" line into its words: by tabs if it has any, else (a text that was pasted) by blanks.
std::vector<std::string_view> CommentFields(std::string_view line);

// Reads Go's {"key":"value", ...}, in Go's quoting. False: it is not that.
bool ParseGoLabels(std::string_view text, std::vector<std::pair<std::string, std::string>>* labels);

}  // namespace flametrail::legacy

#endif  // CORE_FORMATS_PPROF_LEGACY_TEXT_SAMPLES_H_
