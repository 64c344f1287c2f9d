#include "core/io/text_lines.h"

#include <gtest/gtest.h>

namespace flametrail {
namespace {

// "1@0:text|2@5:text?": number, offset, text; "?" behind a line without its end, "!" behind one that is too long.
std::string Lines(std::string_view text, size_t chunk = SIZE_MAX) {
  std::string out;
  TextLines lines([&](const TextLine& line) {
    out += std::to_string(line.number) + "@" + std::to_string(line.offset) + ":" +
           std::string(line.text.substr(0, 40)) + (line.is_open ? "?" : "") + (line.too_long ? "!" : "") + "|";
  });
  while (!text.empty()) {
    const size_t size = std::min(chunk, text.size());
    lines.Append(AsBytes(text.substr(0, size)));
    text.remove_prefix(size);
  }
  lines.Finish();
  return out;
}

TEST(TextLinesTest, LinesAndTheirOffsets) {
  EXPECT_EQ(Lines(""), "");
  EXPECT_EQ(Lines("\n"), "1@0:|");
  EXPECT_EQ(Lines("ab\r\n\ncd"), "1@0:ab|2@4:|3@5:cd?|");
  EXPECT_EQ(Lines("\xEF\xBB\xBFx\ny\n"), "1@3:x|2@5:y|");
  EXPECT_EQ(Lines("a\r"), "1@0:a?|");
  EXPECT_EQ(Lines("x"), "1@0:x?|");
}

TEST(TextLinesTest, Utf16) {
  using namespace std::string_view_literals;
  EXPECT_EQ(Lines("\xFF\xFE"
                  "a\0\r\0\n\0\xAC\x20\n\0"sv),
            "1@2:a|2@8:\xE2\x82\xAC|");
  EXPECT_EQ(Lines("\xFE\xFF\0a\0\n\xD8\x3D\xDE\0"sv), "1@2:a|2@6:\xF0\x9F\x98\x80?|");
  EXPECT_EQ(Lines("\xFF\xFE\0\xD8x\0"sv), "1@2:\xEF\xBF\xBDx?|") << "half a pair";
  EXPECT_EQ(Lines("\xFF\xFE"
                  "a\0b"sv),
            "1@2:a\xEF\xBF\xBD?|")
      << "half a unit";
}

TEST(TextLinesTest, ChunksOfAnySizeGiveTheSame) {
  using namespace std::string_view_literals;
  for (const std::string_view text : {"\xEF\xBB\xBF"
                                      "ab\r\n\r\ncd\n\nef"sv,
                                      "\xFF\xFE"
                                      "a\0\r\0\n\0\x3D\xD8\0\xDE\n\0"sv}) {
    for (size_t chunk = 1; chunk < text.size(); ++chunk) EXPECT_EQ(Lines(text, chunk), Lines(text)) << chunk;
  }
}

TEST(TextLinesTest, ALineHasALimit) {
  const std::string full(TextLines::kMaxLineBytes, 'x');
  const std::string x40(40, 'x');
  for (const size_t chunk : {size_t{1} << 16, SIZE_MAX}) {
    EXPECT_EQ(Lines(full + "\ny\n", chunk), "1@0:" + x40 + "|2@16777217:y|");
    EXPECT_EQ(Lines(full + "z\ny\n", chunk), "1@0:" + x40 + "!|2@16777218:y|");
    EXPECT_EQ(Lines(full + "z", chunk), "1@0:" + x40 + "?!|");
  }
}

}  // namespace
}  // namespace flametrail
