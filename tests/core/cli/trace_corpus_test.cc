// Every reference answer about an execution trace in the corpus: the summary field by field, and the four profiles row
// by row. Tolerances are those of corpus/MANIFEST.md: events with equal timestamps are moved apart by 1 ns in an order
// that readers are free to choose, so a time may differ by a few ns, and a sum by 1 ns an event.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/cli/command.h"
#include "core/cli/pprof_flags.h"
#include "core/session/session.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"

namespace flametrail {
namespace {

using testing::Json;

struct TraceFile {
  std::string path;
  std::string expected;  // without ".json"
  std::string name;
};

std::vector<TraceFile> CorpusTraces(const std::string& corpus) {
  std::vector<TraceFile> traces;
  for (const char* folder :
       {"/traces", "/third_party/go-trace-v1", "/third_party/go-trace-fuzz", "/third_party/go-trace-tests"}) {
    for (const std::string& name : testing::ListFiles(corpus + folder + "/expected")) {
      if (!name.ends_with(".json")) continue;
      const std::string stem = name.substr(0, name.size() - 5);
      const std::string file = corpus + folder + "/" + stem;
      std::FILE* const plain = std::fopen(file.c_str(), "rb");
      if (plain != nullptr) std::fclose(plain);
      traces.push_back({plain != nullptr ? file : file + ".trace", corpus + folder + "/expected/" + stem, stem});
    }
  }
  return traces;
}

bool StartsWithAny(std::string_view text, const std::vector<std::string_view>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view b) { return text.starts_with(b); });
}

bool IsNumber(const Json& json) {
  return !json.text.empty() && (json.text[0] == '-' || (json.text[0] >= '0' && json.text[0] <= '9'));
}

bool IsNothing(const Json& json) {
  return json.items.empty() && (json.text.empty() || json.text == "0" || json.text == "null");
}

class Comparison {
 public:
  Comparison(double events, bool failed) : events_(events), failed_(failed) {}

  void Compare(const std::string& path, const Json& reference, const Json& ours) {
    if (IsLeftOut(path) || (IsNothing(reference) && IsNothing(ours))) return;
    if (!reference.keys.empty() || !ours.keys.empty()) {
      CompareObjects(path, reference, ours);
    } else if (!reference.items.empty() || !ours.items.empty()) {
      CompareLists(path, reference, ours);
    } else {
      CompareLeaves(path, reference, ours);
    }
  }

  uint64_t equal = 0;
  uint64_t near = 0;
  std::vector<std::string> faults;

 private:
  // The raw reader behind `wire` stops at experimental events, and knows no generations: in a broken file it reads on
  // behind what the ordering reader refuses, where ours stops. Of a file that is refused before its first event ours
  // tells no states (the reference: none, 21 times); a thread whose only event is refused is known to us all the same.
  bool IsLeftOut(const std::string& path) const {
    return StartsWithAny(path, {".reader", ".error_at", ".mmu_go123", ".wire.error"}) ||
           (failed_ && path.starts_with(".wire")) ||
           (failed_ && events_ < 2 && StartsWithAny(path, {".threads", ".state_counts_at"}));
  }

  void CompareObjects(const std::string& path, const Json& reference, const Json& ours) {
    std::vector<std::string> keys = reference.keys;
    for (const std::string& key : ours.keys) {
      if (!reference.has(key)) keys.push_back(key);
    }
    for (const std::string& key : keys) Compare(path + "." + key, reference[key], ours[key]);
  }

  // Rows with an id or a name are found by it: equal values leave the order open. Rows that the reference cut off
  // (third_party's lists end at 100 and 300) are not missed.
  void CompareLists(const std::string& path, const Json& reference, const Json& ours) {
    const Json first = reference.items.empty() ? Json() : reference.items[0];
    const char* const key = first.has("id") ? "id" : first.has("name") && !first.has("start") ? "name" : nullptr;
    const bool may_be_cut = ours.items.size() > reference.items.size() &&
                            (path == ".goroutines" || reference.items.size() == kThirdPartyRows);
    if (!may_be_cut && reference.items.size() != ours.items.size()) {
      return Fault(path + " has " + std::to_string(reference.items.size()) + " rows, ours " +
                   std::to_string(ours.items.size()));
    }
    if (key == nullptr) {
      for (size_t i = 0; i < reference.items.size(); ++i) {
        Compare(path + "[" + std::to_string(i) + "]", reference.items[i],
                i < ours.items.size() ? ours.items[i] : Json());
      }
      return;
    }
    std::map<std::string, const Json*> rows;
    for (const Json& row : ours.items) rows[row[key].text] = &row;
    for (const Json& row : reference.items) {
      const auto at = rows.find(row[key].text);
      if (at == rows.end()) {
        Fault(path + " has " + row[key].text + ", ours not");
      } else {
        Compare(path + "[" + row[key].text + "]", row, *at->second);
      }
    }
  }

  void CompareLeaves(const std::string& path, const Json& reference, const Json& ours) {
    if (reference.text == ours.text) {
      ++equal;
      return;
    }
    const bool numbers = (IsNumber(reference) || IsNothing(reference)) && (IsNumber(ours) || IsNothing(ours));
    if (!numbers) return Fault(path + ": " + reference.text + ", ours " + ours.text);
    const double a = std::strtod(reference.text.c_str(), nullptr), b = std::strtod(ours.text.c_str(), nullptr);
    if (std::fabs(a - b) > Tolerance(path, a)) return Fault(path + ": " + reference.text + ", ours " + ours.text);
    ++near;
  }

  double Tolerance(const std::string& path, double value) const {
    const std::string last = path.substr(path.rfind('.') + 1);
    if (path.find("mmu.") != std::string::npos) {
      // Of events at one tick of a v1 clock, which we move apart, one may be a point of its own or not.
      return last == "points"                 ? (path.starts_with(".v1_native") ? 1 : 0)
             : last == "from" || last == "to" ? 10
                                              : 1e-5 * std::max(1.0, std::fabs(value));
    }
    static const std::vector<std::string_view> kTimes = {"start", "end", "t", "create", "first_t", "last_t", "max_t"};
    if (std::find(kTimes.begin(), kTimes.end(), last) != kTimes.end()) return 10;
    if (path == ".goroutines_listed") return value == 100 ? 400 : 0;
    if (path.starts_with(".gomaxprocs") || path.starts_with(".duration_ns") || path.starts_with(".last_ns")) return 10;
    static const std::vector<std::string_view> kSums = {"dur_ns",        "exec",  "sched",   "syscall",
                                                        "syscall_block", "total", "unknown", "running"};
    const bool is_sum = std::find(kSums.begin(), kSums.end(), last) != kSums.end() ||
                        path.find(".block.") != std::string::npos || path.find(".ranges.") != std::string::npos ||
                        path.starts_with(".state_totals_ns.");
    return is_sum ? std::max(10.0, events_) : 0;
  }

  static constexpr size_t kThirdPartyRows = 300;

  void Fault(const std::string& text) { faults.push_back(text); }

  const double events_;
  const bool failed_;
};

// Traces that the reference's reader refuses and ours reads.
bool IsReadByUsOnly(const Json& reference) {
  const std::string& error = reference["error"].text;
  if (error == "unexpected event type 36") return true;
  const std::string_view kOld = "unknown or unsupported trace version go 1.";
  if (!error.starts_with(kOld)) return false;
  static const std::vector<std::string_view> kVersions = {"5", "7", "8", "9", "10"};
  return std::find(kVersions.begin(), kVersions.end(), error.substr(kOld.size())) != kVersions.end();
}

Json Summary(const std::string& path) {
  Console console;
  const std::vector<std::string> args = {"trace", "-d=summary", path};
  RunCommand(args, &console);
  EXPECT_FALSE(console.out.empty()) << path << ": " << console.err;
  return console.out.empty() ? Json() : testing::ParseJson(console.out);
}

TEST(TraceCorpus, SummariesEqualTheReference) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  uint64_t files = 0, files_equal = 0, more = 0, equal = 0, near = 0;
  for (const TraceFile& trace : CorpusTraces(*corpus)) {
    Json reference = testing::ParseJson(testing::ReadFile(trace.expected + ".json"));
    if (IsReadByUsOnly(reference)) {
      ++more;
      continue;
    }
    Json ours = Summary(trace.path);
    ++files;
    Comparison comparison(std::strtod(reference["events_total"].text.c_str(), nullptr),
                          reference["result"].text == "error");
    const bool is_v1 = reference.has("v1_native");
    for (const std::string& key : reference.keys) {
      const bool is_experimental = key == "wire" && reference["experimental_events"].text != "0";
      if (key != "v1_native" && !is_experimental && !(is_v1 && key == "mmu")) {
        comparison.Compare("." + key, reference[key], ours[key]);
      }
    }
    if (is_v1) comparison.Compare(".v1_native.mmu", reference["v1_native"]["mmu"], ours["v1_native"]["mmu"]);
    equal += comparison.equal;
    near += comparison.near;
    files_equal += comparison.faults.empty();
    std::string text;
    for (size_t i = 0; i < std::min<size_t>(comparison.faults.size(), 8); ++i) text += comparison.faults[i] + "\n";
    EXPECT_TRUE(comparison.faults.empty()) << trace.name << ": " << comparison.faults.size() << " faults\n" << text;
  }
  std::printf(
      "trace summaries: %llu of %llu files equal (%llu more are read by us only); values: %llu equal, %llu "
      "within the reference's own tolerance\n",
      static_cast<unsigned long long>(files_equal), static_cast<unsigned long long>(files),
      static_cast<unsigned long long>(more), static_cast<unsigned long long>(equal),
      static_cast<unsigned long long>(near));
}

struct Row {
  double flat = 0;
  double cum = 0;
};

// Rows of `pprof -top` by name.
std::map<std::string, Row> TopRows(std::string_view text) {
  std::map<std::string, Row> rows;
  bool is_table = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find("flat%") != std::string::npos) {
      is_table = true;
      continue;
    }
    double flat = 0, cum = 0;
    int name_at = 0;
    if (!is_table || std::sscanf(line.c_str(), " %lf%*[a-z%] %*s %*s %lf%*[a-z%] %*s %n", &flat, &cum, &name_at) < 2) {
      if (!is_table || std::sscanf(line.c_str(), " %lf %*s %*s %lf %*s %n", &flat, &cum, &name_at) < 2) {
        // A zero has no unit.
        char first[64] = {}, second[64] = {};
        if (!is_table || std::sscanf(line.c_str(), " %63s %*s %*s %63s %*s %n", first, second, &name_at) < 2) continue;
        flat = std::strtod(first, nullptr);
        cum = std::strtod(second, nullptr);
      }
    }
    if (name_at > 0) rows[line.substr(static_cast<size_t>(name_at))] = {flat, cum};
  }
  return rows;
}

std::string Top(const std::string& profile, const std::string& sample_index) {
  Session session;
  EXPECT_TRUE(session.Append(AsBytes(profile)).ok());
  EXPECT_TRUE(session.Finish().ok());
  const std::string unit = sample_index == "delay" ? "-unit=ns" : "-unit=minimum";
  const std::vector<std::string> args = {
      "-top",   "-nodecount=1000000", "-nodefraction=0", "-edgefraction=0", unit, "-sample_index=" + sample_index,
      "profile"};
  const auto request = ParsePprofFlags(args);
  std::string text;
  std::vector<std::string> warnings;
  EXPECT_TRUE(request.ok());
  EXPECT_TRUE(session
                  .WriteReport(
                      request->report, [&](std::string_view part) { text += part; }, &warnings)
                  .ok());
  return text;
}

// Compares one half of an answer; gives the number of rows that differ by more than the tolerance.
size_t CompareRows(std::string_view reference, const std::string& ours, double tolerance) {
  const std::map<std::string, Row> wanted = TopRows(reference), found = TopRows(ours);
  size_t faults = 0;
  for (const auto& [name, row] : wanted) {
    const auto at = found.find(name);
    faults += at == found.end() || std::fabs(at->second.flat - row.flat) > tolerance ||
              std::fabs(at->second.cum - row.cum) > tolerance;
  }
  for (const auto& [name, row] : found) faults += wanted.count(name) == 0;
  return faults;
}

TEST(TraceCorpus, ProfilesEqualTheReference) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  uint64_t answers = 0, answers_equal = 0;
  for (const TraceFile& trace : CorpusTraces(*corpus)) {
    for (const std::string kind : {"net", "sync", "syscall", "sched"}) {
      std::FILE* const file = std::fopen((trace.expected + "." + kind + ".top.txt").c_str(), "rb");
      if (file == nullptr) continue;
      std::fclose(file);
      const std::string answer = testing::ReadFile(trace.expected + "." + kind + ".top.txt");
      const size_t half = answer.find("\n# ", 1);
      if (half == std::string::npos) continue;
      Console console;
      const std::vector<std::string> args = {"trace", "-pprof=" + kind, trace.path};
      EXPECT_EQ(RunCommand(args, &console), kExitDone) << trace.name << ": " << console.err;
      if (console.out.empty()) continue;
      ++answers;
      const Json reference = testing::ParseJson(testing::ReadFile(trace.expected + ".json"));
      const double events = std::strtod(reference["events_total"].text.c_str(), nullptr);
      const std::string_view text = answer;
      const size_t delay = CompareRows(text.substr(0, half), Top(console.out, "delay"), std::max(10.0, events));
      const size_t count = CompareRows(text.substr(half), Top(console.out, "contentions"), 0);
      answers_equal += delay + count == 0;
      EXPECT_EQ(delay, 0u) << trace.name << " " << kind << ": rows of delay that differ";
      EXPECT_EQ(count, 0u) << trace.name << " " << kind << ": rows of contentions that differ";
    }
  }
  std::printf("trace profiles: %llu of %llu equal\n", static_cast<unsigned long long>(answers_equal),
              static_cast<unsigned long long>(answers));
}

}  // namespace
}  // namespace flametrail
