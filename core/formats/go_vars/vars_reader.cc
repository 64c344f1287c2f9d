#include "core/formats/go_vars/vars_reader.h"

#include <charconv>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/model/profile_assembler.h"

namespace flametrail {
namespace go_vars {
namespace {

struct NumberRow {
  std::string_view name;
  std::optional<uint64_t> MemStats::*field;
};

constexpr NumberRow kNumbers[] = {
    {"Alloc", &MemStats::alloc},
    {"TotalAlloc", &MemStats::total_alloc},
    {"Sys", &MemStats::sys},
    {"Lookups", &MemStats::lookups},
    {"Mallocs", &MemStats::mallocs},
    {"Frees", &MemStats::frees},
    {"HeapAlloc", &MemStats::heap_alloc},
    {"HeapSys", &MemStats::heap_sys},
    {"HeapIdle", &MemStats::heap_idle},
    {"HeapInuse", &MemStats::heap_inuse},
    {"HeapReleased", &MemStats::heap_released},
    {"HeapObjects", &MemStats::heap_objects},
    {"StackInuse", &MemStats::stack_inuse},
    {"StackSys", &MemStats::stack_sys},
    {"MSpanInuse", &MemStats::mspan_inuse},
    {"MSpanSys", &MemStats::mspan_sys},
    {"MCacheInuse", &MemStats::mcache_inuse},
    {"MCacheSys", &MemStats::mcache_sys},
    {"BuckHashSys", &MemStats::buck_hash_sys},
    {"GCSys", &MemStats::gc_sys},
    {"OtherSys", &MemStats::other_sys},
    {"NextGC", &MemStats::next_gc},
    {"LastGC", &MemStats::last_gc},
    {"PauseTotalNs", &MemStats::pause_total_ns},
    {"NumGC", &MemStats::num_gc},
    {"NumForcedGC", &MemStats::num_forced_gc},
};

std::optional<uint64_t> ParseCount(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class VarsReader final : public Reader {
 public:
  bool Append(Bytes chunk) override {
    json_.Append(chunk);
    Pull();
    return !json_.failed();
  }
  Result<Document> Finish(std::optional<Error> input_fault) override;

 private:
  void Pull();
  void OnToken(JsonToken token);
  void OnNumber(std::string_view text);
  void OnMemStats(const std::string& name, std::string_view text);
  bool InMemStats() const { return !path_.empty() && path_[0] == "memstats"; }

  JsonReader json_;
  // Keys of the open containers; of an array's elements the array's.
  std::vector<std::string> path_;
  std::string key_;
  MemStats stats_;
  Diagnostics diagnostics_;
  bool has_stats_ = false;
  bool ended_ = false;
};

void VarsReader::Pull() {
  for (;;) {
    const JsonToken token = json_.Next();
    if (token == JsonToken::kNeedInput || token == JsonToken::kError) return;
    if (token == JsonToken::kEnd) {
      ended_ = true;
      return;
    }
    OnToken(token);
  }
}

void VarsReader::OnToken(JsonToken token) {
  switch (token) {
    case JsonToken::kKey:
      key_ = json_.text();
      return;
    case JsonToken::kBeginObject:
    case JsonToken::kBeginArray:
      if (json_.depth() > 1) path_.push_back(key_);
      has_stats_ = has_stats_ || (json_.depth() == 2 && key_ == "memstats" && token == JsonToken::kBeginObject);
      if (InMemStats() && path_.size() == 2 && path_[1] == "BySize" && token == JsonToken::kBeginArray)
        stats_.by_size.clear();
      if (InMemStats() && path_.size() == 3 && path_[1] == "BySize") stats_.by_size.emplace_back();
      return;
    case JsonToken::kEndObject:
    case JsonToken::kEndArray:
      if (!path_.empty()) {
        key_ = path_.back();
        path_.pop_back();
      }
      return;
    case JsonToken::kNumber:
      return OnNumber(json_.text());
    default:
      return;
  }
}

void VarsReader::OnNumber(std::string_view text) {
  if (InMemStats()) {
    if (path_.size() == 1) return OnMemStats(key_, text);
    const auto count = ParseCount(text);
    if (!count) return;
    if (path_[1] == "PauseNs" && stats_.pause_ns.size() < MemStats::kPauses) stats_.pause_ns.push_back(*count);
    if (path_[1] == "PauseEnd" && stats_.pause_end.size() < MemStats::kPauses) stats_.pause_end.push_back(*count);
    if (path_[1] != "BySize" || stats_.by_size.empty() || stats_.by_size.size() > kMaxVarsEntries) return;
    MemStats::SizeClass& row = stats_.by_size.back();
    if (key_ == "Size") row.size = *count;
    if (key_ == "Mallocs") row.mallocs = *count;
    if (key_ == "Frees") row.frees = *count;
    return;
  }
  if (stats_.entries.size() == kMaxVarsEntries)
    return diagnostics_.Count(Issue::kBadRecord, json_.offset(), "too many variables");
  std::string name;
  for (const std::string& part : path_) name += part + ".";
  stats_.entries.emplace_back(name + key_, text);
}

void VarsReader::OnMemStats(const std::string& name, std::string_view text) {
  for (const NumberRow& row : kNumbers) {
    if (row.name == name) stats_.*row.field = ParseCount(text);
  }
  if (name == "GCCPUFraction") stats_.gc_cpu_fraction = std::strtod(std::string(text).c_str(), nullptr);
  if (stats_.entries.size() < kMaxVarsEntries) stats_.entries.emplace_back(name, text);
}

Result<Document> VarsReader::Finish(std::optional<Error> input_fault) {
  json_.End();
  if (!ended_ && !json_.failed()) Pull();
  if (!input_fault && json_.failed()) input_fault = json_.error();
  if (!has_stats_) {
    if (input_fault) return *input_fault;
    return Error{Code::kCorrupt, 0, "wants a member \"memstats\" (runtime.MemStats), found none"};
  }
  if (input_fault) {
    const bool truncated = input_fault->code == Code::kTruncated;
    diagnostics_.Count(truncated ? Issue::kTruncatedInput : Issue::kCorruptTail, input_fault->offset,
                       input_fault->text);
  }
  Document document{"Go exported variables", DocumentBody(ProfileAssembler().Take()), std::move(diagnostics_),
                    std::move(input_fault)};
  document.mem_stats = std::move(stats_);
  return document;
}

}  // namespace
}  // namespace go_vars

std::unique_ptr<Reader> MakeGoVarsReader() { return std::make_unique<go_vars::VarsReader>(); }

}  // namespace flametrail
