#include "core/analysis/reports/top_profile.h"

#include <map>
#include <tuple>

#include "core/base/checked.h"

namespace flametrail {
namespace {

class Builder {
 public:
  Builder(const FrameTable& frames, Profile* out) : frames_(frames), out_(*out) {}

  void Add(FrameId frame, int64_t cum, int64_t flat) {
    const size_t i = frame.index();
    LocationTable& locations = out_.locations;
    locations.id.push_back(locations.id.size() + 1);
    locations.mapping.push_back(MappingId::None());
    locations.address.push_back(frames_.address[i]);
    locations.is_folded.push_back(0);
    locations.line_function.push_back(Function(i));
    locations.line_number.push_back(frames_.line[i]);
    locations.line_column.push_back(frames_.column[i]);
    locations.line_begin.push_back(static_cast<uint32_t>(locations.line_function.size()));
    const LocationId location(locations.size() - 1);
    out_.samples.stack.push_back(stacks_.Insert({&location, 1}));
    out_.samples.labels.push_back(LabelSetTable::kEmpty);
    out_.samples.values[0].push_back(cum);
    out_.samples.values[1].push_back(flat);
  }

  void Finish() { out_.stacks = stacks_.Take(); }

 private:
  FunctionId Function(size_t frame) {
    FunctionTable& functions = out_.functions;
    const std::tuple key(frames_.name[frame], frames_.file[frame], frames_.start_line[frame]);
    const auto [at, is_new] = functions_.try_emplace(key, FunctionId(functions.size()));
    if (is_new) {
      functions.id.push_back(functions.id.size() + 1);
      functions.name.push_back(frames_.name[frame]);
      functions.system_name.push_back(frames_.system_name[frame]);
      functions.file.push_back(frames_.file[frame]);
      functions.start_line.push_back(frames_.start_line[frame]);
    }
    return at->second;
  }

  const FrameTable& frames_;
  Profile& out_;
  StackTableBuilder stacks_;
  std::map<std::tuple<StringId, StringId, int64_t>, FunctionId> functions_;
};

}  // namespace

Profile TopAsProfile(const Profile& profile, const FrameTable& frames, const TrimmedGraph& graph,
                     const ReportContext& context) {
  Profile out;
  out.strings = profile.strings;
  const StringId unit = out.strings.Intern(context.output_unit);
  out.sample_types = {{out.strings.Intern("cum"), unit}, {out.strings.Intern("flat"), unit}};
  out.samples.values.resize(2);
  out.time_nanos = profile.time_nanos;
  out.duration_nanos = profile.duration_nanos;
  out.period_type = profile.period_type;
  out.period = profile.period;
  Builder builder(frames, &out);
  const auto scaled = [&](int64_t value) {
    return TruncateToInt64(Scale(value, context.sample_unit, context.output_unit).value);
  };
  for (const GraphNode& node : graph.nodes) builder.Add(node.frame, scaled(node.CumValue()), scaled(node.FlatValue()));
  builder.Finish();
  return out;
}

}  // namespace flametrail
