#include "core/formats/pprof_legacy/memory_map.h"

#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "core/formats/pprof_legacy/first_cover.h"

namespace flametrail::legacy {
namespace {

struct Map {
  StringPool strings;
  Diagnostics diagnostics;
  std::vector<Mapping> mappings;

  explicit Map(std::string_view text) {
    LineScanner lines(text, 0, std::string_view::npos);
    ReadMemoryMap(&lines, &strings, &diagnostics, &mappings);
  }
  std::string Picture() const {
    std::string picture;
    for (const Mapping& mapping : mappings) {
      char range[80];
      std::snprintf(range, sizeof(range), "%llx-%llx+%llx ", static_cast<unsigned long long>(mapping.start),
                    static_cast<unsigned long long>(mapping.limit), static_cast<unsigned long long>(mapping.offset));
      picture.append(range).append(strings.View(mapping.file));
      picture.append(" ").append(strings.View(mapping.build_id)) += ';';
    }
    return picture;
  }
};

TEST(MemoryMapTest, Lines) {
  struct Row {
    std::string_view line;
    std::string_view picture;
  };
  constexpr Row kRows[] = {
      {"00400000-00fcb000 r-xp 00001000 08:01 123 /bin/server", "400000-fcb000+1000 /bin/server ;"},
      {"00400000-00fcb000 rw-p 00001000 08:01 123 /bin/server", ""},
      {"00400000-00fcb000 08:01 123", "400000-fcb000+0  ;"},
      {"  00400000-00fcb000: server_main", "400000-fcb000+0 server_main ;"},
      {"0x40000-0x80000 /path/to/binary (@FF00) abc123", "40000-80000+ff00 /path/to/binary abc123;"},
      {"0x40000-0x80000 /path/to/binary abc123", "40000-80000+0 /path/to/binary abc123;"},
      {"40000-80000 r-xp /bin/x", "40000-80000+0 /bin/x ;"},
      {"40000-80000 relative", ""},  // "r" is a permission, and not "x"
      {"I0102 03:04:05 1 file.cc:99] 40000-80000: /x", "40000-80000+0 /x ;"},
      {"build=/home\n40000-80000: $build/x", "40000-80000+0 /home/x ;"},
      {"nothing here", ""},
      {"11112222333344445-5: x", ""},
  };
  for (const Row& row : kRows) EXPECT_EQ(Map(row.line).Picture(), row.picture) << row.line;
}

TEST(MemoryMapTest, NeighboursAreJoinedAndTheBinaryComesFirst) {
  Map map(
      "1000-2000: /lib/libc.so.6\n2000-3000: /lib/libc.so.6\n4000-5000: [vdso]\n6000-7000: /bin/x\n8000-9000: "
      "/bin/y\n");
  TidyMappings(map.strings, &map.mappings);
  EXPECT_EQ(map.Picture(), "6000-7000+0 /bin/x ;4000-5000+0 [vdso] ;1000-3000+0 /lib/libc.so.6 ;8000-9000+0 /bin/y ;");
}

TEST(MemoryMapTest, AddressesFindTheirMapping) {
  Map map("5000-6000: /bin/x\n8000-9000: /lib/y (@1000)\n5800-7000: /lib/z\n");
  const std::vector<uint64_t> addresses = {0, 0x5900, 0x6900, 0x7800, 0x7900, 0x100, UINT64_MAX};
  const std::vector<MappingId> found = MapAddresses(addresses, map.strings, &map.mappings);
  std::vector<int> numbers;
  for (const MappingId id : found) numbers.push_back(id.is_none() ? -1 : static_cast<int>(id.index()));
  EXPECT_EQ(numbers, (std::vector<int>{-1, 0, 2, 1, 1, 3, 3}));
  EXPECT_EQ(map.mappings[1].start, 0x7000u);
  EXPECT_EQ(map.mappings[1].offset, 0u);
  EXPECT_EQ(map.mappings[3].limit, UINT64_MAX);
  EXPECT_EQ(map.mappings[3].id, 4u);
}

TEST(MemoryMapTest, MainBinaryAtTheUsualPlaceHasNoOffset) {
  Map map("401000-500000: /bin/x (@1000)\n");
  MapAddresses({}, map.strings, &map.mappings);
  EXPECT_EQ(map.Picture(), "400000-500000+0 /bin/x ;");
}

TEST(MemoryMapTest, LimitsAreToldAndKept) {
  std::string text;
  for (size_t i = 0; i <= kMaxMapAttributes; ++i) text += "k" + std::to_string(i) + "=v\n";
  EXPECT_TRUE(Map(text).diagnostics.Has(Issue::kBadRecord));
  // 4 KiB a word, and the words double the line again and again.
  std::string bomb = "q=" + std::string(kMaxMapAttributeBytes - 1, 'z') + "\n1000-2000: ";
  for (int i = 0; i < 100; ++i) bomb += "$q";
  Map grown(bomb + "\n3000-4000: /bin/x\n");
  EXPECT_TRUE(grown.diagnostics.Has(Issue::kBadRecord));
  EXPECT_EQ(grown.Picture(), "3000-4000+0 /bin/x ;");
  EXPECT_TRUE(Map("1000-2000: " + std::string(kMaxMapLineBytes, 'x')).mappings.empty());
}

TEST(FirstCoverTest, IsTheFirstThatCovers) {
  constexpr uint32_t kRanges = 60;
  std::vector<std::pair<uint64_t, uint64_t>> ranges;
  std::vector<uint64_t> bounds;
  for (uint32_t i = 0; i < kRanges; ++i) {
    const uint64_t a = Mix64(i) % 200;
    const uint64_t b = Mix64(i + 1000) % 200;
    ranges.emplace_back(a, b);
    bounds.insert(bounds.end(), {a, b});
  }
  FirstCover cover(bounds);
  for (uint32_t i = kRanges; i-- > 0;) cover.Add(ranges[i].first, ranges[i].second, i);
  for (uint32_t dead = 0; dead < kRanges; dead += 20) {
    for (uint64_t point = 0; point < 210; ++point) {
      std::optional<uint32_t> wanted;
      for (uint32_t i = kRanges; i-- > dead;) {
        if (ranges[i].first <= point && point < ranges[i].second) wanted = i;
      }
      EXPECT_EQ(cover.Find(point, [&](uint32_t i) { return i >= dead; }), wanted) << point;
    }
  }
  EXPECT_FALSE(FirstCover({}).Find(5, [](uint32_t) { return true; }));
}

}  // namespace
}  // namespace flametrail::legacy
