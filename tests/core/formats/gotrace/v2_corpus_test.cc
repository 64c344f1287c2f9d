// Every v2 trace of the corpus, read as strictly as the reference: result, error text and counts of events equal.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

#include "core/formats/gotrace/gotrace_reader.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

using testing::Json;

using Counts = std::map<std::string, std::string>;

constexpr const char* kKinds[] = {"Sync",        "Metric",   "Label",           "StackSample", "RangeBegin",
                                  "RangeActive", "RangeEnd", "TaskBegin",       "TaskEnd",     "RegionBegin",
                                  "RegionEnd",   "Log",      "StateTransition", "Experimental"};
constexpr const char* kGoStateNames[] = {"Undetermined", "NotExist", "Runnable", "Running", "Syscall", "", "Waiting"};
constexpr const char* kProcStateNames[] = {"Undetermined", "NotExist", "Running", "Idle"};

void Put(const std::string& key, uint64_t count, Counts* counts) {
  if (count != 0) (*counts)[key] = std::to_string(count);
}

Counts Facts(const Trace& trace) {
  Counts facts;
  for (size_t k = 0; k < kEventKinds; ++k) Put(std::string("kind ") + kKinds[k], trace.events_by_kind[k], &facts);
  for (size_t from = 0; from < kGoStates; ++from) {
    for (size_t to = 0; to < kGoStates; ++to) {
      Put(std::string("go ") + kGoStateNames[from] + "->" + kGoStateNames[to], trace.go_transitions[from][to], &facts);
    }
  }
  for (size_t from = 0; from < kProcStates; ++from) {
    for (size_t to = 0; to < kProcStates; ++to) {
      Put(std::string("proc ") + kProcStateNames[from] + "->" + kProcStateNames[to], trace.proc_transitions[from][to],
          &facts);
    }
  }
  for (const WireCount& count : trace.experimental) Put("experiment " + count.name, count.count, &facts);
  for (size_t i = 0; i < trace.syncs.size(); ++i) {
    const TraceSync& sync = trace.syncs[i];
    const std::string key = "sync " + std::to_string(i);
    facts[key] = std::to_string(static_cast<int64_t>(sync.time - trace.base));
    Put(key + " experimental", sync.experimental_batches, &facts);
    if (sync.clock) {
      facts[key + " clock"] = std::to_string(trace.origin + static_cast<int64_t>(sync.clock->time)) + " " +
                              std::to_string(sync.clock->monotonic_ns) + " " +
                              std::to_string(sync.clock->wall_seconds * 1000000000 + sync.clock->wall_nanos);
    }
  }
  return facts;
}

void PutAll(const char* prefix, const Json& object, Counts* facts) {
  for (size_t i = 0; i < object.keys.size(); ++i) (*facts)[prefix + object.keys[i]] = object.items[i].text;
}

Counts ExpectedFacts(const Json& answer) {
  Counts facts;
  PutAll("kind ", answer["events_by_kind"], &facts);
  PutAll("go ", answer["goroutine_transitions"], &facts);
  PutAll("proc ", answer["proc_transitions"], &facts);
  PutAll("experiment ", answer["experimental_by_name"], &facts);
  const std::vector<Json>& syncs = answer["syncs"].items;
  for (size_t i = 0; i < syncs.size(); ++i) {
    const std::string key = "sync " + std::to_string(i);
    facts[key] = syncs[i]["t"].text;
    if (syncs[i].has("experimental_batches")) facts[key + " experimental"] = syncs[i]["experimental_batches"].text;
    if (syncs[i].has("clock")) {
      const Json& clock = syncs[i]["clock"];
      facts[key + " clock"] = clock["trace"].text + " " + clock["mono"].text + " " + clock["wall_unix_ns"].text;
    }
  }
  return facts;
}

Counts WireFacts(const Trace& trace) {
  Counts facts;
  for (const WireCount& count : trace.wire) Put(count.name, count.count, &facts);
  facts["data_bytes"] = std::to_string(trace.data_bytes);
  facts["max_stack_depth"] = std::to_string(trace.max_stack_depth);
  facts["stack_frames"] = std::to_string(trace.stack_frames);
  facts["batch_ms"] = std::to_string(trace.batch_threads);
  for (const Generation& g : trace.generations) {
    facts["batches of " + std::to_string(g.number)] = std::to_string(g.batches);
  }
  return facts;
}

Counts ExpectedWireFacts(const Json& wire) {
  Counts facts;
  PutAll("", wire["wire_events_by_type"], &facts);
  PutAll("batches of ", wire["batches_by_generation"], &facts);
  for (const char* key : {"data_bytes", "max_stack_depth", "stack_frames", "batch_ms"}) facts[key] = wire[key].text;
  return facts;
}

void CheckAnswer(const std::string& bytes, const Json& answer) {
  ReadOptions strict;
  strict.compat = true;
  const Result<Document> document = testing::ReadWith(MakeGoTraceReader(strict), bytes, size_t{1} << 16);
  if (!document.ok()) {
    EXPECT_EQ(document.error().text, answer["error"].text);
    EXPECT_EQ(answer["events_total"].text, "0");
    return;
  }
  EXPECT_EQ(document->fault ? document->fault->text : "", answer["error"].text);
  const Trace& trace = std::get<Trace>(document->body);
  EXPECT_EQ(Facts(trace), ExpectedFacts(answer));
  EXPECT_EQ(std::to_string(trace.origin), answer["first_ns"].text);
  EXPECT_EQ(std::to_string(trace.origin + static_cast<int64_t>(trace.base)), answer["base_ns"].text);
  EXPECT_EQ(std::to_string(trace.origin + static_cast<int64_t>(trace.end)), answer["last_ns"].text);
  if (answer["result"].text == "ok" && !answer["wire"].has("error")) {
    EXPECT_EQ(WireFacts(trace), ExpectedWireFacts(answer["wire"]));
  }
}

bool IsV2(const std::string& bytes) {
  const std::string_view head = std::string_view(bytes).substr(0, 7);
  return head == "go 1.22" || head == "go 1.23" || head == "go 1.25" || head == "go 1.26";
}

// Gives the number of traces checked.
size_t CheckFolder(const std::string& folder) {
  size_t checked = 0;
  for (const std::string& name : testing::ListFiles(folder)) {
    const size_t end = name.rfind(".trace");
    if (end == std::string::npos) continue;
    const std::string bytes = testing::ReadFile(folder + name);
    const std::string answer = folder + "expected/" + name.substr(0, end) + ".json";
    if (!IsV2(bytes) || !std::filesystem::exists(answer)) continue;
    SCOPED_TRACE(name);
    CheckAnswer(bytes, testing::ParseJson(testing::ReadFile(answer)));
    ++checked;
  }
  return checked;
}

TEST(V2CorpusTest, EveryTraceGivesTheReferencesEvents) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  size_t checked = 0;
  for (const char* folder : {"/traces/", "/third_party/go-trace-tests/", "/third_party/go-trace-fuzz/"}) {
    checked += CheckFolder(*corpus + folder);
  }
  std::printf("%zu v2 traces\n", checked);
  EXPECT_GE(checked, 60u);
}

}  // namespace
}  // namespace flametrail
