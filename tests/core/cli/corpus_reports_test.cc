// Every answer of `go tool pprof` in the corpus to one pprof file and flags that we have: byte for byte, in the same
// order.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cli/command.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"

namespace flametrail {
namespace {

using testing::Json;

// One answer of a manifest.
struct Answer {
  std::string folder;
  std::string file;               // the profile
  std::string expected;           // the reference's text
  std::vector<std::string> args;  // after "go tool pprof"
  bool is_error = false;
};

// As a shell would split it: blanks part words, single quotes hold them together.
std::vector<std::string> Words(const std::string& command) {
  std::vector<std::string> words(1);
  bool is_quoted = false;
  for (const char c : command) {
    if (c == '\'') {
      is_quoted = !is_quoted;
    } else if (c == ' ' && !is_quoted) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

bool IsOneOf(std::span<const std::string_view> names, const std::string& flag) {
  const std::string_view name = std::string_view(flag).substr(0, flag.find('='));
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::string_view kReports[] = {"-top",  "-tree",     "-peek", "-traces",   "-raw",
                                         "-tags", "-comments", "-dot",  "-callgrind"};
constexpr std::string_view kFileFlags[] = {"-base", "-diff_base"};
constexpr std::string_view kNotYet[] = {"-list", "-source_path"};  // their answers hang on files that are not here

// The answer, if it is a text about one file and asks for nothing that we lack.
bool TakeAnswer(const Json& expected, Answer* answer) {
  const std::vector<std::string> words = Words(expected["command"].text);
  if (words.size() < 5 || words[0] != "go" || words[2] != "pprof") return false;
  answer->args.assign(words.begin() + 3, words.end() - 1);
  const auto is_report = [](const std::string& arg) { return IsOneOf(kReports, arg); };
  const auto is_lacking = [](const std::string& arg) { return IsOneOf(kNotYet, arg) || !arg.starts_with('-'); };
  answer->is_error = expected.has("exit");
  return std::any_of(answer->args.begin(), answer->args.end(), is_report) &&
         std::none_of(answer->args.begin(), answer->args.end(), is_lacking);
}

// Of an answer of pprof that is not compared; empty: not one of pprof's.
std::string WhyLeftOut(const Json& expected) {
  const std::string& command = expected["command"].text;
  if (command.find("tool pprof") == std::string::npos) return {};
  for (const std::string_view flag : kNotYet) {
    if (command.find(std::string(flag) + "=") != std::string::npos) {
      return std::string(flag) + ": the answer hangs on source files that are not here; see list_test and the oracle";
    }
  }
  if (command.find("-pprof") != std::string::npos) return "profiles of execution traces: tests of flametrail trace";
  return "no report of one file: " + command;
}

// File names in a command stand for files of the folder, as in "-base=OLD.pb.gz".
void FindFiles(Answer* answer) {
  for (std::string& arg : answer->args) {
    const size_t value = arg.find('=') + 1;
    if (IsOneOf(kFileFlags, arg)) arg.insert(value, answer->folder + "/");
  }
}

// `left_out` gets the texts that are no answer to one file and flags that we have, and why.
std::vector<Answer> AnswersOf(const std::string& folder, std::map<std::string, int>* left_out) {
  std::vector<Answer> answers;
  const Json manifest = testing::ParseJson(testing::ReadFile(folder + "/manifest.json"));
  for (const char* list : {"files", "pairs"}) {
    if (!manifest.has(list)) continue;
    for (const Json& file : manifest[list].items) {
      for (const Json& expected : file["expected"].items) {
        Answer answer;
        if (!TakeAnswer(expected, &answer)) {
          const std::string why = WhyLeftOut(expected);
          if (!why.empty()) ++(*left_out)[why];
          continue;
        }
        answer.folder = file.has("dir") ? folder + "/" + file["dir"].text : folder;
        answer.file = answer.folder + "/" + file["file"].text;
        answer.expected = answer.folder + "/" + expected["file"].text;
        FindFiles(&answer);
        answers.push_back(answer);
      }
    }
  }
  return answers;
}

// The text that the tool printed: without the command in the first line, and without what stands behind a cut. True in
// *is_cut: there was more.
std::string ReferenceText(const std::string& path, bool* is_cut) {
  std::string text = testing::ReadFile(path);
  text.erase(0, text.find('\n') + 1);
  for (size_t at; (at = text.find("# stderr")) != std::string::npos;) text.erase(at, text.find('\n', at) + 1 - at);
  const size_t cut = text.find("# truncated");
  *is_cut = cut != std::string::npos;
  return text.substr(0, cut);
}

bool HasLines(const std::string& text, size_t count) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) == count && text.ends_with('\n');
}

bool IsEqual(const Answer& answer) {
  std::vector<std::string> args = {"pprof"};
  args.insert(args.end(), answer.args.begin(), answer.args.end());
  args.push_back(answer.file);
  Console console;
  const int status = RunCommand(args, &console);
  if (answer.is_error) {
    EXPECT_EQ(status, kExitBadInput) << answer.expected;
    EXPECT_EQ(console.out, "") << answer.expected;
    EXPECT_TRUE(HasLines(console.err, 1)) << answer.expected << "\n" << console.err;
    return status == kExitBadInput;
  }
  bool is_cut = false;
  const std::string wanted = ReferenceText(answer.expected, &is_cut);
  if (is_cut && console.out.size() > wanted.size()) console.out.resize(wanted.size());
  EXPECT_EQ(status, kExitDone) << answer.expected << "\n" << console.err;
  // Not EXPECT_EQ: a difference of two long texts would be printed for minutes.
  EXPECT_TRUE(console.out == wanted) << answer.expected;
  return status == kExitDone && console.out == wanted;
}

TEST(CorpusReports, EveryAnswerIsEqual) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  int count = 0;
  int equal = 0;
  std::map<std::string, int> left_out;
  for (const std::string folder : {"/profiles", "/third_party", "/dumps"}) {
    for (Answer& answer : AnswersOf(*corpus + folder, &left_out)) {
      // Of the text forms of Go's profiles pprof reads neither symbols nor labels.
      if (folder == "/dumps") answer.args.push_back("-compat");
      ++count;
      equal += IsEqual(answer);
    }
  }
  std::printf("corpus: %d of %d answers equal\n", equal, count);
  for (const auto& [why, times] : left_out) std::printf("corpus: %d left out: %s\n", times, why.c_str());
  EXPECT_EQ(equal, count);
  EXPECT_GT(count, 500);
}

}  // namespace
}  // namespace flametrail
