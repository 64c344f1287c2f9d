// Traces as pictures. One line a thing, times in ns:
//
//   procs 2 @0                                GOMAXPROCS
//   g1 main.main: running/p0 @0, waiting(sync) @5 [main.main>sync.Lock], runnable @9 <g2 [main.other>sync.Unlock],
//   running/p0 @12, syscall @14 [main.main>read], blocked @16, runnable @18, exit @20
//   p1: running @0, idle @5
//   gc 10..20 · stw(GC mark termination) g1 5..6 · assist g1 3..9 · sweep p0 3..4
//   label g5 @10 GC (dedicated)
//   task 1 NAME g1 5..9 · region g1 task 1 NAME 5..9 [main.main>work] · log g1 task 1 CATEGORY MESSAGE @7
//   end 100
//
// A state is NAME/PLACE(REASON) @TIME <WHO [STACK]; frames from root to leaf. "new" instead of "runnable": created by
// WHO. "blocked": the P is taken away (which needs a line for the P no more). A goroutine's first state is what the
// trace finds. "syscall" and what follows a "running" keep its P. Lines that begin with a blank continue the one
// before.
#ifndef TESTS_CORE_SUPPORT_GO_TRACE_H_
#define TESTS_CORE_SUPPORT_GO_TRACE_H_

#include <memory>
#include <string_view>

#include "core/model/trace/trace.h"

namespace flametrail::testing {

// The test program ends on a picture that cannot be read.
std::unique_ptr<Trace> GoTrace(std::string_view picture);

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_GO_TRACE_H_
