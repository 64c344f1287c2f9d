// Builds a Profile row by row, for readers of formats that have no tables of their own.
#ifndef CORE_MODEL_PROFILE_ASSEMBLER_H_
#define CORE_MODEL_PROFILE_ASSEMBLER_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/index_table.h"
#include "core/model/label_sets.h"
#include "core/model/profile.h"
#include "core/model/stack_table.h"

namespace flametrail {

struct SourceLine {
  FunctionId function;  // None: not known
  int64_t line = 0;
  int64_t column = 0;

  auto operator<=>(const SourceLine&) const = default;
};

// Ids (the numbers that reports print) count from 1 in order of first appearance, as google/pprof's legacy parsers and
// encoder number them.
class ProfileAssembler {
 public:
  StringId Text(std::string_view text) { return profile_.strings.Intern(text); }
  void AddSampleType(std::string_view type, std::string_view unit);
  // `mapping.id` is set here.
  MappingId AddMapping(Mapping mapping);
  // Equal functions are one.
  FunctionId Function(std::string_view name, std::string_view system_name, std::string_view file,
                      int64_t start_line = 0);
  // Lines innermost first. Equal locations are one.
  LocationId Location(MappingId mapping, uint64_t address, std::span<const SourceLine> lines);

  // One value for each sample type added so far (CHECKed); at most StackTableBuilder::kMaxStackDepth locations, leaf
  // first.
  void AddSample(std::span<const LocationId> leaf_first, std::span<const int64_t> values,
                 std::span<const Label> labels = {});

  // Time, period, comments and what else is set by hand; tables are filled by Take.
  Profile& profile() { return profile_; }
  size_t sample_count() const { return profile_.samples.size(); }
  // Ends the building; the assembler is empty afterwards.
  Profile Take();

 private:
  uint64_t FunctionHash(uint32_t function) const;
  uint64_t LocationHash(uint32_t location) const;
  bool HasLines(uint32_t location, std::span<const SourceLine> lines) const;
  void AppendLocation(MappingId mapping, uint64_t address, std::span<const SourceLine> lines);

  Profile profile_;
  StackTableBuilder stacks_;
  LabelSetBuilder label_sets_;
  IndexTable functions_;
  IndexTable locations_;
};

}  // namespace flametrail

#endif  // CORE_MODEL_PROFILE_ASSEMBLER_H_
