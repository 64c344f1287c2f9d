// Writes a large made-up profile: the same bytes for the same flags, on every machine and with every standard library.
//
//   gen_profile -out FILE [-samples N] [-funcs N] [-seed N] [-depth N] [-share PERCENT] [-mix=tree|flat] [-gzip]
//
// tree (default): most stacks repeat one of few paths through a call graph but for their last frames, so that they
// share prefixes as those of real programs do (1 M samples, 35 M frames: about 1 M different prefixes). flat: `-share`
// percent (default 10) of a stack repeats the one before it, the rest is chosen freely: the worst case for everything
// that works on shared prefixes.
#include <zlib.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Options {
  uint64_t samples = 100000;
  uint64_t funcs = 20000;
  uint64_t seed = 1;
  uint64_t depth = 35;  // mean
  uint64_t share = 10;  // percent; flat only
  bool flat = false;
  bool gzip = false;
  std::string out;
};

// splitmix64, and integer arithmetic only: std::*_distribution gives other numbers with each library.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15ull;
    uint64_t x = state_;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ x >> 27) * 0x94D049BB133111EBull;
    return x ^ x >> 31;
  }
  uint64_t Below(uint64_t limit) { return Next() % limit; }
  // Small numbers are much more likely: the least of three.
  uint64_t SkewedBelow(uint64_t limit) {
    const uint64_t a = Below(limit), b = Below(limit), c = Below(limit);
    return a < b ? (a < c ? a : c) : (b < c ? b : c);
  }

 private:
  uint64_t state_;
};

class Output {
 public:
  bool Open(const std::string& path, bool gzip) {
    // "wbT": no compression, the bytes as they are. Level 1 is what Go's runtime writes profiles with.
    file_ = gzopen(path.c_str(), gzip ? "wb1" : "wbT");
    return file_ != nullptr;
  }
  void Write(std::string_view bytes) {
    if (gzwrite(file_, bytes.data(), static_cast<unsigned>(bytes.size())) <= 0) failed_ = true;
    written_ += bytes.size();
  }
  bool Close() { return gzclose(file_) == Z_OK && !failed_; }
  uint64_t written() const { return written_; }

 private:
  gzFile file_ = nullptr;
  bool failed_ = false;
  uint64_t written_ = 0;
};

// A message under construction; reused, so that a million samples allocate nothing.
class Encoder {
 public:
  void Clear() { bytes_.clear(); }
  void Raw(uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }
  void Number(uint32_t field, uint64_t value) {
    Raw(field << 3);
    Raw(value);
  }
  void Text(uint32_t field, std::string_view text) {
    Raw(field << 3 | 2);
    Raw(text.size());
    bytes_ += text;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

constexpr std::array<std::string_view, 12> kFolders = {"net",  "store", "queue", "codec", "index", "cache",
                                                       "auth", "plan",  "exec",  "log",   "disk",  "rpc"};
constexpr std::array<std::string_view, 12> kTypes = {"Server", "Reader", "Writer",  "Table",  "Cursor", "Pool",
                                                     "Batch",  "Lock",   "Session", "Router", "Buffer", "Tree"};
constexpr std::array<std::string_view, 12> kVerbs = {"Serve", "Read",   "Flush", "Find",  "Merge", "Append",
                                                     "Scan",  "Encode", "Close", "Split", "Walk",  "Hash"};
constexpr std::array<std::string_view, 8> kTenants = {"north", "south", "east", "west",
                                                      "batch", "probe", "cron", "test"};

constexpr uint64_t kLocationsPerFunction = 2;
constexpr uint64_t kCallees = 8;
constexpr uint64_t kSamplesPerPath = 40;  // tree: mean
constexpr uint64_t kFreeFrames = 2;       // tree: frames nearest the leaf that differ between samples of a path
constexpr uint64_t kPeriodNanos = 10'000'000;
constexpr uint64_t kBinaryStart = 0x400000;

class Generator {
 public:
  Generator(const Options& options, Output* output) : options_(options), output_(*output), random_(options.seed) {}
  void Run();

 private:
  uint64_t String(std::string_view text);
  void Field(uint32_t number, const Encoder& message);
  void Types();
  void Samples();
  void Sample();
  uint64_t Callee(uint64_t location, uint64_t choice) const;
  void NextStack();
  void Labels();
  void Mapping();
  void Locations();
  void Functions();
  std::string FunctionName(uint64_t function) const;
  uint64_t LocationCount() const { return options_.funcs * kLocationsPerFunction; }

  const Options& options_;
  Output& output_;
  Random random_;
  std::vector<std::string> strings_ = {""};
  Encoder field_, message_, inner_;
  std::vector<uint64_t> stack_;  // location numbers from the root on, counted from 0
  std::array<uint64_t, 6> label_words_ = {};
  std::array<uint64_t, kTenants.size()> tenants_ = {};
};

uint64_t Generator::String(std::string_view text) {
  strings_.emplace_back(text);
  return strings_.size() - 1;
}

void Generator::Field(uint32_t number, const Encoder& message) {
  field_.Clear();
  field_.Text(number, message.bytes());
  output_.Write(field_.bytes());
}

void Generator::Types() {
  const std::array<std::array<std::string_view, 2>, 2> types = {{{"samples", "count"}, {"cpu", "nanoseconds"}}};
  for (const auto& type : types) {
    message_.Clear();
    message_.Number(1, String(type[0]));
    message_.Number(2, String(type[1]));
    Field(1, message_);
  }
  Field(11, message_);  // the period is of the last type
  label_words_ = {String("tenant"), String("bytes"), String("request"), String("bytes"), String("ns"), 0};
  for (size_t i = 0; i < kTenants.size(); ++i) tenants_[i] = String(kTenants[i]);
}

// The next location is one of few callees of the last one, found by hashing: a call graph that takes no memory.
uint64_t Generator::Callee(uint64_t location, uint64_t choice) const {
  return Random(location * kCallees + choice + options_.seed * 0x1000003).Below(LocationCount());
}

void Generator::NextStack() {
  if (options_.flat) {
    const uint64_t depth = options_.depth / 2 + random_.Below(options_.depth + 1);
    stack_.resize(stack_.size() * options_.share / 100);
    while (stack_.size() < depth) stack_.push_back(random_.Below(LocationCount()));
    stack_.resize(depth);
    return;
  }
  const uint64_t paths = options_.samples / kSamplesPerPath + 1;
  Random path(options_.seed ^ random_.SkewedBelow(paths) << 20);
  const uint64_t depth = options_.depth / 2 + path.Below(options_.depth + 1);
  stack_.clear();
  uint64_t location = path.SkewedBelow(4);
  while (stack_.size() < depth) {
    stack_.push_back(location);
    // Real profiles are narrow at the root and wide at the leaves, and where in its function a sample was taken
    // differs.
    Random& source = stack_.size() + kFreeFrames < depth ? path : random_;
    location = Callee(location, source.SkewedBelow(stack_.size() < 12 ? 3 : kCallees));
  }
}

void Generator::Labels() {
  const uint64_t kind = random_.Below(10);
  if (kind < 6) {
    inner_.Clear();
    inner_.Number(1, label_words_[0]);
    inner_.Number(2, tenants_[random_.SkewedBelow(tenants_.size())]);
    message_.Text(3, inner_.bytes());
  }
  if (kind < 2) {
    inner_.Clear();
    inner_.Number(1, label_words_[1]);
    inner_.Number(3, uint64_t{16} << random_.Below(12));
    inner_.Number(4, label_words_[3]);
    message_.Text(3, inner_.bytes());
  }
}

void Generator::Sample() {
  NextStack();
  message_.Clear();
  inner_.Clear();
  for (size_t i = stack_.size(); i-- > 0;) inner_.Raw(stack_[i] + 1);
  message_.Text(1, inner_.bytes());
  const uint64_t count = 1 + random_.SkewedBelow(8);
  inner_.Clear();
  inner_.Raw(count);
  inner_.Raw(count * kPeriodNanos);
  message_.Text(2, inner_.bytes());
  Labels();
  Field(2, message_);
}

void Generator::Samples() {
  for (uint64_t i = 0; i < options_.samples; ++i) Sample();
}

void Generator::Mapping() {
  message_.Clear();
  message_.Number(1, 1);
  message_.Number(2, kBinaryStart);
  message_.Number(3, kBinaryStart + LocationCount() * 16 + 16);
  message_.Number(5, String("/srv/app/server"));
  message_.Number(6, String("5eed" + std::to_string(options_.seed)));
  for (uint32_t flag = 7; flag <= 10; ++flag) message_.Number(flag, 1);
  Field(3, message_);
}

// Every fourth location has an inlined line inside, every sixteenth two.
void Generator::Locations() {
  for (uint64_t l = 0; l < LocationCount(); ++l) {
    const uint64_t function = l / kLocationsPerFunction;
    const uint64_t inlined = l % 16 == 0 ? 2 : l % 4 == 0 ? 1 : 0;
    message_.Clear();
    message_.Number(1, l + 1);
    message_.Number(2, 1);
    message_.Number(3, kBinaryStart + l * 16);
    for (uint64_t i = inlined + 1; i-- > 0;) {
      inner_.Clear();
      inner_.Number(1, (function + i * 7) % options_.funcs + 1);
      inner_.Number(2, 10 + l % 300 + i);
      message_.Text(4, inner_.bytes());
    }
    Field(4, message_);
  }
}

std::string Generator::FunctionName(uint64_t function) const {
  std::string name = "example.org/server/";
  name += kFolders[function % kFolders.size()];
  name += std::to_string(function / 144 % 50);
  name += ".(*";
  name += kTypes[function / 12 % kTypes.size()];
  name += ").";
  name += kVerbs[function / 7 % kVerbs.size()];
  return name + std::to_string(function);
}

void Generator::Functions() {
  for (uint64_t f = 0; f < options_.funcs; ++f) {
    const uint64_t name = String(FunctionName(f));
    message_.Clear();
    message_.Number(1, f + 1);
    message_.Number(2, name);
    message_.Number(3, name);
    message_.Number(4, String("example.org/server/file" + std::to_string(f / 20) + ".go"));
    message_.Number(5, 1 + f % 900);
    Field(5, message_);
  }
}

void Generator::Run() {
  Types();
  Samples();
  Mapping();
  Locations();
  Functions();
  for (const std::string& text : strings_) {
    field_.Clear();
    field_.Text(6, text);
    output_.Write(field_.bytes());
  }
  field_.Clear();
  field_.Number(9, 1'700'000'000'000'000'000);
  field_.Number(10, 30'000'000'000);
  field_.Number(12, kPeriodNanos);
  output_.Write(field_.bytes());
}

bool ParseNumber(std::string_view text, uint64_t* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size() && *value > 0;
}

bool ParseFlag(std::string_view name, std::string_view value, Options* options) {
  if (name == "samples") return ParseNumber(value, &options->samples);
  if (name == "funcs") return ParseNumber(value, &options->funcs);
  if (name == "seed") return ParseNumber(value, &options->seed);
  if (name == "depth") return ParseNumber(value, &options->depth);
  if (name == "share") return ParseNumber(value, &options->share) && options->share <= 100;
  if (name == "out") options->out = value;
  if (name == "mix") options->flat = value == "flat";
  return name == "out" || (name == "mix" && (value == "flat" || value == "tree"));
}

// Flags as Go's tools take them: -name value, -name=value, one dash or two.
bool ParseFlags(int argc, char** argv, Options* options) {
  for (int i = 1; i < argc; ++i) {
    std::string_view name = argv[i];
    if (!name.starts_with('-')) return false;
    name.remove_prefix(name.starts_with("--") ? 2 : 1);
    if (name == "gzip") {
      options->gzip = true;
      continue;
    }
    const size_t equals = name.find('=');
    if (equals == std::string_view::npos && i + 1 == argc) return false;
    const std::string_view value = equals == std::string_view::npos ? argv[++i] : name.substr(equals + 1);
    if (!ParseFlag(name.substr(0, equals), value, options)) return false;
  }
  return !options->out.empty();
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!ParseFlags(argc, argv, &options)) {
    std::fputs(
        "usage: gen_profile -out FILE [-samples N] [-funcs N] [-seed N] [-depth N] [-share PERCENT]\n"
        "                   [-mix=tree|flat] [-gzip]\n",
        stderr);
    return 2;
  }
  Output output;
  if (!output.Open(options.out, options.gzip)) {
    std::fprintf(stderr, "gen_profile: cannot create %s\n", options.out.c_str());
    return 1;
  }
  Generator(options, &output).Run();
  if (!output.Close()) {
    std::fprintf(stderr, "gen_profile: cannot write %s\n", options.out.c_str());
    return 1;
  }
  std::fprintf(stderr, "%s: %llu bytes before compression\n", options.out.c_str(),
               static_cast<unsigned long long>(output.written()));
  return 0;
}
