// gperftools' binary CPU profile: words of 32 or 64 bits, in either byte order.
//
//   0, 3, 0 (C++) or 1 (Java), sampling period in microseconds, 0
//   count, depth, that many addresses       for each stack, leaf first
//   0, 1, 0                                 the end; behind it a memory map (C++) or a table of locations (Java) as
//   text
#include <array>

#include "core/base/bytes.h"
#include "core/formats/pprof_legacy/reading.h"

namespace flametrail::legacy {
namespace {

class Words {
 public:
  Words(std::string_view text, size_t width, bool big) : bytes_(AsBytes(text)), width_(width), big_(big) {}

  // 0 behind the end, also behind the rest of a word.
  uint64_t Next() {
    if (bytes_.size() - at_ < width_) {
      at_ = bytes_.size();
      ended_ = true;
      return 0;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < width_; ++i) {
      const size_t shift = 8 * (big_ ? width_ - 1 - i : i);
      value |= uint64_t{bytes_[at_ + i]} << shift;
    }
    at_ += width_;
    return value;
  }
  // A word was wanted behind the end.
  bool ended() const { return ended_; }
  size_t at() const { return at_; }
  size_t left() const { return bytes_.size() - at_; }
  size_t width() const { return width_; }

 private:
  Bytes bytes_;
  size_t width_;
  bool big_;
  size_t at_ = 0;
  bool ended_ = false;
};

enum class Stack : uint8_t { kRead, kEnd, kStop };

class CpuParser {
 public:
  CpuParser(Reading* reading, const Words& words, bool is_java)
      : reading_(*reading), words_(words), is_java_(is_java) {}

  // False: pprof does not take it.
  bool ReadStacks();
  size_t at() const { return words_.at(); }

 private:
  Stack ReadStack();
  Stack AddStack(uint64_t offset, uint64_t count);

  Reading& reading_;
  Words words_;
  bool is_java_;
  std::vector<uint64_t> addresses_;
  std::vector<LocationId> stack_;
};

bool CpuParser::ReadStacks() {
  while (words_.left() > 0) {
    const Stack stack = ReadStack();
    if (stack == Stack::kEnd) return true;
    if (stack == Stack::kStop) return !reading_.options.compat;
  }
  if (!reading_.options.compat) {
    reading_.diagnostics.Count(Issue::kTruncatedInput, words_.at(), "the mark that ends the stacks is missing");
  }
  return true;
}

Stack CpuParser::ReadStack() {
  const uint64_t offset = words_.at();
  const uint64_t count = words_.Next();
  const uint64_t depth = words_.Next();
  // pprof compares with 32-bit words also where they have 64, and takes what is missing then for 0.
  const size_t width = reading_.options.compat ? 4 : words_.width();
  if (words_.ended() || depth > words_.left() / width) {
    if (reading_.options.compat) {
      reading_.PassOver(offset, std::string(kUnrecognized));
    } else {
      reading_.EndsEarly(offset, words_.ended()
                                     ? "the file ends before the depth of a stack"
                                     : "a stack wants " + std::to_string(depth) + " addresses, there is room for " +
                                           std::to_string(words_.left() / width));
    }
    return Stack::kStop;
  }
  addresses_.clear();
  for (uint64_t i = 0; i < depth; ++i) addresses_.push_back(words_.Next());
  if (count == 0 && depth == 1 && addresses_[0] == 0) return Stack::kEnd;
  return AddStack(offset, count);
}

Stack CpuParser::AddStack(uint64_t offset, uint64_t count) {
  stack_.clear();
  for (const uint64_t address : addresses_) {
    // All but the leaf are return addresses.
    stack_.push_back(reading_.draft.LocationAt(is_java_ || stack_.empty() ? address : address - 1));
  }
  const auto period = static_cast<uint64_t>(reading_.draft.profile().period);
  const int64_t values[] = {static_cast<int64_t>(count), static_cast<int64_t>(count * period)};
  return reading_.AddSample(offset, stack_, values) ? Stack::kRead : Stack::kStop;
}

struct Head {
  Words words;
  bool is_java;
  uint64_t period_micros;
};

std::optional<Head> FindHead(std::string_view text) {
  for (const size_t width : {size_t{4}, size_t{8}}) {
    for (const bool big : {false, true}) {
      Words words(text, width, big);
      std::array<uint64_t, 5> head = {};
      for (uint64_t& word : head) word = words.Next();
      if (!words.ended() && head[0] == 0 && head[1] == 3 && head[2] <= 1 && head[3] > 0 && head[4] == 0) {
        return Head{words, head[2] == 1, head[3]};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Verdict ParseCpu(Reading* reading) {
  const std::optional<Head> head = FindHead(reading->text);
  if (!head) return Verdict::kNotMine;
  reading->format = head->is_java ? "Java CPU profile (binary)" : "CPU profile (binary)";
  reading->keep_addresses = !head->is_java;
  reading->SetTypes("cpu", "nanoseconds", static_cast<int64_t>(head->period_micros * 1000));
  reading->draft.AddSampleType("samples", "count");
  reading->draft.AddSampleType("cpu", "nanoseconds");
  CpuParser parser(reading, head->words, head->is_java);
  if (!parser.ReadStacks()) return Verdict::kDone;
  LineScanner rest = reading->Lines();
  rest.SkipTo(parser.at());
  if (head->is_java) {
    ReadJavaLocations(reading, rest);
    return Verdict::kDone;
  }
  reading->draft.RemoveSignalFrame();
  reading->ReadMap(&rest);
  reading->draft.RemoveDuplicateLeaves();
  return Verdict::kDone;
}

}  // namespace flametrail::legacy
