#include "core/formats/gc_trace/gc_line.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "core/base/decimal.h"

namespace flametrail::gc_trace {
namespace {

// Reads a line from left to right; after the first thing that is not there nothing is read any more.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool ok() const { return ok_; }
  std::string_view rest() const { return rest_; }
  Scanner& Word(std::string_view word) {
    ok_ = ok_ && rest_.starts_with(word);
    if (ok_) rest_.remove_prefix(word.size());
    return *this;
  }
  bool Maybe(std::string_view word) {
    if (!ok_ || !rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  template <typename T>
  Scanner& Whole(T* value) {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), *value);
    ok_ = ok_ && error == std::errc();
    if (ok_) rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
    return *this;
  }
  // A fraction times 10^shift: milliseconds become nanoseconds with 6.
  Scanner& Nanos(int32_t shift, int64_t* value) {
    const size_t size = std::min(rest_.find_first_not_of("0123456789.e-+"), rest_.size());
    // "0.018+1.2": a plus that follows no exponent separates.
    size_t end = 0;
    while (end < size && !((rest_[end] == '+' || rest_[end] == '-') && (end == 0 || rest_[end - 1] != 'e'))) ++end;
    const auto decimal = ParseDecimal(rest_.substr(0, end));
    ok_ = ok_ && decimal.has_value();
    if (!ok_) return *this;
    *value = ToWhole(*decimal, shift).value;
    rest_.remove_prefix(end);
    return *this;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

// Where `word` begins in the line as a word; npos: nowhere.
size_t FindWord(std::string_view line, std::string_view word) {
  for (size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const char before = at == 0 ? ' ' : line[at - 1];
    const bool letter = (before | 0x20) >= 'a' && (before | 0x20) <= 'z';
    if (!letter) return at;
  }
  return std::string_view::npos;
}

bool StartsWithDigit(std::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

// The number behind "NAME=".
template <typename T>
bool Setting(std::string_view line, std::string_view name, T* value) {
  const size_t at = FindWord(line, name);
  if (at == std::string_view::npos) return false;
  Scanner scanner(line.substr(at + name.size()));
  return scanner.Whole(value).ok();
}

constexpr int32_t kMillis = 6;
constexpr int32_t kSeconds = 9;

}  // namespace

Read ParseCycle(std::string_view line, GcCycle* cycle) {
  const size_t at = FindWord(line, "gc ");
  if (at == std::string_view::npos || !StartsWithDigit(line.substr(at + 3))) return Read::kOther;
  Scanner scanner(line.substr(at + 3));
  scanner.Whole(&cycle->number).Word(" @");
  if (!scanner.ok()) return Read::kOther;
  int64_t ignored = 0;
  scanner.Nanos(kSeconds, &cycle->start_ns).Word("s ").Whole(&cycle->percent).Word("%: ");
  scanner.Nanos(kMillis, &cycle->sweep_stop_ns).Word("+").Nanos(kMillis, &cycle->mark_ns).Word("+");
  scanner.Nanos(kMillis, &cycle->mark_stop_ns).Word(" ms clock, ");
  scanner.Nanos(kMillis, &ignored).Word("+").Nanos(kMillis, &cycle->assist_cpu_ns).Word("/");
  scanner.Nanos(kMillis, &cycle->background_cpu_ns).Word("/").Nanos(kMillis, &cycle->idle_cpu_ns).Word("+");
  scanner.Nanos(kMillis, &ignored).Word(" ms cpu, ");
  scanner.Whole(&cycle->heap_begin_mb).Word("->").Whole(&cycle->heap_end_mb).Word("->").Whole(&cycle->live_mb);
  scanner.Word(" MB, ").Whole(&cycle->goal_mb).Word(" MB goal, ");
  if (!scanner.ok()) return Read::kBroken;
  // Go 1.18 and later tell stacks and globals in between.
  const std::string_view rest = scanner.rest();
  const size_t procs = rest.find(" P");
  size_t begin = procs;
  while (procs != std::string_view::npos && begin > 0 && StartsWithDigit(rest.substr(begin - 1))) --begin;
  if (procs == std::string_view::npos || !Scanner(rest.substr(begin)).Whole(&cycle->procs).ok()) return Read::kBroken;
  cycle->is_forced = rest.find("(forced)") != std::string_view::npos;
  return Read::kRead;
}

Read ParseSched(std::string_view line, SchedState* state) {
  const size_t at = FindWord(line, "SCHED ");
  if (at == std::string_view::npos) return Read::kOther;
  line.remove_prefix(at + 6);
  int64_t millis = 0;
  Scanner scanner(line);
  if (!scanner.Whole(&millis).Word("ms: ").ok() || millis < 0 || millis > INT64_MAX / 1000000) return Read::kOther;
  state->time_ns = millis * 1000000;
  const bool complete = Setting(line, "gomaxprocs=", &state->procs) &&
                        Setting(line, "idleprocs=", &state->idle_procs) && Setting(line, "threads=", &state->threads) &&
                        Setting(line, "runqueue=", &state->global_queue);
  if (!complete) return Read::kBroken;
  Setting(line, "spinningthreads=", &state->spinning_threads);
  Setting(line, "idlethreads=", &state->idle_threads);
  // [0 1] or, since Go 1.24, [ 0 1 ]: the first brackets.
  size_t open = line.find('[');
  while (open != std::string_view::npos && ++open < line.size() && line[open] != ']') {
    if (!StartsWithDigit(line.substr(open))) continue;
    uint64_t length = 0;
    const auto [end, error] = std::from_chars(line.data() + open, line.data() + line.size(), length);
    if (error != std::errc()) return Read::kBroken;
    state->local_queues += length;
    open = static_cast<size_t>(end - line.data()) - 1;
  }
  return Read::kRead;
}

}  // namespace flametrail::gc_trace
