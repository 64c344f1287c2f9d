#include "core/base/json.h"

#include <gtest/gtest.h>

namespace flametrail {
namespace {

// Tokens as text: "{ k:a #1 ]", the error or the end last.
std::string Tokens(std::string_view text, size_t chunk = 1000) {
  JsonReader reader;
  std::string out;
  for (;;) {
    const JsonToken token = reader.Next();
    const std::string value(reader.text());
    switch (token) {
      case JsonToken::kNeedInput: {
        const size_t size = std::min(chunk, text.size());
        if (size == 0) {
          reader.End();
        } else {
          reader.Append(AsBytes(text.substr(0, size)));
          text.remove_prefix(size);
        }
        continue;
      }
      case JsonToken::kEnd:
        return out + ".";
      case JsonToken::kError:
        return out + std::to_string(*reader.error().offset) + ": " + reader.error().text;
      case JsonToken::kBeginObject:
        out += "{ ";
        break;
      case JsonToken::kEndObject:
        out += "} ";
        break;
      case JsonToken::kBeginArray:
        out += "[ ";
        break;
      case JsonToken::kEndArray:
        out += "] ";
        break;
      case JsonToken::kKey:
        out += "k:" + value + " ";
        break;
      case JsonToken::kString:
        out += "s:" + value + " ";
        break;
      case JsonToken::kNumber:
        out += "#" + value + " ";
        break;
      case JsonToken::kTrue:
        out += "true ";
        break;
      case JsonToken::kFalse:
        out += "false ";
        break;
      case JsonToken::kNull:
        out += "null ";
        break;
    }
  }
}

TEST(JsonTest, EveryKindOfValue) {
  EXPECT_EQ(Tokens(R"( {"a" : [1, -0.5e+3, "x", true, false, null, {}, []], "":{"b":"c"}} )"),
            "{ k:a [ #1 #-0.5e+3 s:x true false null { } [ ] ] k: { k:b s:c } } .");
  EXPECT_EQ(Tokens("12"), "#12 .");
  EXPECT_EQ(Tokens("\"\""), "s: .");
}

TEST(JsonTest, Escapes) {
  EXPECT_EQ(Tokens(R"("\"\\\/\b\f\n\r\t")"), "s:\"\\/\b\f\n\r\t .");
  EXPECT_EQ(Tokens(R"("\u0041\u00e9\u20AC\ud83d\ude00")"), "s:A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80 .");
  EXPECT_EQ(Tokens(R"("\ud83dx\ude00\ud83d")"), "s:\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD .") << "halves alone";
}

TEST(JsonTest, ErrorsSayWhereAndWhat) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "0: JSON wants a value, found the end"},
      {"[1 2]", "[ #1 3: JSON wants ',' or ']' here, found '2'"},
      {"[1,]", "[ #1 3: JSON wants a value or key here, found ']'"},
      {"{\"a\":1,}", "{ k:a #1 7: JSON wants a value or key here, found '}'"},
      {"{1:2}", "{ 1: JSON wants a key in quotes here, found '1'"},
      {"{\"a\"}", "{ k:a 4: JSON wants ':' here, found '}'"},
      {"[}", "[ 1: JSON wants a value or key here, found '}'"},
      {"1 2", "#1 2: JSON wants the end here, found '2'"},
      {"01", "0: JSON wants a number here, found \"01\""},
      {"[1.]", "[ 1: JSON wants a number here, found \"1.\""},
      {"NaN", "0: JSON wants a value here, found \"NaN\""},
      {"'a'", "0: JSON wants a value here, found '''"},
      {"\"\\x\"", "2: JSON wants one of \"\\/bfnrtu behind a backslash here, found 'x'"},
      {"\"\\u12g4\"", "5: JSON wants four hexadecimal digits behind \\u here, found 'g'"},
      {"\"a\nb\"", "2: JSON wants no control character inside a text here, found byte 0x0A"},
      {"\"abc", "0: JSON ends inside a text"},
      {"[[1", "[ [ #1 3: JSON ends inside 2 open brackets"},
      {",", "0: JSON wants a value or key here, found ','"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(Tokens(text), expected);
    EXPECT_EQ(Tokens(text, 1), expected);
  }
}

TEST(JsonTest, AByteOrderMarkIsPassedOver) {
  for (const size_t chunk : {size_t{1}, size_t{2}, size_t{1000}}) {
    EXPECT_EQ(Tokens("\xEF\xBB\xBF[1]", chunk), "[ #1 ] .");
    EXPECT_EQ(Tokens("\xEF\xBB[1]", chunk), "2: JSON wants a byte order mark or a value here, found '['");
    EXPECT_EQ(Tokens("\xEF", chunk), "1: JSON wants a value, found the end");
    EXPECT_EQ(Tokens("[\xEF\xBB\xBF]", chunk), "[ 1: JSON wants a value here, found byte 0xEF");
  }
}

TEST(JsonTest, LimitsHaveNames) {
  EXPECT_EQ(Tokens(std::string(JsonReader::kMaxDepth + 1, '[')).substr(JsonReader::kMaxDepth * 2),
            "256: JSON is nested deeper than the 256 levels that are read");
  EXPECT_EQ(Tokens("\"" + std::string(JsonReader::kMaxTextBytes + 1, 'x') + "\"", 1 << 16),
            "0: JSON has a text of more than 16777216 bytes");
  EXPECT_EQ(Tokens("[" + std::string(JsonReader::kMaxNumberBytes + 1, '1')),
            "[ 1: JSON has a number of more than 4096 digits");
}

TEST(JsonTest, ChunksOfAnySizeGiveTheSame) {
  const std::string_view text = R"({"k\u00e9y":[1.5e3,"a\n\ud83d\ude00b",true],"x":null})";
  for (size_t chunk = 1; chunk < text.size(); ++chunk) EXPECT_EQ(Tokens(text, chunk), Tokens(text)) << chunk;
}

}  // namespace
}  // namespace flametrail
