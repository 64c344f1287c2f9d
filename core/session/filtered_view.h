// What the page looks at: the document, or what tag frames and filters leave of it, with the answers kept for the next
// question.
#ifndef CORE_SESSION_FILTERED_VIEW_H_
#define CORE_SESSION_FILTERED_VIEW_H_

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/call_tree.h"
#include "core/analysis/frame_table.h"
#include "core/analysis/stack_weights.h"
#include "core/base/result.h"
#include "core/model/profile.h"
#include "core/session/page_frames.h"
#include "core/session/view_spec.h"

namespace flametrail {

// Weights and call trees of one profile, by sample type: the page asks one of them many times.
class WeightCache {
 public:
  const StackWeights& Of(const Profile& profile, size_t sample_type);

 private:
  std::map<size_t, StackWeights> weights_;
};

// The document with its tag frames: what filters are applied to.
struct ViewInput {
  std::vector<std::string> tag_root;
  std::vector<std::string> tag_leaf;
  bool has_fake_mapping = false;
  std::unique_ptr<Profile> own;  // null: the document as it is
  const Profile* profile = nullptr;
  WeightCache weights;
  std::vector<uint32_t> samples_by_stack;
  std::vector<std::pair<Granularity, bool>> described;  // granularities (and no_inlines) whose frames the page knows
};

class FilteredView {
 public:
  ViewSpec spec;  // without its sample type
  std::shared_ptr<ViewInput> input;
  std::unique_ptr<Profile> own;  // null: nothing is filtered
  const Profile* profile = nullptr;
  FrameTable frames;
  std::vector<uint32_t> page_ids;  // by FrameId
  // The samples that the Raw view was last asked for: a person scrolls through them.
  struct {
    std::string pattern;
    bool case_sensitive = false;
    std::optional<size_t> sort_type;
    bool ascending = false;
    bool known = false;
    std::vector<uint32_t> samples;
  } matching;

  const StackWeights& Weights(size_t sample_type) { return weights_.Of(*profile, sample_type); }
  const CallTree& Tree(size_t sample_type);

 private:
  WeightCache weights_;
  std::map<size_t, CallTree> trees_;
};

// The view without any filter for good, and the last few others.
class ViewCache {
 public:
  static constexpr size_t kMaxViews = 4;
  static constexpr size_t kMaxInputs = 2;

  // `document` is the same at every call and outlives the cache. Error kInvalid: no such sample type. The view is good
  // until the next call.
  Result<FilteredView*> Find(const Profile& document, const ViewSpec& spec);
  Result<ViewFacts> Facts(const Profile& document, const ViewSpec& spec);
  const PageFrames& page_frames() const { return page_frames_; }

 private:
  std::shared_ptr<ViewInput> Input(const Profile& document, const ViewSpec& spec);
  std::unique_ptr<FilteredView> Make(const Profile& document, const ViewSpec& spec);
  void DescribeFramesOf(ViewInput* input, const FrameOptions& options);

  std::list<std::unique_ptr<FilteredView>> views_;  // newest first; the plain one stays
  std::list<std::shared_ptr<ViewInput>> inputs_;
  PageFrames page_frames_;
};

}  // namespace flametrail

#endif  // CORE_SESSION_FILTERED_VIEW_H_
