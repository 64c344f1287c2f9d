// The views that are not needed for the first look: one chunk, fetched right after the first paint (see web/README.md).
export { GraphView } from './graph_view';
export { LabelsView } from './labels_view';
export { PeekView } from './peek_view';
export { RawView } from './raw_view';
export { SizesView } from './sizes_view';
export { SourceView } from './source_view';
