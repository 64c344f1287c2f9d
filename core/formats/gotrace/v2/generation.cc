#include "core/formats/gotrace/v2/generation.h"

#include <algorithm>
#include <cstring>

#include "core/formats/gotrace/v2/uvarint.h"

namespace flametrail::gotrace {
namespace {

constexpr int kSyncVersion = 25;  // from here on: Sync batches with a clock snapshot
constexpr size_t kBlockBytes = size_t{256} << 10;

}  // namespace

// Reads the entries of one batch. After a fault `fault` is set and nothing more is read.
struct GenerationData::In {
  const uint8_t* at;
  const uint8_t* end;
  std::string fault = {};

  bool HasMore() const { return at != end && fault.empty(); }
  uint64_t left() const { return static_cast<uint64_t>(end - at); }
  // `what` precedes Go's words.
  bool Number(uint64_t* value, const std::string& what = {}) {
    const uint8_t* const next = ReadUvarint(at, end, value);
    if (next == nullptr) {
      fault = what + std::string(UvarintFault(at, end));
      return false;
    }
    at = next;
    return true;
  }
  bool Numbers(std::initializer_list<uint64_t*> values) {
    for (uint64_t* const value : values) {
      if (!Number(value)) return false;
    }
    return true;
  }
};

std::string GenerationData::Add(const BatchHeader& header, Bytes data, uint64_t offset) {
  if (batch_count_ == 0) offset_ = offset;
  ++batch_count_;
  bytes_ = offset + header.header_bytes + data.size() - offset_;
  if (min_time_ == 0 || header.time < min_time_) min_time_ = header.time;
  // In the shortest form, as the reference counts: writers leave room for the size.
  const uint64_t place = UvarintBytes(header.generation) + UvarintBytes(header.thread) + UvarintBytes(header.time);
  if (header.is_experimental) {
    ++experimental_batches_;
    tally_->Add(kExperimentalBatch, 2 + place + UvarintBytes(header.size) + data.size());
    return {};
  }
  tally_->Add(kEventBatch, 1 + place + UvarintBytes(header.size));
  const uint8_t* const end = data.data() + data.size();
  switch (data.empty() ? 0 : data[0]) {
    case kStrings:
      tally_->Add(kStrings, 1);
      return AddStrings({data.data() + 1, end});
    case kStacks:
      tally_->Add(kStacks, 1);
      return AddStacks({data.data() + 1, end});
    case kCpuSamples:
      tally_->Add(kCpuSamples, 1);
      return AddSamples({data.data() + 1, end});
    case kFrequency:
      if (version_ < kSyncVersion) return AddSync({data.data(), end}, header.time);
      break;
    case kSync:
      if (version_ < kSyncVersion) break;
      tally_->Add(kSync, 1);
      return AddSync({data.data() + 1, end}, header.time);
    default:
      break;
  }
  AddEvents(header, data, offset + header.header_bytes);
  return {};
}

void GenerationData::AddEvents(const BatchHeader& header, Bytes data, uint64_t offset) {
  uint32_t stream = stream_of_thread_.Find(header.thread);
  if (stream == IdMap::kNone) {
    stream = static_cast<uint32_t>(streams_.size());
    streams_.push_back({header.thread, {}});
    stream_of_thread_.Set(header.thread, stream);
  }
  if (data.empty()) return;
  if (data.size() > block_left_) {
    if (spare_blocks_.empty()) {
      blocks_.emplace_back(new uint8_t[kBlockBytes]);
    } else {
      blocks_.push_back(std::move(spare_blocks_.back()));
      spare_blocks_.pop_back();
    }
    block_left_ = kBlockBytes;
  }
  uint8_t* const copy = blocks_.back().get() + (kBlockBytes - block_left_);
  std::memcpy(copy, data.data(), data.size());
  block_left_ -= data.size();
  streams_[stream].batches.push_back({header.time, copy, static_cast<uint32_t>(data.size()), offset});
}

std::string GenerationData::AddStrings(In in) {
  while (in.HasMore()) {
    const uint8_t* const entry = in.at;
    uint64_t id, size;
    if (*in.at != kString) return "expected string event, got " + std::to_string(*in.at);
    ++in.at;
    if (!in.Numbers({&id, &size})) return in.fault;
    if (size > kMaxStringBytes) {
      return "invalid string size " + std::to_string(size) + ", maximum is " + std::to_string(kMaxStringBytes);
    }
    if (size > in.left()) {
      return "failed to read full string: read " + std::to_string(in.left()) + " but wanted " + std::to_string(size);
    }
    const std::string_view text(reinterpret_cast<const char*>(in.at), static_cast<size_t>(size));
    in.at += size;
    if (const uint32_t existing = FindString(id); existing != IdMap::kNone) {
      return "multiple strings with the same ID: id=" + std::to_string(id) + ", new=" + std::string(text) +
             ", existing=" + std::string(builder_->TextOf(StringId(existing)));
    }
    strings_.Set(id, builder_->Text(text).value);
    tally_->Add(kString, static_cast<uint64_t>(in.at - entry));
    tally_->data_bytes += size;
  }
  return in.fault;
}

std::string GenerationData::AddStacks(In in) {
  while (in.HasMore()) {
    const uint8_t* const entry = in.at;
    if (*in.at != kStack) return "expected stack event, got " + std::to_string(*in.at);
    ++in.at;
    if (std::string fault = AddStack(&in); !fault.empty()) return fault;
    tally_->Add(kStack, static_cast<uint64_t>(in.at - entry));
  }
  return in.fault;
}

std::string GenerationData::AddStack(In* in) {
  uint64_t id, count;
  if (!in->Numbers({&id, &count})) return in->fault;
  if (count > kMaxStackFrames) {
    return "invalid stack size " + std::to_string(count) + ", maximum is " + std::to_string(kMaxStackFrames);
  }
  RawStack stack{id, static_cast<uint32_t>(stack_frames_.size()), static_cast<uint32_t>(count)};
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t pc;
    RawFrame frame = {};
    const auto read = [&](const char* what, uint64_t* value) {
      if (const uint8_t* const next = ReadUvarint(in->at, in->end, value); next != nullptr) {
        in->at = next;
        return true;
      }
      return in->Number(
          value, "reading frame " + std::to_string(i + 1) + "'s " + what + " for stack " + std::to_string(id) + ": ");
    };
    if (!read("PC", &pc) || !read("funcID", &frame.function) || !read("fileID", &frame.file) ||
        !read("line", &frame.line)) {
      return in->fault;
    }
    uint32_t row = frame_of_pc_.Find(pc);
    if (row == IdMap::kNone) {
      row = static_cast<uint32_t>(frames_.size());
      frames_.push_back(frame);
      frame_pcs_.push_back(pc);
      frame_of_pc_.Set(pc, row);
    }
    stack_frames_.push_back(row);
  }
  if (FindStack(id) != IdMap::kNone) return "multiple trace.stacks with the same ID: id=" + std::to_string(id);
  stacks_.Set(id, static_cast<uint32_t>(raw_stacks_.size()));
  raw_stacks_.push_back(stack);
  tally_->stack_frames += count;
  tally_->max_stack_depth = std::max(tally_->max_stack_depth, count);
  return {};
}

std::string GenerationData::AddSamples(In in) {
  while (in.HasMore()) {
    const uint8_t* const entry = in.at;
    if (*in.at != kCpuSample) return "expected CPU sample event, got " + std::to_string(*in.at);
    ++in.at;
    RawSample sample;
    if (!in.Numbers({&sample.time, &sample.thread, &sample.proc, &sample.goroutine, &sample.stack})) return in.fault;
    samples_.push_back(sample);
    tally_->Add(kCpuSample, static_cast<uint64_t>(in.at - entry));
  }
  return in.fault;
}

std::string GenerationData::AddSync(In in, uint64_t time) {
  while (in.HasMore()) {
    const uint8_t* const entry = in.at;
    const uint8_t code = *in.at++;
    if (code == kFrequency) {
      if (has_frequency_) return "found multiple frequency events";
      uint64_t frequency;
      if (!in.Number(&frequency)) return in.fault;
      has_frequency_ = true;
      frequency_ = static_cast<double>(frequency);
      nanos_per_unit_ = 1.0 / (static_cast<double>(frequency) / 1e9);
    } else if (code == kClockSnapshot && version_ >= kSyncVersion) {
      if (clock_) return "found multiple clock snapshot events";
      uint64_t delta;
      RawClock clock;
      if (!in.Numbers({&delta, &clock.monotonic, &clock.seconds, &clock.nanos})) return in.fault;
      clock.time = time + delta;
      clock_ = clock;
    } else {
      return "expected frequency or clock snapshot event, got " + std::to_string(code);
    }
    tally_->Add(code, static_cast<uint64_t>(in.at - entry));
  }
  return in.fault;
}

std::string GenerationData::Seal(double fallback_frequency) {
  std::string fault;
  if (!has_frequency_) {
    fault = "no frequency event found";
    frequency_ = fallback_frequency;
    nanos_per_unit_ = 1.0 / (fallback_frequency / 1e9);
  } else if (version_ >= kSyncVersion && !clock_) {
    fault = "no clock snapshot event found";
  }
  std::string unresolved = ResolveStacks();
  if (fault.empty()) fault = std::move(unresolved);
  std::stable_sort(samples_.begin(), samples_.end(),
                   [&](const RawSample& a, const RawSample& b) { return Nanos(a.time) < Nanos(b.time); });
  return fault;
}

// Where a text is missing the frame stays, without it.
std::string GenerationData::Resolve(uint64_t pc, uint64_t stack, RawFrame* frame) {
  std::string fault;
  const auto text_of = [&](const char* what, uint64_t id) {
    const uint32_t text = FindString(id);
    if (text != IdMap::kNone) return StringId(text);
    if (fault.empty()) {
      fault = "found invalid " + std::string(what) + " string ID " + std::to_string(id) + " for stack " +
              std::to_string(stack);
    }
    return StringPool::kEmpty;
  };
  const StringId function = text_of("func", frame->function);
  const StringId file = text_of("file", frame->file);
  frame->location = builder_->Frame(pc, function, file, frame->line);
  return fault;
}

std::string GenerationData::ResolveStacks() {
  std::string fault;
  std::vector<LocationId> leaf_first;
  for (const RawStack& raw : raw_stacks_) {
    leaf_first.clear();
    for (uint32_t i = 0; i < raw.count; ++i) {
      const uint32_t row = stack_frames_[raw.first + i];
      RawFrame& frame = frames_[row];
      if (frame.location.is_none()) {
        std::string missing = Resolve(frame_pcs_[row], raw.id, &frame);
        if (fault.empty()) fault = std::move(missing);
      }
      leaf_first.push_back(frame.location);
    }
    stacks_.Set(raw.id, builder_->Stack(leaf_first).value);
  }
  raw_stacks_ = {};
  stack_frames_ = {};
  frames_ = {};
  frame_pcs_ = {};
  frame_of_pc_ = IdMap();
  return fault;
}

}  // namespace flametrail::gotrace
