// Every trace of Go before 1.22 in the corpus beside what golang.org/x/exp/trace and Go 1.21's own parser say of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/core/formats/gotrace/v1/decode.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"

namespace flametrail::testing {
namespace {

using Counts = std::map<std::string, uint64_t>;

constexpr const char* kKinds[] = {"Sync",        "Metric",   "Label",           "StackSample", "RangeBegin",
                                  "RangeActive", "RangeEnd", "TaskBegin",       "TaskEnd",     "RegionBegin",
                                  "RegionEnd",   "Log",      "StateTransition", "Experimental"};
constexpr const char* kGoNames[] = {"Undetermined", "NotExist", "Runnable", "Running", "Syscall", "?", "Waiting"};
constexpr const char* kProcNames[] = {"Undetermined", "NotExist", "Running", "Idle"};
constexpr const char* kMetricNames[] = {"/sched/gomaxprocs:threads", "/memory/classes/heap/objects:bytes",
                                        "/gc/heap/goal:bytes"};

uint64_t Number(const Json& json) { return static_cast<uint64_t>(std::stoll(json.text)); }

Counts Expected(const Json& object) {
  Counts counts;
  for (size_t i = 0; i < object.keys.size(); ++i) counts[object.keys[i]] = Number(object.items[i]);
  return counts;
}

Counts Kinds(const Trace& trace) {
  Counts counts;
  for (size_t i = 0; i < kEventKinds; ++i) {
    if (trace.events_by_kind[i] > 0) counts[kKinds[i]] = trace.events_by_kind[i];
  }
  return counts;
}

template <typename Matrix, size_t kStates>
Counts Transitions(const Matrix& matrix, const char* const (&names)[kStates]) {
  Counts counts;
  for (size_t from = 0; from < kStates; ++from) {
    for (size_t to = 0; to < kStates; ++to) {
      if (matrix[from][to] > 0) counts[std::string(names[from]) + "->" + names[to]] = matrix[from][to];
    }
  }
  return counts;
}

// The parser of Go 1.21 counts events, "Local" ones under the plain name.
Counts WireEvents(const Trace& trace) {
  Counts counts;
  for (const WireCount& wire : trace.wire) {
    if (wire.name == "Batch" || wire.name == "Frequency" || wire.name == "Stack" || wire.name == "String" ||
        wire.name == "TimerGoroutine") {
      continue;
    }
    std::string name = wire.name;
    if (const size_t local = name.find("Local"); local != std::string::npos) name.resize(local);
    counts[name] += wire.count;
  }
  return counts;
}

void ExpectMetrics(const Trace& trace, const Json& expected) {
  for (size_t m = 0; m < kMetrics; ++m) {
    const auto& samples = trace.metrics[m];
    const Json& metric = expected[kMetricNames[m]];
    ASSERT_EQ(samples.size(), metric.has("count") ? Number(metric["count"]) : 0u) << kMetricNames[m];
    if (samples.empty()) continue;
    EXPECT_EQ(samples[0].time - trace.base, Number(metric["first_t"]));
    EXPECT_EQ(samples[0].value, Number(metric["first"]));
    EXPECT_EQ(samples.back().time - trace.base, Number(metric["last_t"]));
    EXPECT_EQ(samples.back().value, Number(metric["last"]));
  }
}

void ExpectSyncs(const Trace& trace, const Json& expected) {
  ASSERT_EQ(trace.syncs.size(), expected.items.size());
  for (size_t i = 0; i < trace.syncs.size(); ++i) {
    const auto since = static_cast<int64_t>(trace.syncs[i].time) - static_cast<int64_t>(trace.base);
    EXPECT_EQ(since, std::stoll(expected.items[i]["t"].text));
  }
}

void ExpectAsReference(const std::string& bytes, const Json& expected) {
  const Decoded strict = DecodeV1(bytes, true);
  EXPECT_EQ(strict.fault ? strict.fault->text : "", expected["error"].text);
  EXPECT_EQ(Kinds(*strict.trace), Expected(expected["events_by_kind"]));
  EXPECT_EQ(Transitions(strict.trace->go_transitions, kGoNames), Expected(expected["goroutine_transitions"]));
  EXPECT_EQ(Transitions(strict.trace->proc_transitions, kProcNames), Expected(expected["proc_transitions"]));
  EXPECT_EQ(strict.trace->origin, std::stoll(expected["first_ns"].text));
  EXPECT_EQ(strict.trace->end - strict.trace->base, Number(expected["duration_ns"]));
  ExpectSyncs(*strict.trace, expected["syncs"]);
  ExpectMetrics(*strict.trace, expected["metrics"]);
  if (expected.has("v1_native")) {
    EXPECT_EQ(WireEvents(*strict.trace), Expected(expected["v1_native"]["events_by_type"]));
    EXPECT_EQ(strict.trace->generations[0].events, Number(expected["v1_native"]["events_total"]));
  }
  if (strict.fault) return;
  const Decoded lenient = DecodeV1(bytes, false);
  EXPECT_EQ(lenient.diagnostics, "");
  EXPECT_EQ(ShowTrace(*lenient.trace), ShowTrace(*strict.trace));
}

// Versions that the reference does not read any more: events before conversion, counted by the tools of their time
// (specs/go-trace.md §17).
const std::map<std::string, uint64_t> kOldEvents = {
    {"http_1_5_good", 7309}, {"http_1_7_good", 38}, {"http_1_9_good", 39}, {"http_1_10_good", 43}};

size_t CheckFolder(const std::string& folder) {
  size_t checked = 0;
  for (const std::string& name : ListFiles(folder)) {
    const std::string bytes = ReadFile(folder + "/" + name);
    const int version = VersionOf(bytes);
    if (version == 0 || version > 21) continue;
    SCOPED_TRACE(name);
    ++checked;
    if (version < 11) {
      const Decoded old = DecodeV1(bytes, true);
      EXPECT_FALSE(old.fault);
      EXPECT_EQ(old.trace->generations[0].events, kOldEvents.at(name));
      continue;
    }
    const size_t stem = name.ends_with(".trace") ? name.size() - 6 : name.size();
    ExpectAsReference(bytes, ParseJson(ReadFile(folder + "/expected/" + name.substr(0, stem) + ".json")));
  }
  return checked;
}

TEST(V1CorpusTest, EveryTraceAsTheReferenceReadsIt) {
  const auto corpus = CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  size_t checked = 0;
  for (const char* folder : {"/traces", "/third_party/go-trace-v1", "/third_party/go-trace-fuzz"}) {
    checked += CheckFolder(*corpus + folder);
  }
  RecordProperty("traces", static_cast<int>(checked));
  std::printf("v1 traces beside the reference: %zu\n", checked);
  EXPECT_GE(checked, 30u);
}

// Where it is cut nothing behind it is known: no texts, no clock. What stands before is shown.
TEST(V1CorpusTest, CutAnywhereAndNothingIsLostBeforeTheCut) {
  const auto corpus = CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  for (const char* name : {"user_task_region_1_21_good", "http_1_7_good", "stress_start_stop_1_11_good"}) {
    const std::string bytes = ReadFile(*corpus + "/third_party/go-trace-v1/" + name);
    uint64_t last = 0;
    for (size_t size = 16; size <= bytes.size(); ++size) {
      const Decoded cut = DecodeV1(bytes.substr(0, size), false);
      const uint64_t events = cut.trace->generations[0].events;
      ASSERT_GE(events, last) << name << " cut at " << size;
      last = events;
      (void)DecodeV1(bytes.substr(0, size), true);
    }
  }
}

}  // namespace
}  // namespace flametrail::testing
