#include "core/cli/pprof_flags.h"

#include <algorithm>

#include "core/cli/flags.h"

namespace flametrail {
namespace {

using enum FlagKind;

constexpr std::string_view kGraphviz = "draw the text of -dot with Graphviz";
constexpr std::string_view kNoPrograms = "it reads no programs; -list shows source lines";
constexpr std::string_view kPage = "the page does that, open dist/flametrail.html";

constexpr FlagSpec kFlags[] = {
    // Reports.
    {"top", kBool},
    {"text", kBool},
    {"callgrind", kBool},
    {"comments", kBool},
    {"disasm", kText, kNoPrograms},
    {"dot", kBool},
    {"eog", kBool, kGraphviz},
    {"evince", kBool, kGraphviz},
    {"gif", kBool, kGraphviz},
    {"gv", kBool, kGraphviz},
    {"kcachegrind", kBool, "open the text of -callgrind in it"},
    {"list", kText},
    {"pdf", kBool, kGraphviz},
    {"peek", kText},
    {"png", kBool, kGraphviz},
    {"proto", kBool},
    {"ps", kBool, kGraphviz},
    {"raw", kBool},
    {"svg", kBool, kGraphviz},
    {"tags", kBool},
    {"topproto", kBool},
    {"traces", kBool},
    {"tree", kBool},
    {"web", kBool, kGraphviz},
    {"weblist", kText, kNoPrograms},
    // Values.
    {"sample_index", kText},
    {"inuse_space", kBool},
    {"inuse_objects", kBool},
    {"alloc_space", kBool},
    {"alloc_objects", kBool},
    {"total_delay", kBool},
    {"contentions", kBool},
    {"mean_delay", kBool},
    {"mean", kBool},
    {"unit", kText},
    {"divide_by", kFloat},
    {"relative_percentages", kBool},
    {"normalize", kBool},
    // What is shown.
    {"cum", kBool},
    {"flat", kBool},
    {"trim", kBool},
    {"nodecount", kInt},
    {"nodefraction", kFloat},
    {"edgefraction", kFloat},
    {"drop_negative", kBool},
    {"compact_labels", kBool},
    {"call_tree", kBool},
    {"functions", kBool},
    {"filefunctions", kBool},
    {"files", kBool},
    {"lines", kBool},
    {"addresses", kBool},
    {"noinlines", kBool},
    {"showcolumns", kBool},
    {"focus", kText},
    {"ignore", kText},
    {"hide", kText},
    {"show", kText},
    {"show_from", kText},
    {"prune_from", kText},
    {"tagfocus", kText},
    {"tagignore", kText},
    {"tagshow", kText},
    {"taghide", kText},
    {"tagroot", kText},
    {"tagleaf", kText},
    // Input and the rest.
    {"symbolize", kText},
    {"base", kText},
    {"diff_base", kText},
    {"compat", kBool},         // ours
    {"confidence", kBool},     // ours
    {"repair_stacks", kBool},  // ours
    {"demangle", kText},       // ours; of pprof's -symbolize=demangle=
    {"memstats", kBool},       // ours
    {"buildid", kText},
    {"add_comment", kText},
    {"output", kText},
    {"source_path", kText},
    {"trim_path", kText},
    // About disassembly and fetching: without effect on a file.
    {"intel_syntax", kBool},
    {"tools", kText},
    {"seconds", kInt},
    {"timeout", kInt},
    {"http", kText, kPage},
    {"no_browser", kBool, kPage},
};

Error Wrong(std::string text) { return {Code::kInvalid, std::nullopt, std::move(text)}; }

// -inuse_space and the like: the first one counts, and less than -sample_index.
void ApplyTypeShortcuts(const ParsedFlags& flags, PprofRequest* request) {
  struct Shortcut {
    std::string_view flag;
    std::string_view type;
  };
  constexpr Shortcut kShortcuts[] = {{"total_delay", "delay"},           {"mean_delay", "delay"},
                                     {"contentions", "contentions"},     {"inuse_space", "inuse_space"},
                                     {"inuse_objects", "inuse_objects"}, {"alloc_space", "alloc_space"},
                                     {"alloc_objects", "alloc_objects"}};
  std::string& type = request->report.options.sample_index;
  for (const Shortcut& shortcut : kShortcuts) {
    if (!flags.Bool(shortcut.flag)) continue;
    if (type.empty()) {
      type = shortcut.type;
    } else {
      request->warnings.push_back("several sample types are asked for, -" + std::string(shortcut.flag) +
                                  " is left out");
    }
  }
  if (flags.Bool("mean_delay")) request->report.options.mean = true;
}

Status ApplyGranularity(const ParsedFlags& flags, FrameOptions* frames) {
  struct Choice {
    std::string_view flag;
    Granularity granularity;
  };
  constexpr Choice kChoices[] = {{"functions", Granularity::kFunctions},
                                 {"filefunctions", Granularity::kFileFunctions},
                                 {"files", Granularity::kFiles},
                                 {"lines", Granularity::kLines},
                                 {"addresses", Granularity::kAddresses}};
  std::string_view chosen;
  for (const Choice& choice : kChoices) {
    if (!flags.Bool(choice.flag)) continue;
    if (!chosen.empty()) {
      return Wrong("-" + std::string(chosen) + " and -" + std::string(choice.flag) + " exclude each other");
    }
    chosen = choice.flag;
    frames->granularity = choice.granularity;
  }
  frames->no_inlines = flags.Bool("noinlines");
  frames->show_columns = flags.Bool("showcolumns");
  return OkStatus();
}

Status ApplyKind(const ParsedFlags& flags, ReportRequest* request) {
  struct Choice {
    std::string_view flag;
    ReportKind kind;
  };
  constexpr Choice kChoices[] = {{"top", ReportKind::kTop},           {"text", ReportKind::kTop},
                                 {"tree", ReportKind::kTree},         {"traces", ReportKind::kTraces},
                                 {"raw", ReportKind::kRaw},           {"tags", ReportKind::kTags},
                                 {"comments", ReportKind::kComments}, {"proto", ReportKind::kProto},
                                 {"dot", ReportKind::kDot},           {"callgrind", ReportKind::kCallgrind},
                                 {"topproto", ReportKind::kTopProto}};
  std::string chosen;
  const auto choose = [&](std::string_view flag, ReportKind kind) -> Status {
    if (!chosen.empty()) {
      return Wrong("one report at a time: -" + chosen + " and -" + std::string(flag) + " exclude each other");
    }
    chosen = flag;
    request->kind = kind;
    return OkStatus();
  };
  for (const Choice& choice : kChoices) {
    if (flags.Bool(choice.flag)) RETURN_IF_ERROR(choose(choice.flag, choice.kind));
  }
  request->symbol = flags.Text("peek", "");
  if (!request->symbol.empty()) RETURN_IF_ERROR(choose("peek", ReportKind::kPeek));
  if (const std::string symbol = flags.Text("list", ""); !symbol.empty()) {
    RETURN_IF_ERROR(choose("list", ReportKind::kList));
    request->symbol = symbol;
  }
  return chosen.empty() && !flags.Bool("memstats")
             ? Wrong(
                   "a report is missing: -top, -tree, -peek=EXPRESSION, -list=EXPRESSION, -traces, -raw, -tags, "
                   "-comments, -dot, -callgrind, -proto or -topproto")
             : OkStatus();
}

// "a,b,": the parts that are not empty.
std::vector<std::string> SplitKeys(const std::string& keys) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= keys.size();) {
    const size_t comma = std::min(keys.find(',', from), keys.size());
    if (comma > from) parts.push_back(keys.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

void ApplyFilterFlags(const ParsedFlags& flags, ReportRequest* request) {
  FilterOptions& filters = request->filters;
  filters.focus = flags.Text("focus", "");
  filters.ignore = flags.Text("ignore", "");
  filters.hide = flags.Text("hide", "");
  filters.show = flags.Text("show", "");
  filters.show_from = flags.Text("show_from", "");
  filters.prune_from = flags.Text("prune_from", "");
  filters.tag_focus = flags.Text("tagfocus", "");
  filters.tag_ignore = flags.Text("tagignore", "");
  filters.tag_show = flags.Text("tagshow", "");
  filters.tag_hide = flags.Text("taghide", "");
  request->tag_root = SplitKeys(flags.Text("tagroot", ""));
  request->tag_leaf = SplitKeys(flags.Text("tagleaf", ""));
  request->relative_percentages = flags.Bool("relative_percentages");
}

// Intervals need the counts of the sampler, which neither scaling nor cancelling leaves.
Status CheckConfidence(const ParsedFlags& flags, const ReportRequest& request) {
  if (!flags.Bool("confidence")) return OkStatus();
  if (request.kind != ReportKind::kTop) return Wrong("-confidence goes with -top");
  if (flags.Bool("normalize")) return Wrong("-confidence does not go with -normalize: scaled values tell no counts");
  if (!flags.Text("base", "").empty()) return Wrong("-confidence wants -diff_base: -base cancels samples");
  if (request.options.mean) return Wrong("-confidence does not go with -mean");
  return OkStatus();
}

Result<DemangleMode> FindDemangleMode(const std::string& text) {
  if (text == "none") return DemangleMode::kNone;
  if (text.empty() || text == "default") return DemangleMode::kSimple;
  if (text == "templates") return DemangleMode::kTemplates;
  if (text == "full") return DemangleMode::kFull;
  return Wrong("-demangle wants default, templates, full or none, not \"" + text + "\"");
}

Status CheckRequest(const ParsedFlags& flags) {
  if (flags.Bool("cum") && flags.Bool("flat")) return Wrong("-cum and -flat exclude each other");
  const std::string symbolize = flags.Text("symbolize", "none");
  if (symbolize != "none") {
    return Wrong("-symbolize wants none, not \"" + symbolize + "\": flametrail shows the symbols that are in the file");
  }
  if (flags.files().empty()) return Wrong("a profile is missing");
  const bool has_base = !flags.Text("base", "").empty();
  const bool has_diff_base = !flags.Text("diff_base", "").empty();
  if (has_base && has_diff_base) return Wrong("-base and -diff_base exclude each other");
  if (flags.Bool("normalize") && !has_base && !has_diff_base) return Wrong("-normalize wants -base or -diff_base");
  return OkStatus();
}

}  // namespace

Result<PprofRequest> ParsePprofFlags(std::span<const std::string> args) {
  ASSIGN_OR_RETURN(const ParsedFlags flags, ParseFlags(args, kFlags));
  PprofRequest request;
  RETURN_IF_ERROR(ApplyKind(flags, &request.report));
  RETURN_IF_ERROR(CheckRequest(flags));
  ApplyFilterFlags(flags, &request.report);
  ReportOptions& options = request.report.options;
  RETURN_IF_ERROR(ApplyGranularity(flags, &options.frames));
  options.sample_index = flags.Text("sample_index", "");
  options.mean = flags.Bool("mean");
  ApplyTypeShortcuts(flags, &request);
  request.report.confidence = flags.Bool("confidence");
  RETURN_IF_ERROR(CheckConfidence(flags, request.report));
  options.divide_by = flags.Float("divide_by", options.divide_by);
  options.unit = flags.Text("unit", options.unit);
  options.sort_by_cum = flags.Bool("cum");
  options.trim = flags.Bool("trim", options.trim);
  options.node_count = flags.Int("nodecount", options.node_count);
  options.node_fraction = flags.Float("nodefraction", options.node_fraction);
  options.edge_fraction = flags.Float("edgefraction", options.edge_fraction);
  options.drop_negative = flags.Bool("drop_negative");
  options.compact_labels = flags.Bool("compact_labels");
  options.call_tree = flags.Bool("call_tree");
  options.frames.source_path = flags.Text("source_path", "");
  options.frames.trim_path = flags.Text("trim_path", "");
  request.files = flags.files();
  request.read.compat = flags.Bool("compat");
  request.read.repair_stacks = flags.Bool("repair_stacks");
  ASSIGN_OR_RETURN(request.read.demangle, FindDemangleMode(flags.Text("demangle", "none")));
  request.comment = flags.Text("add_comment", "");
  request.build_id = flags.Text("buildid", "");
  request.output = flags.Text("output", "");
  request.mem_stats = flags.Bool("memstats");
  for (const char* flag : {"base", "diff_base"}) {
    if (std::string base = flags.Text(flag, ""); !base.empty()) request.bases.push_back(std::move(base));
  }
  request.combine.is_diff = !flags.Text("diff_base", "").empty();
  request.combine.normalize = flags.Bool("normalize");
  return request;
}

std::string PprofFlagsHelp() {
  return "  -top | -tree | -peek=EXPRESSION | -list=EXPRESSION | -traces | -raw | -tags | -comments\n"
         "  -dot | -callgrind | -proto | -topproto\n"
         "                          the report (-proto and -topproto write a compressed profile)\n"
         "  -source_path, -trim_path=FOLDER:FOLDER\n"
         "                          where -list looks for source files; what to cut off their names\n"
         "  -call_tree              of -dot and -callgrind: a node for each way to a function\n"
         "  -focus, -ignore, -hide, -show, -show_from, -prune_from=EXPRESSION\n"
         "                          keep or drop samples or frames by function, file or mapping\n"
         "  -tagfocus, -tagignore, -tagshow, -taghide=[KEY=]VALUE, -tagroot, -tagleaf=KEY,KEY\n"
         "                          the same by label; labels as frames\n"
         "  -base=FILE | -diff_base=FILE, -normalize\n"
         "                          less another profile, cancelling or side by side; scaled to its total first\n"
         "  -compat                 text profiles of Go as Go's pprof reads them: without their symbols\n"
         "  -output=FILE            write there instead of to stdout\n"
         "  -add_comment=TEXT, -buildid=ID\n"
         "                          one comment more; the program's build ID, where the profile has none\n"
         "  -demangle=default|templates|full\n"
         "                          C++ and Rust names: without parameters and template arguments, with those, or\n"
         "                          whole; Go's type shapes as types. Not done unless asked for\n"
         "  -memstats               instead of a report: runtime.MemStats of Go's text of a heap profile\n"
         "  -confidence             -top with 95% intervals and the number of samples behind each value; with "
         "-diff_base\n"
         "                          also which differences are beyond chance\n"
         "  -repair_stacks          join stacks that the profiler cut (at 32, 64 or 128 frames) to known full ones; "
         "says\n"
         "                          how many, and of how much\n"
         "  -relative_percentages   percentages of what the filters left\n"
         "  -sample_index=TYPE      which values: a type's name or number (-inuse_space, -alloc_objects,\n"
         "                          -contentions, -total_delay and the like are short for it)\n"
         "  -mean                   values divided by the first type's (-mean_delay)\n"
         "  -cum | -flat            sort by cumulative or by own values\n"
         "  -functions | -filefunctions | -files | -lines | -addresses, -noinlines, -showcolumns\n"
         "                          what makes a row\n"
         "  -nodecount=N            at most N rows\n"
         "  -nodefraction=F, -edgefraction=F, -trim=false\n"
         "                          hide rows (calls) below F of the total; hide nothing\n"
         "  -unit=UNIT              ns, ms, s, B, kB, MB, ..., auto, minimum\n"
         "  -divide_by=X            divide all values, before they are shown\n"
         "  -drop_negative          hide rows below zero\n"
         "  -compact_labels         no description of the profile\n"
         "  -symbolize=none         accepted: symbols are always taken from the file\n";
}

}  // namespace flametrail
