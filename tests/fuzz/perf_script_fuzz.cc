// Any bytes for the reader of this format, past detection: the outcome must not depend on where chunks are cut, and
// what comes out must be a whole model.
#include "core/formats/perf_script/perf_script_reader.h"
#include "tests/fuzz/reader_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return flametrail::testing::FuzzReader(&flametrail::MakePerfScriptReader,
                                         {reinterpret_cast<const char*>(data), size});
}
