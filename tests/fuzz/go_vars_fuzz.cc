// Any bytes for the reader of this format, past detection.
#include "core/formats/go_vars/vars_reader.h"
#include "tests/fuzz/reader_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return flametrail::testing::FuzzReader(&flametrail::MakeGoVarsReader, {reinterpret_cast<const char*>(data), size});
}
