// Writes what happens in a World in the form of one family of Go versions. Each call comes before the world changes.
#ifndef TESTS_BENCH_TRACEGEN_ENCODER_H_
#define TESTS_BENCH_TRACEGEN_ENCODER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "tests/bench/tracegen/options.h"
#include "tests/bench/tracegen/world.h"

namespace flametrail::testing {

using TraceSink = std::function<void(std::string_view)>;

class TraceEncoder {
 public:
  virtual ~TraceEncoder() = default;

  virtual void Begin(const Actor& who) = 0;
  virtual void Finish(const Actor& who) = 0;
  // A good moment for a new generation, if this family has them.
  virtual void NextGeneration(const Actor& who) = 0;

  virtual void ProcStart(const Actor& who, uint32_t proc) = 0;
  virtual void ProcStop(const Actor& who) = 0;
  virtual void Gomaxprocs(const Actor& who, uint32_t stack) = 0;
  // `who` takes the processor of a system call.
  virtual void Steal(const Actor& who, uint32_t proc) = 0;

  virtual void Create(const Actor& who, uint32_t goroutine, uint32_t start_stack, uint32_t stack, bool blocked) = 0;
  virtual void Start(const Actor& who, uint32_t goroutine) = 0;
  virtual void Stop(const Actor& who, SimReason reason, uint32_t stack) = 0;  // stays runnable
  virtual void Block(const Actor& who, SimReason reason, uint32_t stack) = 0;
  virtual void Unblock(const Actor& who, uint32_t goroutine, uint32_t stack) = 0;
  virtual void End(const Actor& who) = 0;
  virtual void Switch(const Actor& who, uint32_t goroutine, bool ends) = 0;
  virtual void SyscallBegin(const Actor& who, uint32_t stack) = 0;
  virtual void SyscallEnd(const Actor& who) = 0;
  virtual void SyscallEndBlocked(const Actor& who) = 0;
  virtual void CreateInSyscall(const Actor& who, uint32_t goroutine) = 0;
  virtual void DestroyInSyscall(const Actor& who) = 0;

  virtual void StopTheWorld(const Actor& who, bool begins, bool mark_termination, uint32_t stack) = 0;
  virtual void Collect(const Actor& who, bool begins, uint32_t stack) = 0;
  virtual void Sweep(const Actor& who, bool begins, uint32_t stack, uint64_t swept, uint64_t reclaimed) = 0;
  virtual void Assist(const Actor& who, bool begins, uint32_t stack) = 0;
  virtual void Heap(const Actor& who, bool goal, uint64_t bytes) = 0;
  // Behind Start of a collector's worker.
  virtual void Label(const Actor& who, uint32_t text) = 0;

  virtual void Task(const Actor& who, bool begins, uint64_t task, uint64_t parent, uint32_t text, uint32_t stack) = 0;
  virtual void Region(const Actor& who, bool begins, uint64_t task, uint32_t text, uint32_t stack) = 0;
  virtual void Log(const Actor& who, uint64_t task, uint32_t category, uint32_t message, uint32_t stack) = 0;
  virtual void Sample(const Actor& who, uint32_t stack) = 0;
  virtual void Experiment(const Actor& who, uint64_t object, bool allocates) = 0;

  uint64_t bytes() const { return bytes_; }
  uint64_t events() const { return events_; }

 protected:
  TraceEncoder(const TraceOptions& options, const World& world, TraceSink sink)
      : options_(options), world_(world), sink_(std::move(sink)) {}

  void Put(std::string_view text) {
    bytes_ += text.size();
    sink_(text);
  }

  const TraceOptions options_;
  const World& world_;
  TraceSink sink_;
  uint64_t bytes_ = 0;
  uint64_t events_ = 0;
};

inline void PutVarint(std::string* out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

// "go 1.19 trace" and zeros.
std::string TraceHeader(int version);

std::unique_ptr<TraceEncoder> MakeV1Encoder(const TraceOptions& options, const World& world, TraceSink sink);
std::unique_ptr<TraceEncoder> MakeV2Encoder(const TraceOptions& options, const World& world, TraceSink sink);

}  // namespace flametrail::testing

#endif  // TESTS_BENCH_TRACEGEN_ENCODER_H_
