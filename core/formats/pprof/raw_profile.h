// A profile as its file has it: references by id and by string index, in any order. resolve.cc makes it a Profile.
#ifndef CORE_FORMATS_PPROF_RAW_PROFILE_H_
#define CORE_FORMATS_PPROF_RAW_PROFILE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/formats/pprof/id_map.h"
#include "core/model/document.h"
#include "core/model/label_sets.h"
#include "core/model/profile.h"

namespace flametrail::pprof {

// An index into the file's string table that has not been looked up yet, kept where its StringId will stand. An index
// that cannot be one (negative, 2^32) is None.
StringId PendingString(int64_t index);

struct RawProfile {
  // Filled as far as it goes; every StringId in it is pending, every LocationId is an index of `location_refs`, line
  // functions and location mappings are in the columns below.
  Profile profile;
  std::vector<StringId> strings;  // by index of the file's table: ids in profile.strings

  StackTableBuilder stacks;
  LabelSetBuilder label_sets;
  IdMap location_refs;                     // location ids by first use in a sample
  std::vector<uint64_t> location_mapping;  // by location, in file order
  std::vector<uint64_t> line_function;     // by line, in file order

  Diagnostics diagnostics;
  std::optional<Error> fault;  // the first that a strict reader stops at

  void SetFault(Code code, std::optional<uint64_t> offset, std::string text);
};

// Looks up all references. Sets raw.fault where google/pprof's postDecode or CheckValid would refuse.
void Resolve(RawProfile* raw);

}  // namespace flametrail::pprof

#endif  // CORE_FORMATS_PPROF_RAW_PROFILE_H_
