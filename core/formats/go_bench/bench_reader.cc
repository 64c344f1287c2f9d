#include "core/formats/go_bench/bench_reader.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "core/base/json.h"
#include "core/formats/go_bench/bench_line.h"
#include "core/io/text_lines.h"
#include "core/model/profile_assembler.h"

namespace flametrail {
namespace go_bench {
namespace {

constexpr size_t kMaxPackages = 100000;

// One member of an object of `go test -json`.
struct Event {
  std::string package;
  std::string output;
};

std::optional<Event> ParseEvent(std::string_view line) {
  JsonReader json;
  json.Append(AsBytes(line));
  json.End();
  Event event;
  std::string key;
  for (;;) {
    const JsonToken token = json.Next();
    if (token == JsonToken::kEnd) return event;
    if (token == JsonToken::kError || token == JsonToken::kNeedInput) return std::nullopt;
    if (token == JsonToken::kKey && json.depth() == 1) key = json.text();
    if (token != JsonToken::kString || json.depth() != 1) continue;
    if (key == "Package") event.package = json.text();
    if (key == "Output") event.output = json.text();
  }
}

class BenchReader final : public Reader {
 public:
  BenchReader() : lines_([this](const TextLine& line) { OnTextLine(line); }) {}

  bool Append(Bytes chunk) override {
    lines_.Append(chunk);
    return true;
  }
  Result<Document> Finish(std::optional<Error> input_fault) override;

 private:
  void OnTextLine(const TextLine& line);
  void OnEvent(std::string_view line);
  void OnLine(std::string_view line);
  void OnResult(const ResultLine& result);
  void OnConfig(std::string_view key, std::string_view setting);
  void LeaveOut(std::string_view why) { diagnostics_.Count(Issue::kBadRecord, offset_, why); }

  TextLines lines_;
  BenchResults results_;
  Diagnostics diagnostics_;
  BenchConfig config_;                       // in force
  bool config_changed_ = true;               // since the last of results_.configs
  std::map<std::string, std::string> open_;  // the line that a package is writing
  uint64_t offset_ = 0;
  bool drop_open_line_ = false;
};

void BenchReader::OnTextLine(const TextLine& line) {
  offset_ = line.offset;
  if (line.too_long) return LeaveOut("a line is too long");
  if (line.is_open && drop_open_line_) return;
  if (line.text.starts_with("{\"")) return OnEvent(line.text);
  OnLine(line.text);
}

// Output comes in pieces of lines, those of packages mixed.
void BenchReader::OnEvent(std::string_view line) {
  const auto event = ParseEvent(line);
  if (!event) return LeaveOut("a line of go test -json is no JSON object");
  if (event->output.empty()) return;
  if (open_.size() == kMaxPackages && !open_.contains(event->package)) return LeaveOut("too many packages");
  std::string& open = open_[event->package];
  open += event->output;
  size_t begin = 0;
  for (size_t end = open.find('\n'); end != std::string::npos; end = open.find('\n', begin)) {
    OnLine(std::string_view(open).substr(begin, end - begin));
    begin = end + 1;
  }
  open.erase(0, begin);
}

void BenchReader::OnLine(std::string_view text) {
  const Line line = ParseLine(text);
  if (line.kind == LineKind::kBroken) LeaveOut(line.why);
  if (line.kind == LineKind::kResult) OnResult(line.result);
  if (line.kind == LineKind::kConfig) OnConfig(line.key, line.setting);
}

void BenchReader::OnConfig(std::string_view key, std::string_view setting) {
  const StringId id = results_.strings.Intern(key);
  const auto at = std::find_if(config_.begin(), config_.end(), [&](const auto& entry) { return entry.first == id; });
  const StringId value = results_.strings.Intern(setting);
  if (at != config_.end()) {
    config_changed_ = config_changed_ || at->second != value;
    at->second = value;
  } else if (config_.size() == kMaxBenchConfigKeys) {
    LeaveOut("too many configuration keys");
  } else {
    config_.emplace_back(id, value);
    config_changed_ = true;
  }
}

void BenchReader::OnResult(const ResultLine& result) {
  if (results_.lines.size() == kMaxBenchLines) return LeaveOut("too many results");
  if (std::exchange(config_changed_, false)) results_.configs.push_back(config_);
  BenchLine line;
  line.name = results_.strings.Intern(result.name);
  line.config = static_cast<uint32_t>(results_.configs.size() - 1);
  line.iterations = result.iterations;
  line.value_begin = static_cast<uint32_t>(results_.values.size());
  line.value_count = static_cast<uint32_t>(result.measurements.size());
  for (const Measurement& measurement : result.measurements) {
    results_.values.push_back({measurement.value, results_.strings.Intern(measurement.unit)});
  }
  results_.lines.push_back(line);
}

Result<Document> BenchReader::Finish(std::optional<Error> input_fault) {
  drop_open_line_ = input_fault.has_value();
  lines_.Finish();
  if (!drop_open_line_) {
    for (const auto& [package, open] : std::exchange(open_, {})) OnLine(open);
  }
  if (results_.lines.empty()) {
    if (input_fault) return *input_fault;
    return Error{Code::kCorrupt, 0,
                 "wants results of go test -bench (\"BenchmarkX 100 12 ns/op\"), found none in " +
                     std::to_string(lines_.line_count()) + " lines"};
  }
  if (input_fault) {
    const bool truncated = input_fault->code == Code::kTruncated;
    diagnostics_.Count(truncated ? Issue::kTruncatedInput : Issue::kCorruptTail, input_fault->offset,
                       input_fault->text);
  }
  Document document{"Go benchmark results", DocumentBody(ProfileAssembler().Take()), std::move(diagnostics_),
                    std::move(input_fault)};
  document.bench = std::move(results_);
  return document;
}

}  // namespace
}  // namespace go_bench

std::unique_ptr<Reader> MakeGoBenchReader() { return std::make_unique<go_bench::BenchReader>(); }

}  // namespace flametrail
