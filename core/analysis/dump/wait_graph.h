// Who waits on what, as far as a dump can tell: the addresses that it prints as arguments. A frame such as
// sync.(*Mutex).lockSlow(0xc00001a0a8) names the object; whoever else has the address among its arguments may be the
// one that must act. A dump shows neither owners nor what a pointer's structure holds, so all of this is evidence, not
// proof; only the runtime's own "all goroutines are asleep" is proof.
#ifndef CORE_ANALYSIS_DUMP_WAIT_GRAPH_H_
#define CORE_ANALYSIS_DUMP_WAIT_GRAPH_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/analysis/dump/goroutines.h"

namespace flametrail {

enum class WaitKind : uint8_t { kChannelReceive, kChannelSend, kMutex, kRwMutex, kWaitGroup, kCond, kOnce };
// "a mutex"
std::string_view WaitKindText(WaitKind kind);

struct WaitObject {
  uint64_t address = 0;
  WaitKind kind = WaitKind::kMutex;  // of the first waiter
  // The address is the receiver of a sync frame or the channel of a runtime frame, and not marked as possibly stale
  // ("?"). Else it is the only address among the arguments of the function that waits.
  bool is_certain = true;
  std::vector<uint32_t> waiters;    // rows of Dump::goroutines
  std::vector<uint32_t> mentioned;  // rows that have the address in a frame and do not wait on it; at most kMaxMentions
};

struct WaitGraph {
  static constexpr size_t kMaxMentions = 256;
  static constexpr uint32_t kNoObject = 0xFFFFFFFFu;

  std::vector<WaitObject> objects;  // most waiters first, then by address
  std::vector<uint32_t> waits_on;   // by row: index into objects
  // Goroutines that wait for each other in a ring while nobody outside the ring has one of their objects.
  std::vector<std::vector<uint32_t>> cycles;
  // Rows that wait on an object that nobody else has.
  std::vector<uint32_t> orphans;
};

// REQUIRES: source.dump.
WaitGraph BuildWaitGraph(const GoroutineSource& source);

// Whether the state is waiting for another goroutine: channels, select, sync. Not I/O, timers, the collector.
bool WaitsForGoroutine(std::string_view state);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_DUMP_WAIT_GRAPH_H_
