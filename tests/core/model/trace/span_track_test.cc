#include "core/model/trace/span_track.h"

#include <gtest/gtest.h>

namespace flametrail {
namespace {

Span At(uint64_t start) {
  Span span = {};
  span.start = start;
  return span;
}

TEST(SpanTrackTest, EverySpanIsFoundThroughAllSizesOfBlocks) {
  SpanArena arena;
  SpanTrack track;
  constexpr uint32_t kSpans = 3 * 4096 + 4 * 2048;
  for (uint32_t i = 0; i < kSpans; ++i) {
    track.Push(At(10 * i), &arena);
    ASSERT_EQ(track.back().start, 10 * i);
  }
  ASSERT_EQ(track.size(), kSpans);
  for (uint32_t i = 0; i < kSpans; ++i) ASSERT_EQ(track[i].start, 10 * i) << i;
}

TEST(SpanTrackTest, TracksThatGrowTogetherDoNotMix) {
  SpanArena arena;
  SpanTrack tracks[3];
  for (uint32_t i = 0; i < 1000; ++i) {
    for (uint32_t t = 0; t < 3; ++t) tracks[t].Push(At(1000 * t + i), &arena);
  }
  for (uint32_t t = 0; t < 3; ++t) {
    for (uint32_t i = 0; i < 1000; ++i) ASSERT_EQ(tracks[t][i].start, 1000 * t + i);
  }
}

TEST(SpanTrackTest, IndexAtIsTheSpanThatHolds) {
  SpanArena arena;
  SpanTrack track;
  EXPECT_EQ(track.IndexAt(5), 0u);  // size(): none
  for (const uint64_t start : {10, 20, 30, 40, 50}) track.Push(At(start), &arena);
  EXPECT_EQ(track.IndexAt(9), track.size());
  EXPECT_EQ(track.IndexAt(10), 0u);
  EXPECT_EQ(track.IndexAt(49), 3u);
  EXPECT_EQ(track.IndexAt(1000), 4u);
}

// The price of a goroutine that does little: one block of four spans.
TEST(SpanTrackTest, ShortTracksAreSmall) {
  SpanArena arena;
  std::vector<SpanTrack> tracks(SpanArena::kSmallSlab / 4);
  for (SpanTrack& track : tracks) track.Push(At(1), &arena);
  EXPECT_EQ(arena.ByteSize(), SpanArena::kSmallSlab * sizeof(Span));
}

// From 8 MiB on memory comes in large blocks; what was there stays.
TEST(SpanTrackTest, LongTracksGoOnInLargeBlocks) {
  SpanArena arena;
  SpanTrack track;
  constexpr uint64_t kSpans = 1000000;
  for (uint64_t i = 0; i < kSpans; ++i) track.Push(At(i), &arena);
  for (uint32_t i = 0; i < kSpans; i += 997) EXPECT_EQ(track[i].start, i);
  EXPECT_LE(arena.ByteSize(), kSpans * sizeof(Span) + kLargeBlockBytes);
}

}  // namespace
}  // namespace flametrail
