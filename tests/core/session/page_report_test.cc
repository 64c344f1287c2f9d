#include "core/session/page_report.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "core/session/session.h"
#include "tests/core/support/json.h"

namespace flametrail {
namespace {

using testing::Json;
using testing::ParseJson;

std::unique_ptr<Session> Open(std::string_view text) {
  auto session = std::make_unique<Session>();
  EXPECT_TRUE(session->Append({reinterpret_cast<const uint8_t*>(text.data()), text.size()}).ok());
  EXPECT_TRUE(session->Finish().ok());
  return session;
}

constexpr std::string_view kStuck =
    "goroutine 1 [chan receive, 30 minutes]:\nmain.main()\n\t/m.go:3 +0x1\n\n"
    "goroutine 7 [chan send]:\nmain.f(0x1)\n\t/m.go:9 +0x1\ncreated by main.main in goroutine 1\n\t/m.go:2 +0x1\n";
constexpr std::string_view kLater =
    "goroutine 1 [chan receive, 31 minutes]:\nmain.main()\n\t/m.go:3 +0x1\n\n"
    "goroutine 8 [chan send]:\nmain.f(0x1)\n\t/m.go:9 +0x1\ncreated by main.main in goroutine 1\n\t/m.go:2 +0x1\n";

PageReportQuery Of(PageReport report) {
  PageReportQuery query;
  query.report = report;
  query.labels = {"a.txt"};
  return query;
}

TEST(PageReport, FindingsNameTheDocumentAndSpeakTheLanguage) {
  const auto session = Open(kStuck);
  PageReportQuery query = Of(PageReport::kFindings);
  query.thresholds = "goroutine.long_wait=1";
  const Json findings = ParseJson(*session->Report(query));
  ASSERT_FALSE(findings.items.empty());
  EXPECT_EQ(findings.items[0]["file"].text, "a.txt");
  query.language = Language::kChinese;
  EXPECT_NE(ParseJson(*session->Report(query)).items[0]["title"].text, findings.items[0]["title"].text);
  query.thresholds = "goroutine.long_wait=soon";
  EXPECT_EQ(session->Report(query).error().code, Code::kInvalid);
}

TEST(PageReport, RulesHaveTheThresholdThatIsSetAndTheTablesOwn) {
  const auto session = Open(kStuck);
  PageReportQuery query = Of(PageReport::kRules);
  query.thresholds = "goroutine.count=7";
  bool is_there = false;
  for (const Json& rule : ParseJson(*session->Report(query)).items) {
    if (rule["rule"].text != "goroutine.count") continue;
    is_there = true;
    EXPECT_EQ(rule["threshold"].text, "7");
    EXPECT_EQ(rule["threshold_text"].text, "7");
    EXPECT_EQ(rule["default"].text, "5000");
  }
  EXPECT_TRUE(is_there);
}

TEST(PageReport, GoroutinesOfOneDumpAndOfTwo) {
  const auto session = Open(kStuck);
  PageReportQuery query = Of(PageReport::kGoroutines);
  EXPECT_EQ(ParseJson(*session->Report(query))["goroutines"].text, "2");
  query.documents = {PageReportQuery::kSelf, *session->Attach(Open(kLater))};
  query.labels = {"a.txt", "b.txt"};
  const Json changes = ParseJson(*session->Report(query));
  EXPECT_EQ(changes["new"].text, "1");
  EXPECT_EQ(changes["gone"].text, "1");
  EXPECT_EQ(changes["stuck"].text, "1");
}

TEST(PageReport, BenchmarksOfTwoFiles) {
  const auto session = Open("BenchmarkA 100 10 ns/op\nBenchmarkA 100 11 ns/op\n");
  PageReportQuery query = Of(PageReport::kBench);
  query.documents = {PageReportQuery::kSelf, *session->Attach(Open("BenchmarkA 100 12 ns/op\n"))};
  query.labels = {"old", "new"};
  const Result<std::string> report = session->Report(query);
  ASSERT_TRUE(report.ok());
  EXPECT_NE(report->find("sec/op"), std::string::npos) << *report;
}

TEST(PageReport, WhatADocumentIsNotIsSaid) {
  const auto session = Open(kStuck);
  EXPECT_EQ(session->Report(Of(PageReport::kMemory)).error().code, Code::kUnsupported);
  EXPECT_EQ(session->Report(Of(PageReport::kBench)).error().code, Code::kUnsupported);
  PageReportQuery query = Of(PageReport::kFindings);
  query.documents = {3};
  EXPECT_EQ(session->Report(query).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace flametrail
