// Traces of Go before 1.22 (headers 5, 7, 8, 9, 10, 11, 19, 21): scanned, ordered, checked, converted.
#include <limits>
#include <string>

#include "core/formats/gotrace/decoder.h"
#include "core/formats/gotrace/v1/checks.h"
#include "core/formats/gotrace/v1/converter.h"
#include "core/formats/gotrace/v1/history.h"
#include "core/formats/gotrace/v1/scanner.h"

namespace flametrail::gotrace::v1 {
namespace {

// Clock of a trace whose end, where the frequency stands, is missing: what the runtime counts on most machines.
constexpr uint64_t kAssumedTicksPerSecond = 15'625'000;

// Ticks since the first event to ns (§3.4). Out of range, which only broken files reach, is the nearest end.
class Clock {
 public:
  explicit Clock(uint64_t ticks_per_second) : ns_per_tick_(1e9 / static_cast<double>(ticks_per_second)) {}

  int64_t Ns(int64_t ticks) {
    if (!first_) first_ = ticks;
    const auto since = static_cast<int64_t>(static_cast<uint64_t>(ticks) - static_cast<uint64_t>(*first_));
    const double ns = static_cast<double>(since) * ns_per_tick_;
    if (ns >= 9.2e18) return std::numeric_limits<int64_t>::max() / 2;
    if (ns <= -9.2e18) return std::numeric_limits<int64_t>::min() / 2;
    return static_cast<int64_t>(ns);
  }

 private:
  double ns_per_tick_;
  std::optional<int64_t> first_;
};

// The whole file is needed before the first event can be told: events of one processor may wait for those of another
// that come at the end of the file, and so do texts, stacks and the clock's frequency.
class Decoder : public TraceDecoder {
 public:
  explicit Decoder(const DecoderInput& input)
      : strict_(input.strict),
        trace_(input.trace),
        builder_(input.builder),
        diagnostics_(input.diagnostics),
        scanner_(input.version, input.strict, &input.trace->strings, input.diagnostics) {}

  bool Append(Bytes chunk) override { return scanner_.Append(chunk); }

  std::optional<Error> Finish(const std::optional<Error>& input_fault) override {
    scanner_.End(input_fault);
    if (!strict_) {
      TellEvents();
      return scanner_.fault();
    }
    std::optional<Error> refused = scanner_.fault();
    if (!refused) refused = TellEvents();
    if (!refused) return unknown_to_converter_;
    TellNothing();
    return refused;
  }

 private:
  // Why the reference refuses the trace, if it does.
  std::optional<Error> TellEvents();
  bool Converts(const Event& event);
  void TellWire(uint64_t events, const StackMap& stacks);

  // The reference gives all or nothing, but for what its converter does not know.
  void TellNothing() {
    Trace nothing;
    nothing.version = trace_->version;
    nothing.header = trace_->header;
    *trace_ = std::move(nothing);
  }

  bool strict_;
  Trace* trace_;
  TraceBuilder* builder_;
  Diagnostics* diagnostics_;
  Scanner scanner_;
  std::optional<Error> unknown_to_converter_;
};

std::optional<Error> Decoder::TellEvents() {
  RawTrace& raw = scanner_.raw();
  if (!raw.ticks_per_second && !strict_) {
    diagnostics_->Count(Issue::kTraceNoFrequency, std::nullopt,
                        std::to_string(kAssumedTicksPerSecond) + " ticks a second are assumed");
  }
  GoTable goroutines;
  Clock clock(raw.ticks_per_second.value_or(kAssumedTicksPerSecond));
  History history(&raw, &goroutines, strict_);
  Checks checks(raw.version, raw.procs.size(), &goroutines);
  Converter converter(raw, &goroutines, builder_);
  std::optional<Error> broken_rule;
  builder_->Sync(-1, std::nullopt);
  int64_t last_ns = -1;
  uint64_t events = 0;
  for (; const Event* next = history.Next(); ++events) {
    const Event& event = *next;
    const int64_t ns = clock.Ns(event.ticks);
    if (ns > last_ns) last_ns = ns;
    const bool wakes = event.type == EventType::kGoUnblock;
    const bool from_timer = wakes && raw.timer_goroutines.count(event.goroutine) != 0;
    const bool from_netpoll = wakes && checks.WaitsForNetwork(event.target);
    checks.set_from_timer(from_timer);
    if (!checks.Take(event, ns)) {
      if (strict_ && !broken_rule) broken_rule = Error{Code::kCorrupt, event.offset, checks.fault()};
      if (!strict_) diagnostics_->Count(Issue::kTraceStateMismatch, event.offset, checks.fault());
    }
    // After a broken rule only the order is still looked at: what is wrong with that is what the reference says.
    if (!broken_rule && Converts(event)) converter.Take(event, ns, from_timer, from_netpoll);
  }
  if (!unknown_to_converter_) builder_->Sync(last_ns, std::nullopt);
  TellWire(events, converter.stacks());
  std::optional<Error> disorder = history.Finish(diagnostics_);
  if (disorder) return disorder;
  if (strict_ && !raw.ticks_per_second) return Error{Code::kCorrupt, std::nullopt, "no EvFrequency event"};
  return broken_rule;
}

// The reference's converter stops at FutileWakeup, which Go before 1.11 wrote.
bool Decoder::Converts(const Event& event) {
  if (event.type == EventType::kFutileWakeup && strict_ && trace_->version >= 11 && !unknown_to_converter_) {
    unknown_to_converter_ = Error{Code::kCorrupt, event.offset, "unexpected event type 36"};
  }
  return !unknown_to_converter_;
}

void Decoder::TellWire(uint64_t events, const StackMap& stacks) {
  const RawTrace& raw = scanner_.raw();
  Generation generation;
  generation.number = 1;
  generation.offset = 16;
  generation.bytes = raw.bytes - 16;
  generation.batches = raw.batches;
  generation.events = events;
  generation.ticks_per_second = static_cast<double>(raw.ticks_per_second.value_or(kAssumedTicksPerSecond));
  trace_->generations.push_back(generation);
  for (size_t type = 1; type < kEventTypes; ++type) {
    if (raw.counts[type] == 0) continue;
    trace_->wire.push_back({std::string(kEventSpecs[type].name), raw.counts[type], raw.sizes[type]});
  }
  trace_->stack_frames = stacks.frames();
  trace_->max_stack_depth = stacks.deepest();
  trace_->data_bytes = generation.bytes;
}

}  // namespace

}  // namespace flametrail::gotrace::v1

namespace flametrail::gotrace {

std::unique_ptr<TraceDecoder> MakeV1Decoder(const DecoderInput& input) { return std::make_unique<v1::Decoder>(input); }

}  // namespace flametrail::gotrace
