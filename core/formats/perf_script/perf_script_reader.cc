#include "core/formats/perf_script/perf_script_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/formats/perf_script/perf_line.h"
#include "core/io/text_lines.h"
#include "core/model/profile_assembler.h"

namespace flametrail {
namespace perf_script {
namespace {

constexpr size_t kMaxEventTypes = 32;  // columns of values; events after these share the last one
constexpr size_t kMaxComments = 100;
constexpr size_t kMaxCommentBytes = 1000;
constexpr size_t kQuotedBytes = 60;
// Frame lines come again and again (the corpus: each 10 to 100 times); what they mean is kept for so many, then
// forgotten.
constexpr size_t kMaxKnownLines = size_t{1} << 20;
constexpr uint64_t kMaxKnownBytes = uint64_t{64} << 20;

struct Event {
  std::string name;
  int64_t period = 0;  // of the first sample
  bool same_period = true;
  bool has_periods = false;  // some sample prints one
};

// What a frame line means.
struct KnownFrame {
  MappingId mapping;
  uint64_t address = 0;
  FunctionId function;  // None: not known
  bool inlined = false;
  LocationId plain;  // its location where nothing is inlined into it and no source line follows; None: not made yet
};

struct KnownLine {
  uint32_t begin = 0;
  uint32_t end = 0;  // in known_frames_; several for "a->b"
};

// A frame of the sample being read.
struct PendingFrame {
  uint32_t known;
  StringId file;  // None: no source line follows
  int64_t line = 0;
};

bool IsJitMap(std::string_view dso) {
  const size_t name = dso.rfind('/') + 1;  // 0 without a slash
  return dso.substr(name).starts_with("perf-") && dso.ends_with(".map");
}

bool IsLibraryOrPart(std::string_view dso) {
  return dso.starts_with('[') || dso.starts_with("//") || dso.ends_with(".so") || dso.find(".so.") != dso.npos ||
         dso.ends_with(".ko") || dso.ends_with("vmlinux") || IsJitMap(dso);
}

// Without periods each sample counts 1, of whatever.
std::string_view UnitOf(const Event& event) {
  const bool clock = event.name.starts_with("cpu-clock") || event.name.starts_with("task-clock");
  return clock && event.has_periods ? "nanoseconds" : "count";
}

class PerfScriptReader final : public Reader {
 public:
  PerfScriptReader() : lines_([this](const TextLine& line) { OnLine(line); }) {
    assembler_.AddSampleType("samples", "count");
  }

  bool Append(Bytes chunk) override {
    lines_.Append(chunk);
    return true;
  }
  Result<Document> Finish(std::optional<Error> input_fault) override;

 private:
  void OnLine(const TextLine& line);
  void OnComment(std::string_view text);
  bool OnKnownFrame(std::string_view text);
  void OnHeader(const Header& header, uint64_t offset);
  void OnFrame(const Frame& frame);
  void OnSourceLine(const SourceLine& source);
  void EndSample();
  void AddLabel(StringId key, std::string_view text);
  uint32_t EventIndex(std::string_view name);
  KnownLine Remember(const Frame& frame);
  MappingId MappingOf(const Frame& frame);
  void PushFrames(KnownLine known);
  void BuildStack();
  void AddEventTypes(Profile* profile);
  void PutMainBinaryFirst(Profile* profile);
  void LeaveOut(uint64_t offset, std::string_view why) { diagnostics_.Count(Issue::kBadRecord, offset, why); }

  TextLines lines_;
  ProfileAssembler assembler_;
  Diagnostics diagnostics_;
  bool drop_open_line_ = false;
  bool ends_openly_ = false;

  // The sample being read.
  bool in_sample_ = false;
  bool too_deep_ = false;
  uint64_t sample_offset_ = 0;
  uint32_t sample_event_ = 0;
  int64_t sample_period_ = 0;
  std::vector<Label> labels_;
  std::vector<PendingFrame> frames_;
  std::vector<LocationId> stack_;
  std::vector<flametrail::SourceLine> location_;

  // By sample.
  std::vector<uint32_t> events_of_samples_;
  std::vector<int64_t> periods_;

  std::vector<Event> events_;
  std::optional<int64_t> first_time_;
  int64_t last_time_ = 0;
  std::vector<MappingId> mapping_by_dso_;  // by StringId
  StringPool line_texts_;                  // of lines inside samples
  StringId line_id_;                       // of the line being read
  std::vector<KnownLine> known_lines_;     // by StringId of line_texts_
  std::vector<KnownFrame> known_frames_;
};

void PerfScriptReader::OnLine(const TextLine& line) {
  if (line.too_long) {
    return LeaveOut(line.offset, "line " + std::to_string(line.number) + " is longer than the " +
                                     std::to_string(TextLines::kMaxLineBytes) + " bytes that one line may have");
  }
  ends_openly_ = line.is_open;
  if (line.is_open && drop_open_line_) return;
  const std::string_view text = line.text;
  if (text.find_first_not_of(" \t") == std::string_view::npos) return EndSample();
  if (text.starts_with('#')) return OnComment(text);
  if (in_sample_ && OnKnownFrame(text)) return;
  if (const auto header = ParseHeader(text)) return OnHeader(*header, line.offset);
  if (in_sample_) {
    if (const auto frame = ParseFrame(text)) return OnFrame(*frame);
    if (const auto source = ParseSourceLine(text)) return OnSourceLine(*source);
  }
  const bool cut = text.size() > kQuotedBytes;
  LeaveOut(line.offset,
           std::string(in_sample_ ? "wants a frame (\"401000 main (/bin/x)\")" : "wants a sample's first line") +
               ", found \"" + std::string(text.substr(0, kQuotedBytes)) + (cut ? "...\"" : "\""));
}

void PerfScriptReader::OnComment(std::string_view text) {
  auto& comments = assembler_.profile().comments;
  if (text.find_first_not_of("# =") == std::string_view::npos || comments.size() >= kMaxComments) return;
  comments.push_back(assembler_.Text(text.substr(0, kMaxCommentBytes)));
}

void PerfScriptReader::OnHeader(const Header& header, uint64_t offset) {
  EndSample();
  if (header.is_record) {
    const std::string_view name = header.event.empty() ? header.rest : header.event;
    return diagnostics_.Count(Issue::kUnknownField, offset, name.substr(0, kQuotedBytes));
  }
  in_sample_ = true;
  sample_offset_ = offset;
  sample_period_ = header.period.value_or(1);
  sample_event_ = EventIndex(header.event);
  Event& event = events_[sample_event_];
  event.same_period = event.same_period && event.period == sample_period_;
  event.has_periods = event.has_periods || header.period.has_value();
  if (header.time_nanos) {
    last_time_ = first_time_ ? std::max(last_time_, *header.time_nanos) : *header.time_nanos;
    first_time_ = std::min(first_time_.value_or(*header.time_nanos), *header.time_nanos);
  }
  AddLabel(assembler_.Text("comm"), header.comm);
  AddLabel(assembler_.Text("pid"), header.pid);
  AddLabel(assembler_.Text("tid"), header.tid);
  AddLabel(assembler_.Text("cpu"), header.cpu);
  if (header.rest.empty()) return;
  if (OnKnownFrame(header.rest)) return;
  const std::optional<Frame> frame = ParseFrame(header.rest);
  if (frame && !frame->dso.empty()) return OnFrame(*frame);
  diagnostics_.Count(Issue::kUnknownField, offset, "arguments of " + std::string(header.event.substr(0, kQuotedBytes)));
}

void PerfScriptReader::AddLabel(StringId key, std::string_view text) {
  if (!text.empty()) labels_.push_back({key, false, assembler_.Text(text), 0, StringId()});
}

uint32_t PerfScriptReader::EventIndex(std::string_view name) {
  if (name.empty()) name = "events";
  size_t index = 0;
  while (index < events_.size() && events_[index].name != name) ++index;
  if (index < events_.size()) return static_cast<uint32_t>(index);
  if (index >= kMaxEventTypes) {
    events_.back().name = "other events";
    return static_cast<uint32_t>(kMaxEventTypes - 1);
  }
  events_.push_back({std::string(name), sample_period_});
  return static_cast<uint32_t>(index);
}

// True if the line was a frame before.
bool PerfScriptReader::OnKnownFrame(std::string_view text) {
  line_id_ = line_texts_.Intern(text);
  if (line_id_.index() >= known_lines_.size()) known_lines_.resize(line_id_.index() + 1);
  const KnownLine known = known_lines_[line_id_.index()];
  if (known.begin == known.end) return false;
  PushFrames(known);
  return true;
}

void PerfScriptReader::OnFrame(const Frame& frame) {
  const KnownLine known = Remember(frame);
  known_lines_[line_id_.index()] = known;
  PushFrames(known);
}

void PerfScriptReader::PushFrames(KnownLine known) {
  for (uint32_t i = known.begin; i < known.end; ++i) {
    if (frames_.size() >= StackTableBuilder::kMaxStackDepth) {
      too_deep_ = true;
      return;
    }
    frames_.push_back({i, StringId::None(), 0});
  }
}

MappingId PerfScriptReader::MappingOf(const Frame& frame) {
  if (frame.dso.empty()) return MappingId::None();
  const StringId file = assembler_.Text(frame.dso);
  if (file.index() >= mapping_by_dso_.size()) mapping_by_dso_.resize(file.index() + 1);
  MappingId& mapping = mapping_by_dso_[file.index()];
  if (mapping.is_none()) mapping = assembler_.AddMapping({.file = file, .build_id = StringPool::kEmpty});
  if (!frame.symbol.empty()) assembler_.profile().mappings[mapping.index()].has_functions = true;
  return mapping;
}

// Innermost first.
KnownLine PerfScriptReader::Remember(const Frame& frame) {
  const auto begin = static_cast<uint32_t>(known_frames_.size());
  KnownFrame known;
  known.mapping = MappingOf(frame);
  known.address = frame.address;
  std::string_view symbol = frame.symbol;
  known.inlined = true;
  if (IsJitMap(frame.dso)) {
    for (size_t arrow = symbol.rfind("->"); arrow != std::string_view::npos; arrow = symbol.rfind("->")) {
      const std::string_view inner = symbol.substr(arrow + 2);
      symbol = symbol.substr(0, arrow);
      if (inner.empty()) continue;
      known.function = assembler_.Function(inner, inner, "");
      known_frames_.push_back(known);
    }
  }
  known.inlined = frame.inlined;
  known.function = symbol.empty() ? FunctionId::None() : assembler_.Function(symbol, symbol, "");
  known_frames_.push_back(known);
  return {begin, static_cast<uint32_t>(known_frames_.size())};
}

void PerfScriptReader::OnSourceLine(const SourceLine& source) {
  if (frames_.empty() || source.file.empty()) return;
  frames_.back().file = assembler_.Text(source.file);
  frames_.back().line = source.line;
}

// Inlined frames become lines of the location of the first frame behind them that is none.
void PerfScriptReader::BuildStack() {
  stack_.clear();
  location_.clear();
  for (const PendingFrame& frame : frames_) {
    KnownFrame& known = known_frames_[frame.known];
    if (location_.empty() && frame.file.is_none() && !known.plain.is_none()) {
      stack_.push_back(known.plain);
      continue;
    }
    FunctionId function = known.function;
    if (!function.is_none() && !frame.file.is_none()) {
      const std::string_view name = assembler_.profile().Text(assembler_.profile().functions.name[function.index()]);
      function = assembler_.Function(name, name, assembler_.profile().Text(frame.file));
    }
    if (!function.is_none()) location_.push_back({function, frame.line, 0});
    if (known.inlined) continue;
    const LocationId location = assembler_.Location(known.mapping, known.address, location_);
    if (location_.size() <= 1 && frame.file.is_none()) known.plain = location;
    stack_.push_back(location);
    location_.clear();
  }
  // The file ends, or lost a line, between an inlined frame and its caller.
  if (!location_.empty()) stack_.push_back(assembler_.Location(MappingId::None(), 0, location_));
}

void PerfScriptReader::EndSample() {
  if (!in_sample_) return;
  in_sample_ = false;
  if (too_deep_) {
    LeaveOut(sample_offset_, "a stack of more than the " + std::to_string(StackTableBuilder::kMaxStackDepth) +
                                 " frames that one stack may have");
  } else {
    BuildStack();
    if (stack_.empty()) diagnostics_.Count(Issue::kEmptyStackSamples, sample_offset_);
    const int64_t one = 1;
    assembler_.AddSample(stack_, {&one, 1}, labels_);
    events_of_samples_.push_back(sample_event_);
    periods_.push_back(sample_period_);
  }
  too_deep_ = false;
  frames_.clear();
  labels_.clear();
  if (line_texts_.size() < kMaxKnownLines && line_texts_.ByteSize() < kMaxKnownBytes) return;
  line_texts_ = StringPool();
  known_lines_.clear();
  known_frames_.clear();
}

void PerfScriptReader::AddEventTypes(Profile* profile) {
  for (size_t event = 0; event < events_.size(); ++event) {
    const Event& from = events_[event];
    profile->sample_types.push_back({profile->strings.Intern(from.name), profile->strings.Intern(UnitOf(from))});
    auto& values = profile->samples.values.emplace_back(periods_.size(), 0);
    for (size_t i = 0; i < periods_.size(); ++i) {
      if (events_of_samples_[i] == event) values[i] = periods_[i];
    }
  }
  const ValueType first = profile->sample_types[1];
  profile->default_sample_type = first.type;
  if (events_[0].same_period && events_[0].has_periods) {
    profile->period_type = first;
    profile->period = events_[0].period;
  }
}

// As google/pprof does for gperftools' files: what is neither a library nor the kernel is the program. MappingIds
// change.
void PerfScriptReader::PutMainBinaryFirst(Profile* profile) {
  auto& mappings = profile->mappings;
  size_t main = 0;
  while (main < mappings.size() && IsLibraryOrPart(profile->Text(mappings[main].file))) ++main;
  if (main == 0 || main == mappings.size()) return;
  std::swap(mappings[0], mappings[main]);
  std::swap(mappings[0].id, mappings[main].id);
  for (MappingId& id : profile->locations.mapping) {
    if (id == MappingId(0u)) {
      id = MappingId(main);
    } else if (id == MappingId(main)) {
      id = MappingId(0u);
    }
  }
}

Result<Document> PerfScriptReader::Finish(std::optional<Error> input_fault) {
  drop_open_line_ = input_fault.has_value();
  lines_.Finish();
  // The frames of a sample that the input's end cuts are its leaves: the roots are missing.
  if (input_fault && in_sample_) {
    in_sample_ = false;
    LeaveOut(sample_offset_, "the last sample, whose stack is cut");
  } else if (in_sample_ && ends_openly_) {
    diagnostics_.Count(Issue::kTruncatedInput, sample_offset_, "no blank line behind the last sample");
  }
  EndSample();
  if (periods_.empty()) {
    if (input_fault) return *input_fault;
    return Error{Code::kCorrupt, 0,
                 "wants samples of perf script (\"comm 12 3.456789: 1 cycles:\"), found none in " +
                     std::to_string(lines_.line_count()) + " lines"};
  }
  if (input_fault) {
    const bool truncated = input_fault->code == Code::kTruncated;
    diagnostics_.Count(truncated ? Issue::kTruncatedInput : Issue::kCorruptTail, input_fault->offset,
                       input_fault->text);
  }
  Profile profile = assembler_.Take();
  AddEventTypes(&profile);
  PutMainBinaryFirst(&profile);
  if (first_time_) profile.duration_nanos = last_time_ - *first_time_;
  return Document{"perf script text", DocumentBody(std::move(profile)), std::move(diagnostics_),
                  std::move(input_fault)};
}

}  // namespace
}  // namespace perf_script

std::unique_ptr<Reader> MakePerfScriptReader() { return std::make_unique<perf_script::PerfScriptReader>(); }

}  // namespace flametrail
