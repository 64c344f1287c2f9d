// Second pass, headers 7 and later: merges the processors' events into one order (specs/go-trace.md §3.1).
//
// The runtime numbers what happens to a goroutine on different processors. An event is ready once its goroutine has
// the number and state that the event continues; of the ready events of all processors the earliest comes next.
//
//   P0  GoCreate g5 --------------------------- GoUnblock g5 seq 3 ---
//   P1  ............ GoStart g5 seq 1  GoBlock .................... GoStart g5 seq 4
//
// A processor whose head is not ready waits under (goroutine, what it waits for) and is looked at again only when just
// that has come: the cost does not grow with the number of processors.
#ifndef CORE_FORMATS_GOTRACE_V1_ORDER_H_
#define CORE_FORMATS_GOTRACE_V1_ORDER_H_

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/formats/gotrace/v1/event.h"

namespace flametrail::gotrace::v1 {

// Why the events of a trace do not make a history. Worse first: of several the reference names the first.
enum class Disorder : uint8_t {
  kNone,
  kNoOrder,     // "no consistent ordering of events possible"
  kImpossible,  // "encountered impossible goroutine state transition"
  kTime,        // "time stamps out of order"
};

class Order {
 public:
  // `raw`: pieces that were read are freed from it. `force`: where nothing is ready take the earliest event, where the
  // reference gives up.
  Order(RawTrace* raw, GoTable* goroutines, bool force);

  // The next event, good (and the caller's to change) until the next call. Null at the end, or (not `force`) when
  // nothing is ready.
  Event* Next();

  // Events that were taken although they were not ready, and the first one.
  uint64_t forced() const { return forced_; }
  uint64_t forced_offset() const { return forced_offset_; }
  // Nothing was ready, or an event was no longer ready when its turn came.
  Disorder disorder() const { return disorder_; }

 private:
  static constexpr uint64_t kAnySequence = ~uint64_t{0};

  // What an event asks of its goroutine and what it makes of it.
  struct Transition {
    uint32_t goroutine = kUnordered;
    GoStatus from = GoStatus::kDead;
    GoStatus to = GoStatus::kDead;
    uint64_t sequence = kAnySequence;  // wanted
    bool counts = false;               // the number grows by one
  };
  struct Head {
    Event event;
    Transition transition;
    Cursor cursor;
    uint32_t next_waiting = kNoStream;  // list of those that wait for the same
    bool waiting = false;
    uint64_t known_id = 0;  // the last goroutine that was looked up here
    uint32_t known_row = 0;
  };
  struct Place {  // in the heap
    int64_t ticks;
    uint32_t stream;
  };
  struct WaitKey {
    uint32_t goroutine;
    GoStatus status;
    uint64_t sequence;
    bool operator==(const WaitKey&) const = default;
  };
  struct HashWait {
    size_t operator()(const WaitKey& key) const;
  };
  static constexpr uint32_t kUnordered = 0xFFFFFFFFu;
  static constexpr uint32_t kCollection = 0xFFFFFFFEu;  // the garbage collection, which is numbered like a goroutine
  static constexpr uint32_t kNoStream = 0xFFFFFFFFu;

  void FindRows(Head* head);
  Transition TransitionOf(const Event& event);
  GoRow& RowOf(uint32_t goroutine) { return goroutine == kCollection ? collection_ : (*table_)[goroutine]; }
  bool Ready(const Transition& transition);
  // False: the stream waits, or is at its end.
  bool Admit(uint32_t stream);
  bool AdmitSample(Head* head);
  // The stream whose event comes next, or kNoStream.
  uint32_t Choose();
  void Wait(uint32_t stream);
  void Wake(uint32_t goroutine);
  void WakeList(const WaitKey& key);
  bool Force();
  void Apply(const Transition& transition);
  static bool IsBefore(const Place& a, const Place& b) {
    return a.ticks != b.ticks ? a.ticks < b.ticks : a.stream < b.stream;
  }
  static void PushHeap(std::vector<Place>* heap, Place place);
  static Place PopHeap(std::vector<Place>* heap);
  static Place ReplaceFirst(std::vector<Place>* heap, Place place);
  void FreePiece(uint32_t piece);

  RawTrace* raw_;
  GoTable* table_;
  bool force_;
  NumberCounts counts_;
  std::vector<Head> heads_;  // by stream; the last is that of CPU samples
  size_t next_sample_ = 0;
  GoRow collection_;
  uint32_t last_stream_ = kNoStream;  // whose event was given last: its next one is yet to be looked at
  std::vector<Place> ready_;
  std::unordered_map<WaitKey, uint32_t, HashWait> waiting_;
  size_t waiting_count_ = 0;
  // All that wait, earliest first, with stale entries; only kept once something had to be forced.
  std::vector<Place> force_heap_;
  bool keeps_force_heap_ = false;
  uint64_t forced_ = 0;
  uint64_t forced_offset_ = 0;
  Disorder disorder_ = Disorder::kNone;
};

}  // namespace flametrail::gotrace::v1

#endif  // CORE_FORMATS_GOTRACE_V1_ORDER_H_
