#include "tests/core/analysis/findings/open_documents.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "core/model/profile_assembler.h"
#include "tests/core/support/dump_text.h"
#include "tests/core/support/go_trace.h"

namespace flametrail::testing {

OpenDocuments& OpenDocuments::Profile(std::vector<std::pair<std::string, std::string>> types, std::string_view lines,
                                      int64_t duration) {
  ProfileAssembler assembler;
  for (const auto& [type, unit] : types) assembler.AddSampleType(type, unit);
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    std::vector<int64_t> values(types.size());
    for (size_t i = types.size(); i-- > 0;) {
      const size_t blank = line.rfind(' ');
      std::from_chars(line.data() + blank + 1, line.data() + line.size(), values[i]);
      line = line.substr(0, blank);
    }
    std::vector<LocationId> stack;
    while (!line.empty()) {
      const std::string_view name = line.substr(0, line.find(';'));
      line.remove_prefix(std::min(name.size() + 1, line.size()));
      const SourceLine source = {assembler.Function(name, name, "f.go"), 1, 0};
      stack.insert(stack.begin(), assembler.Location(MappingId::None(), 0, {&source, 1}));
    }
    assembler.AddSample(stack, values);
  }
  auto profile = std::make_shared<flametrail::Profile>(assembler.Take());
  profile->duration_nanos = duration;
  Add().profile = profile.get();
  owned_.push_back(profile);
  return *this;
}

OpenDocuments& OpenDocuments::Dump(const std::string& text) {
  auto document = std::make_shared<Result<Document>>(ReadDump(text));
  Subject& subject = Add();
  subject.profile = &std::get<flametrail::Profile>((*document)->body);
  subject.dump = &*(*document)->dump;
  owned_.push_back(document);
  return *this;
}

OpenDocuments& OpenDocuments::Stats(const MemStats& stats) {
  auto own = std::make_shared<MemStats>(stats);
  Add().mem_stats = own.get();
  owned_.push_back(own);
  return *this;
}

OpenDocuments& OpenDocuments::Log(const GcLog& log) {
  auto own = std::make_shared<GcLog>(log);
  Add().gc_log = own.get();
  owned_.push_back(own);
  return *this;
}

OpenDocuments& OpenDocuments::Trace(std::string_view picture) {
  std::shared_ptr<flametrail::Trace> own = GoTrace(picture);
  Add().trace = own.get();
  owned_.push_back(own);
  return *this;
}

OpenDocuments& OpenDocuments::Bench(std::string_view text) {
  auto own = std::make_shared<BenchResults>();
  own->configs.emplace_back();
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, unit;
    words >> name >> unit;
    for (double value = 0; words >> value;) {
      own->lines.push_back({own->strings.Intern(name), 0, 1, static_cast<uint32_t>(own->values.size()), 1});
      own->values.push_back({value, own->strings.Intern(unit)});
    }
  }
  Add().bench = own.get();
  owned_.push_back(own);
  return *this;
}

}  // namespace flametrail::testing
