// Traces of Go before 1.22 from text, so that tests are pictures.
#ifndef TESTS_CORE_SUPPORT_V1_ASSEMBLER_H_
#define TESTS_CORE_SUPPORT_V1_ASSEMBLER_H_

#include <string>
#include <string_view>

namespace flametrail::testing {

// One record a line, by its name in core/formats/gotrace/v1/wire.cc, then its numbers as the wire has them (the first
// of an event is the ticks since the event before it); texts in quotes.
//
//   Batch 0 100
//   GoCreate 5 7 1 0
//   UserLog 5 0 1 0 "message"
//   String 1 "main.main"
//   Raw ff ff            bytes as they are
std::string AssembleV1(int version, std::string_view text);

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_V1_ASSEMBLER_H_
