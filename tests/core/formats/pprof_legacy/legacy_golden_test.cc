// google/pprof's own 14 legacy profiles against its own dumps of them.
#include <gtest/gtest.h>

#include "tests/core/formats/pprof_legacy/read_legacy.h"
#include "tests/core/support/files.h"
#include "tests/core/support/raw_dump.h"

namespace flametrail {
namespace {

using testing::kCompat;
using testing::kRight;

Result<Document> ReadDetected(const std::string& bytes, const ReadOptions& options, size_t chunk = 4096) {
  const Detection detection = Detect(AsBytes(bytes), true);
  EXPECT_TRUE(detection.format == Format::kPprofLegacyCpu || detection.format == Format::kPprofLegacyText)
      << detection.description;
  return testing::Read(detection.format, bytes, options, chunk);
}

TEST(LegacyGoldenTest, FourteenProfilesAreAsPprofDumpsThem) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  const std::string folder = *corpus + "/third_party/pprof-profile/";
  constexpr std::string_view kDump = ".string";
  size_t pairs = 0;
  for (const std::string& name : testing::ListFiles(folder)) {
    if (!name.ends_with(kDump)) continue;
    SCOPED_TRACE(name);
    const std::string input = testing::ReadFile(folder + name.substr(0, name.size() - kDump.size()));
    // None of them has what the two ways of reading differ in.
    for (const ReadOptions& options : {kCompat, kRight}) {
      const Result<Document> document = ReadDetected(input, options);
      ASSERT_TRUE(document.ok()) << document.error().text;
      EXPECT_FALSE(document->fault) << document->fault->text;
      EXPECT_FALSE(document->diagnostics.LostData());
      EXPECT_EQ(testing::RawDump(std::get<Profile>(document->body)), testing::ReadFile(folder + name));
    }
    ++pairs;
  }
  EXPECT_EQ(pairs, 14u);
}

}  // namespace
}  // namespace flametrail
