#include "core/analysis/reports/dot_tags.h"

#include <algorithm>
#include <span>

#include "core/base/checked.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

constexpr size_t kMostBoxes = 4;

struct Box {
  std::string name;
  int64_t flat = 0;  // sums, for the order
  int64_t cum = 0;
  int64_t flat_shown = 0;
  int64_t cum_shown = 0;
  const NodeTag* tag = nullptr;
};

Box BoxOf(const std::string& name, const NodeTag& tag) {
  return {name, tag.flat, tag.cum, tag.FlatValue(), tag.CumValue(), &tag};
}

void SortBoxes(std::vector<Box>* boxes, bool flat) {
  std::stable_sort(boxes->begin(), boxes->end(), [&](const Box& a, const Box& b) {
    if (!flat && WrapAbs(a.cum) != WrapAbs(b.cum)) return WrapAbs(a.cum) > WrapAbs(b.cum);
    if (WrapAbs(a.flat) != WrapAbs(b.flat)) return WrapAbs(a.flat) > WrapAbs(b.flat);
    return a.name < b.name;
  });
}

class BoxWriter {
 public:
  BoxWriter(const NodeTags& tags, bool flat, const ReportContext& context)
      : tags_(tags), flat_(flat), context_(context) {}

  std::string Write(const std::vector<NodeTag>& of_node, uint32_t node_number) {
    const std::string node = "N" + std::to_string(node_number);
    std::vector<Box> texts;
    for (const NodeTag& tag : of_node) {
      if (tags_.tags[tag.tag].number.empty()) texts.push_back(BoxOf(tags_.tags[tag.tag].text, tag));
    }
    SortBoxes(&texts, flat_);
    if (texts.size() > kMostBoxes) texts.resize(kMostBoxes);
    for (size_t i = 0; i < texts.size(); ++i) {
      const int64_t weight = flat_ ? texts[i].flat_shown : texts[i].cum_shown;
      if (weight == 0) continue;
      const std::string id = node + "_" + std::to_string(i);
      Put(node, id, texts[i].name, weight, "");
      Numbers(of_node, texts[i].name, id);
    }
    Numbers(of_node, "", node);
    return out_;
  }

 private:
  void Put(const std::string& from, const std::string& id, const std::string& name, int64_t weight,
           const char* attribute) {
    const std::string shown = context_.Format(weight);
    out_ += id + " [label = \"" + name + "\" id=\"" + id + "\" fontsize=8 shape=box3d tooltip=\"" + shown + "\"]\n";
    out_ += from + " -> " + id + " [label=\" " + shown + "\" weight=100 tooltip=\"" + shown + "\" labeltooltip=\"" +
            shown + "\"" + attribute + "]\n";
  }

  void Numbers(const std::vector<NodeTag>& of_node, const std::string& text, const std::string& from) {
    std::vector<Box> numbers;
    for (const NodeTag& tag : of_node) {
      const NodeTags::Tag& what = tags_.tags[tag.tag];
      if (!what.number.empty() && what.text == text) numbers.push_back(BoxOf(what.number, tag));
    }
    SortBoxes(&numbers, flat_);
    if (numbers.size() > kMostBoxes) numbers = Ranges(numbers);
    for (size_t i = 0; i < numbers.size(); ++i) {
      const Box& box = numbers[i];
      const bool is_own = flat_ || box.flat_shown == box.cum_shown;
      const int64_t weight = is_own ? box.flat_shown : box.cum_shown;
      if (weight == 0) continue;
      Put(from, "N" + from + "_" + std::to_string(i), box.name, weight, is_own ? "" : " style=\"dotted\"");
    }
  }

  // Each number goes to the nearest of the four heaviest.
  std::vector<Box> Ranges(const std::vector<Box>& numbers) const {
    std::vector<std::vector<Box>> groups(kMostBoxes);
    for (size_t i = 0; i < numbers.size(); ++i) {
      size_t nearest = i;
      if (i >= kMostBoxes) {
        nearest = 0;
        for (size_t g = 1; g < kMostBoxes; ++g) {
          if (Distance(numbers[i], groups[g].front()) < Distance(numbers[i], groups[nearest].front())) nearest = g;
        }
      }
      groups[nearest].push_back(numbers[i]);
    }
    std::vector<Box> ranges;
    ranges.reserve(groups.size());
    for (const std::vector<Box>& group : groups) ranges.push_back(Range(group));
    SortBoxes(&ranges, flat_);
    return ranges;
  }

  double Value(const Box& box) const { return Scale(box.tag->value, tags_.number_unit, tags_.number_unit).value; }
  double Distance(const Box& a, const Box& b) const {
    const auto own = static_cast<double>(a.tag->value);
    const double other = Value(b);
    return other < own ? own - other : other - own;
  }

  Box Range(std::span<const Box> group) const {
    const auto text = [&](const Box* box) { return ScaledLabel(box->tag->value, tags_.number_unit, "auto"); };
    const Box* least = &group.front();
    const Box* most = &group.front();
    NodeTag sum;
    for (const Box& box : group) {
      const int64_t value = TruncateToInt64(Value(box));
      if (value < least->tag->value) least = &box;
      if (value > most->tag->value) most = &box;
      sum.flat = WrapAdd(sum.flat, box.tag->flat);
      sum.cum = WrapAdd(sum.cum, box.tag->cum);
      sum.flat_divisor = WrapAdd(sum.flat_divisor, box.tag->flat_divisor);
      sum.cum_divisor = WrapAdd(sum.cum_divisor, box.tag->cum_divisor);
    }
    const int64_t flat = sum.FlatValue();
    const int64_t cum = sum.CumValue();
    return {group.size() == 1 ? text(least) : text(least) + ".." + text(most), flat, cum, flat, cum, nullptr};
  }

  const NodeTags& tags_;
  const bool flat_;
  const ReportContext& context_;
  std::string out_;
};

}  // namespace

std::string DotTagBoxes(const NodeTags& tags, const std::vector<NodeTag>& of_node, uint32_t node_number, bool flat,
                        const ReportContext& context) {
  return BoxWriter(tags, flat, context).Write(of_node, node_number);
}

}  // namespace flametrail
