#include "core/analysis/mapping_table.h"

#include <string>

namespace flametrail {
namespace {

std::string Hex(uint64_t value) {
  std::string digits;
  do {
    digits.insert(digits.begin(), "0123456789abcdef"[value % 16]);
    value /= 16;
  } while (value != 0);
  return "0x" + digits;
}

}  // namespace

MappingColumns MappingsOf(const Profile& profile, StringPool* texts) {
  MappingColumns columns;
  for (const Mapping& mapping : profile.mappings) {
    columns.start.push_back(texts->Intern(Hex(mapping.start)).value);
    columns.limit.push_back(texts->Intern(Hex(mapping.limit)).value);
    columns.offset.push_back(texts->Intern(Hex(mapping.offset)).value);
    columns.file.push_back(mapping.file.value);
    columns.build_id.push_back(mapping.build_id.value);
    columns.has.push_back(static_cast<uint8_t>(mapping.has_functions | mapping.has_filenames << 1 |
                                               mapping.has_line_numbers << 2 | mapping.has_inline_frames << 3));
  }
  return columns;
}

}  // namespace flametrail
