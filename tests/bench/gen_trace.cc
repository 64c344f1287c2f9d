// Writes a made-up execution trace: the same bytes for the same flags, on every machine.
//
//   gen_trace -out FILE [-version 11|19|21|22|23|25|26] [-seed N] [-bytes N] [-events N] [-procs N] [-threads N]
//             [-goroutines N] [-stacks N] [-generation_events N] [-first_generation N] [-experiments WEIGHT]
//             [-shape mixed|goroutines|generations|one_thread|live -count N]
//             [-cut BYTES] [-flip COUNT] [-log_lines COUNT] [-swap] [-missing frequency|strings|stacks]
//
// The program that it pretends to have run is in tracegen/simulation.h. -shape sets the other flags first: put it
// before them.
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "tests/bench/tracegen/generate.h"

namespace {

using flametrail::testing::MissingTable;
using flametrail::testing::TraceOptions;
using flametrail::testing::TraceShape;

struct Command {
  TraceOptions options;
  std::string out;
  std::optional<TraceShape> shape;
  uint64_t cut = 0;
  uint64_t flip = 0;
  uint64_t log_lines = 0;
  bool swap = false;

  bool damages() const { return cut > 0 || flip > 0 || log_lines > 0 || swap; }
};

bool ParseNumber(std::string_view text, uint64_t* value) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), *value);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

bool SetShape(std::string_view name, Command* command) {
  constexpr std::pair<std::string_view, TraceShape> kShapes[] = {
      {"mixed", TraceShape::kMixed},
      {"goroutines", TraceShape::kGoroutines},
      {"generations", TraceShape::kGenerations},
      {"one_thread", TraceShape::kOneThread},
      {"live", TraceShape::kLive},
  };
  for (const auto& [known, shape] : kShapes) {
    if (name == known) command->shape = shape;
  }
  return command->shape.has_value();
}

bool SetMissing(std::string_view name, TraceOptions* options) {
  if (name == "frequency") options->missing = MissingTable::kFrequency;
  if (name == "strings") options->missing = MissingTable::kStrings;
  if (name == "stacks") options->missing = MissingTable::kStacks;
  return options->missing != MissingTable::kNone;
}

bool SetNumber(std::string_view flag, uint64_t value, Command* command) {
  TraceOptions& o = command->options;
  const auto small = static_cast<uint32_t>(value);
  if (flag == "-version") return (o.version = static_cast<int>(value)) > 0;
  if (flag == "-seed") return (o.seed = value, true);
  if (flag == "-bytes") return (o.bytes = value, true);
  if (flag == "-events") return (o.events = value, o.bytes = ~uint64_t{0}, true);
  if (flag == "-procs") return (o.procs = small, true);
  if (flag == "-threads") return (o.threads = small, true);
  if (flag == "-goroutines") return (o.goroutines = small, true);
  if (flag == "-stacks") return (o.stacks = small, true);
  if (flag == "-generation_events") return (o.generation_events = value, true);
  if (flag == "-first_generation") return (o.first_generation = value, true);
  if (flag == "-experiments") return (o.experiments = small, true);
  if (flag == "-cut") return (command->cut = value, true);
  if (flag == "-flip") return (command->flip = value, true);
  if (flag == "-log_lines") return (command->log_lines = value, true);
  if (flag == "-count" && command->shape) {
    const int version = o.version;
    o = flametrail::testing::OptionsFor(*command->shape, version, value);
    return true;
  }
  return false;
}

bool Parse(int argc, char** argv, Command* command) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view flag = argv[i];
    if (flag == "-swap") {
      command->swap = true;
      continue;
    }
    if (i + 1 == argc) return false;
    const std::string_view text = argv[++i];
    uint64_t value = 0;
    if (flag == "-out") {
      command->out = text;
    } else if (flag == "-shape") {
      if (!SetShape(text, command)) return false;
    } else if (flag == "-missing") {
      if (!SetMissing(text, &command->options)) return false;
    } else if (!ParseNumber(text, &value) || !SetNumber(flag, value, command)) {
      return false;
    }
  }
  return !command->out.empty();
}

std::string Damage(std::string trace, const Command& command) {
  const uint64_t seed = command.options.seed;
  if (command.swap) trace = flametrail::testing::SwapStretches(trace, seed);
  if (command.flip > 0) trace = flametrail::testing::FlipBytes(trace, seed, static_cast<size_t>(command.flip));
  if (command.log_lines > 0) {
    trace = flametrail::testing::InsertLogLines(trace, seed, static_cast<size_t>(command.log_lines));
  }
  return command.cut > 0 ? flametrail::testing::Cut(trace, command.cut) : trace;
}

}  // namespace

int main(int argc, char** argv) {
  Command command;
  if (!Parse(argc, argv, &command)) {
    std::fputs("usage: gen_trace -out FILE [flags, see the source]\n", stderr);
    return 2;
  }
  std::FILE* file = std::fopen(command.out.c_str(), "wb");
  bool written = file != nullptr;
  const auto write = [&](std::string_view part) {
    written = written && std::fwrite(part.data(), 1, part.size(), file) == part.size();
  };
  if (written && command.damages()) {
    write(Damage(flametrail::testing::GenerateTrace(command.options), command));
  } else if (written) {
    const uint64_t events = flametrail::testing::GenerateTrace(command.options, write);
    std::printf("%llu events\n", static_cast<unsigned long long>(events));
  }
  if (file == nullptr || std::fclose(file) != 0 || !written) {
    std::fprintf(stderr, "gen_trace: cannot write %s\n", command.out.c_str());
    return 1;
  }
  return 0;
}
