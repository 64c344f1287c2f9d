#include "core/session/session.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/analysis/demangle/demangle.h"
#include "core/analysis/transform/drop_frames.h"
#include "core/analysis/transform/fake_mapping.h"
#include "core/analysis/transform/repair_stacks.h"
#include "core/base/check.h"
#include "core/session/state.h"
#include "core/session/summarize.h"

namespace flametrail {
namespace {

std::string TrailingText(const Inflater& inflater) {
  return std::to_string(inflater.trailing_bytes()) +
         " bytes behind the end of the compressed data: wanted another gzip member or the end of the file";
}

// Only what was found to be cut is worth a word.
void Repair(Profile* profile, Diagnostics* diagnostics) {
  StackRepair repair;
  *profile = RepairStacks(std::move(*profile), &repair);
  if (repair.cut_stacks == 0) return;
  const size_t type = SampleTypeIndex(*profile, "").value_or(0);
  diagnostics->Count(Issue::kJoinedStacks, std::nullopt, DescribeRepair(*profile, repair, type));
}

}  // namespace

Session::State::State(ReadOptions options) : read_options(options) {
  inflater = std::make_unique<Inflater>([this](Bytes chunk) { return OnBytes(chunk); });
}

// Bytes are held back until there are enough to know the format.
bool Session::State::OnBytes(Bytes chunk) {
  if (reader) return reader->Append(chunk);
  head.insert(head.end(), chunk.begin(), chunk.end());
  if (head.size() < kDetectBytes) return true;
  ChooseReader(false);
  return reader != nullptr && reader->Append(std::exchange(head, {}));
}

void Session::State::ChooseReader(bool whole) {
  detection = Detect(head, whole);
  if (detection.supported) reader = MakeReader(detection.format, read_options);
}

Status Session::State::NeedProfile() const {
  CHECK(document);
  if (std::holds_alternative<Profile>(document->body)) return OkStatus();
  return Error{Code::kInvalid, std::nullopt,
               "this file is an execution trace, not a profile: it has no samples to show"};
}

void Session::State::Freeze(Document read) {
  document = std::move(read);
  const FileBytes bytes = {inflater->bytes_in(), inflater->bytes_out()};
  summary = Summarize(*document, bytes);
  if (std::holds_alternative<Trace>(document->body)) trace_summary = SummarizeTrace(*document, bytes);
}

Session::Session(ReadOptions options) : state_(std::make_unique<State>(options)) {}
Session::~Session() = default;

Status Session::Append(Bytes chunk) {
  CHECK(!state_->document);
  if (state_->input_fault) return *state_->input_fault;
  state_->timeline.reset();
  if (const Status status = state_->inflater->Append(chunk); !status.ok()) {
    state_->input_fault = status.error();
    return status.error();
  }
  return OkStatus();
}

Status Session::Finish() {
  State& state = *state_;
  CHECK(!state.document);
  state.timeline.reset();
  if (!state.input_fault) {
    if (const Status status = state.inflater->Finish(); !status.ok()) state.input_fault = status.error();
  }
  if (!state.reader && state.detection.format == Format::kUnknown) {
    if (state.head.empty() && state.input_fault) return *state.input_fault;
    state.ChooseReader(!state.input_fault);
    if (state.reader) state.reader->Append(std::exchange(state.head, {}));
  }
  if (!state.reader) return NotSupported(state.detection);
  Result<Document> document = state.reader->Finish(state.input_fault);
  state.reader.reset();
  if (!document.ok()) return document.error();
  if (state.inflater->trailing_bytes() > 0) {
    document->diagnostics.Count(Issue::kTrailingData, std::nullopt,
                                std::to_string(state.inflater->trailing_bytes()) + " bytes");
    // Go's gzip reader refuses the file.
    if (!document->fault) document->fault = Error{Code::kCorrupt, std::nullopt, TrailingText(*state.inflater)};
  }
  Profile* profile = std::get_if<Profile>(&document->body);
  if (profile != nullptr && state.read_options.repair_stacks) Repair(profile, &document->diagnostics);
  if (profile != nullptr) DemangleFunctions(profile, state.read_options.demangle);
  if (profile != nullptr && state.read_options.drop_frames) {
    if (const Status status = DropFrames(profile); !status.ok()) {
      document->diagnostics.Count(Issue::kUnreadableFramePattern, std::nullopt, status.error().text);
    }
  }
  state.Freeze(std::move(document).value());
  return OkStatus();
}

const ProfileSummary& Session::summary() const {
  CHECK(state_->document);
  return state_->summary;
}

const Profile& Session::profile() const {
  CHECK(state_->document && std::holds_alternative<Profile>(state_->document->body));
  return state_->profile();
}

void Session::AddComment(std::string_view text) {
  CHECK(state_->NeedProfile().ok());
  Profile& profile = state_->profile();
  profile.comments.push_back(profile.strings.Intern(text));
  state_->summary.comments.emplace_back(text);
}

void Session::NameMainBinary(std::string_view file, std::string_view build_id) {
  CHECK(state_->NeedProfile().ok());
  if (file.empty() && build_id.empty()) return;
  Profile& profile = state_->profile();
  profile = AddFakeMapping(std::move(profile));
  Mapping& main = profile.mappings[0];
  if (!file.empty()) main.file = profile.strings.Intern(file);
  if (main.build_id == StringPool::kEmpty) main.build_id = profile.strings.Intern(build_id);
}

const Trace* Session::trace() const {
  if (state_->document) return std::get_if<Trace>(&state_->document->body);
  return state_->reader ? state_->reader->partial_trace() : nullptr;
}

const TraceSummary& Session::trace_summary() const {
  CHECK(state_->document && std::holds_alternative<Trace>(state_->document->body));
  return state_->trace_summary;
}

std::optional<TraceSummary> Session::PartialTraceSummary() const {
  const Trace* const part = state_->document ? nullptr : trace();
  if (part == nullptr) return std::nullopt;
  TraceSummary summary = SummarizePart(*part);
  summary.bytes_in = state_->inflater->bytes_in();
  summary.bytes_out = state_->inflater->bytes_out();
  return summary;
}

const Dump* Session::dump() const {
  CHECK(state_->document);
  return state_->document->dump ? &*state_->document->dump : nullptr;
}

const MemStats* Session::mem_stats() const {
  CHECK(state_->document);
  return state_->document->mem_stats ? &*state_->document->mem_stats : nullptr;
}

const GcLog* Session::gc_log() const {
  CHECK(state_->document);
  return state_->document->gc_log ? &*state_->document->gc_log : nullptr;
}

const BenchResults* Session::bench() const {
  CHECK(state_->document);
  return state_->document->bench ? &*state_->document->bench : nullptr;
}

std::string JoinTexts(const StringPool& strings, std::span<const uint32_t> ids) {
  std::string joined;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) joined += '\0';
    if (ids[i] >= strings.size()) continue;
    const size_t from = joined.size();
    joined += strings.View(StringId(ids[i]));
    std::replace(joined.begin() + static_cast<std::ptrdiff_t>(from), joined.end(), '\0', ' ');
  }
  return joined;
}

std::string Session::Names(std::span<const uint32_t> ids) const {
  const Trace* as_trace = trace();
  return JoinTexts(as_trace != nullptr ? as_trace->strings : profile().strings, ids);
}

}  // namespace flametrail
