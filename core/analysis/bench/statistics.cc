#include "core/analysis/bench/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/go_math.h"

namespace flametrail {
namespace {

constexpr int kExactIntervalValues = 30;
constexpr int kMostIntervalValues = 50;
constexpr size_t kExactTestValues = 50;
constexpr size_t kExactTestValuesWithTies = 25;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double NormalCdf(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

// The z with NormalCdf(z) == p, by bisection: to the last bits, and no table of coefficients.
double InverseNormalCdf(double p) {
  double low = -40;
  double high = 40;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (NormalCdf(middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

// Binomial with p = 1/2.
double HalfBinomial(int n, int k) {
  if (k < 0 || k > n) return 0;
  double ways = 1;
  for (int i = 1; i <= std::min(k, n - k); ++i) ways = ways * (n - std::min(k, n - k) + i) / i;
  return std::ldexp(std::round(ways), -n);
}

// Order statistics around the median, counted from 1: [low, high]; 0 and n + 1 are outside.
struct Orders {
  int low = 0;
  int high = 0;
};

// From the middle outwards, likelier neighbour first, the left one of two alike.
Orders ExactOrders(int n, double confidence) {
  const int middle = static_cast<int>(std::ceil((n + 1) * 0.5)) - 1;
  double sum = HalfBinomial(n, middle);
  Orders orders = {middle, middle + 1};
  double left = HalfBinomial(n, orders.low - 1);
  double right = HalfBinomial(n, orders.high);
  while (sum < confidence && (left > 0 || right > 0)) {
    if (left >= right) {
      sum += left;
      left = HalfBinomial(n, --orders.low - 1);
    } else {
      sum += right;
      right = HalfBinomial(n, ++orders.high);
    }
  }
  return orders;
}

Orders NormalOrders(int n, double confidence) {
  const double mean = n * 0.5;
  const double deviation = std::sqrt(n * 0.25);
  const double low = mean + deviation * InverseNormalCdf((1 - confidence) / 2);
  const double high = 2 * mean - low;
  Orders orders;
  orders.low = static_cast<int>(std::floor(std::floor(low - 0.5) + 0.5)) + 1;
  orders.high = static_cast<int>(std::floor(std::ceil(high - 0.5) + 0.5)) + 1;
  const auto covered = [&](int l, int r) {
    return NormalCdf((r - 0.5 - mean) / deviation) - NormalCdf((l - 0.5 - mean) / deviation);
  };
  const double shorter = covered(orders.low, orders.high - 1);
  if (shorter >= confidence && shorter < covered(orders.low, orders.high)) --orders.high;
  return orders;
}

Orders OrdersFor(int n, double confidence) {
  const Orders orders = n <= kExactIntervalValues ? ExactOrders(n, confidence) : NormalOrders(n, confidence);
  return {std::max(orders.low, 0), std::min(orders.high, n + 1)};
}

// Hyndman and Fan's estimate number 8.
double Median(std::span<const double> sorted) {
  const double n = 1 / 3.0 + 0.5 * (static_cast<double>(sorted.size()) + 1 / 3.0);
  double whole = 0;
  const double fraction = std::modf(n, &whole);
  const auto k = static_cast<size_t>(whole);
  if (k == 0) return sorted.front();
  if (k >= sorted.size()) return sorted.back();
  return sorted[k - 1] + fraction * (sorted[k] - sorted[k - 1]);
}

// Both samples in one order: sizes of runs of equal values, and twice the sum of ranks of the first sample.
struct Ranks {
  std::vector<size_t> ties;
  double rank_sum = 0;
  bool has_ties = false;
};

Ranks RankTogether(std::span<const double> a, std::span<const double> b) {
  Ranks ranks;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const double value = j == b.size() || (i < a.size() && a[i] < b[j]) ? a[i] : b[j];
    const size_t first = i + j + 1;
    size_t from_a = 0;
    while (i < a.size() && a[i] == value) ++i, ++from_a;
    while (j < b.size() && b[j] == value) ++j;
    const size_t last = i + j;
    ranks.rank_sum += static_cast<double>(first + last) / 2 * static_cast<double>(from_a);
    ranks.ties.push_back(last - first + 1);
    ranks.has_ties = ranks.has_ties || last > first;
  }
  return ranks;
}

double Choose(size_t n, size_t k) {
  double ways = 1;
  for (size_t i = 1; i <= std::min(k, n - k); ++i) {
    ways = ways * static_cast<double>(n - std::min(k, n - k) + i) / static_cast<double>(i);
  }
  return ways;
}

// The share of all ways to pick the first sample out of both whose U is at most `twice_u` / 2. Runs of equal values
// are added one after another: picking r of a run of t while m values of the first sample and s of the second stand
// before it adds r * s + r * (t - r) / 2 to U.
double ShareUpTo(const std::vector<size_t>& ties, size_t n_a, size_t twice_u) {
  // ways[m][u]: with m values picked and twice U at u; larger ones are never needed again.
  std::vector<std::vector<double>> ways(n_a + 1, std::vector<double>(twice_u + 1));
  ways[0][0] = 1;
  size_t before = 0;
  for (const size_t run : ties) {
    std::vector<std::vector<double>> next(n_a + 1, std::vector<double>(twice_u + 1));
    for (size_t m = 0; m <= std::min(before, n_a); ++m) {
      const size_t second = before - m;
      for (size_t r = 0; r <= std::min(run, n_a - m); ++r) {
        const size_t add = 2 * r * second + r * (run - r);
        const double picks = Choose(run, r);
        for (size_t u = 0; u + add <= twice_u; ++u) next[m + r][u + add] += ways[m][u] * picks;
      }
    }
    ways.swap(next);
    before += run;
  }
  double sum = 0;
  for (const double count : ways[n_a]) sum += count;
  return sum / Choose(before, n_a);
}

double NormalP(const Ranks& ranks, double u, size_t n_a, size_t n_b) {
  double correction = 0;
  for (const size_t run : ranks.ties) {
    const auto t = static_cast<double>(run);
    correction += t * t * t - t;
  }
  const auto n = static_cast<double>(n_a + n_b);
  const double pairs = static_cast<double>(n_a) * static_cast<double>(n_b);
  const double deviation = std::sqrt(pairs * ((n + 1) - correction / (n * (n - 1))) / 12);
  double distance = u - pairs / 2;
  distance -= (distance > 0 ? 0.5 : distance < 0 ? -0.5 : 0);
  const double z = distance / deviation;
  return 2 * std::min(NormalCdf(z), 1 - NormalCdf(z));
}

}  // namespace

MedianInterval MedianWithInterval(std::span<const double> sorted, double confidence) {
  const Orders orders = OrdersFor(static_cast<int>(sorted.size()), confidence);
  MedianInterval interval = {Median(sorted), -kInfinity, kInfinity};
  if (orders.low >= 1) interval.low = sorted[static_cast<size_t>(orders.low) - 1];
  if (static_cast<size_t>(orders.high) <= sorted.size()) interval.high = sorted[static_cast<size_t>(orders.high) - 1];
  return interval;
}

std::optional<int> ValuesForInterval(double confidence) {
  for (int n = 2; n <= kMostIntervalValues; ++n) {
    const Orders orders = OrdersFor(n, confidence);
    if (orders.low > 0 && orders.high <= n) return n;
  }
  return std::nullopt;
}

std::optional<double> MannWhitney(std::span<const double> sorted_a, std::span<const double> sorted_b) {
  const size_t n_a = sorted_a.size();
  const size_t n_b = sorted_b.size();
  if (n_a == 0 || n_b == 0) return std::nullopt;
  const Ranks ranks = RankTogether(sorted_a, sorted_b);
  if (ranks.ties.size() == 1) return std::nullopt;
  const double pairs = static_cast<double>(n_a) * static_cast<double>(n_b);
  const double u_a = ranks.rank_sum - static_cast<double>(n_a) * static_cast<double>(n_a + 1) / 2;
  const double u = std::min(u_a, pairs - u_a);
  const size_t limit = ranks.has_ties ? kExactTestValuesWithTies : kExactTestValues;
  if (n_a > limit || n_b > limit) return NormalP(ranks, u, n_a, n_b);
  if (u == pairs - u) return 1;
  return 2 * ShareUpTo(ranks.ties, n_a, static_cast<size_t>(2 * u));
}

std::optional<int> ValuesForSignificance(double alpha) {
  // Samples that do not overlap: 2 of all ways to pick n of 2n.
  for (int n = 1; n <= 9; ++n) {
    if (2 / Choose(2 * static_cast<size_t>(n), static_cast<size_t>(n)) <= alpha) return n;
  }
  return std::nullopt;
}

std::optional<double> GeometricMean(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  double mean = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!(values[i] > 0)) return std::nullopt;
    mean += (GoLog(values[i]) - mean) / static_cast<double>(i + 1);
  }
  return GoExp(mean);
}

}  // namespace flametrail
