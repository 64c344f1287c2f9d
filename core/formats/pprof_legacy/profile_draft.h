// A profile while one of the legacy texts is read. Unlike ProfileAssembler it knows locations by address before
// anything else is known of them, lets stacks be changed afterwards, and numbers tables as google/pprof's legacy
// parsers do.
#ifndef CORE_FORMATS_PPROF_LEGACY_PROFILE_DRAFT_H_
#define CORE_FORMATS_PPROF_LEGACY_PROFILE_DRAFT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/label_sets.h"
#include "core/model/profile.h"
#include "core/model/profile_assembler.h"
#include "core/model/stack_table.h"

namespace flametrail::legacy {

class ProfileDraft {
 public:
  ProfileDraft();

  StringId Text(std::string_view text) { return profile_.strings.Intern(text); }
  void AddSampleType(std::string_view type, std::string_view unit);
  // Always a new one; name and system name are the same.
  FunctionId AddFunction(std::string_view name, std::string_view file);

  // The location of an address of which nothing else is known; equal addresses are one.
  LocationId LocationAt(uint64_t address);
  std::optional<LocationId> FindLocation(uint64_t address) const;
  // Gives the location its one line, and takes its address away: Java's addresses are numbers of a table.
  void SetJavaLine(LocationId location, const SourceLine& line);
  // Lines innermost first; equal locations are one. Not found by address.
  LocationId SymbolizedLocation(uint64_t address, std::span<const SourceLine> lines);

  // One value for each sample type. False: the stack is deeper than StackTableBuilder::kMaxStackDepth, nothing was
  // added.
  bool AddSample(std::span<const LocationId> leaf_first, std::span<const int64_t> values,
                 std::span<const Label> labels = {});
  // The last sample was seen once more.
  void RepeatLastSample();
  size_t sample_count() const { return profile_.samples.labels.size(); }

  // Takes away the caller of the leaf where at most one sample in 32 has another one there: it is the signal handler's.
  void RemoveSignalFrame();
  // Takes away the caller of the leaf where it is the leaf again, one byte before.
  void RemoveDuplicateLeaves();
  // Ids by first use in the samples; locations that come out of use afterwards stay. Comes before AssignMappings.
  void NumberLocations();
  void AssignMappings();

  std::vector<Mapping>& mappings() { return profile_.mappings; }
  // Time, period and what else is set by hand; tables are filled by Take.
  Profile& profile() { return profile_; }
  // Ends the building. `keep_addresses`: false for Java.
  Profile Take(bool keep_addresses);

 private:
  static constexpr uint32_t kFree = 0xFFFFFFFFu;

  struct Location {
    uint64_t key;  // address, as samples name it
    uint64_t address;
    uint32_t line_begin;  // of lines_
    uint32_t line_count;
    MappingId mapping;
    uint32_t number;  // place in order_; kFree: not used
  };

  size_t Slot(uint64_t address) const;
  void GrowSlots();
  std::span<LocationId> Stack(size_t sample) { return {entries_.data() + stack_begin_[sample], stack_size_[sample]}; }
  void RemoveCaller(size_t sample);
  void TakeLocations(bool keep_addresses);
  FunctionId NumberFunction(FunctionId function, std::vector<FunctionId>* numbers, FunctionTable* kept) const;

  Profile profile_;
  LabelSetBuilder label_sets_;
  std::vector<Location> locations_;
  std::vector<uint32_t> slots_;  // by address: open addressing, power of two
  std::vector<SourceLine> lines_;
  std::map<std::pair<uint64_t, std::vector<SourceLine>>, LocationId> symbolized_;
  std::vector<LocationId> entries_;  // of all stacks, leaf first
  std::vector<size_t> stack_begin_;
  std::vector<uint32_t> stack_size_;
  std::vector<LocationId> order_;
};

}  // namespace flametrail::legacy

#endif  // CORE_FORMATS_PPROF_LEGACY_PROFILE_DRAFT_H_
