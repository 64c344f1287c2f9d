#include "tests/core/support/v1_assembler.h"

#include <sstream>
#include <vector>

#include "core/base/check.h"
#include "core/formats/gotrace/v1/wire.h"
#include "tests/bench/tracegen/encoder.h"

namespace flametrail::testing {
namespace {

using gotrace::v1::EventType;
using gotrace::v1::kEventSpecs;
using gotrace::v1::kEventTypes;

EventType TypeOf(const std::string& name) {
  for (size_t type = 1; type < kEventTypes; ++type) {
    if (kEventSpecs[type].name == name) return static_cast<EventType>(type);
  }
  CHECK(name == "a known event");
  return EventType::kNone;
}

std::string RawBytes(std::istringstream* words) {
  std::string bytes;
  for (std::string word; *words >> word;) bytes.push_back(static_cast<char>(std::stoul(word, nullptr, 16)));
  return bytes;
}

std::string AssembleLine(int version, const std::string& line) {
  const size_t quote = line.find('"');
  const std::string text = quote == std::string::npos ? "" : line.substr(quote + 1, line.rfind('"') - quote - 1);
  std::istringstream words(line.substr(0, quote));
  std::string name;
  words >> name;
  if (name == "Raw") return RawBytes(&words);
  const EventType type = TypeOf(name);
  std::vector<uint64_t> numbers;
  for (std::string word; words >> word;) numbers.push_back(std::stoull(word));
  std::string body;
  for (const uint64_t number : numbers) PutVarint(&body, number);
  const bool is_string = type == EventType::kString;
  const bool is_log = type == EventType::kUserLog;
  const size_t inline_numbers = version < 7 ? 4 : 3;
  const bool prefixed = !is_string && (type == EventType::kStack || is_log || numbers.size() > inline_numbers);
  const size_t narg = is_string ? 0 : prefixed ? 3 : numbers.size() - (version < 7 ? 2 : 1);
  std::string record(1, static_cast<char>(narg << 6 | static_cast<size_t>(type)));
  if (type == EventType::kBatch) record[0] = static_cast<char>(1 << 6 | 1);
  if (type == EventType::kFrequency || type == EventType::kTimerGoroutine) record[0] = static_cast<char>(type);
  if (prefixed) PutVarint(&record, body.size());
  record += body;
  if (is_string || is_log) {
    PutVarint(&record, text.size());
    record += text;
  }
  return record;
}

}  // namespace

std::string AssembleV1(int version, std::string_view text) {
  std::string bytes = TraceHeader(version);
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(' ') != std::string::npos) bytes += AssembleLine(version, line);
  }
  return bytes;
}

}  // namespace flametrail::testing
