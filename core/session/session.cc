#include "core/session/session.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/analysis/transform/drop_frames.h"
#include "core/base/check.h"
#include "core/base/checked.h"
#include "core/session/state.h"

namespace flametrail {
namespace {

std::string BaseName(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1));
}

SampleTypeSummary SummarizeType(const Profile& profile, size_t index) {
  SampleTypeSummary summary;
  summary.type = profile.Text(profile.sample_types[index].type);
  summary.unit = profile.Text(profile.sample_types[index].unit);
  for (const int64_t value : profile.samples.values[index]) {
    summary.total = WrapAdd(summary.total, value);
    summary.magnitude_total = WrapAdd(summary.magnitude_total, WrapAbs(value));
    summary.nonzero_samples += value != 0;
  }
  return summary;
}

// What a person wants first: pprof's default; where all of it is zero, the last type that is not.
size_t SuggestType(const ProfileSummary& summary) {
  const auto& types = summary.sample_types;
  if (summary.default_type < types.size() && types[summary.default_type].nonzero_samples > 0) {
    return summary.default_type;
  }
  for (size_t i = types.size(); i-- > 0;) {
    if (types[i].nonzero_samples > 0) return i;
  }
  return summary.default_type;
}

ProfileSummary Summarize(const Document& document, const Inflater& inflater) {
  const Profile& profile = std::get<Profile>(document.body);
  ProfileSummary summary;
  summary.format = document.format;
  if (!profile.mappings.empty()) {
    summary.binary = BaseName(profile.Text(profile.mappings[0].file));
    summary.build_id = profile.Text(profile.mappings[0].build_id);
  }
  for (const StringId comment : profile.comments) summary.comments.emplace_back(profile.Text(comment));
  summary.doc_url = profile.Text(profile.doc_url);
  summary.time_nanos = profile.time_nanos;
  summary.duration_nanos = profile.duration_nanos;
  summary.period_type = profile.Text(profile.period_type.type);
  summary.period_unit = profile.Text(profile.period_type.unit);
  summary.period = profile.period;
  summary.bytes_in = inflater.bytes_in();
  summary.bytes_out = inflater.bytes_out();
  summary.samples = profile.samples.size();
  summary.locations = profile.locations.size();
  summary.functions = profile.functions.size();
  summary.mappings = profile.mappings.size();
  summary.stacks = profile.stacks.size() - 1;
  for (size_t i = 0; i < profile.sample_types.size(); ++i) summary.sample_types.push_back(SummarizeType(profile, i));
  summary.default_type = SampleTypeIndex(profile, "").value_or(0);
  summary.suggested_type = SuggestType(summary);
  summary.diagnostics = document.diagnostics.list();
  summary.fault = document.fault;
  return summary;
}

Error NoSuchType(const Profile& profile, size_t wanted) {
  return Error{Code::kInvalid, std::nullopt,
               "there is no sample type " + std::to_string(wanted) + ", the profile has " +
                   std::to_string(profile.sample_types.size())};
}

}  // namespace

Session::State::State() { inflater = std::make_unique<Inflater>([this](Bytes chunk) { return OnBytes(chunk); }); }

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
  if (detection.supported) reader = MakeReader(detection.format);
}

const FrameTable& Session::State::Frames() {
  if (!frames) frames = BuildFrames(profile(), FrameOptions(), &profile().strings);
  return *frames;
}

const StackWeights& Session::State::Weights(size_t sample_type) {
  auto at = weights.find(sample_type);
  if (at == weights.end()) {
    WeightOptions options;
    options.sample_type = sample_type;
    at = weights.emplace(sample_type, SumByStack(profile(), options)).first;
  }
  return at->second;
}

const CallTree& Session::State::Tree(size_t sample_type) {
  auto at = trees.find(sample_type);
  if (at == trees.end()) {
    at = trees.emplace(sample_type, BuildCallTree(profile(), Frames(), Weights(sample_type))).first;
  }
  return at->second;
}

Session::Session() : state_(std::make_unique<State>()) {}
Session::~Session() = default;

Status Session::Append(Bytes chunk) {
  CHECK(!state_->document);
  if (state_->input_fault) return *state_->input_fault;
  if (const Status status = state_->inflater->Append(chunk); !status.ok()) {
    state_->input_fault = status.error();
    return status;
  }
  return OkStatus();
}

Status Session::Finish() {
  State& state = *state_;
  CHECK(!state.document);
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
  }
  if (const Status status = DropFrames(&std::get<Profile>(document->body)); !status.ok()) {
    document->diagnostics.Count(Issue::kUnreadableFramePattern, std::nullopt, status.error().text);
    if (!document->fault) document->fault = status.error();
  }
  state.document = std::move(document).value();
  state.summary = Summarize(*state.document, *state.inflater);
  return OkStatus();
}

const ProfileSummary& Session::summary() const {
  CHECK(state_->document);
  return state_->summary;
}

const Profile& Session::profile() const {
  CHECK(state_->document);
  return state_->profile();
}

Result<FlameColumns> Session::Flame(const FlameQuery& query) {
  if (query.sample_type >= profile().sample_types.size()) return NoSuchType(profile(), query.sample_type);
  return LayoutFlame(state_->Tree(query.sample_type));
}

Result<TopColumns> Session::Top(const TopQuery& query) {
  if (query.sample_type >= profile().sample_types.size()) return NoSuchType(profile(), query.sample_type);
  return TopTable(profile(), state_->Frames(), state_->Weights(query.sample_type));
}

Result<SearchColumns> Session::Search(const SearchQuery& query) {
  if (query.sample_type >= profile().sample_types.size()) return NoSuchType(profile(), query.sample_type);
  return flametrail::Search(profile(), state_->Frames(), state_->Tree(query.sample_type), query.pattern,
                            query.case_sensitive);
}

const FrameColumns& Session::Frames() {
  CHECK(state_->document);
  if (!state_->frame_columns) {
    state_->frame_columns = DescribeFrames(profile(), state_->Frames(), &state_->profile().strings);
  }
  return *state_->frame_columns;
}

std::string Session::Names(std::span<const uint32_t> ids) const {
  std::string joined;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) joined += '\0';
    if (ids[i] >= profile().strings.size()) continue;
    const size_t from = joined.size();
    joined += profile().Text(StringId(ids[i]));
    std::replace(joined.begin() + static_cast<std::ptrdiff_t>(from), joined.end(), '\0', ' ');
  }
  return joined;
}

}  // namespace flametrail
