// Stacks of a trace as stacks of a new profile, with frames of our own between them.
#ifndef CORE_ANALYSIS_TRACE_FRAME_IMPORTER_H_
#define CORE_ANALYSIS_TRACE_FRAME_IMPORTER_H_

#include <string_view>
#include <vector>

#include "core/model/profile_assembler.h"
#include "core/model/trace/trace.h"

namespace flametrail {

class FrameImporter {
 public:
  FrameImporter(const Trace& trace, ProfileAssembler* assembler)
      : trace_(trace), assembler_(assembler), known_(trace.locations.size()) {}

  LocationId Frame(LocationId of_trace) {
    LocationId& known = known_[of_trace.index()];
    if (!known.is_none()) return known;
    const LocationTable& locations = trace_.locations;
    std::vector<SourceLine> lines;
    for (uint32_t i = locations.line_begin[of_trace.index()]; i < locations.line_begin[of_trace.index() + 1]; ++i) {
      const size_t function = locations.line_function[i].index();
      const std::string_view name = trace_.Text(trace_.functions.name[function]);
      lines.push_back({assembler_->Function(name, name, trace_.Text(trace_.functions.file[function])),
                       locations.line_number[i], locations.line_column[i]});
    }
    return known = assembler_->Location(MappingId::None(), locations.address[of_trace.index()], lines);
  }

  // A frame that is no function of the program, like "[runnable]".
  LocationId Note(std::string_view text) {
    const SourceLine line{assembler_->Function(text, text, ""), 0, 0};
    return assembler_->Location(MappingId::None(), 0, {&line, 1});
  }

  // Behind what `leaf_first` holds: the frames of `stack`, leaf first.
  void Append(StackId stack, std::vector<LocationId>* leaf_first) {
    for (; stack != StackTable::kEmpty; stack = trace_.stacks.parent[stack.index()]) {
      leaf_first->push_back(Frame(trace_.stacks.location[stack.index()]));
    }
  }

 private:
  const Trace& trace_;
  ProfileAssembler* assembler_;
  std::vector<LocationId> known_;  // by LocationId of the trace
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_FRAME_IMPORTER_H_
