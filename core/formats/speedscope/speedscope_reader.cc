// Long because: one class whose members are one small handler for each key of the file, read beside their table.
#include "core/formats/speedscope/speedscope_reader.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/formats/speedscope/add_samples.h"
#include "core/formats/speedscope/collector.h"
#include "core/model/profile_assembler.h"

namespace flametrail {
namespace speedscope {
namespace {

constexpr size_t kMaxCommentBytes = 1000;
// Frames are LocationIds while they are read; a number that is no index of a frame stays outside of the table.
constexpr uint32_t kMaxFrameIndex = 0xFFFFFFF0u;

// Where in the file a token stands.
enum class Place : uint8_t {
  kFile,  // before the outermost '{'
  kRoot,
  kShared,
  kFrames,
  kFrame,
  kProfiles,
  kProfile,
  kSamples,
  kStack,
  kWeights,
  kEvents,
  kEvent,
  kSkipped,  // inside what nobody asks for
};

struct FrameRow {
  std::string name;
  std::string file;
  int64_t line = 0;
  int64_t column = 0;
  bool has_name = false;
};

class SpeedscopeReader final : public Reader {
 public:
  bool Append(Bytes chunk) override;
  Result<Document> Finish(std::optional<Error> input_fault) override;

 private:
  using Handler = void (SpeedscopeReader::*)();
  // A member of an object: what to do with its scalar, or where its array or object leads.
  struct Member {
    Place in;
    std::string_view key;
    Handler scalar;
    Place inside;
  };
  static const Member kMembers[];

  void Run();
  void OnToken(JsonToken token);
  void OnBegin(bool object);
  void OnEnd();
  void OnEntry();
  void OnScalar();
  Place InsideOf(bool object) const;
  const Member* FindMember() const;

  void OnExporter() { AddComment("exporter: "); }
  void OnName() { AddComment("name: "); }
  void OnActive();
  void OnFrameName();
  void OnFrameFile();
  void OnFrameLine() { frame_.line = Integer().value_or(0); }
  void OnFrameColumn() { frame_.column = Integer().value_or(0); }
  void OnProfileType();
  void OnProfileName();
  void OnProfileUnit();
  void OnProfileStart() { profile_.start = Number(); }
  void OnProfileEnd() { profile_.end = Number(); }
  void OnEventType();
  void OnEventFrame() { event_frame_ = FrameIndex(); }
  void OnEventAt() { event_at_ = Number(); }

  void OnStackEntry();
  void OnWeight();
  void EndFrame();
  void EndStack();
  void EndEvent();
  void EndProfile(bool cut);

  void AddComment(std::string_view what);
  std::optional<Decimal> Number() const;
  std::optional<int64_t> Integer() const;
  std::optional<uint32_t> FrameIndex() const;

  JsonReader json_;
  bool stopped_ = false;  // behind the end, or at an error
  JsonToken token_ = JsonToken::kNeedInput;
  std::vector<Place> places_ = {Place::kFile};
  std::string key_;
  bool has_profiles_ = false;
  bool in_profile_ = false;

  ProfileAssembler assembler_;
  Collector collector_;
  FrameRow frame_;
  std::vector<LocationId> frames_;  // by index in shared.frames
  RawProfile profile_;
  std::vector<LocationId> stack_;
  bool stack_is_bad_ = false;
  uint64_t stack_offset_ = 0;
  std::optional<Decimal> event_at_;
  std::optional<uint32_t> event_frame_;
  std::optional<bool> event_open_;
  uint64_t event_offset_ = 0;
  int64_t active_ = 0;
};

using R = SpeedscopeReader;

constexpr Place kNowhere = Place::kSkipped;

const SpeedscopeReader::Member SpeedscopeReader::kMembers[] = {
    {Place::kRoot, "shared", nullptr, Place::kShared},
    {Place::kRoot, "profiles", nullptr, Place::kProfiles},
    {Place::kRoot, "exporter", &R::OnExporter, kNowhere},
    {Place::kRoot, "name", &R::OnName, kNowhere},
    {Place::kRoot, "activeProfileIndex", &R::OnActive, kNowhere},
    {Place::kShared, "frames", nullptr, Place::kFrames},
    {Place::kFrame, "name", &R::OnFrameName, kNowhere},
    {Place::kFrame, "file", &R::OnFrameFile, kNowhere},
    {Place::kFrame, "line", &R::OnFrameLine, kNowhere},
    {Place::kFrame, "col", &R::OnFrameColumn, kNowhere},
    {Place::kProfile, "type", &R::OnProfileType, kNowhere},
    {Place::kProfile, "name", &R::OnProfileName, kNowhere},
    {Place::kProfile, "unit", &R::OnProfileUnit, kNowhere},
    {Place::kProfile, "startValue", &R::OnProfileStart, kNowhere},
    {Place::kProfile, "endValue", &R::OnProfileEnd, kNowhere},
    {Place::kProfile, "samples", nullptr, Place::kSamples},
    {Place::kProfile, "weights", nullptr, Place::kWeights},
    {Place::kProfile, "events", nullptr, Place::kEvents},
    {Place::kEvent, "type", &R::OnEventType, kNowhere},
    {Place::kEvent, "frame", &R::OnEventFrame, kNowhere},
    {Place::kEvent, "at", &R::OnEventAt, kNowhere},
};

bool SpeedscopeReader::Append(Bytes chunk) {
  if (stopped_) return false;
  json_.Append(chunk);
  Run();
  return !stopped_;
}

void SpeedscopeReader::Run() {
  while (!stopped_) {
    const JsonToken token = json_.Next();
    if (token == JsonToken::kNeedInput) return;
    if (token == JsonToken::kEnd || token == JsonToken::kError) {
      stopped_ = true;
    } else {
      OnToken(token);
    }
  }
}

void SpeedscopeReader::OnToken(JsonToken token) {
  token_ = token;
  switch (token) {
    case JsonToken::kBeginObject:
    case JsonToken::kBeginArray:
      return OnBegin(token == JsonToken::kBeginObject);
    case JsonToken::kEndObject:
    case JsonToken::kEndArray:
      return OnEnd();
    case JsonToken::kKey:
      key_ = json_.text();
      return;
    default:
      return OnScalar();
  }
}

const SpeedscopeReader::Member* SpeedscopeReader::FindMember() const {
  for (const Member& member : kMembers) {
    if (member.in == places_.back() && member.key == key_) return &member;
  }
  return nullptr;
}

Place SpeedscopeReader::InsideOf(bool object) const {
  const auto if_it_is = [&](bool wanted, Place place) { return object == wanted ? place : Place::kSkipped; };
  switch (places_.back()) {
    case Place::kFile:
      return if_it_is(true, Place::kRoot);
    case Place::kFrames:
      return if_it_is(true, Place::kFrame);
    case Place::kProfiles:
      return if_it_is(true, Place::kProfile);
    case Place::kSamples:
      return if_it_is(false, Place::kStack);
    case Place::kEvents:
      return if_it_is(true, Place::kEvent);
    case Place::kRoot:
    case Place::kShared:
    case Place::kProfile: {
      const Member* member = FindMember();
      if (member == nullptr) return Place::kSkipped;
      return if_it_is(member->inside == Place::kShared, member->inside);
    }
    default:
      return Place::kSkipped;
  }
}

void SpeedscopeReader::OnBegin(bool object) {
  const Place place = InsideOf(object);
  if (place == Place::kSkipped) OnEntry();
  places_.push_back(place);
  switch (place) {
    case Place::kFrame:
      frame_ = {};
      break;
    case Place::kProfiles:
      has_profiles_ = true;
      break;
    case Place::kProfile:
      profile_ = {};
      profile_.offset = json_.offset();
      in_profile_ = true;
      break;
    case Place::kStack:
      stack_.clear();
      stack_is_bad_ = false;
      stack_offset_ = json_.offset();
      break;
    case Place::kEvent:
      event_at_.reset();
      event_frame_.reset();
      event_open_.reset();
      event_offset_ = json_.offset();
      break;
    default:
      break;
  }
}

void SpeedscopeReader::OnEnd() {
  const Place place = places_.back();
  places_.pop_back();
  switch (place) {
    case Place::kFrame:
      return EndFrame();
    case Place::kStack:
      return EndStack();
    case Place::kEvent:
      return EndEvent();
    case Place::kProfile:
      return EndProfile(false);
    default:
      return;
  }
}

// An entry of a list that is no object or list as it should be (or a number, where that is right): it keeps its place
// in the list, because other lists count on it.
void SpeedscopeReader::OnEntry() {
  switch (places_.back()) {
    case Place::kStack:
      return OnStackEntry();
    case Place::kWeights:
      return OnWeight();
    case Place::kSamples:
      stack_is_bad_ = true;
      return EndStack();
    case Place::kFrames:
      frame_.has_name = false;
      return EndFrame();
    case Place::kEvents:
      event_at_.reset();
      return EndEvent();
    case Place::kProfiles:
      return collector_.Broken(Issue::kBadRecord, json_.offset(), "a profile is an object, this one is not");
    default:
      return;
  }
}

void SpeedscopeReader::OnScalar() {
  OnEntry();
  const Member* member = FindMember();
  if (member != nullptr && member->scalar != nullptr) (this->*member->scalar)();
}

std::optional<Decimal> SpeedscopeReader::Number() const {
  return token_ == JsonToken::kNumber ? ParseDecimal(json_.text()) : std::nullopt;
}

std::optional<int64_t> SpeedscopeReader::Integer() const {
  const std::optional<Decimal> number = Number();
  if (!number) return std::nullopt;
  const WholeNumber whole = ToWhole(*number, 0);
  return whole.rounded || whole.out_of_range ? std::nullopt : std::optional(whole.value);
}

std::optional<uint32_t> SpeedscopeReader::FrameIndex() const {
  const std::optional<int64_t> number = Integer();
  if (!number || *number < 0 || *number > int64_t{kMaxFrameIndex}) return std::nullopt;
  return static_cast<uint32_t>(*number);
}

void SpeedscopeReader::AddComment(std::string_view what) {
  if (token_ != JsonToken::kString || json_.text().empty()) return;
  const std::string comment = std::string(what) + std::string(json_.text().substr(0, kMaxCommentBytes));
  assembler_.profile().comments.push_back(assembler_.Text(comment));
}

void SpeedscopeReader::OnActive() { active_ = Integer().value_or(0); }

void SpeedscopeReader::OnFrameName() {
  frame_.has_name = token_ == JsonToken::kString;
  frame_.name = json_.text();
}

void SpeedscopeReader::OnFrameFile() {
  if (token_ == JsonToken::kString) frame_.file = json_.text();
}

// A frame without a name stays in stacks, as one of which nothing is known.
void SpeedscopeReader::EndFrame() {
  if (!frame_.has_name) {
    collector_.Broken(Issue::kBadRecord, json_.offset(), "frame " + std::to_string(frames_.size()) + " has no name");
    frames_.push_back(assembler_.Location(MappingId::None(), 0, {}));
    return;
  }
  const SourceLine line = {assembler_.Function(frame_.name, frame_.name, frame_.file), frame_.line, frame_.column};
  frames_.push_back(assembler_.Location(MappingId::None(), 0, {&line, 1}));
  frame_.has_name = false;
}

void SpeedscopeReader::OnProfileType() {
  const std::string_view type = token_ == JsonToken::kString ? json_.text() : std::string_view();
  profile_.evented = type == "evented";
  if (!profile_.evented && type != "sampled") {
    collector_.Broken(
        Issue::kBadRecord, json_.offset(),
        "a profile's type is \"sampled\" or \"evented\", found \"" + std::string(type.substr(0, 40)) + "\"");
  }
}

void SpeedscopeReader::OnProfileName() {
  if (token_ == JsonToken::kString) profile_.name = json_.text();
}

void SpeedscopeReader::OnProfileUnit() {
  if (token_ == JsonToken::kString) profile_.unit = json_.text();
}

void SpeedscopeReader::OnStackEntry() {
  const std::optional<uint32_t> frame = FrameIndex();
  stack_is_bad_ = stack_is_bad_ || !frame || stack_.size() >= StackTableBuilder::kMaxStackDepth;
  if (!stack_is_bad_) stack_.push_back(LocationId(*frame));
}

// Root first in the file. A bad stack still takes its weight: the next sample has the next weight.
void SpeedscopeReader::EndStack() {
  if (stack_is_bad_) {
    collector_.Broken(Issue::kBadRecord, json_.offset(),
                      "sample " + std::to_string(profile_.samples.size()) + " of this profile is no list of at most " +
                          std::to_string(StackTableBuilder::kMaxStackDepth) + " frame numbers");
    stack_.clear();
    profile_.samples.push_back(StackId::None());
    return;
  }
  std::reverse(stack_.begin(), stack_.end());
  profile_.samples.push_back(collector_.stacks().Insert(stack_));
}

void SpeedscopeReader::OnWeight() {
  const std::optional<Decimal> weight = Number();
  if (!weight) {
    collector_.Broken(Issue::kBadRecord, json_.offset(),
                      "weight " + std::to_string(profile_.weights.size()) + " of this profile is no number");
  }
  profile_.weights.push_back(weight.value_or(Decimal()));
}

void SpeedscopeReader::OnEventType() {
  if (token_ != JsonToken::kString) return;
  if (json_.text() == "O") event_open_ = true;
  if (json_.text() == "C") event_open_ = false;
}

void SpeedscopeReader::EndEvent() {
  if (!event_at_ || !event_frame_ || !event_open_) {
    return collector_.Broken(Issue::kBadRecord, event_offset_,
                             "an event has a type (O or C), a frame number and a time, this one lacks one of them");
  }
  profile_.events.push_back({*event_at_, *event_frame_, *event_open_});
}

void SpeedscopeReader::EndProfile(bool cut) {
  in_profile_ = false;
  collector_.Add(profile_, cut);
  profile_ = {};
}

Result<Document> SpeedscopeReader::Finish(std::optional<Error> input_fault) {
  json_.End();
  Run();
  std::optional<Error> ending = std::move(input_fault);
  if (!ending && json_.failed()) ending = json_.error();
  if (in_profile_) EndProfile(true);
  const bool has_samples = !collector_.samples().empty();
  if (ending && !has_samples) return *ending;
  if (!has_profiles_) {
    return Error{Code::kCorrupt, 0, "a speedscope file has a list \"profiles\", this JSON document has none"};
  }
  if (!has_samples && collector_.fault()) return *collector_.fault();
  Profile profile = assembler_.Take();
  AddSamples(frames_, active_, &collector_, &profile);
  if (ending) {
    const bool truncated = ending->code == Code::kTruncated;
    collector_.diagnostics().Count(truncated ? Issue::kTruncatedInput : Issue::kCorruptTail, ending->offset,
                                   ending->text);
  } else {
    ending = collector_.fault();
  }
  return Document{"speedscope profile", DocumentBody(std::move(profile)), std::move(collector_.diagnostics()),
                  std::move(ending)};
}

}  // namespace
}  // namespace speedscope

std::unique_ptr<Reader> MakeSpeedscopeReader() { return std::make_unique<speedscope::SpeedscopeReader>(); }

}  // namespace flametrail
