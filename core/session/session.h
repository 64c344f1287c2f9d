// One opened file: feed bytes, finish, ask. The only door to the core; each question gives columns.
#ifndef CORE_SESSION_SESSION_H_
#define CORE_SESSION_SESSION_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/analysis/confidence.h"
#include "core/analysis/flame_layout.h"
#include "core/analysis/frame_columns.h"
#include "core/analysis/graph_columns.h"
#include "core/analysis/heap_sizes.h"
#include "core/analysis/label_table.h"
#include "core/analysis/mapping_table.h"
#include "core/analysis/peek.h"
#include "core/analysis/sample_rows.h"
#include "core/analysis/search.h"
#include "core/analysis/source_lines.h"
#include "core/analysis/top.h"
#include "core/analysis/trace/timeline/strip.h"
#include "core/analysis/trace/timeline/timeline.h"
#include "core/base/bytes.h"
#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/base/text_out.h"
#include "core/formats/reader.h"
#include "core/model/bench.h"
#include "core/model/dump.h"
#include "core/model/gc_log.h"
#include "core/model/memstats.h"
#include "core/model/profile.h"
#include "core/model/trace/trace.h"
#include "core/model/trace/trace_builder.h"
#include "core/session/page_queries.h"
#include "core/session/page_report.h"
#include "core/session/report_request.h"
#include "core/session/trace_columns.h"
#include "core/session/trace_request.h"
#include "core/session/tree_query.h"
#include "core/session/view_spec.h"

namespace flametrail {

struct SampleTypeSummary {
  std::string type;
  std::string unit;
  int64_t total = 0;            // sum of values
  int64_t magnitude_total = 0;  // what percentages are of: sum of |values|, of a saved comparison of its base alone
  uint64_t nonzero_samples = 0;
};

enum class DocumentKind : uint8_t { kProfile, kTrace };

// What is told of every document.
struct DocumentSummary {
  DocumentKind kind = DocumentKind::kProfile;
  std::string format;
  uint64_t bytes_in = 0;   // of the file
  uint64_t bytes_out = 0;  // decompressed
  std::vector<Diagnostic> diagnostics;
  std::optional<Error> fault;  // reading ended early here; what came before is shown
};

// What the page's header and Info view tell of a profile.
struct ProfileSummary : DocumentSummary {
  std::string binary;  // base name of the main mapping's file
  std::string build_id;
  std::vector<std::string> comments;
  std::string doc_url;
  int64_t time_nanos = 0;  // since the Unix epoch; 0: not known
  int64_t duration_nanos = 0;
  std::string period_type;
  std::string period_unit;
  int64_t period = 0;
  uint64_t samples = 0;
  uint64_t locations = 0;
  uint64_t functions = 0;
  uint64_t mappings = 0;
  uint64_t stacks = 0;
  std::vector<SampleTypeSummary> sample_types;
  size_t default_type = 0;    // what pprof takes
  size_t suggested_type = 0;  // what a person wants to see first: default_type unless all its values are zero
  // Go's runtime.MemStats beside a heap profile's text, as it stands there: "Alloc", "1234"; but for the two rings of
  // pauses (Document::mem_stats). Empty: the file has none.
  std::vector<std::pair<std::string, std::string>> mem_stats;
};

// The same of an execution trace.
struct TraceSummary : DocumentSummary {
  int version = 0;                       // N of "go 1.N trace"
  int64_t first_ns = 0;                  // of the first event, on the trace's own clock
  int64_t base_ns = 0;                   // of Trace::base, since the first event: what JSON and selections count from
  int64_t duration_ns = 0;               // from the first to the last event
  std::optional<int64_t> wall_start_ns;  // since the Unix epoch, where the trace has a clock snapshot
  uint64_t events = 0;
  uint64_t generations = 0;
  uint64_t goroutines = 0;
  uint64_t procs = 0;
  uint64_t threads = 0;
  uint64_t spans = 0;  // of goroutines
  uint64_t stacks = 0;
  uint64_t tasks = 0;
  uint64_t regions = 0;
  uint64_t logs = 0;
  uint64_t cpu_samples = 0;
};

// How several files become one document (`flametrail pprof A B -diff_base C`).
struct CombineOptions {
  bool is_diff = false;    // base samples stay apart, and percentages are of the base (-diff_base)
  bool normalize = false;  // sources are scaled to the base's totals first
};

class Session {
 public:
  explicit Session(ReadOptions options = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // The next bytes of the file, as they are on disk. An error ends the reading (Finish then keeps what it can).
  Status Append(Bytes chunk);
  // The file is complete. An Error: nothing of it can be shown. Questions may be asked from here on.
  Status Finish();

  // The sources merged, less the bases merged (google/pprof fetch.go fetchProfiles). All are finished, read without
  // ReadOptions::drop_frames, and are empty afterwards. An Error kInvalid: their types do not fit.
  static Result<std::unique_ptr<Session>> Combine(std::span<std::unique_ptr<Session>> sources,
                                                  std::span<std::unique_ptr<Session>> bases,
                                                  const CombineOptions& options);

  // Of the frozen document, after Finish. Of any kind: what DocumentSummary has; the rest is empty unless it is a
  // profile.
  const ProfileSummary& summary() const;
  // REQUIRES: the document is a profile.
  const Profile& profile() const;
  // As if the file had one comment more. REQUIRES: the document is a profile.
  void AddComment(std::string_view text);
  // As if the main binary had that file name, and that build ID if it has none. Empty ones change nothing.
  // REQUIRES: the document is a profile.
  void NameMainBinary(std::string_view file, std::string_view build_id);
  // Null: not a trace. While the file is read: what was read so far, good until the next Append or Finish; null as long
  // as nothing can be shown.
  const Trace* trace() const;
  // REQUIRES: the document is a trace.
  const TraceSummary& trace_summary() const;

  // While a trace is read: of what was read so far; nothing where trace() is null.
  std::optional<TraceSummary> PartialTraceSummary() const;

  // What a goroutine dump, or a heap profile in text form, tells beside the samples; null: the file is none.
  const Dump* dump() const;
  const MemStats* mem_stats() const;
  const BenchResults* bench() const;
  const GcLog* gc_log() const;

  // Questions about samples. Of a document that is not a profile: an Error kInvalid (Frames: no rows).

  // Of a view. FrameIds in the columns are the page's: they index Frames(), which only ever grows. An Error kInvalid:
  // no such sample type; of a search also: a bad expression.
  Result<FlameColumns> Flame(const ViewSpec& view);
  Result<TopColumns> Top(const ViewSpec& view);
  // How sure the values of Top are: a row for each frame of the view.
  Result<ConfidenceColumns> Confidence(const ViewSpec& view);
  Result<SearchColumns> Search(const SearchQuery& query);
  Result<ViewFacts> Facts(const ViewSpec& view);
  // An Error kInvalid: a frame of the path is not in the view.
  Result<PeekColumns> Peek(const PeekQuery& query);
  Result<GraphColumns> Graph(const GraphQuery& query);
  Result<SourceColumns> Source(const SourceQuery& query);
  Result<LabelColumns> Labels(const ViewSpec& view);
  Result<SizeColumns> Sizes(const ViewSpec& view);
  Result<SiteColumns> Sites(const ViewSpec& view);
  Result<SampleColumns> Samples(const SamplesQuery& query);
  Result<MappingColumns> Mappings();
  // The flame graph in another shape. The center of a sandwich may be a frame that the filters left out: the graph is
  // then empty.
  Result<ShapedColumns> ShapedFlame(const ViewSpec& view, const TreeShape& shape);
  // What the boxes of Flame are mostly of, by the values of a label.
  Result<LabelStepColumns> LabelSteps(const ViewSpec& view, const std::string& key);
  // Another document, finished, for Series (a profile) and Report; its index.
  Result<uint32_t> Attach(std::unique_ptr<Session> other);
  // Good until the next one. An Error kInvalid as for Flame, and where totals do not let themselves be normalised.
  Result<const SeriesColumns*> Series(const SeriesQuery& query);
  // JSON as the native command's. An Error kUnsupported: a document is not of the kind that the report is about;
  // kInvalid: a threshold that is none.
  Result<std::string> Report(const PageReportQuery& query) const;
  // As Names, of the last Series.
  std::string SeriesNames(std::span<const uint32_t> ids) const;
  // Of the last Series; without one an Error kInvalid.
  Result<SearchColumns> SearchSeries(const std::string& pattern, bool case_sensitive) const;
  // What the view shows as gzip-ed profile.proto: the bytes of `pprof -proto` with its filters. Anonymous: names and
  // paths are replaced by numbers. An Error kInvalid: an expression that cannot be read.
  Result<std::string> Export(const ViewSpec& view, bool anonymous);
  // Good until the next question.
  const FrameColumns& Frames();
  // A report of `go tool pprof` as text (-proto: as gzip). `warnings` gets sentences. Errors: kInvalid for what was
  // asked, kUnsupported where nothing matches what was asked for.
  Status WriteReport(const ReportRequest& request, const TextSink& sink, std::vector<std::string>* warnings);
  // An answer about a trace. Errors are kInvalid: the document is no trace, nothing is called what was asked for.
  Status WriteTraceReport(const TraceRequest& request, const TextSink& sink) const;
  // Compares with a later trace of the same program.
  Status WriteTraceDiff(const Session& later, const TraceRequest& request, const TextSink& sink) const;
  // The summary of a file that no session could open.
  static void WriteUnreadableSummary(const std::string& file, uint64_t bytes, const Error& error,
                                     std::string_view header, const TextSink& sink);
  // Questions of the page about a trace. Of a document that is none: an Error kInvalid.
  Result<LaneColumns> Lanes();
  Result<StripColumns> Strip();
  Result<SliceColumns> Slices(std::span<const Lane> lanes, const SliceQuery& query);
  // Errors kInvalid: also where there is no such span.
  Result<SpanFacts> Describe(const Lane& lane, uint32_t item);
  Result<GoroutineRows> Goroutines(const TraceSelection& selection) const;
  Result<MarkRows> Marks(MarkKind kind, const TraceSelection& selection) const;
  // Of the kinds kProfile and kJson, as one piece: a profile is a document of its own for the page.
  Result<std::string> TraceReport(const TraceRequest& request) const;
  // Texts of string ids (names, files, packages of FrameColumns), NUL-joined; a NUL inside a text becomes a blank.
  std::string Names(std::span<const uint32_t> ids) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace flametrail

#endif  // CORE_SESSION_SESSION_H_
