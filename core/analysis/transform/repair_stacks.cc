#include "core/analysis/transform/repair_stacks.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "core/base/checked.h"
#include "core/base/hash.h"
#include "core/base/index_table.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

constexpr uint32_t kLimits[] = {32, 64, 128};
// A last frame that is inlined brings those that it is inlined into: stacks are that much deeper than the limit at
// most.
constexpr uint32_t kInlinedBeyond = 16;
constexpr int kMaxRounds = 8;
// A recursion has its window everywhere: beyond this many places nothing is told apart.
constexpr size_t kMaxPlaces = 1024;

// What stays the same over all rounds.
struct Limit {
  uint32_t frames = 0;              // 0: none
  bool counts_locations = false;    // instead of frames
  std::vector<uint8_t> is_entry;    // by FunctionId: a stack below the limit begins here
  std::vector<uint8_t> bare_entry;  // the same by LocationId, of locations without a function
};

// By StackId; 1 for the outermost frame or location.
std::vector<uint32_t> Depths(const Profile& profile, bool counts_locations) {
  const StackTable& stacks = profile.stacks;
  const LocationTable& locations = profile.locations;
  std::vector<uint32_t> depth(stacks.size(), 0);
  for (size_t i = 1; i < stacks.size(); ++i) {
    const size_t location = stacks.location[i].index();
    const uint32_t lines = locations.line_begin[location + 1] - locations.line_begin[location];
    depth[i] = depth[stacks.parent[i].index()] + (counts_locations ? 1 : std::max(lines, 1u));
  }
  return depth;
}

// By StackId: the outermost node of its stack; 0 for the empty one.
std::vector<uint32_t> Roots(const StackTable& stacks) {
  std::vector<uint32_t> roots(stacks.size(), 0);
  for (uint32_t i = 1; i < stacks.size(); ++i) {
    const size_t parent = stacks.parent[i].index();
    roots[i] = parent == 0 ? i : roots[parent];
  }
  return roots;
}

// None where the location has no function.
FunctionId OutermostFunction(const Profile& profile, LocationId location) {
  const uint32_t end = profile.locations.line_begin[location.index() + 1];
  if (end == profile.locations.line_begin[location.index()]) return FunctionId::None();
  return profile.locations.line_function[end - 1];
}

uint32_t Deepest(const Profile& profile, const std::vector<uint32_t>& depth) {
  uint32_t deepest = 0;
  for (const StackId stack : profile.samples.stack) deepest = std::max(deepest, depth[stack.index()]);
  return deepest;
}

Limit FindLimit(const Profile& profile) {
  Limit limit;
  std::vector<uint32_t> depth;
  for (const bool counts_locations : {false, true}) {
    depth = Depths(profile, counts_locations);
    const uint32_t deepest = Deepest(profile, depth);
    for (const uint32_t frames : kLimits) {
      if (deepest >= frames && deepest < frames + (counts_locations ? 1 : kInlinedBeyond)) limit.frames = frames;
    }
    limit.counts_locations = counts_locations;
    if (limit.frames != 0) break;
  }
  if (limit.frames == 0) return limit;
  limit.is_entry.assign(profile.functions.size(), 0);
  limit.bare_entry.assign(profile.locations.size(), 0);
  const std::vector<uint32_t> roots = Roots(profile.stacks);
  for (const StackId stack : profile.samples.stack) {
    if (stack == StackTable::kEmpty || depth[stack.index()] >= limit.frames) continue;
    const LocationId outermost = profile.stacks.location[roots[stack.index()]];
    const FunctionId function = OutermostFunction(profile, outermost);
    if (function.is_none()) {
      limit.bare_entry[outermost.index()] = 1;
    } else {
      limit.is_entry[function.index()] = 1;
    }
  }
  return limit;
}

bool IsEntry(const Profile& profile, const Limit& limit, LocationId location) {
  const FunctionId function = OutermostFunction(profile, location);
  return function.is_none() ? limit.bare_entry[location.index()] != 0 : limit.is_entry[function.index()] != 0;
}

// By StackId: 1 where the stack begins at no entry.
std::vector<uint8_t> CutStacks(const Profile& profile, const Limit& limit) {
  const StackTable& stacks = profile.stacks;
  std::vector<uint8_t> is_cut(stacks.size(), 0);
  for (size_t i = 1; i < stacks.size(); ++i) {
    const size_t parent = stacks.parent[i].index();
    is_cut[i] = parent == 0 ? !IsEntry(profile, limit, stacks.location[i]) : is_cut[parent];
  }
  return is_cut;
}

// Where windows of kMinOverlap locations stand inside full stacks, and the children of their nodes.
class FullStacks {
 public:
  FullStacks(const StackTable& stacks, const std::vector<uint8_t>& is_cut) : stacks_(stacks) {
    for (uint32_t i = 1; i < stacks.size(); ++i) {
      if (is_cut[i]) continue;
      children_.Insert(ChildHash(stacks.parent[i], stacks.location[i]), i,
                       [&](uint32_t node) { return ChildHash(stacks_.parent[node], stacks_.location[node]); });
      AddWindow(i);
    }
  }

  struct Match {
    StackId above;         // the known callers; None: nothing fits, or not one way alone
    uint32_t overlap = 0;  // locations in common
  };

  // `path`: outermost first.
  Match Find(const std::vector<LocationId>& path) const {
    Match best = {StackId::None(), 0};
    if (path.size() < kMinOverlap) return best;
    const auto places = windows_.find(WindowHash(path));
    if (places == windows_.end()) return best;
    if (places->second.size() > kMaxPlaces) return {StackId::None(), kMinOverlap};
    for (const StackId place : places->second) {
      const StackId above = Above(place, path);
      if (above.is_none()) continue;
      const uint32_t overlap = Follow(place, path);
      if (Recurs(above, path)) return {StackId::None(), overlap};
      if (best.overlap > 0) return {StackId::None(), kMinOverlap};
      best = {above, overlap};
    }
    return best;
  }

 private:
  static uint64_t ChildHash(StackId parent, LocationId location) {
    return Mix64(uint64_t{parent.value} << 32 | location.value);
  }
  static uint64_t WindowHash(const std::vector<LocationId>& path) {
    uint64_t hash = 0;
    for (size_t i = kMinOverlap; i-- > 0;) hash = HashCombine(hash, path[i].value);
    return hash;
  }

  // The window that ends at `node`; something must stand above it.
  void AddWindow(uint32_t node) {
    uint64_t hash = 0;
    StackId at(node);
    for (uint32_t i = 0; i < kMinOverlap; ++i) {
      if (at == StackTable::kEmpty) return;
      hash = HashCombine(hash, stacks_.location[at.index()].value);
      at = stacks_.parent[at.index()];
    }
    if (at != StackTable::kEmpty) windows_[hash].push_back(StackId(node));
  }

  // What stands above the window at `place`, if the window is the begin of `path` (hashes may collide).
  StackId Above(StackId place, const std::vector<LocationId>& path) const {
    for (size_t i = kMinOverlap; i-- > 0;) {
      if (stacks_.location[place.index()] != path[i]) return StackId::None();
      place = stacks_.parent[place.index()];
    }
    return place;
  }

  // Whether the outermost location of `path` stands also in it, or above it.
  bool Recurs(StackId above, const std::vector<LocationId>& path) const {
    for (size_t i = 1; i < path.size(); ++i) {
      if (path[i] == path[0]) return true;
    }
    for (; above != StackTable::kEmpty; above = stacks_.parent[above.index()]) {
      if (stacks_.location[above.index()] == path[0]) return true;
    }
    return false;
  }

  uint32_t Follow(StackId place, const std::vector<LocationId>& path) const {
    uint32_t overlap = kMinOverlap;
    for (; overlap < path.size(); ++overlap) {
      const uint32_t child = children_.Find(ChildHash(place, path[overlap]), [&](uint32_t node) {
        return stacks_.parent[node] == place && stacks_.location[node] == path[overlap];
      });
      if (child == IndexTable::kNone) break;
      place = StackId(child);
    }
    return overlap;
  }

  const StackTable& stacks_;
  IndexTable children_;
  std::unordered_map<uint64_t, std::vector<StackId>> windows_;  // never iterated
};

// By StackId of sampled cut stacks; asked once each.
struct Join {
  StackId stack;
  StackId above;
};

class Repairing {
 public:
  explicit Repairing(Profile profile) : profile_(std::move(profile)), limit_(FindLimit(profile_)) {
    repair_.limit = limit_.frames;
    repair_.cut_values.assign(profile_.sample_types.size(), 0);
    repair_.joined_values.assign(profile_.sample_types.size(), 0);
    if (limit_.frames == 0) return;
    const std::vector<StackId> stacks = SampledCutStacks();
    repair_.cut_stacks = stacks.size();
    CountSamples(stacks, &repair_.cut_samples, &repair_.cut_values);
  }

  const StackRepair& repair() const { return repair_; }
  Profile Take() { return std::move(profile_); }

  void Run() {
    if (repair_.cut_stacks == 0) return;
    for (int round = 0; round < kMaxRounds && JoinOnce(); ++round) {
    }
  }

 private:
  // In order of id.
  std::vector<StackId> SampledCutStacks() {
    is_cut_ = CutStacks(profile_, limit_);
    std::vector<uint8_t> is_sampled(profile_.stacks.size(), 0);
    for (const StackId stack : profile_.samples.stack) is_sampled[stack.index()] = 1;
    std::vector<StackId> stacks;
    for (uint32_t i = 1; i < profile_.stacks.size(); ++i) {
      if (is_sampled[i] && is_cut_[i]) stacks.push_back(StackId(i));
    }
    return stacks;
  }

  void CountSamples(const std::vector<StackId>& stacks, uint64_t* samples, std::vector<int64_t>* values) const {
    std::vector<uint8_t> counts(profile_.stacks.size(), 0);
    for (const StackId stack : stacks) counts[stack.index()] = 1;
    for (size_t i = 0; i < profile_.samples.size(); ++i) {
      if (!counts[profile_.samples.stack[i].index()]) continue;
      ++*samples;
      for (size_t type = 0; type < values->size(); ++type) {
        (*values)[type] = SaturateAdd((*values)[type], Magnitude(profile_.samples.values[type][i]));
      }
    }
  }

  bool JoinOnce() {
    const std::vector<StackId> cut = SampledCutStacks();
    const FullStacks full(profile_.stacks, is_cut_);
    std::vector<Join> joins;
    std::vector<StackId> joined;
    std::vector<LocationId> path;
    repair_.ambiguous_stacks = 0;
    for (const StackId stack : cut) {
      profile_.stacks.Expand(stack, &path);
      std::reverse(path.begin(), path.end());
      const FullStacks::Match match = full.Find(path);
      if (match.above.is_none()) {
        repair_.ambiguous_stacks += match.overlap > 0;
        continue;
      }
      joins.push_back({stack, match.above});
      joined.push_back(stack);
      repair_.least_overlap =
          repair_.joined_stacks == 0 ? match.overlap : std::min(repair_.least_overlap, match.overlap);
      repair_.most_overlap = std::max(repair_.most_overlap, match.overlap);
      ++repair_.joined_stacks;
    }
    CountSamples(joined, &repair_.joined_samples, &repair_.joined_values);
    if (!joins.empty()) Rebuild(joins);
    return !joins.empty();
  }

  void Rebuild(const std::vector<Join>& joins) {
    const StackTable& stacks = profile_.stacks;
    StackTableBuilder builder;
    std::vector<StackId> moved(stacks.size(), StackTable::kEmpty);
    for (size_t i = 1; i < stacks.size(); ++i) {
      moved[i] = builder.Push(moved[stacks.parent[i].index()], stacks.location[i]);
    }
    std::vector<StackId> target = moved;
    std::vector<LocationId> path;
    for (const Join& join : joins) {
      stacks.Expand(join.stack, &path);
      StackId at = moved[join.above.index()];
      for (size_t i = path.size(); i-- > 0;) at = builder.Push(at, path[i]);
      target[join.stack.index()] = at;
    }
    for (StackId& stack : profile_.samples.stack) stack = target[stack.index()];
    profile_.stacks = builder.Take();
  }

  Profile profile_;
  Limit limit_;
  StackRepair repair_;
  std::vector<uint8_t> is_cut_;
};

}  // namespace

StackRepair FindCutStacks(const Profile& profile) { return Repairing(profile).repair(); }

Profile RepairStacks(Profile profile, StackRepair* repair) {
  Repairing repairing(std::move(profile));
  repairing.Run();
  *repair = repairing.repair();
  return repairing.Take();
}

std::string DescribeRepair(const Profile& profile, const StackRepair& repair, size_t sample_type) {
  const auto number = [](uint64_t value) { return std::to_string(value); };
  std::string text = number(repair.joined_stacks) + " of " + number(repair.cut_stacks) + " stacks cut at " +
                     number(repair.limit) + " frames (" + number(repair.joined_samples) + " of " +
                     number(repair.cut_samples) + " samples";
  if (sample_type < repair.joined_values.size()) {
    int64_t total = 0;
    for (const int64_t value : profile.samples.values[sample_type]) total = SaturateAdd(total, Magnitude(value));
    std::string percent = Percentage(repair.joined_values[sample_type], total);
    percent.erase(0, percent.find_first_not_of(' '));
    text += ", " + percent + " of " + std::string(profile.Text(profile.sample_types[sample_type].type));
  }
  text += ")";
  if (repair.joined_stacks > 0) {
    text += ", " + number(repair.least_overlap) + " to " + number(repair.most_overlap) + " frames in common";
  }
  if (repair.ambiguous_stacks > 0) {
    text += "; " + number(repair.ambiguous_stacks) + (repair.ambiguous_stacks == 1 ? " fits" : " fit") +
            " more than one caller";
  }
  return text;
}

}  // namespace flametrail
