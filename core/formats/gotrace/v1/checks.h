// The reference's rules for a history (specs/go-trace.md §4): what a scheduler cannot have done.
#ifndef CORE_FORMATS_GOTRACE_V1_CHECKS_H_
#define CORE_FORMATS_GOTRACE_V1_CHECKS_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/formats/gotrace/v1/event.h"

namespace flametrail::gotrace::v1 {

class Checks {
 public:
  Checks(int version, size_t streams, GoTable* goroutines);

  // Takes the next event, at `ns` since the first. False: it breaks a rule, fault() says which; its effect is applied
  // all the same.
  bool Take(const Event& event, int64_t ns);
  // In the reference's words.
  const std::string& fault() const { return fault_; }

  // The goroutine waits for the network, so its wake-up comes from the poller.
  bool WaitsForNetwork(uint32_t row) const { return (*goroutines_)[row].network; }
  // For GoUnblock: a timer's goroutine wakes without being on the processor.
  void set_from_timer(bool from_timer) { from_timer_ = from_timer; }

 private:
  struct Proc {
    bool running = false;
    bool sweeps = false;
    bool stopped_world = false;  // before header 10 that was per processor
    uint64_t goroutine = 0;
  };
  using Region = std::pair<uint64_t, uint64_t>;  // task, name

  bool Fail(std::string text) {
    fault_ = std::move(text);
    return false;
  }
  GoRow& Row(uint32_t row) { return (*goroutines_)[row]; }
  bool Running(const Event& event, int64_t ns, bool allow_none);
  bool TakeRange(const Event& event, int64_t ns);
  bool TakeProc(const Event& event, int64_t ns);
  bool TakeStart(const Event& event, int64_t ns);
  bool TakeStop(const Event& event, int64_t ns, GoStatus status);
  bool TakeUnblock(const Event& event, int64_t ns);
  bool TakeCreate(const Event& event, int64_t ns);
  bool TakeStatus(const Event& event, int64_t ns);
  bool TakeUser(const Event& event);
  bool TakeRegion(const Event& event);
  bool Alternate(bool* open, bool begins, const char* what_open, const char* what_closed, int64_t ns);

  std::string fault_;
  int version_;
  bool from_timer_ = false;
  bool collects_ = false;
  bool stopped_world_ = false;
  GoTable* goroutines_;
  std::vector<Proc> procs_;  // by stream; the last is that of samples
  std::unordered_set<uint64_t> tasks_;
  std::unordered_map<uint32_t, std::vector<Region>> regions_;  // by row: open ones
};

}  // namespace flametrail::gotrace::v1

#endif  // CORE_FORMATS_GOTRACE_V1_CHECKS_H_
