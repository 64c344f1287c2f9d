#include "core/analysis/trace/mutator_utilization.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/units.h"
#include "tests/core/support/go_trace.h"

namespace flametrail {
namespace {

using testing::GoTrace;

// "0:1 20:0.5 40:1 100:0 | ..." one series after the other.
std::string Curve(const char* picture, UtilizationFlags flags, UtilizationRules rules = UtilizationRules::kExact) {
  const auto trace = GoTrace(picture);
  std::string text;
  for (const UtilizationSeries& series : MutatorUtilization(*trace, flags, rules)) {
    if (!text.empty()) text += " | ";
    for (const UtilizationPoint& point : series) {
      if (!text.empty() && text.back() != ' ') text += ' ';
      text += std::to_string(point.time) + ":" + FormatFixed(point.value, 2);
    }
  }
  return text;
}

constexpr UtilizationFlags kStw = {true, false, false, false, false};
constexpr UtilizationFlags kUsual = {true, true, true, false, false};
constexpr UtilizationFlags kPerProc = {true, true, true, false, true};

TEST(MutatorUtilization, StopsForTheCollectorTakeEverything) {
  EXPECT_EQ(Curve("procs 2 @5\ng1: running/p0 @10\nstw(GC sweep termination) g1 20..24\n"
                  "stw(read mem stats) g1 30..33\nend 50\n",
                  kStw),
            "5:1.00 20:0.00 24:1.00 50:0.00");
}

TEST(MutatorUtilization, AssistCountsWhileTheGoroutineIsOnAProc) {
  EXPECT_EQ(Curve("procs 2 @5\n"
                  "g1: running/p0 @10, waiting(GC) @24, runnable @28, running/p1 @30\n"
                  "assist g1 20..35\nend 50\n",
                  kUsual),
            "5:1.00 20:0.50 24:1.00 30:0.50 35:1.00 50:0.00");
}

constexpr const char* kWorker =
    "procs 4 @5\n"
    "g7 runtime.gcBgMarkWorker: running/p2 @20, waiting(idle) @30, runnable @38, running/p2 @40, waiting(idle) @45\n"
    "label g7 @21 GC (dedicated)\nlabel g7 @41 GC (fractional)\nend 60\n";

TEST(MutatorUtilization, AWorkerCountsFromItsLabelUntilItStops) {
  EXPECT_EQ(Curve(kWorker, kUsual), "5:1.00 21:0.75 30:1.00 41:0.75 45:1.00 60:0.00");
}

std::string Cut(TraceTime from, TraceTime to) {
  const auto trace = GoTrace(kWorker);
  std::string text;
  for (const UtilizationSeries& series :
       CutSeries(MutatorUtilization(*trace, kUsual, UtilizationRules::kExact), from, to)) {
    for (const UtilizationPoint& point : series) {
      text += std::to_string(point.time) + ":" + FormatFixed(point.value, 2) + " ";
    }
    text += "mean " + FormatFixed(MeanUtilization(series), 3);
  }
  return text;
}

TEST(MutatorUtilization, OfAWindow) {
  EXPECT_EQ(Cut(25, 43), "25:0.75 30:1.00 41:0.75 43:0.75 mean 0.903");
  EXPECT_EQ(Cut(21, 30), "21:0.75 30:0.75 mean 0.750");
  EXPECT_EQ(Cut(0, kNoTime), "5:1.00 21:0.75 30:1.00 41:0.75 45:1.00 60:0.00 mean 0.941");
  EXPECT_EQ(Cut(60, 70), "") << "behind the end";
  EXPECT_EQ(Cut(0, 5), "") << "before the number of Ps is known";
}

TEST(MutatorUtilization, Go123NeverTakesAWorkerBack) {
  EXPECT_EQ(Curve(kWorker, kUsual, UtilizationRules::kGo123), "5:1.00 21:0.75 30:1.00 40:0.75 60:0.00");
}

TEST(MutatorUtilization, PerProcWithoutDedicatedWorkers) {
  EXPECT_EQ(Curve("procs 2 @5\n"
                  "g7 runtime.gcBgMarkWorker: running/p1 @20, waiting(idle) @30, runnable @38, running/p1 @40, "
                  "waiting(idle) @45\n"
                  "label g7 @21 GC (dedicated)\nlabel g7 @41 GC (fractional)\nend 60\n",
                  kPerProc),
            "5:1.00 60:0.00 | 5:1.00 41:0.00 45:1.00 60:0.00");
}

TEST(MutatorUtilization, AProcThatComesBackGetsANewSeries) {
  EXPECT_EQ(Curve("procs 2 @5\nprocs 1 @20\nprocs 2 @30\nend 60\n", kPerProc),
            "5:1.00 60:0.00 | 5:1.00 20:0.00 | 30:1.00 60:0.00");
}

TEST(MutatorUtilization, WithoutGomaxprocsThereIsNothing) {
  EXPECT_EQ(Curve("g1: running/p0 @10\nstw(GC x) g1 20..24\nend 50\n", kStw), "");
}

// Two sweeps end at one tick of 16 ns. Go's code drops the second end, and sees at the next start of a goroutine that
// both Ps are free.
TEST(MutatorUtilization, GoLosesTheSecondOfTwoChangesAtOneTick) {
  const auto trace = GoTrace(
      "procs 2 @5\ng1: running/p0 @10\ng2: running/p1 @11\nsweep p0 20..60\nsweep p1 30..61\n"
      "g3: runnable @100 <g1, running/p1 @200\nend 400\n");
  trace->version = 19;
  trace->generations.emplace_back().ticks_per_second = 62500000;
  const UtilizationFlags sweep = {false, false, false, true, false};
  const auto text = [&](UtilizationRules rules) {
    std::string out;
    const std::vector<UtilizationSeries> series = MutatorUtilization(*trace, sweep, rules);
    for (const UtilizationPoint& point : series[0]) {
      out += std::to_string(point.time) + ":" + FormatFixed(point.value, 1) + " ";
    }
    return out;
  };
  EXPECT_EQ(text(UtilizationRules::kExact), "5:1.0 20:0.5 30:0.0 60:0.5 61:1.0 400:0.0 ");
  EXPECT_EQ(text(UtilizationRules::kReference), "5:1.0 20:0.5 30:0.0 60:0.5 200:1.0 400:0.0 ");
}

// Utilization 1 on [0,100), 0 on [100,120), 1 until 1000.
std::vector<UtilizationSeries> OneStop() { return {{{0, 1}, {100, 0}, {120, 1}, {1000, 0}}}; }

TEST(MinimumUtilization, TheWorstWindowHoldsTheWholeStop) {
  EXPECT_DOUBLE_EQ(MinimumUtilization(OneStop(), 10), 0);
  EXPECT_DOUBLE_EQ(MinimumUtilization(OneStop(), 20), 0);
  EXPECT_DOUBLE_EQ(MinimumUtilization(OneStop(), 40), 0.5);
  EXPECT_DOUBLE_EQ(MinimumUtilization(OneStop(), 1000), 0.98);
  EXPECT_DOUBLE_EQ(MinimumUtilization(OneStop(), 5000), 0.98);  // cut to the series
  EXPECT_DOUBLE_EQ(MeanUtilization(OneStop()[0]), 0.98);
}

TEST(MinimumUtilization, EqualsTheMinimumOverAllPositions) {
  uint64_t state = 88172645463325252ull;
  const auto random = [&](uint64_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % below;
  };
  for (int round = 0; round < 50; ++round) {
    UtilizationSeries series;
    TraceTime time = random(5);
    for (int i = 0; i < 12; ++i, time += 1 + random(20)) series.push_back({time, static_cast<double>(random(5)) / 4});
    series.back().value = 0;
    const uint64_t length = series.back().time - series.front().time;
    const uint64_t window = 1 + random(length);
    double least = 1;
    for (TraceTime start = series.front().time; start + window <= series.back().time; ++start) {
      double sum = 0;
      for (size_t i = 0; i + 1 < series.size(); ++i) {
        const TraceTime from = std::max(start, series[i].time), to = std::min(start + window, series[i + 1].time);
        if (to > from) sum += static_cast<double>(to - from) * series[i].value;
      }
      least = std::min(least, sum / static_cast<double>(window));
    }
    EXPECT_NEAR(MinimumUtilization({&series, 1}, window), least, 1e-9) << "round " << round;
  }
}

TEST(UtilizationQuantiles, OfEvenSlopes) {
  // With a window of 20 the mean falls from 1 to 0 over 20 positions, rises again over 20, and is 1 elsewhere: of 980
  // positions 40 are below 1, evenly.
  const std::vector<double> quantiles = UtilizationQuantiles(OneStop(), 20, std::vector<double>{0, 20.0 / 980, 0.5});
  ASSERT_EQ(quantiles.size(), 3u);
  EXPECT_NEAR(quantiles[0], 0, 1e-9);
  EXPECT_NEAR(quantiles[1], 0.5, 1e-9);
  EXPECT_NEAR(quantiles[2], 1, 1e-9);
}

TEST(WorstWindows, DoNotOverlap) {
  const std::vector<UtilizationSeries> series = {{{0, 1}, {100, 0}, {120, 1}, {500, 0}, {505, 1}, {1000, 0}}};
  const std::vector<WorstWindow> worst = WorstWindows(series, 20, 2);
  ASSERT_EQ(worst.size(), 2u);
  EXPECT_EQ(worst[0].start, 100u);
  EXPECT_DOUBLE_EQ(worst[0].utilization, 0);
  EXPECT_EQ(worst[1].start, 485u);
  EXPECT_DOUBLE_EQ(worst[1].utilization, 0.75);
}

TEST(PlotWindows, SpanSixDecadesFromWhereTheCurveBegins) {
  const std::vector<UtilizationSeries> series = {{{0, 1}, {1000000, 0}, {1002000, 1}, {5000000000, 0}}};
  const std::vector<uint64_t> windows = PlotWindows(series);
  ASSERT_EQ(windows.size(), 100u);
  EXPECT_EQ(windows.front(), 1000u);
  EXPECT_EQ(windows.back(), 1000000000u);
  for (size_t i = 1; i < windows.size(); ++i) EXPECT_GT(windows[i], windows[i - 1]);
}

}  // namespace
}  // namespace flametrail
