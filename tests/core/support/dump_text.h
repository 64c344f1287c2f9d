// A goroutine dump as text becomes rows. Header only: fuzz targets are one file each.
#ifndef TESTS_CORE_SUPPORT_DUMP_TEXT_H_
#define TESTS_CORE_SUPPORT_DUMP_TEXT_H_

#include <string>
#include <string_view>

#include "core/analysis/dump/goroutines.h"
#include "core/formats/goroutine_dump/dump_reader.h"
#include "tests/core/support/read_with.h"

namespace flametrail::testing {

// "18 [chan receive, 2 min, locked] main.run main.go:3(0x1) < main.main main.go:9 by main.main main.go:7 in 1"
inline std::string ShowGoroutine(const Document& document, const DumpGoroutine& g) {
  const Profile& profile = std::get<Profile>(document.body);
  std::string text = std::to_string(g.id) + " [" + std::string(profile.Text(g.state));
  if (g.wait_minutes > 0) text += ", " + std::to_string(g.wait_minutes) + " min";
  if (g.is_locked_to_thread) text += ", locked";
  if (g.is_scanned) text += ", scan";
  if (g.is_leaked) text += ", leaked";
  if (g.is_stack_missing) text += ", no stack";
  if (!profile.Text(g.bubble).empty()) text += ", " + std::string(profile.Text(g.bubble));
  text += "]";
  for (uint32_t i = 0; i < g.frame_count; ++i) {
    const DumpFrame& frame = document.dump->frames[g.frame_begin + i];
    text += (i > 0 ? " < " : " ") + PlaceText(profile, frame.location);
    text += frame.is_foreign ? " C" : "(" + std::string(profile.Text(frame.arguments)) + ")";
  }
  if (g.elided_frames > 0) {
    text += g.elided_frames == DumpGoroutine::kElidedUnknown ? " elided" : " elided " + std::to_string(g.elided_frames);
  }
  if (!g.creator.is_none()) text += " by " + PlaceText(profile, g.creator);
  if (g.creator_id) text += " in " + std::to_string(*g.creator_id);
  return text;
}

inline std::string ShowDump(const Result<Document>& result) {
  if (!result.ok()) return "error: " + result.error().text + "\n";
  std::string text;
  for (const Crash& crash : result->dump->crashes) {
    text += "crash: " + std::string(std::get<Profile>(result->body).Text(crash.text)) + "\n";
  }
  for (const DumpGoroutine& goroutine : result->dump->goroutines) text += ShowGoroutine(*result, goroutine) + "\n";
  return text;
}

inline Result<Document> ReadDump(std::string_view text) { return ReadWith(MakeGoroutineDumpReader(), text); }

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_DUMP_TEXT_H_
