#include "core/analysis/heap_sizes.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/checked.h"

namespace flametrail {
namespace {

// Go's runtime/sizeclasses.go, unchanged since Go 1.16.
constexpr uint16_t kSizeClasses[] = {
    8,    16,   24,   32,    48,    64,    80,    96,    112,   128,   144,   160,   176,   192,   208,   224,   240,
    256,  288,  320,  352,   384,   416,   448,   480,   512,   576,   640,   704,   768,   896,   1024,  1152,  1280,
    1408, 1536, 1792, 2048,  2304,  2688,  3072,  3200,  3456,  4096,  4864,  5120,  5376,  6144,  6528,  6784,  6912,
    8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768};

enum Type : uint8_t { kInuseObjects, kInuseSpace, kAllocObjects, kAllocSpace, kTypes };
constexpr std::string_view kTypeNames[kTypes] = {"inuse_objects", "inuse_space", "alloc_objects", "alloc_space"};

using Values = std::array<int64_t, kTypes>;
using TypeIndexes = std::array<std::optional<size_t>, kTypes>;

TypeIndexes FindTypes(const Profile& profile) {
  TypeIndexes found;
  for (size_t i = 0; i < profile.sample_types.size(); ++i) {
    const std::string_view name = profile.Text(profile.sample_types[i].type);
    for (size_t type = 0; type < kTypes; ++type) {
      if (name == kTypeNames[type] && !found[type]) found[type] = i;
    }
  }
  return found;
}

bool HasHeapTypes(const TypeIndexes& types) {
  return (types[kInuseObjects] && types[kInuseSpace]) || (types[kAllocObjects] && types[kAllocSpace]);
}

Values ValuesOf(const Profile& profile, const TypeIndexes& types, size_t sample) {
  Values values{};
  for (size_t type = 0; type < kTypes; ++type) {
    if (types[type]) values[type] = profile.samples.values[*types[type]][sample];
  }
  return values;
}

void Add(const Values& more, Values* sum) {
  for (size_t type = 0; type < kTypes; ++type) (*sum)[type] = WrapAdd((*sum)[type], more[type]);
}

// By label set: the number of the label "bytes", -1 where there is none.
std::vector<int64_t> SizeBySet(const Profile& profile) {
  const LabelSetTable& sets = profile.label_sets;
  std::vector<int64_t> sizes(sets.size(), -1);
  for (size_t set = 0; set < sets.size(); ++set) {
    for (uint32_t i = sets.begin[set]; i < sets.begin[set + 1]; ++i) {
      if (sets.labels[i].is_number && profile.Text(sets.labels[i].key) == "bytes") sizes[set] = sets.labels[i].number;
    }
  }
  return sizes;
}

// Bytes of one object of a sample; -1: it says nothing.
int64_t SizeOf(int64_t label, const Values& values) {
  if (label > 0) return label;
  if (values[kAllocObjects] > 0) return values[kAllocSpace] / values[kAllocObjects];
  if (values[kInuseObjects] > 0) return values[kInuseSpace] / values[kInuseObjects];
  return -1;
}

struct ClassSum {
  Values values{};
  double waste = 0;
};

}  // namespace

int64_t SizeClassOf(int64_t bytes) {
  if (bytes <= 0) return 0;
  if (bytes <= kMaxSmallSize) return *std::lower_bound(std::begin(kSizeClasses), std::end(kSizeClasses), bytes);
  if (bytes > std::numeric_limits<int64_t>::max() - kPageSize) return bytes;
  return (bytes + kPageSize - 1) / kPageSize * kPageSize;
}

SizeColumns SizesOf(const Profile& profile) {
  SizeColumns columns;
  const TypeIndexes types = FindTypes(profile);
  columns.is_heap = HasHeapTypes(types);
  if (!HasHeapTypes(types)) return columns;
  const std::vector<int64_t> size_by_set = SizeBySet(profile);
  std::map<int64_t, ClassSum> classes;
  constexpr int64_t kLarge = std::numeric_limits<int64_t>::max();
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    const Values values = ValuesOf(profile, types, i);
    const int64_t size = SizeOf(size_by_set[profile.samples.labels[i].index()], values);
    if (size < 0) continue;
    const int64_t taken = SizeClassOf(size);
    ClassSum& sum = classes[size > kMaxSmallSize ? kLarge : taken];
    Add(values, &sum.values);
    sum.waste += static_cast<double>(taken - size) * static_cast<double>(values[kInuseObjects]);
  }
  for (const auto& [size, sum] : classes) {
    columns.size_class.push_back(size == kLarge ? 0 : static_cast<double>(size));
    columns.inuse_objects.push_back(static_cast<double>(sum.values[kInuseObjects]));
    columns.inuse_space.push_back(static_cast<double>(sum.values[kInuseSpace]));
    columns.alloc_objects.push_back(static_cast<double>(sum.values[kAllocObjects]));
    columns.alloc_space.push_back(static_cast<double>(sum.values[kAllocSpace]));
    columns.waste.push_back(sum.waste);
  }
  return columns;
}

SiteColumns SitesOf(const Profile& profile, const FrameTable& frames) {
  SiteColumns columns;
  const TypeIndexes types = FindTypes(profile);
  if (!HasHeapTypes(types)) return columns;
  std::vector<Values> sums(frames.size());
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    const StackId stack = profile.samples.stack[i];
    if (stack == StackTable::kEmpty) continue;
    const FrameId leaf = frames.FramesOf(profile.stacks.location[stack.index()]).front();
    Add(ValuesOf(profile, types, i), &sums[leaf.index()]);
  }
  struct Row {
    uint32_t frame;
    std::string name;
  };
  std::vector<Row> rows;
  for (uint32_t frame = 0; frame < frames.size(); ++frame) {
    if (sums[frame] != Values{}) rows.push_back({frame, PrintableName(frames, FrameId(frame), profile.strings)});
  }
  const Type first = types[kAllocSpace] ? kAllocSpace : kInuseSpace;
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    const int64_t left = sums[a.frame][first], right = sums[b.frame][first];
    if (left != right) return left > right;
    if (const int order = a.name.compare(b.name); order != 0) return order < 0;
    return a.frame < b.frame;
  });
  for (const Row& row : rows) {
    const Values& values = sums[row.frame];
    columns.frame.push_back(row.frame);
    columns.inuse_objects.push_back(static_cast<double>(values[kInuseObjects]));
    columns.inuse_space.push_back(static_cast<double>(values[kInuseSpace]));
    columns.alloc_objects.push_back(static_cast<double>(values[kAllocObjects]));
    columns.alloc_space.push_back(static_cast<double>(values[kAllocSpace]));
  }
  return columns;
}

}  // namespace flametrail
