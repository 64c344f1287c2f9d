// Any bytes for the reader of execution traces, both families, strict and not: the outcome must not depend on where
// chunks are cut, what comes out must be a whole model, and a strict reader may not keep what a lenient one loses.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/formats/gotrace/gotrace_reader.h"
#include "tests/core/support/check_trace.h"

namespace {

using flametrail::Bytes;
using flametrail::Diagnostic;
using flametrail::Document;
using flametrail::MakeGoTraceReader;
using flametrail::ReadOptions;
using flametrail::Result;
using flametrail::Trace;

[[noreturn]] void Report(const std::string& what) {
  std::fprintf(stderr, "gotrace_fuzz: %s\n", what.c_str());
  std::abort();
}

Result<Document> Read(Bytes bytes, bool strict, size_t chunk) {
  ReadOptions options;
  options.compat = strict;
  const auto reader = MakeGoTraceReader(options);
  for (size_t at = 0; at < bytes.size(); at += chunk) {
    if (!reader->Append(bytes.subspan(at, std::min(chunk, bytes.size() - at)))) break;
  }
  return reader->Finish(std::nullopt);
}

std::string Show(const Result<Document>& result) {
  if (!result.ok()) return "error: " + result.error().text;
  const Trace& trace = std::get<Trace>(result->body);
  if (std::string fault = flametrail::testing::CheckTrace(trace); !fault.empty()) Report(fault);
  std::string text = flametrail::testing::ShowCounts(trace);
  for (const Diagnostic& d : result->diagnostics.list()) {
    text += "\n" + std::to_string(d.count) + " x " + std::string(d.sentence);
  }
  return text + (result->fault ? "\nfault: " + result->fault->text : "");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Bytes bytes(data, size);
  const std::string whole = Show(Read(bytes, false, std::max<size_t>(size, 1)));
  const std::string cut = Show(Read(bytes, false, 1 + size % 29));
  if (whole != cut) Report("at once: " + whole + "\nin chunks: " + cut);
  (void)Show(Read(bytes, true, std::max<size_t>(size, 1)));
  return 0;
}
