// The small boxes of labels beside a node in `-dot`.
#ifndef CORE_ANALYSIS_REPORTS_DOT_TAGS_H_
#define CORE_ANALYSIS_REPORTS_DOT_TAGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/node_tags.h"
#include "core/analysis/report.h"

namespace flametrail {

// The four heaviest text labels of a node, each with its numbers, then the numbers without text label. More than four
// numbers become four ranges. `flat`: own weights are shown, as the node's callees show theirs. Empty: no box.
std::string DotTagBoxes(const NodeTags& tags, const std::vector<NodeTag>& of_node, uint32_t node_number, bool flat,
                        const ReportContext& context);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_DOT_TAGS_H_
