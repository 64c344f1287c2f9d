// Second pass, header 5 (Go 1.5 and 1.6): every event had a number of its own (specs/go-trace.md §3.3).
#ifndef CORE_FORMATS_GOTRACE_V1_SEQUENCE_ORDER_H_
#define CORE_FORMATS_GOTRACE_V1_SEQUENCE_ORDER_H_

#include <vector>

#include "core/formats/gotrace/v1/event.h"

namespace flametrail::gotrace::v1 {

class SequenceOrder {
 public:
  SequenceOrder(const RawTrace* raw, GoTable* goroutines);

  // Good until the next call; null at the end.
  Event* Next();

 private:
  struct Record {
    uint64_t sequence;
    int64_t ticks;
    uint64_t running;  // goroutine on the processor before the event
    uint32_t stream;
    uint32_t piece;
    uint32_t begin;  // in the piece
  };

  const RawTrace* raw_;
  GoTable* table_;
  NumberCounts counts_;
  std::vector<Record> records_;
  size_t next_ = 0;
  Event event_;
};

}  // namespace flametrail::gotrace::v1

#endif  // CORE_FORMATS_GOTRACE_V1_SEQUENCE_ORDER_H_
