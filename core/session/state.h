// What a Session holds; private to core/session (session.cc reads and answers, report.cc answers the native command).
#ifndef CORE_SESSION_STATE_H_
#define CORE_SESSION_STATE_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/formats/detect.h"
#include "core/io/inflate.h"
#include "core/model/document.h"
#include "core/session/filtered_view.h"
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

  ViewCache views;                     // of the page
  std::unique_ptr<Timeline> timeline;  // of the page, once it asks; null: not a trace
  std::vector<std::unique_ptr<Session>> attached;
  std::optional<SeriesAnswer> series;  // the last one

  bool OnBytes(Bytes chunk);
  void ChooseReader(bool whole);

  // REQUIRES: the document is a profile.
  Profile& profile() { return *std::get_if<Profile>(&document->body); }
  // kInvalid unless it is one.
  Status NeedProfile() const;
  // The same of a trace.
  Result<Timeline*> NeedTimeline();
  Result<FilteredView*> View(const ViewSpec& spec);
  void Freeze(Document read);
};

Error NotATrace();

// NUL-joined; ids that are none give nothing; a NUL inside a text becomes a blank.
std::string JoinTexts(const StringPool& strings, std::span<const uint32_t> ids);

}  // namespace flametrail

#endif  // CORE_SESSION_STATE_H_
