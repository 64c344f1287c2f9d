// A document that is ready: views, filters, the view in front, details, status line.
import type { JSX } from 'preact';
import { assertNever } from '../base/assert';
import { formatTotal } from '../base/format';
import { Tabs, tabElementId, type Tab } from '../widgets/tabs';
import type { SampleType } from '../protocol/messages';
import { chooseSampleType, showView } from '../state/document_actions';
import { isViewOf, VIEW_IDS, type DocumentStore, type ViewId } from '../state/document_store';
import { DetailsPanel } from './details_panel';
import { DocumentFacts } from './document_facts';
import type { DocumentProps } from './document_view';
import { FilterBar } from './filter_bar';
import { FlameView } from './flame/flame_view';
import { Notices } from './notices';
import { SearchBox } from './search_box';
import { Lazy } from './lazy';
import { StatusLine } from './status_line';
import { say as takeSay } from './take_text';
import { VIEW_TEXTS } from './actions';
import { say } from './page_text';

const PANEL_ID = 'ft-view';

/** In the order of VIEW_IDS; its number is its key. */
function tabsOf(store: DocumentStore): readonly Tab<ViewId>[] {
  return VIEW_IDS.flatMap((id, i) => {
    const { label, title } = VIEW_TEXTS[id];
    const key = i < 9 ? ` (${i + 1})` : '';
    return isViewOf(store, id) ? [{ id, label: say(label), title: `${say(title)}${key}` }] : [];
  });
}

/** Views that are about the document, not about its samples under filters. */
const WHOLE_VIEWS: ReadonlySet<ViewId> = new Set(['info', 'findings', 'dump', 'heap', 'bench', 'gc']);

export function DocumentFrame({ app, store }: DocumentProps): JSX.Element {
  const view = store.view.activeView.value;
  const hasFrames = !WHOLE_VIEWS.has(view);
  const hasDetails = hasFrames && view !== 'diff' && view !== 'trend';
  return (
    <main class="ft-doc">
      <h1 class="ft-hidden">{store.source.name}</h1>
      <div class="ft-views">
        <Tabs
          label={say('views')}
          tabs={tabsOf(store)}
          current={view}
          panelId={PANEL_ID}
          onChoose={(chosen) => showView(store, chosen)}
        />
        {WHOLE_VIEWS.has(view) && !isViewOf(store, 'flame') ? undefined : <SampleTypeSwitch store={store} />}
        <button
          type="button"
          class="ft-quiet"
          title={takeSay('buttonTitle')}
          data-testid="take"
          onClick={() => (app.takeOpen.value = true)}
        >
          {takeSay('button')}
        </button>
      </div>
      <DocumentFacts store={store} />
      {hasFrames ? <SearchBox app={app} store={store} /> : undefined}
      {hasFrames ? <FilterBar app={app} store={store} /> : undefined}
      <Notices app={app} store={store} />
      {store.notes.value === '' || app.takeOpen.value ? undefined : (
        <p class="ft-notes" data-testid="shown-notes">
          <strong>{say('notes')}</strong> {store.notes.value}
        </p>
      )}
      <div class="ft-main">
        <div class="ft-view" id={PANEL_ID} role="tabpanel" aria-labelledby={tabElementId(PANEL_ID, view)}>
          <CurrentView app={app} store={store} />
        </div>
        {hasDetails && app.detailsOpen.value ? <DetailsPanel app={app} store={store} /> : undefined}
      </div>
      <StatusLine store={store} />
    </main>
  );
}

function CurrentView({ app, store }: DocumentProps): JSX.Element {
  const view = store.view.activeView.value;
  switch (view) {
    case 'flame':
      return <FlameView app={app} store={store} />;
    case 'top':
      return <Lazy render={({ TopView }) => <TopView app={app} store={store} />} />;
    case 'diff':
      return <Lazy render={({ CompareView }) => <CompareView app={app} store={store} />} />;
    case 'trend':
      return <Lazy render={({ TrendView }) => <TrendView app={app} store={store} />} />;
    case 'info':
      return <Lazy render={({ InfoView }) => <InfoView app={app} store={store} />} />;
    case 'findings':
      return <Lazy render={({ FindingsView }) => <FindingsView app={app} store={store} />} />;
    case 'dump':
      return <Lazy render={({ DumpView }) => <DumpView app={app} store={store} />} />;
    case 'heap':
      return <Lazy render={({ HeapView }) => <HeapView app={app} store={store} />} />;
    case 'bench':
      return <Lazy render={({ BenchView }) => <BenchView app={app} store={store} />} />;
    case 'gc':
      return <Lazy render={({ GcLogView }) => <GcLogView app={app} store={store} />} />;
    case 'graph':
      return <Lazy render={({ GraphView }) => <GraphView app={app} store={store} />} />;
    case 'peek':
      return <Lazy render={({ PeekView }) => <PeekView app={app} store={store} />} />;
    case 'source':
      return <Lazy render={({ SourceView }) => <SourceView app={app} store={store} />} />;
    case 'labels':
      return <Lazy render={({ LabelsView }) => <LabelsView app={app} store={store} />} />;
    case 'sizes':
      return <Lazy render={({ SizesView }) => <SizesView app={app} store={store} />} />;
    case 'raw':
      return <Lazy render={({ RawView }) => <RawView app={app} store={store} />} />;
    default:
      return assertNever(view);
  }
}

function SampleTypeSwitch({ store }: { readonly store: DocumentStore }): JSX.Element {
  const types = store.summary.value?.sampleTypes ?? [];
  const current = store.currentType.value;
  return (
    <div class="ft-type">
      <select
        data-testid="sample-type"
        aria-label={say('sampleType')}
        value={String(store.view.sampleType.value)}
        onChange={(event) => chooseSampleType(store, Number(event.currentTarget.value))}
      >
        {types.map((sampleType, index) => (
          <option key={index} value={String(index)}>
            {typeLabel(sampleType, index)}
          </option>
        ))}
      </select>
      <span class="ft-type-total" title={say('totalTitle')} data-testid="total">
        {current === undefined ? '' : formatTotal(current.total, current.totalText, current.unit)}
      </span>
    </div>
  );
}

/** A file that ends early may have lost the names of its types. */
function typeLabel({ type, unit }: SampleType, index: number): string {
  const name = type === '' ? say('typeNumber', { number: index + 1 }) : type;
  return unit === '' ? name : `${name} (${unit})`;
}
