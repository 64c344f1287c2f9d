#include "core/formats/goroutine_dump/dump_reader.h"

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/formats/goroutine_dump/dump_line.h"
#include "core/formats/goroutine_dump/line_prefix.h"
#include "core/io/text_lines.h"
#include "core/model/profile_assembler.h"

namespace flametrail {
namespace goroutine_dump {
namespace {

constexpr size_t kQuotedBytes = 60;

class DumpReader final : public Reader {
 public:
  DumpReader() : lines_([this](const TextLine& line) { OnLine(line); }) {
    assembler_.AddSampleType("goroutine", "count");
    assembler_.profile().period_type = {assembler_.Text("goroutine"), assembler_.Text("count")};
    assembler_.profile().period = 1;
  }

  bool Append(Bytes chunk) override {
    lines_.Append(chunk);
    return true;
  }
  Result<Document> Finish(std::optional<Error> input_fault) override;

 private:
  // What the lines belong to.
  enum class Within : uint8_t { kNothing, kGoroutine, kAncestors };

  void OnLine(const TextLine& line);
  void OnCrash(std::string_view text);
  void Begin(const Header& header, std::string_view prefix);
  void OnStackLine(std::string_view text);
  bool OnNote(std::string_view text);
  bool OnPlace(std::string_view text);
  void OnCall(std::string_view text);
  void AddFrame(const Place& place);
  LocationId LocationOf(std::string_view function, const Place& place);
  void End();
  std::vector<Label> LabelsOf(const DumpGoroutine& goroutine);
  Label TextLabel(std::string_view key, std::string_view text);
  void PassOver(std::string_view text) {
    diagnostics_.Count(Issue::kForeignLine, offset_, text.substr(0, kQuotedBytes));
  }
  std::optional<Error> FaultAtEnd();

  TextLines lines_;
  LinePrefix prefix_;
  ProfileAssembler assembler_;
  Diagnostics diagnostics_;
  Dump dump_;
  std::unordered_set<uint64_t> ids_;  // of the snapshot

  Within within_ = Within::kNothing;
  DumpGoroutine goroutine_;
  std::vector<LocationId> stack_;
  std::vector<std::pair<std::string, std::string>> own_labels_;
  std::string pending_;  // a line that is a frame if a place follows it
  bool pending_is_call_ = false;
  std::string creator_;  // waits for its place
  uint64_t offset_ = 0;  // of the line
  bool drop_open_line_ = false;
};

bool IsBlankLine(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

void DumpReader::OnLine(const TextLine& line) {
  offset_ = line.offset;
  if (line.too_long) {
    return diagnostics_.Count(Issue::kBadRecord, line.offset,
                              "line " + std::to_string(line.number) + " is longer than the " +
                                  std::to_string(TextLines::kMaxLineBytes) + " bytes that one line may have");
  }
  if (line.is_open && drop_open_line_) return;
  if (const auto header = ParseHeader(line.text)) return Begin(*header, line.text.substr(0, header->begin));
  const std::string_view text = prefix_.Strip(line.text);
  if (IsBlankLine(text)) return End();
  if (within_ == Within::kNothing) return OnCrash(line.text);
  if (within_ == Within::kGoroutine) OnStackLine(text);
}

void DumpReader::OnCrash(std::string_view text) {
  const auto crash = ParseCrash(text);
  if (!crash) return;
  if (dump_.crashes.size() == kMaxDumpCrashes) {
    return diagnostics_.Count(Issue::kBadRecord, offset_,
                              "more than the " + std::to_string(kMaxDumpCrashes) + " panics that are read");
  }
  dump_.crashes.push_back({crash->kind, assembler_.Text(crash->text), offset_});
}

void DumpReader::Begin(const Header& header, std::string_view prefix) {
  End();
  if (dump_.goroutines.size() == kMaxDumpGoroutines) {
    return diagnostics_.Count(Issue::kBadRecord, offset_,
                              "more than the " + std::to_string(kMaxDumpGoroutines) + " goroutines that are read");
  }
  prefix_.Learn(prefix);
  within_ = Within::kGoroutine;
  if (!ids_.insert(header.id).second) {
    ids_ = {header.id};
    ++dump_.snapshots;
  }
  goroutine_ = {};
  goroutine_.id = header.id;
  goroutine_.state = assembler_.Text(header.state);
  goroutine_.wait_minutes = header.wait_minutes;
  goroutine_.snapshot = dump_.snapshots;
  goroutine_.is_locked_to_thread = header.is_locked_to_thread;
  goroutine_.is_scanned = header.is_scanned;
  goroutine_.is_leaked = header.is_leaked;
  goroutine_.bubble = assembler_.Text(header.bubble);
  goroutine_.frame_begin = static_cast<uint32_t>(dump_.frames.size());
  own_labels_ = header.labels;
}

void DumpReader::OnStackLine(std::string_view text) {
  if (OnNote(text) || OnPlace(text)) return;
  OnCall(text);
}

// Lines that are no frame but tell something of the stack.
bool DumpReader::OnNote(std::string_view text) {
  if (const auto creator = ParseCreator(text)) {
    creator_ = creator->function;
    goroutine_.creator_id = creator->id;
    return true;
  }
  if (const auto elided = ParseElided(text)) {
    goroutine_.elided_frames = *elided;
    return true;
  }
  if (text.find("goroutine running on other thread; stack unavailable") != std::string_view::npos) {
    goroutine_.is_stack_missing = true;
    return true;
  }
  // GODEBUG=tracebackancestors: the stacks of the creators follow.
  if (text.find("[originating from goroutine ") == std::string_view::npos) return false;
  End();
  within_ = Within::kAncestors;
  return true;
}

bool DumpReader::OnPlace(std::string_view text) {
  if (pending_.empty() && creator_.empty()) return false;
  const auto place = ParsePlace(text);
  if (!place) return false;
  // A log may have taken the tab away.
  const bool is_source = place->file.ends_with(".go") || place->file.ends_with(".s");
  if (!place->is_indented && !(is_source && (pending_is_call_ || !creator_.empty()))) return false;
  if (!creator_.empty()) {
    goroutine_.creator = LocationOf(creator_, *place);
    creator_.clear();
  } else {
    AddFrame(*place);
  }
  return true;
}

// The log's own lines may stand in between: a call waits for its place.
void DumpReader::OnCall(std::string_view text) {
  const bool is_call = ParseCall(text).has_value();
  if (pending_is_call_ && !is_call) return PassOver(text);
  if (!pending_.empty()) PassOver(pending_);
  pending_ = text;
  pending_is_call_ = is_call;
}

void DumpReader::AddFrame(const Place& place) {
  const std::string line = std::exchange(pending_, {});
  const auto call = pending_is_call_ ? ParseCall(line) : std::nullopt;
  pending_is_call_ = false;
  if (stack_.size() == StackTableBuilder::kMaxStackDepth || dump_.frames.size() == UINT32_MAX) {
    return diagnostics_.Count(Issue::kBadRecord, offset_, "a stack with too many frames");
  }
  DumpFrame frame;
  frame.location = LocationOf(call ? call->function : std::string_view(line), place);
  frame.arguments = assembler_.Text(call ? call->arguments : std::string_view());
  frame.is_foreign = !call;
  dump_.frames.push_back(frame);
  stack_.push_back(frame.location);
}

LocationId DumpReader::LocationOf(std::string_view function, const Place& place) {
  const SourceLine line = {assembler_.Function(function, function, place.file), place.line, 0};
  return assembler_.Location(MappingId::None(), 0, {&line, 1});
}

Label DumpReader::TextLabel(std::string_view key, std::string_view text) {
  Label label;
  label.key = assembler_.Text(key);
  label.text = assembler_.Text(text);
  label.unit = StringPool::kEmpty;
  return label;
}

std::vector<Label> DumpReader::LabelsOf(const DumpGoroutine& goroutine) {
  const Profile& profile = assembler_.profile();
  std::vector<Label> labels = {TextLabel("state", profile.Text(goroutine.state))};
  if (goroutine.wait_minutes > 0) {
    Label wait;
    wait.key = assembler_.Text("wait");
    wait.is_number = true;
    wait.text = StringPool::kEmpty;
    wait.number = goroutine.wait_minutes;
    wait.unit = assembler_.Text("minutes");
    labels.push_back(wait);
  }
  if (!goroutine.creator.is_none()) {
    const uint32_t line = profile.locations.line_begin[goroutine.creator.index()];
    const FunctionId function = profile.locations.line_function[line];
    labels.push_back(TextLabel("created_by", profile.Text(profile.functions.name[function.index()])));
  }
  for (const auto& [key, value] : own_labels_) labels.push_back(TextLabel(key, value));
  return labels;
}

void DumpReader::End() {
  if (!pending_.empty()) PassOver(pending_);
  pending_.clear();
  creator_.clear();
  pending_is_call_ = false;
  if (std::exchange(within_, Within::kNothing) != Within::kGoroutine) return;
  goroutine_.frame_count = static_cast<uint32_t>(dump_.frames.size() - goroutine_.frame_begin);
  constexpr int64_t kOne = 1;
  assembler_.AddSample(stack_, {&kOne, 1}, LabelsOf(goroutine_));
  dump_.goroutines.push_back(goroutine_);
  stack_.clear();
}

// The text does not say how long it is, but a call without its place is half a frame.
std::optional<Error> DumpReader::FaultAtEnd() {
  const bool is_half = within_ == Within::kGoroutine && (pending_is_call_ || !creator_.empty());
  if (!is_half) return std::nullopt;
  return Error{Code::kTruncated, offset_,
               "goroutine " + std::to_string(goroutine_.id) + ": wants the place of \"" +
                   (creator_.empty() ? pending_ : creator_).substr(0, kQuotedBytes) + "\", found the end of the file"};
}

Result<Document> DumpReader::Finish(std::optional<Error> input_fault) {
  drop_open_line_ = input_fault.has_value();
  lines_.Finish();
  if (!input_fault) input_fault = FaultAtEnd();
  End();
  if (dump_.goroutines.empty() && dump_.crashes.empty()) {
    if (input_fault) return *input_fault;
    return Error{Code::kCorrupt, 0,
                 "wants goroutines (\"goroutine 1 [running]:\"), found none in " + std::to_string(lines_.line_count()) +
                     " lines"};
  }
  if (input_fault) {
    const bool truncated = input_fault->code == Code::kTruncated;
    diagnostics_.Count(truncated ? Issue::kTruncatedInput : Issue::kCorruptTail, input_fault->offset,
                       input_fault->text);
  }
  if (!dump_.goroutines.empty()) ++dump_.snapshots;
  for (const DumpGoroutine& goroutine : dump_.goroutines) {
    if (goroutine.frame_count == 0) diagnostics_.Count(Issue::kEmptyStackSamples);
  }
  const std::string format = dump_.crashes.empty() ? "Go goroutine dump" : "text of a Go crash";
  Document document{format, DocumentBody(assembler_.Take()), std::move(diagnostics_), std::move(input_fault)};
  document.dump = std::move(dump_);
  return document;
}

}  // namespace
}  // namespace goroutine_dump

std::unique_ptr<Reader> MakeGoroutineDumpReader() { return std::make_unique<goroutine_dump::DumpReader>(); }

}  // namespace flametrail
