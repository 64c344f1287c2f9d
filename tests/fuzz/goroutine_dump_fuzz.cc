// Any bytes for the reader of goroutine dumps, past detection: the outcome must not depend on where chunks are cut, and
// every analysis must take what comes out.
#include "core/analysis/dump/compare.h"
#include "core/analysis/dump/groups.h"
#include "core/analysis/dump/wait_graph.h"
#include "tests/core/support/dump_text.h"
#include "tests/fuzz/reader_fuzz.h"

namespace flametrail::testing {
namespace {

void Analyse(const Document& document) {
  const auto source = GoroutinesOf(std::get<Profile>(document.body), &*document.dump);
  if (!source) ReportFuzz("no goroutines");
  for (const GroupBy by : {GroupBy::kStack, GroupBy::kFunctions, GroupBy::kState, GroupBy::kWait, GroupBy::kCreator}) {
    int64_t count = 0;
    for (const GoroutineGroup& group : GroupGoroutines(*source, by)) count += group.count;
    if (count != CountGoroutines(*source)) ReportFuzz("groups lose goroutines");
  }
  int64_t family = 0;
  for (const FamilyNode& node : FamilyTree(*source)) family += node.count;
  if (family != CountGoroutines(*source)) ReportFuzz("the family tree loses goroutines");
  (void)BuildWaitGraph(*source);
  const DumpComparison same = CompareDumps(*source, *source);
  if (same.before != same.after) ReportFuzz("a dump differs from itself");
}

}  // namespace
}  // namespace flametrail::testing

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace flametrail;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Document> document = testing::ReadDump(text);
  if (document.ok()) {
    testing::Analyse(*document);
    const Result<Document> cut = testing::ReadWith(MakeGoroutineDumpReader(), text, 1 + size % 13);
    if (testing::ShowDump(document) != testing::ShowDump(cut)) testing::ReportFuzz("chunks change the goroutines");
  }
  return testing::FuzzReader(&MakeGoroutineDumpReader, text);
}
