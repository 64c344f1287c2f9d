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

  // Takes the next event, at `ns` since the first. Empty, or the rule that it breaks, in the reference's words; its
  // effect is applied all the same.
  std::string Take(const Event& event, int64_t ns);

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

  GoRow& Row(uint32_t row) { return (*goroutines_)[row]; }
  std::string Running(const Event& event, int64_t ns, bool allow_none);
  std::string TakeRange(const Event& event, int64_t ns);
  std::string TakeProc(const Event& event, int64_t ns);
  std::string TakeStart(const Event& event, int64_t ns);
  std::string TakeStop(const Event& event, int64_t ns, GoStatus status);
  std::string TakeUnblock(const Event& event, int64_t ns);
  std::string TakeCreate(const Event& event, int64_t ns);
  std::string TakeStatus(const Event& event, int64_t ns);
  std::string TakeUser(const Event& event);
  std::string TakeRegion(const Event& event);
  std::string Alternate(bool* open, bool begins, const char* what_open, const char* what_closed, int64_t ns);

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
