#include "core/formats/folded/folded_reader.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "core/formats/folded/folded_line.h"
#include "core/io/text_lines.h"
#include "core/model/profile_assembler.h"

namespace flametrail {
namespace folded {
namespace {

// Whether the file has two counts a line is decided when so much of it is known.
constexpr size_t kDecideLines = 200;
constexpr size_t kDecideBytes = size_t{64} << 10;
constexpr size_t kMaxComments = 100;
constexpr size_t kMaxCommentBytes = 1000;
constexpr size_t kQuotedBytes = 60;

class FoldedReader final : public Reader {
 public:
  FoldedReader() : lines_([this](const TextLine& line) { OnLine(line); }) {}

  bool Append(Bytes chunk) override {
    lines_.Append(chunk);
    return true;
  }
  Result<Document> Finish(std::optional<Error> input_fault) override;

 private:
  struct HeldLine {
    std::string text;
    uint64_t offset;
  };

  void OnLine(const TextLine& line);
  void Decide();
  void OnText(std::string_view text, uint64_t offset);
  void OnOther(std::string_view text, uint64_t offset);
  bool ReadCounts(std::string_view text, uint64_t offset, std::string_view* stack);
  bool ReadCount(const Line& line, uint64_t offset, int64_t* value);
  bool ReadStack(std::string_view stack, uint64_t offset);
  void AddFrame(std::string_view name);
  void CloseLocation();
  void LeaveOut(uint64_t offset, const std::string& why) { diagnostics_.Count(Issue::kBadRecord, offset, why); }

  TextLines lines_;
  ProfileAssembler assembler_;
  Diagnostics diagnostics_;
  bool decided_ = false;
  bool drop_open_line_ = false;
  std::vector<HeldLine> held_;
  size_t held_bytes_ = 0;

  size_t count_columns_ = 1;
  std::array<int64_t, 2> counts_ = {};
  std::vector<LocationId> stack_;     // root first while it is read
  std::vector<SourceLine> location_;  // of the location being read, outermost first
  // The assembler's tables are trees; names come again and again, and find their ids here.
  std::vector<FunctionId> by_name_;  // by StringId
  std::vector<LocationId> plain_;    // locations of one line, by FunctionId
};

void FoldedReader::OnLine(const TextLine& line) {
  if (line.too_long) {
    return LeaveOut(line.offset, "line " + std::to_string(line.number) + " is longer than the " +
                                     std::to_string(TextLines::kMaxLineBytes) + " bytes that one line may have");
  }
  if ((line.is_open && drop_open_line_) || IsBlankLine(line.text)) return;
  if (decided_) return OnText(line.text, line.offset);
  held_.push_back({std::string(line.text), line.offset});
  held_bytes_ += line.text.size();
  if (held_.size() >= kDecideLines || held_bytes_ >= kDecideBytes) Decide();
}

void FoldedReader::Decide() {
  decided_ = true;
  size_t stacks = 0;
  bool two = true;
  for (const HeldLine& line : held_) {
    const std::optional<Line> parsed = ParseLine(line.text);
    if (!parsed || IsComment(line.text)) continue;
    ++stacks;
    const std::optional<Line> more = ParseLine(parsed->stack);
    two = two && more && !more->stack.empty();
  }
  if (two && stacks > 0) {
    count_columns_ = 2;
    assembler_.AddSampleType("before", "count");
    assembler_.AddSampleType("after", "count");
  } else {
    assembler_.AddSampleType("samples", "count");
  }
  for (const HeldLine& line : std::exchange(held_, {})) OnText(line.text, line.offset);
}

void FoldedReader::OnText(std::string_view text, uint64_t offset) {
  // "#0;main 3" is a stack all the same.
  const bool comment = IsComment(text) && text.find(';') == std::string_view::npos;
  std::string_view stack;
  if (comment || !ParseLine(text)) return OnOther(text, offset);
  if (!ReadCounts(text, offset, &stack) || !ReadStack(stack, offset)) return;
  assembler_.AddSample(stack_, {counts_.data(), count_columns_});
}

void FoldedReader::OnOther(std::string_view text, uint64_t offset) {
  if (!IsComment(text)) {
    const bool cut = text.size() > kQuotedBytes;
    return LeaveOut(offset, "wants a stack and a count (\"main;run 12\"), found \"" +
                                std::string(text.substr(0, kQuotedBytes)) + (cut ? "...\"" : "\""));
  }
  auto& comments = assembler_.profile().comments;
  if (comments.size() < kMaxComments) comments.push_back(assembler_.Text(text.substr(0, kMaxCommentBytes)));
}

bool FoldedReader::ReadCounts(std::string_view text, uint64_t offset, std::string_view* stack) {
  *stack = text;
  for (size_t column = count_columns_; column-- > 0;) {
    const std::optional<Line> line = ParseLine(*stack);
    if (!line) {
      diagnostics_.Count(Issue::kBadRecord, offset, "a line with 1 count, those before it have 2");
      return false;
    }
    if (!ReadCount(*line, offset, &counts_[column])) return false;
    *stack = line->stack;
  }
  return true;
}

bool FoldedReader::ReadCount(const Line& line, uint64_t offset, int64_t* value) {
  const WholeNumber whole = ToWhole(line.count, 0);
  const std::string_view shown = line.count_text.substr(0, kQuotedBytes);
  if (whole.out_of_range) {
    LeaveOut(offset, "the count " + std::string(shown) + " does not fit 64 bits");
    return false;
  }
  if (whole.rounded) diagnostics_.Count(Issue::kRoundedValue, offset, shown);
  if (whole.value < 0) diagnostics_.Count(Issue::kNegativeValue, offset, shown);
  *value = whole.value;
  return true;
}

// Leaves the locations in stack_, leaf first.
bool FoldedReader::ReadStack(std::string_view stack, uint64_t offset) {
  stack_.clear();
  const auto separators = static_cast<size_t>(std::count(stack.begin(), stack.end(), ';'));
  if (separators >= StackTableBuilder::kMaxStackDepth) {
    LeaveOut(offset, "a stack of " + std::to_string(separators + 1) + " frames, more than the " +
                         std::to_string(StackTableBuilder::kMaxStackDepth) + " that one stack may have");
    return false;
  }
  while (!stack.empty()) {
    const size_t end = std::min(stack.find(';'), stack.size());
    if (IsBlankLine(stack.substr(0, end))) {
      diagnostics_.Count(Issue::kUnnamedFrame, offset);
    } else {
      AddFrame(stack.substr(0, end));
    }
    stack.remove_prefix(std::min(end + 1, stack.size()));
  }
  CloseLocation();
  if (stack_.empty()) diagnostics_.Count(Issue::kEmptyStackSamples, offset);
  std::reverse(stack_.begin(), stack_.end());
  return true;
}

void FoldedReader::AddFrame(std::string_view name) {
  if (!IsInlined(name)) CloseLocation();
  const StringId id = assembler_.Text(name);
  if (id.index() >= by_name_.size()) by_name_.resize(id.index() + 1);
  FunctionId& function = by_name_[id.index()];
  if (function.is_none()) function = assembler_.Function(name, name, "");
  location_.push_back({function, 0, 0});
}

void FoldedReader::CloseLocation() {
  if (location_.empty()) return;
  const FunctionId outermost = location_.front().function;
  if (location_.size() > 1) {
    std::reverse(location_.begin(), location_.end());
    stack_.push_back(assembler_.Location(MappingId::None(), 0, location_));
  } else {
    if (outermost.index() >= plain_.size()) plain_.resize(outermost.index() + 1);
    LocationId& location = plain_[outermost.index()];
    if (location.is_none()) location = assembler_.Location(MappingId::None(), 0, location_);
    stack_.push_back(location);
  }
  location_.clear();
}

Result<Document> FoldedReader::Finish(std::optional<Error> input_fault) {
  drop_open_line_ = input_fault.has_value();
  lines_.Finish();
  if (!decided_) Decide();
  if (assembler_.sample_count() == 0) {
    if (input_fault) return *input_fault;
    return Error{
        Code::kCorrupt, 0,
        "wants folded stacks (\"main;run 12\"), found none in " + std::to_string(lines_.line_count()) + " lines"};
  }
  if (input_fault) {
    const bool truncated = input_fault->code == Code::kTruncated;
    diagnostics_.Count(truncated ? Issue::kTruncatedInput : Issue::kCorruptTail, input_fault->offset,
                       input_fault->text);
  }
  return Document{"folded stacks", DocumentBody(assembler_.Take()), std::move(diagnostics_), std::move(input_fault)};
}

}  // namespace
}  // namespace folded

std::unique_ptr<Reader> MakeFoldedReader() { return std::make_unique<folded::FoldedReader>(); }

}  // namespace flametrail
