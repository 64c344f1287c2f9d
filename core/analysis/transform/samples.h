// What all transforms of stacks have in common.
#ifndef CORE_ANALYSIS_TRANSFORM_SAMPLES_H_
#define CORE_ANALYSIS_TRANSFORM_SAMPLES_H_

#include <cstdint>
#include <vector>

#include "core/model/profile.h"

namespace flametrail {

// Keeps the samples for which `keep(SampleId index)` is true, in their order.
template <typename Keep>
void KeepSamples(SampleTable* samples, Keep keep) {
  size_t kept = 0;
  for (size_t i = 0; i < samples->size(); ++i) {
    if (!keep(i)) continue;
    samples->stack[kept] = samples->stack[i];
    samples->labels[kept] = samples->labels[i];
    for (auto& values : samples->values) values[kept] = values[i];
    ++kept;
  }
  samples->stack.resize(kept);
  samples->labels.resize(kept);
  for (auto& values : samples->values) values.resize(kept);
}

// Keeps the lines for which `keep(location, line)` is true; `line` is an index of the line columns.
template <typename Keep>
void KeepLines(LocationTable* locations, Keep keep) {
  uint32_t kept = 0;
  uint32_t begin = 0;
  for (uint32_t location = 0; location < locations->size(); ++location) {
    const uint32_t end = locations->line_begin[location + 1];
    for (uint32_t line = begin; line < end; ++line) {
      if (!keep(LocationId(location), line)) continue;
      locations->line_function[kept] = locations->line_function[line];
      locations->line_number[kept] = locations->line_number[line];
      locations->line_column[kept] = locations->line_column[line];
      ++kept;
    }
    begin = end;
    locations->line_begin[location + 1] = kept;
  }
  locations->line_function.resize(kept);
  locations->line_number.resize(kept);
  locations->line_column.resize(kept);
}

// Gives every sample the stack that `moved` has for its old one; None drops the sample.
void MoveSamples(const std::vector<StackId>& moved, SampleTable* samples);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_SAMPLES_H_
