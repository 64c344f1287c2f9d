#include "core/formats/speedscope/collector.h"

#include <algorithm>
#include <utility>

namespace flametrail::speedscope {
namespace {

constexpr size_t kQuotedBytes = 60;

struct UnitRow {
  std::string_view unit;
  Kind kind;
  int32_t shift;
};

constexpr UnitRow kUnits[] = {
    {"none", Kind::kWeight, 0},       {"nanoseconds", Kind::kTime, 0}, {"microseconds", Kind::kTime, 3},
    {"milliseconds", Kind::kTime, 6}, {"seconds", Kind::kTime, 9},     {"bytes", Kind::kSpace, 0},
};

}  // namespace

void Collector::Broken(Issue issue, std::optional<uint64_t> offset, std::string text) {
  diagnostics_.Count(issue, offset, text);
  if (!fault_) fault_ = Error{Code::kCorrupt, offset, std::move(text)};
}

Collector::Scale Collector::ScaleOf(const RawProfile& profile) {
  for (const UnitRow& row : kUnits) {
    if (row.unit == profile.unit) return {row.kind, row.shift};
  }
  diagnostics_.Count(Issue::kUnknownField, profile.offset, "unit \"" + profile.unit.substr(0, kQuotedBytes) + "\"");
  return {};
}

std::optional<int64_t> Collector::Convert(const Decimal& number, const RawProfile& profile, const Scale& scale) {
  const WholeNumber whole = ToWhole(number, scale.shift);
  if (whole.out_of_range) {
    Broken(Issue::kBadRecord, profile.offset, "a value of this profile does not fit 64 bits");
    return std::nullopt;
  }
  if (whole.rounded) diagnostics_.Count(Issue::kRoundedValue, profile.offset);
  return whole.value;
}

void Collector::Add(const RawProfile& profile, bool cut) {
  const Scale scale = ScaleOf(profile);
  const size_t begin = samples_.size();
  if (profile.evented) {
    AddEvented(profile, scale, cut);
  } else {
    AddSampled(profile, scale, cut);
  }
  profiles_.push_back({profile.name, scale.kind, begin, samples_.size()});
  if (scale.kind != Kind::kTime || !profile.start || !profile.end) return;
  const WholeNumber start = ToWhole(*profile.start, scale.shift);
  const WholeNumber end = ToWhole(*profile.end, scale.shift);
  int64_t length = 0;
  const bool wraps = __builtin_sub_overflow(end.value, start.value, &length);
  if (!start.out_of_range && !end.out_of_range && !wraps) duration_nanos_ = std::max(duration_nanos_, length);
}

void Collector::AddSampled(const RawProfile& profile, const Scale& scale, bool cut) {
  const size_t both = std::min(profile.samples.size(), profile.weights.size());
  if (!cut && profile.samples.size() != profile.weights.size()) {
    Broken(Issue::kMismatchedValueCount, profile.offset,
           "this profile has " + std::to_string(profile.samples.size()) + " samples and " +
               std::to_string(profile.weights.size()) + " weights");
  }
  for (size_t i = 0; i < both; ++i) {
    if (profile.samples[i].is_none()) continue;
    const std::optional<int64_t> value = Convert(profile.weights[i], profile, scale);
    if (!value) continue;
    if (*value < 0) diagnostics_.Count(Issue::kNegativeValue, profile.offset);
    if (profile.samples[i] == StackTable::kEmpty) diagnostics_.Count(Issue::kEmptyStackSamples, profile.offset);
    samples_.push_back({profile.samples[i], *value});
  }
}

// The time between two events belongs to what is open then.
void Collector::Spend(const RawProfile& profile, int64_t from, int64_t to) {
  if (to <= from || open_.empty()) return;
  int64_t span = 0;
  if (__builtin_sub_overflow(to, from, &span)) {
    return Broken(Issue::kBadRecord, profile.offset, "a span of time of this profile does not fit 64 bits");
  }
  samples_.push_back({open_.back().stack, span});
}

// Closes the innermost such frame and what is open inside it; false if there is none. Each frame is popped once, and a
// frame that is not open is known without a search.
bool Collector::Close(uint32_t frame) {
  const auto count = times_open_.find(frame);
  if (count == times_open_.end() || count->second == 0) return false;
  for (bool found = false; !found;) {
    found = open_.back().frame == frame;
    --times_open_[open_.back().frame];
    open_.pop_back();
  }
  return true;
}

void Collector::AddEvented(const RawProfile& profile, const Scale& scale, bool cut) {
  open_.clear();
  times_open_.clear();
  std::optional<int64_t> now;
  uint64_t number = 0;
  const auto broken = [&](const char* what) {
    Broken(Issue::kBadRecord, profile.offset, "event " + std::to_string(number) + " of this profile " + what);
  };
  for (const RawEvent& event : profile.events) {
    ++number;
    const std::optional<int64_t> at = Convert(event.at, profile, scale);
    if (!at) continue;
    if (now && *at < *now) broken("is earlier than the one before it");
    if (now) Spend(profile, *now, *at);
    now = std::max(now.value_or(*at), *at);
    if (event.open) {
      if (open_.size() >= StackTableBuilder::kMaxStackDepth) {
        broken("opens more frames than one stack may have");
        break;
      }
      const StackId parent = open_.empty() ? StackTable::kEmpty : open_.back().stack;
      open_.push_back({event.frame, stacks_.Push(parent, LocationId(event.frame))});
      ++times_open_[event.frame];
    } else if (open_.empty() || open_.back().frame != event.frame) {
      broken(Close(event.frame) ? "closes a frame inside which others are open" : "closes a frame that is not open");
    } else {
      Close(event.frame);
    }
  }
  if (open_.empty() || !now || cut) return;
  broken("is the last one, and frames are open");
  if (profile.end) {
    if (const std::optional<int64_t> end = Convert(*profile.end, profile, scale)) Spend(profile, *now, *end);
  }
}

}  // namespace flametrail::speedscope
