#include "core/formats/pprof_legacy/text_samples.h"

#include <algorithm>

namespace flametrail::legacy {

std::vector<std::string_view> CommentFields(std::string_view line) {
  const bool tabs = line.find('\t') != std::string_view::npos;
  std::vector<std::string_view> fields;
  for (size_t at = 0; at < line.size();) {
    const size_t end = std::min(line.find(tabs ? '\t' : ' ', at), line.size());
    if (end > at) fields.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return fields;
}

bool TextSamples::Begin(uint64_t offset, std::span<const int64_t> values, std::span<const uint64_t> addresses,
                        std::span<const Label> labels) {
  if (!Flush()) return false;
  open_ = true;
  offset_ = offset;
  values_.assign(values.begin(), values.end());
  addresses_.assign(addresses.begin(), addresses.end());
  labels_.assign(labels.begin(), labels.end());
  return true;
}

void TextSamples::Comment(std::string_view line) {
  if (!open_ || reading_->options.compat) return;
  constexpr std::string_view kLabels = "# labels: ";
  if (line.starts_with(kLabels)) {
    ReadLabels(line.substr(kLabels.size()));
    return;
  }
  Frame frame;
  if (frames_.size() <= StackTableBuilder::kMaxStackDepth && ReadFrame(line, &frame)) frames_.push_back(frame);
}

bool TextSamples::ReadFrame(std::string_view line, Frame* frame) {
  const std::vector<std::string_view> fields = CommentFields(line);
  if (fields.size() < 2 || fields[0] != "#" || !fields[1].starts_with("0x")) return false;
  const auto address = ParseHex(fields[1].substr(2));
  if (!address) return false;
  frame->address = frame->entry = *address;
  if (fields.size() < 4) return true;
  std::string_view name = fields[2];
  const size_t plus = name.rfind("+0x");
  if (plus != std::string_view::npos) {
    if (const auto into = ParseHex(name.substr(plus + 3))) {
      frame->entry = *address - *into;
      name = name.substr(0, plus);
    }
  }
  std::string_view file = fields[3];
  const size_t colon = file.rfind(':');
  if (colon != std::string_view::npos) {
    frame->line = ParseDecimal(file.substr(colon + 1)).value_or(0);
    file = file.substr(0, colon);
  }
  frame->function = FunctionOf(name, file);
  reading_->has_go_symbols = true;
  return true;
}

FunctionId TextSamples::FunctionOf(std::string_view name, std::string_view file) {
  ProfileDraft& draft = reading_->draft;
  const auto [at, is_new] = functions_.try_emplace({draft.Text(name), draft.Text(file)});
  if (is_new) at->second = draft.AddFunction(name, file);
  return at->second;
}

void TextSamples::ReadLabels(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> labels;
  if (!ParseGoLabels(text, &labels)) {
    reading_->diagnostics.Count(Issue::kBadRecord, offset_, "the labels " + Quote(text));
  }
  ProfileDraft& draft = reading_->draft;
  for (const auto& [key, value] : labels) {
    labels_.push_back({draft.Text(key), false, draft.Text(value), 0, StringId()});
  }
}

bool TextSamples::Flush() {
  if (!open_) return true;
  open_ = false;
  stack_.clear();
  if (frames_.empty()) {
    for (const uint64_t address : addresses_) stack_.push_back(reading_->draft.LocationAt(address - 1));
  } else {
    StackOfFrames();
  }
  frames_.clear();
  return reading_->AddSample(offset_, stack_, values_, labels_);
}

void TextSamples::StackOfFrames() {
  // A return address, or the address itself where no call led away from it.
  const uint64_t first = frames_.front().address;
  if (!addresses_.empty() && addresses_.front() - 1 != first && addresses_.front() != first) {
    reading_->diagnostics.Count(Issue::kHiddenFrames, offset_);
  }
  for (size_t begin = 0; begin < frames_.size();) {
    if (frames_[begin].function.is_none()) {
      // Go writes a thread without stack as one frame at 0.
      if (frames_[begin].address != 0) stack_.push_back(reading_->draft.LocationAt(frames_[begin].address));
      ++begin;
      continue;
    }
    const uint64_t entry = frames_[begin].entry;
    size_t end = begin + 1;
    while (end < frames_.size() && !frames_[end].function.is_none() && frames_[end].entry == entry) ++end;
    PushCalls(begin, end);
    begin = end;
  }
}

// Frames in the code of one function: its own, and what was inlined into it. A function is never inlined into itself,
// so each frame with the name of the outermost one ends a call.
void TextSamples::PushCalls(size_t begin, size_t end) {
  const FunctionId outermost = frames_[end - 1].function;
  lines_.clear();
  for (size_t i = begin; i < end; ++i) {
    lines_.push_back({frames_[i].function, frames_[i].line, 0});
    if (frames_[i].function != outermost) continue;
    stack_.push_back(reading_->draft.SymbolizedLocation(frames_[begin].address, lines_));
    lines_.clear();
    begin = i + 1;
  }
}

}  // namespace flametrail::legacy
