// Go's debug=1 texts of the corpus: in compat mode against `go tool pprof`, else against the binary profiles that the
// same programs wrote beside them.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/base/checked.h"
#include "core/formats/pprof/pprof_reader.h"
#include "core/io/inflate.h"
#include "tests/core/formats/pprof_legacy/read_legacy.h"
#include "tests/core/support/files.h"

namespace flametrail {
namespace {

using testing::kCompat;
using testing::kRight;
using testing::ProfileOf;
using testing::ReadLegacyText;

constexpr std::string_view kSuffix = ".debug1.txt";

struct Weight {
  int64_t flat = 0;
  int64_t cum = 0;
  bool operator==(const Weight&) const = default;
};
using WeightByAddress = std::map<uint64_t, Weight>;

WeightByAddress WeightsOf(const Profile& profile, size_t type) {
  WeightByAddress weights;
  std::vector<LocationId> stack;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    const int64_t value = profile.samples.values[type][i];
    profile.stacks.Expand(profile.samples.stack[i], &stack);
    if (value == 0 || stack.empty()) continue;
    weights[profile.locations.address[stack[0].index()]].flat += value;
    std::set<uint64_t> seen;
    for (const LocationId location : stack) seen.insert(profile.locations.address[location.index()]);
    for (const uint64_t address : seen) weights[address].cum += value;
  }
  return weights;
}

// Rows of `pprof -top -addresses` in the smallest unit: flat, flat%, sum%, cum, cum%, address.
WeightByAddress WeightsOfReport(const std::string& report) {
  WeightByAddress weights;
  size_t at = report.find("cum%\n");
  if (at == std::string::npos) return weights;
  for (at += 5; at < report.size() && report[at] != '#';) {
    const std::string line = report.substr(at, report.find('\n', at) - at);
    at += line.size() + 1;
    char flat[40], flat_percent[40], sum[40], cum[40], cum_percent[40], address[40];
    if (std::sscanf(line.c_str(), "%39s %39s %39s %39s %39s %39s", flat, flat_percent, sum, cum, cum_percent,
                    address) != 6) {
      ADD_FAILURE() << line;
      return weights;
    }
    weights[std::stoull(address, nullptr, 16)] = {std::stoll(flat), std::stoll(cum)};
  }
  return weights;
}

class GoDumpsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto corpus = testing::CorpusFolder();
    if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
    corpus_ = *corpus;
    for (const std::string& name : testing::ListFiles(corpus_ + "/dumps")) {
      if (name.ends_with(kSuffix)) names_.push_back(name.substr(0, name.size() - kSuffix.size()));
    }
    ASSERT_FALSE(names_.empty());
  }
  std::string Text(const std::string& name) const {
    return testing::ReadFile(corpus_ + "/dumps/" + name + std::string(kSuffix));
  }

  std::string corpus_;
  std::vector<std::string> names_;
};

TEST_F(GoDumpsTest, CompatIsWhatPprofShows) {
  const std::string folder = corpus_ + "/dumps/expected/";
  const std::vector<std::string> answers = testing::ListFiles(folder);
  size_t reports = 0;
  size_t refused = 0;
  for (const std::string& name : names_) {
    SCOPED_TRACE(name);
    const Result<Document> document = ReadLegacyText(Text(name), kCompat);
    if (!document.ok()) {
      const std::string info = testing::ReadFile(folder + name + ".debug1.info.json");
      EXPECT_NE(info.find("\"error\": \"" + document.error().text + "\""), std::string::npos) << document.error().text;
      ++refused;
      continue;
    }
    EXPECT_FALSE(document->fault);
    const Profile& profile = std::get<Profile>(document->body);
    for (size_t type = 0; type < profile.sample_types.size(); ++type) {
      const std::string answer =
          name + ".debug1.top-all." + std::string(profile.Text(profile.sample_types[type].type)) + ".txt";
      if (std::find(answers.begin(), answers.end(), answer) == answers.end()) continue;
      SCOPED_TRACE(answer);
      EXPECT_EQ(WeightsOf(profile, type) == WeightsOfReport(testing::ReadFile(folder + answer)), true);
      ++reports;
    }
  }
  RecordProperty("reports", static_cast<int>(reports));
  EXPECT_GT(reports, 50u);
  EXPECT_EQ(refused, 5u);
}

int64_t Total(const Profile& profile, size_t type) {
  int64_t total = 0;
  for (const int64_t value : profile.samples.values[type]) total = WrapAdd(total, value);
  return total;
}

TEST_F(GoDumpsTest, SymbolsChangeNoTotal) {
  for (const std::string& name : names_) {
    SCOPED_TRACE(name);
    const Result<Document> document = ReadLegacyText(Text(name), kRight);
    ASSERT_TRUE(document.ok()) << document.error().text;
    EXPECT_FALSE(document->fault);
    EXPECT_FALSE(document->diagnostics.LostData());
    EXPECT_FALSE(document->diagnostics.Has(Issue::kTotalMismatch));
    const Profile& right = std::get<Profile>(document->body);
    EXPECT_EQ(right.functions.size() > 0, right.samples.size() > 0 && right.stacks.size() > 1);
    EXPECT_EQ(document->mem_stats.has_value(), name.ends_with(".heap"));
    const Result<Document> compat = ReadLegacyText(Text(name), kCompat);
    if (!compat.ok()) continue;
    const Profile& plain = std::get<Profile>(compat->body);
    ASSERT_EQ(plain.sample_types.size(), right.sample_types.size());
    for (size_t type = 0; type < right.sample_types.size(); ++type) EXPECT_EQ(Total(plain, type), Total(right, type));
  }
}

// Texts have main.Map[...], binary profiles the shapes of the type arguments.
std::string WithoutTypeArguments(std::string_view name) {
  const size_t begin = name.find('[');
  const size_t end = name.rfind(']');
  if (begin == name.npos || end == name.npos) return std::string(name);
  return std::string(name.substr(0, begin)) + "[...]" + std::string(name.substr(end + 1));
}

// Names leaf first, "inlined>caller;...". Runtime functions nearest the leaf are left out, as Go's heap and goroutine
// texts leave them out.
std::set<std::string> Stacks(const Profile& profile, bool hide_runtime) {
  std::set<std::string> stacks;
  std::vector<LocationId> stack;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    profile.stacks.Expand(profile.samples.stack[i], &stack);
    std::string text;
    for (const LocationId location : stack) {
      const uint32_t end = profile.locations.line_begin[location.index() + 1];
      for (uint32_t line = profile.locations.line_begin[location.index()]; line < end; ++line) {
        const std::string_view name =
            profile.Text(profile.functions.name[profile.locations.line_function[line].index()]);
        if (hide_runtime && text.empty() && name.starts_with("runtime.")) continue;
        text.append(WithoutTypeArguments(name)) += line + 1 < end ? '>' : ';';
      }
    }
    stacks.insert(text);
  }
  return stacks;
}

Profile ReadBinary(const std::string& gzip) {
  const auto reader = MakePprofReader();
  Inflater inflater([&](Bytes chunk) { return reader->Append(chunk); });
  EXPECT_TRUE(inflater.Append(AsBytes(gzip)).ok() && inflater.Finish().ok());
  return ProfileOf(reader->Finish(std::nullopt));
}

TEST_F(GoDumpsTest, StacksAreThoseOfTheBinaryProfile) {
  size_t pairs = 0;
  for (const std::string& name : names_) {
    SCOPED_TRACE(name);
    // Block and mutex profiles do not change between the two files; of goroutines only those that all wait.
    const bool goroutines = name.starts_with("longblock");
    if (!goroutines && name.find(".block") == std::string::npos && name.find(".mutex") == std::string::npos) continue;
    if (name.starts_with("idle")) continue;  // no binary profile beside it
    const Profile text = ProfileOf(ReadLegacyText(Text(name), kRight));
    const Profile binary = ReadBinary(testing::ReadFile(corpus_ + "/profiles/" + name + ".pb.gz"));
    EXPECT_EQ(Stacks(text, goroutines), Stacks(binary, goroutines));
    ++pairs;
  }
  EXPECT_EQ(pairs, 20u);
}

TEST_F(GoDumpsTest, MemStatsAreThoseOfTheText) {
  const Result<Document> document = ReadLegacyText(Text("shop-s1-go123.heap"), kRight);
  ASSERT_TRUE(document.ok() && document->mem_stats);
  const MemStats& stats = *document->mem_stats;
  EXPECT_EQ(stats.alloc, 40090184u);
  EXPECT_EQ(stats.stack_inuse, 1114112u);
  EXPECT_EQ(stats.mcache_sys, 15600u);
  EXPECT_EQ(stats.num_gc, 731u);
  EXPECT_EQ(stats.max_rss, 56090624u);
  EXPECT_EQ(stats.debug_gc, false);
  EXPECT_DOUBLE_EQ(*stats.gc_cpu_fraction, 0.042991162042473066);
  ASSERT_EQ(stats.pause_ns.size(), MemStats::kPauses);
  EXPECT_EQ(stats.pause_ns[0], 201882u);
  EXPECT_EQ(stats.pause_end[255], 1795424058381226411u);
  EXPECT_EQ(stats.entries.front(), (std::pair<std::string, std::string>{"Alloc", "40090184"}));
}

}  // namespace
}  // namespace flametrail
