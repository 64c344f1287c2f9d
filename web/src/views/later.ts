// What the first look at a file does not need: the page's one later chunk, fetched as soon as the page stands (main.tsx) and
// shown with <Lazy>.
export { GraphView } from './data/graph_view';
export { LabelsView } from './data/labels_view';
export { PeekView } from './data/peek_view';
export { RawView } from './data/raw_view';
export { SizesView } from './data/sizes_view';
export { SourceView } from './data/source_view';
export { DumpView } from './dump/dump_view';
export { FindingsView } from './findings/findings_view';
export { BenchView } from './memory/bench_view';
export { GcLogView } from './memory/gc_log_view';
export { HeapView } from './memory/heap_view';
export { DetailsContent } from './details_content';
export { FilterSetsMenu } from './filter_sets_menu';
export { BoxMenu } from './flame/box_menu';
export { FlameEmpty } from './flame/empty';
export { FlameTable } from './flame/flame_table';
export { Sandwich } from './flame/sandwich';
export { InfoView } from './info_view';
export { KeySheet } from './key_sheet';
export { Palette } from './palette';
export { CompareView } from './series/compare_view';
export { TrendView } from './series/trend_view';
export { TakeDialog } from './take_dialog';
export { TopView } from './top_view';
export { TraceFrame } from './trace/trace_frame';
