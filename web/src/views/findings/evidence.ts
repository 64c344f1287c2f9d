// From a finding to the view that shows its evidence, with the filter that leaves only that.
import { batch } from '@preact/signals-core';
import { bringToFront } from '../../state/app_actions';
import type { AppStore } from '../../state/app_store';
import { chooseSampleType, showView } from '../../state/document_actions';
import { isViewOf, VIEW_IDS, type DocumentStore, type ViewId } from '../../state/document_store';
import { changeFilters } from '../../state/filter_actions';
import { NO_FILTERS } from '../../protocol/view_spec';
import type { Problem } from '../../state/reports';
import { TRACE_VIEWS, type TraceViewId } from '../../state/trace/trace_store';

/** The rules name views of dumps, heaps and traces; where a document lacks one, these are nearest to it. */
const NEAREST: readonly ViewId[] = ['flame', 'heap', 'info'];

export function showEvidence(app: AppStore, { finding, document }: Problem): void {
  const { view, sample_type: type, focus } = finding.link;
  batch(() => {
    bringToFront(app, document.id);
    const trace = document.trace.peek();
    if (trace !== undefined) {
      trace.view.value = TRACE_VIEWS.find((id): id is TraceViewId => id === view) ?? 'timeline';
      return;
    }
    const types = document.summary.peek()?.sampleTypes ?? [];
    const index = types.findIndex((sampleType) => sampleType.type === type);
    if (index >= 0) chooseSampleType(document, index);
    changeFilters(document, { ...NO_FILTERS, focus });
    showView(document, viewOf(document, view));
  });
}

function viewOf(document: DocumentStore, view: string): ViewId {
  const known = VIEW_IDS.find((id) => id === view);
  const fitting = [...(known === undefined ? [] : [known]), ...NEAREST].find((id) => isViewOf(document, id));
  return fitting ?? 'info';
}
