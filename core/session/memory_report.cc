#include "core/session/memory_report.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/memory/rss_bridge.h"
#include "core/base/json_writer.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

std::string BytesText(uint64_t bytes) {
  return ScaledLabel(static_cast<int64_t>(std::min<uint64_t>(bytes, INT64_MAX)), "bytes", "auto");
}

std::optional<uint64_t> LiveBytes(const Session& session) {
  if (session.trace() != nullptr) return std::nullopt;
  const auto type = TypeNamed(session.profile(), "inuse_space");
  if (!type) return std::nullopt;
  return static_cast<uint64_t>(TotalOf(session.profile(), *type));
}

void WriteJson(const RssBridge& bridge, const TextSink& sink) {
  JsonWriter json(sink);
  json.BeginObject();
  json.BeginArray("parts");
  for (const RssBridge::Row& row : bridge.rows) {
    json.BeginObject();
    json.Field("part", MemoryPartText(row.part));
    json.Field("bytes", row.bytes);
    json.EndObject();
  }
  json.EndArray();
  json.Field("resident", bridge.resident);
  json.Field("released", bridge.released);
  if (bridge.max_rss) json.Field("max_rss", *bridge.max_rss);
  json.EndObject();
  json.NewLine();
}

void WriteText(const RssBridge& bridge, const TextSink& sink) {
  TextOut out(sink);
  const auto row = [&](uint64_t bytes, std::string_view text) {
    out.Right(BytesText(bytes), 12);
    out << "  " << text << "\n";
  };
  for (const RssBridge::Row& part : bridge.rows) row(part.bytes, MemoryPartText(part.part));
  row(bridge.resident, "at most resident, of what Go took from the system");
  row(bridge.released, "returned to the system");
  if (bridge.max_rss) row(*bridge.max_rss, "peak of the process as the system counts it");
}

Result<RssBridge> BridgeOf(const Session& session) {
  if (session.mem_stats() == nullptr) {
    return Error{
        Code::kUnsupported, std::nullopt,
        "wants runtime.MemStats (a heap profile with debug=1, /debug/vars), found " + session.summary().format};
  }
  auto bridge = BridgeToRss(*session.mem_stats(), LiveBytes(session));
  if (!bridge) {
    return Error{Code::kUnsupported, std::nullopt, "runtime.MemStats lack numbers, or contradict themselves"};
  }
  return std::move(*bridge);
}

}  // namespace

Status WriteMemoryJson(const Session& session, const TextSink& sink) {
  ASSIGN_OR_RETURN(const RssBridge bridge, BridgeOf(session));
  WriteJson(bridge, sink);
  return OkStatus();
}

Status WriteMemory(const Session& session, bool json, const TextSink& sink) {
  if (json) return WriteMemoryJson(session, sink);
  ASSIGN_OR_RETURN(const RssBridge bridge, BridgeOf(session));
  WriteText(bridge, sink);
  return OkStatus();
}

}  // namespace flametrail
