#ifndef CORE_MODEL_LABEL_SETS_H_
#define CORE_MODEL_LABEL_SETS_H_

#include <span>
#include <vector>

#include "core/base/index_table.h"
#include "core/model/profile.h"

namespace flametrail {

// Builds a LabelSetTable: equal sequences of labels get one id.
class LabelSetBuilder {
 public:
  LabelSetBuilder();

  LabelSetId Insert(std::span<const Label> labels);
  // Ends the building; the builder is empty afterwards.
  LabelSetTable Take();

 private:
  std::span<const Label> At(uint32_t set) const;

  LabelSetTable table_;
  std::vector<uint64_t> hashes_;  // by set
  IndexTable index_;
};

}  // namespace flametrail

#endif  // CORE_MODEL_LABEL_SETS_H_
