#include "core/analysis/dump/compare.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "core/analysis/dump/groups.h"

namespace flametrail {
namespace {

// State and stack as text, root last. Profiles have no states: then both sides are matched without.
std::string TextOf(const GoroutineSource& source, uint32_t row, bool with_state) {
  std::string text;
  if (with_state) text.append(source.profile->Text(source.dump->goroutines[row].state));
  for (const std::string& frame : StackText(*source.profile, source.profile->samples.stack[row])) {
    text.append("\n").append(frame);
  }
  return text;
}

struct Member {
  uint64_t id;
  std::string creator;
  uint32_t group;

  bool operator<(const Member& other) const {
    return std::tie(id, creator, group) < std::tie(other.id, other.creator, other.group);
  }
};

std::string CreatorText(const GoroutineSource& source, const DumpGoroutine& goroutine) {
  return goroutine.creator.is_none() ? std::string() : PlaceText(*source.profile, goroutine.creator);
}

class Comparer {
 public:
  Comparer(const GoroutineSource& before, const GoroutineSource& after)
      : before_(before), after_(after), has_dumps_(before.dump != nullptr && after.dump != nullptr) {}

  DumpComparison Run();

 private:
  std::vector<Member> AddSide(const GoroutineSource& source, bool is_after);
  void MatchIds(const std::vector<Member>& before, const std::vector<Member>& after);

  const GoroutineSource& before_;
  const GoroutineSource& after_;
  bool has_dumps_;
  std::map<std::string, uint32_t> index_;
  DumpComparison result_;
};

std::vector<Member> Comparer::AddSide(const GoroutineSource& source, bool is_after) {
  std::vector<Member> members;
  for (const GoroutineGroup& group : GroupGoroutines(source, GroupBy::kStack)) {
    const auto [at, is_new] = index_.emplace(TextOf(source, group.first_row, has_dumps_), result_.changes.size());
    if (is_new) result_.changes.emplace_back();
    GroupChange& change = result_.changes[at->second];
    (is_after ? change.after : change.before) += group.count;
    (is_after ? change.after_row : change.before_row) = group.first_row;
    if (!has_dumps_) continue;
    for (const uint32_t row : group.rows) {
      const DumpGoroutine& goroutine = source.dump->goroutines[row];
      members.push_back({goroutine.id, CreatorText(source, goroutine), at->second});
    }
  }
  std::sort(members.begin(), members.end());
  return members;
}

void Comparer::MatchIds(const std::vector<Member>& before, const std::vector<Member>& after) {
  const auto key = [](const Member& m) { return std::tie(m.id, m.creator); };
  size_t b = 0;
  size_t a = 0;
  while (b < before.size() || a < after.size()) {
    if (a == after.size() || (b < before.size() && key(before[b]) < key(after[a]))) {
      ++result_.gone;
      ++b;
    } else if (b == before.size() || key(after[a]) < key(before[b])) {
      ++result_.fresh;
      ++a;
    } else {
      if (before[b].group == after[a].group) {
        ++result_.changes[before[b].group].stuck;
        ++result_.stuck;
      }
      ++b;
      ++a;
    }
  }
}

DumpComparison Comparer::Run() {
  result_.before = CountGoroutines(before_);
  result_.after = CountGoroutines(after_);
  result_.has_ids = has_dumps_;
  const std::vector<Member> before = AddSide(before_, false);
  const std::vector<Member> after = AddSide(after_, true);
  MatchIds(before, after);
  std::vector<std::pair<const std::string*, GroupChange>> ordered;
  for (const auto& [text, at] : index_) ordered.emplace_back(&text, result_.changes[at]);
  // `index_` is sorted by text, so equal rows keep that order.
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    const auto rank = [](const GroupChange& c) { return std::make_pair(c.before - c.after, -(c.before + c.after)); };
    return rank(a.second) < rank(b.second);
  });
  for (size_t i = 0; i < ordered.size(); ++i) result_.changes[i] = ordered[i].second;
  return std::move(result_);
}

}  // namespace

DumpComparison CompareDumps(const GoroutineSource& before, const GoroutineSource& after) {
  return Comparer(before, after).Run();
}

}  // namespace flametrail
