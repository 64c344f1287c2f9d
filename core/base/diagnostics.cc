#include "core/base/diagnostics.h"

#include <algorithm>
#include <iterator>

#include "core/base/check.h"

namespace flametrail {
namespace {

struct Row {
  Issue issue;
  Severity severity;
  std::string_view sentence;
};

constexpr Row kRows[] = {
    {Issue::kTruncatedInput, Severity::kDataLoss, "The file ends early; everything before the end was kept."},
    {Issue::kTrailingData, Severity::kNotice, "Bytes after the end of the compressed data were left out."},
    {Issue::kCorruptTail, Severity::kDataLoss, "The file is damaged; everything before the damage was kept."},
    {Issue::kBadRecord, Severity::kDataLoss, "Records that break the rules of the format were left out."},
    {Issue::kMismatchedValueCount, Severity::kDataLoss,
     "Samples have another number of values than there are sample types; missing ones count as 0, extra ones were left "
     "out."},
    {Issue::kDanglingLocation, Severity::kDataLoss,
     "Samples refer to locations that the file does not define; they are shown as unknown frames."},
    {Issue::kDanglingFunction, Severity::kDataLoss,
     "Locations refer to functions that the file does not define; they are shown by address."},
    {Issue::kDanglingMapping, Severity::kNotice, "Locations refer to mappings that the file does not define."},
    {Issue::kDuplicateId, Severity::kDataLoss, "Ids are used more than once; the first use was kept."},
    {Issue::kReservedId, Severity::kDataLoss, "Entries with the reserved id 0 were left out."},
    {Issue::kStringOutOfRange, Severity::kDataLoss, "Text is missing: indexes point past the end of the string table."},
    {Issue::kEmptyStackSamples, Severity::kInfo, "Samples without a stack count in the total but in no function."},
    {Issue::kUnknownField, Severity::kNotice, "Fields that this version does not know were passed over."},
    {Issue::kAllZeroType, Severity::kNotice, "Every value of this sample type is zero."},
    {Issue::kUnreadableFramePattern, Severity::kNotice,
     "The file's own pattern of frames to drop is not a valid expression; no frames were dropped."},
    {Issue::kRoundedValue, Severity::kDataLoss, "Values with a fraction were rounded to whole numbers."},
    {Issue::kNegativeValue, Severity::kNotice, "Some values are negative; they count as they are."},
    {Issue::kUnnamedFrame, Severity::kNotice, "Frames without a name were passed over."},
    {Issue::kHiddenFrames, Severity::kInfo,
     "Go's text does not name the runtime functions nearest the leaf; these samples begin at the first function that "
     "it "
     "names."},
    {Issue::kTotalMismatch, Severity::kNotice,
     "The samples do not add up to the total that the file states; some of it may be missing."},
    {Issue::kNewerVersion, Severity::kNotice,
     "The trace was written by a newer version of Go than this reader knows; the newest rules it knows were tried."},
    {Issue::kForeignText, Severity::kDataLoss,
     "Lines of text stand inside the trace, as when a program writes its log to the same file; they were cut out."},
    {Issue::kLostEvents, Severity::kDataLoss,
     "Events could not be read, or do not fit what came before; they were left out."},
    {Issue::kMissingTables, Severity::kDataLoss,
     "Names, stacks or the clock's frequency of a part of the trace are missing; its stacks are not available."},
    {Issue::kTraceNotStopped, Severity::kNotice,
     "The trace has no end: the program ended, or the recording was copied, before the trace was stopped."},
    {Issue::kTraceNoFrequency, Severity::kDataLoss,
     "The trace does not say how fast its clock runs: order and proportions are right, times are not."},
    {Issue::kTraceForcedOrder, Severity::kDataLoss,
     "Some events fit no order that a scheduler could have made; they were put where their times say."},
    {Issue::kTraceTimeOrder, Severity::kNotice,
     "The clocks of the processors disagree: events that cannot have happened earlier were moved behind their causes."},
    {Issue::kTraceStateMismatch, Severity::kNotice,
     "Events do not fit the state that the events before them tell; they were kept."},
    {Issue::kJoinedStacks, Severity::kNotice,
     "The profiler cut stacks at its depth limit; those that overlap one known stack were joined to it."},
    {Issue::kForeignLine, Severity::kInfo, "Lines between those of the format were passed over."},
};

}  // namespace

void Diagnostics::Count(Issue issue, std::optional<uint64_t> offset, std::string_view detail, uint64_t times) {
  auto at = std::lower_bound(list_.begin(), list_.end(), issue,
                             [](const Diagnostic& d, Issue wanted) { return d.issue < wanted; });
  if (at == list_.end() || at->issue != issue) {
    const auto index = static_cast<size_t>(issue);
    CHECK(index < std::size(kRows) && kRows[index].issue == issue);
    at = list_.insert(at, {issue, kRows[index].severity, kRows[index].sentence, 0, offset, std::string(detail)});
  }
  at->count += times;
}

void Diagnostics::Merge(const Diagnostics& other) {
  for (const Diagnostic& theirs : other.list_) {
    Count(theirs.issue, theirs.first_offset, theirs.detail, theirs.count);
  }
}

bool Diagnostics::Has(Issue issue) const {
  return std::any_of(list_.begin(), list_.end(), [&](const Diagnostic& d) { return d.issue == issue; });
}

bool Diagnostics::LostData() const {
  return std::any_of(list_.begin(), list_.end(), [](const Diagnostic& d) { return d.severity == Severity::kDataLoss; });
}

}  // namespace flametrail
