// What a Session holds; private to core/session (session.cc reads and answers, report.cc answers the native command).
#ifndef CORE_SESSION_STATE_H_
#define CORE_SESSION_STATE_H_

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/call_tree.h"
#include "core/analysis/frame_table.h"
#include "core/analysis/stack_weights.h"
#include "core/formats/detect.h"
#include "core/io/inflate.h"
#include "core/model/document.h"
#include "core/session/session.h"

namespace flametrail {

struct Session::State {
  explicit State(ReadOptions options);

  // Reading.
  ReadOptions read_options;
  std::vector<uint8_t> head;  // decompressed bytes held back until the format is known
  std::unique_ptr<Reader> reader;
  Detection detection;
  std::optional<Error> input_fault;
  std::unique_ptr<Inflater> inflater;

  // The frozen document.
  std::optional<Document> document;
  ProfileSummary summary;
  TraceSummary trace_summary;  // where the document is a trace

  // Answers kept for the next question. The page asks one sample type many times, so trees are kept by type.
  std::optional<FrameTable> frames;  // of the page's granularity: functions
  std::optional<FrameColumns> frame_columns;
  std::map<size_t, StackWeights> weights;
  std::map<size_t, CallTree> trees;

  bool OnBytes(Bytes chunk);
  void ChooseReader(bool whole);

  // REQUIRES: the document is a profile.
  Profile& profile() { return *std::get_if<Profile>(&document->body); }
  // kInvalid unless it is one.
  Status NeedProfile() const;
  void Freeze(Document read);
  const FrameTable& Frames();
  const StackWeights& Weights(size_t sample_type);
  const CallTree& Tree(size_t sample_type);
};

}  // namespace flametrail

#endif  // CORE_SESSION_STATE_H_
