// Heap, growth and fragmentation texts of gperftools, and Go's heap and allocs with debug=1 (which are the same text):
//
//   heap profile: 695: 18600776 [109705: 7356509904] @ heap/32768
//   48: 3145728 [97195: 6369771520] @ 0x6d8a70 0x4789a1
//
// in use: bytes [allocated: bytes]. Behind the rows Go writes runtime.MemStats, gperftools a memory map.
#include <iterator>

#include "core/base/checked.h"
#include "core/formats/pprof_legacy/memstats_text.h"
#include "core/formats/pprof_legacy/reading.h"
#include "core/formats/pprof_legacy/text_samples.h"
#include "core/formats/pprof_legacy/unsample.h"

namespace flametrail::legacy {
namespace {

struct HeapRow {
  std::string_view inuse_count, inuse_size, alloc_count, alloc_size;
};

struct HeapHead {
  HeapRow total;
  std::string_view kind;
  int64_t rate = 1;
  bool is_sampled = false;
  bool has_alloc = false;
  bool is_go = false;
};

bool TakeRow(Cursor* at, bool may_be_negative, HeapRow* row) {
  const auto number = [&] { return may_be_negative ? at->SignedDigits() : at->Digits(); };
  at->SkipBlanks();
  row->inuse_count = number();
  if (!at->Take(":")) return false;
  at->SkipBlanks();
  row->inuse_size = number();
  at->SkipBlanks();
  if (!at->Take("[")) return false;
  at->SkipBlanks();
  row->alloc_count = at->Digits();
  if (!at->Take(":")) return false;
  at->SkipBlanks();
  row->alloc_size = at->Digits();
  at->SkipBlanks();
  return at->Take("]") && !row->inuse_count.empty() && !row->inuse_size.empty() && !row->alloc_count.empty() &&
         !row->alloc_size.empty() && row->inuse_size != "-" && row->inuse_count != "-";
}

bool ReadKind(Cursor at, HeapHead* head) {
  const Cursor behind_row = at;
  at.SkipBlanks();
  if (at.Take("@")) {
    at.SkipBlanks();
    if (at.rest().starts_with("heap")) {
      head->kind = at.TakeWhile([](char c) { return IsDigit(c) || c == '_' || (c >= 'a' && c <= 'z'); });
      at.Take("/");
      const std::string_view rate = at.Digits();
      const auto value = rate.empty() ? std::optional<int64_t>(0) : ParseDecimal(rate);
      const bool version_2 = head->kind == "heapz_v2" || head->kind == "heap_v2";
      head->is_go = head->kind == "heap";
      head->is_sampled = version_2 || head->is_go;
      if (!value || (!head->is_sampled && head->kind != "heapprofile")) return false;
      // Go writes twice its MemProfileRate, for readers from before version 2.
      head->rate = !head->is_sampled ? 1 : head->is_go ? *value / 2 : *value;
      head->has_alloc = (head->total.alloc_count != head->total.inuse_count && head->total.alloc_count != "0") ||
                        (head->total.alloc_size != head->total.inuse_size && head->total.alloc_size != "0");
      return true;
    }
  }
  at = behind_row;
  head->kind = "growth";
  return at.Take(" @ growth") || at.Take(" @ fragmentation");
}

bool ReadHead(std::string_view line, HeapHead* head) {
  constexpr std::string_view kBegin = "heap profile:";
  for (size_t at = line.find(kBegin); at != std::string_view::npos; at = line.find(kBegin, at + 1)) {
    Cursor cursor(line, at + kBegin.size());
    if (TakeRow(&cursor, false, &head->total) && ReadKind(cursor, head)) return true;
  }
  return false;
}

// The first row in the line, wherever it begins; `addresses`: the text behind its "@".
bool FindRow(std::string_view line, HeapRow* row, std::string_view* addresses) {
  for (size_t colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    size_t begin = colon;
    while (begin > 0 && IsDigit(line[begin - 1])) --begin;
    if (begin == colon) continue;
    if (begin > 0 && line[begin - 1] == '-') --begin;
    Cursor at(line, begin);
    if (!TakeRow(&at, true, row) || !at.Take(" @")) continue;
    *addresses = at.TakeWhile([](char c) { return IsLowerHex(c) || c == ' ' || c == 'x'; });
    return true;
  }
  return false;
}

class HeapParser {
 public:
  HeapParser(Reading* reading, const HeapHead& head) : reading_(*reading), head_(head), samples_(reading) {
    has_alloc_ = head.has_alloc || (head.is_go && !reading->options.compat);
  }

  void Run(LineScanner* lines);

 private:
  bool OnRow(std::string_view line, uint64_t offset);
  bool AddPair(std::string_view count_text, std::string_view size_text, const char* what, std::string_view line,
               uint64_t offset);
  void OnComment(std::string_view line, uint64_t offset);
  void CheckTotals();

  Reading& reading_;
  const HeapHead& head_;
  TextSamples samples_;
  bool has_alloc_;
  std::vector<int64_t> values_;
  std::vector<uint64_t> addresses_;
  int64_t block_size_ = 0;
  bool refused_ = false;                      // the row that is being read
  std::vector<int64_t> sums_ = {0, 0, 0, 0};  // as sampled: allocated, in use
};

void HeapParser::Run(LineScanner* lines) {
  if (has_alloc_) {
    reading_.draft.AddSampleType("alloc_objects", "count");
    reading_.draft.AddSampleType("alloc_space", "bytes");
  }
  reading_.draft.AddSampleType(has_alloc_ ? "inuse_objects" : "objects", "count");
  reading_.draft.AddSampleType(has_alloc_ ? "inuse_space" : "space", "bytes");
  while (lines->Next()) {
    const std::string_view line = TrimSpace(lines->line());
    if (line.empty()) continue;
    if (line.front() == '#') {
      OnComment(line, lines->offset());
    } else if (IsMemoryMapSentinel(line)) {
      break;
    } else if (!OnRow(line, lines->offset())) {
      return;
    }
  }
  if (!samples_.Flush() || reading_.TooLong(*lines)) return;
  CheckTotals();
  reading_.ReadAdditionalSections(lines);
}

bool HeapParser::OnRow(std::string_view line, uint64_t offset) {
  HeapRow row;
  std::string_view addresses;
  if (!FindRow(line, &row, &addresses)) {
    return reading_.PassOver(offset,
                             "a row is not \"count: bytes [count: bytes] @ addresses\" but \"" + Quote(line) + "\"",
                             "unexpected number of sample values: got 0, want 6");
  }
  values_.clear();
  block_size_ = 0;
  refused_ = false;
  const auto pair = [&](std::string_view count, std::string_view size, const char* what) {
    return refused_ || AddPair(count, size, what, line, offset);
  };
  if (has_alloc_ && !pair(row.alloc_count, row.alloc_size, "allocation")) return false;
  if (!pair(row.inuse_count, row.inuse_size, "inuse")) return false;
  if (refused_) return true;
  if (!ParseAddresses(addresses, &addresses_)) {
    return reading_.PassOver(offset, "malformed sample: " + Quote(line) + ": an address has more than 64 bits");
  }
  const Label label = {reading_.draft.Text("bytes"), true, StringId(), block_size_, StringPool::kEmpty};
  return samples_.Begin(offset, values_, addresses_, {&label, 1});
}

bool HeapParser::AddPair(std::string_view count_text, std::string_view size_text, const char* what,
                         std::string_view line, uint64_t offset) {
  const auto count = ParseDecimal(count_text);
  const auto size = ParseDecimal(size_text);
  refused_ = true;
  if (!count || !size) {
    return reading_.PassOver(offset, "malformed sample: " + Quote(line) + ": a number has more than 64 bits");
  }
  if (*count == 0 && *size != 0) {
    const std::string name(what);
    return reading_.PassOver(offset, name + " count was 0 but " + name + " bytes was " + std::to_string(*size));
  }
  refused_ = false;
  HeapValue value = {*count, *size};
  sums_[values_.size()] = WrapAdd(sums_[values_.size()], *count);
  sums_[values_.size() + 1] = WrapAdd(sums_[values_.size() + 1], *size);
  if (*count != 0) {
    block_size_ = WrapDivide(*size, *count);
    if (head_.is_sampled) value = UnsampleHeap(value, head_.rate);
  }
  values_.insert(values_.end(), {value.count, value.size});
  return true;
}

void HeapParser::OnComment(std::string_view line, uint64_t offset) {
  if (reading_.options.compat) return;
  if (line == kMemStatsHeading && !reading_.mem_stats) {
    samples_.Flush();
    reading_.mem_stats.emplace();
  } else if (reading_.mem_stats) {
    ReadMemStatsLine(line, offset, &*reading_.mem_stats, &reading_.diagnostics);
  } else {
    samples_.Comment(line);
  }
}

// Go adds up the very rows that it writes: what is missing was cut out of the text.
void HeapParser::CheckTotals() {
  if (!head_.is_go || reading_.options.compat) return;
  const std::string_view stated[] = {head_.total.alloc_count, head_.total.alloc_size, head_.total.inuse_count,
                                     head_.total.inuse_size};
  for (size_t i = 0; i < std::size(stated); ++i) {
    if (ParseDecimal(stated[i]) == sums_[i]) continue;
    reading_.diagnostics.Count(Issue::kTotalMismatch, std::nullopt,
                               "stated " + std::string(stated[i]) + ", found " + std::to_string(sums_[i]));
    return;
  }
}

}  // namespace

Verdict ParseHeap(Reading* reading) {
  LineScanner lines = reading->Lines();
  HeapHead head;
  if (!lines.Next()) return reading->TooLong(lines) ? Verdict::kDone : Verdict::kNotMine;
  if (!ReadHead(lines.line(), &head)) return Verdict::kNotMine;
  const bool grown = head.kind == "growth";
  reading->format = grown ? "heap growth profile (text)" : "heap profile (text)";
  reading->SetTypes("space", "bytes", head.rate);
  HeapParser(reading, head).Run(&lines);
  return Verdict::kDone;
}

}  // namespace flametrail::legacy
