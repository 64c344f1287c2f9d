// What a person can do, each thing once: the keys that do it, its name in the palette and in the sheet of keys. The page's
// own actions are here; a view has a table of its own and offers it to the palette while it is in front.
import type { FilterField } from '../protocol/view_spec';
import type { AppStore } from '../state/app_store';
import type { Command } from '../state/command';
import { showView, stepBack } from '../state/document_actions';
import { isViewOf, VIEW_IDS, type DocumentStore, type ViewId } from '../state/document_store';
import { clearFilters, filterByFrame, redoFilters, undoFilters } from '../state/filter_actions';
import { nextLanguage, nextTheme } from '../state/settings';
import { say as act } from './actions_text';
import { pickFiles } from './opening';
import { say } from './page_text';
import { SEARCH_ID } from './search_box';

export interface Action<Context> {
  readonly id: string;
  /** Values of event.key; none: by name only. */
  readonly keys: readonly string[];
  readonly text: () => string;
  /** Answers false where there is nothing to do: the key is then left to others. */
  readonly run: (context: Context) => boolean | void;
}

const MAC = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '');
export const CONTROL_KEY = MAC ? '⌘' : 'Ctrl';
export const PALETTE_KEY = MAC ? '⌘K' : 'Ctrl K';

const KEY_SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  ContextMenu: 'Menu',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
};

export function keysText(keys: readonly string[]): string {
  return keys.map((key) => KEY_SIGNS[key] ?? key).join(' ');
}

type Texts = Parameters<typeof say>[0];

/** A view's tab and the tip on it. */
export const VIEW_TEXTS: Readonly<
  Record<ViewId, { readonly label: Texts & `view${string}`; readonly title: Texts & `view${string}Title` }>
> = {
  flame: { label: 'viewFlame', title: 'viewFlameTitle' },
  top: { label: 'viewTop', title: 'viewTopTitle' },
  graph: { label: 'viewGraph', title: 'viewGraphTitle' },
  peek: { label: 'viewPeek', title: 'viewPeekTitle' },
  source: { label: 'viewSource', title: 'viewSourceTitle' },
  labels: { label: 'viewLabels', title: 'viewLabelsTitle' },
  sizes: { label: 'viewSizes', title: 'viewSizesTitle' },
  raw: { label: 'viewRaw', title: 'viewRawTitle' },
  diff: { label: 'viewDiff', title: 'viewDiffTitle' },
  trend: { label: 'viewTrend', title: 'viewTrendTitle' },
  info: { label: 'viewInfo', title: 'viewInfoTitle' },
  findings: { label: 'viewFindings', title: 'viewFindingsTitle' },
  dump: { label: 'viewDump', title: 'viewDumpTitle' },
  heap: { label: 'viewHeap', title: 'viewHeapTitle' },
  bench: { label: 'viewBench', title: 'viewBenchTitle' },
  gc: { label: 'viewGc', title: 'viewGcTitle' },
};

function onActive(app: AppStore, change: (store: DocumentStore) => void): boolean {
  const active = app.active.peek();
  if (active === undefined) return false;
  change(active);
  return true;
}

/** By the selected function, if there is one. */
function filterBySelection(app: AppStore, field: FilterField): boolean {
  const active = app.active.peek();
  const frame = active?.view.selectedFrame.peek() ?? null;
  if (active === undefined || frame === null) return false;
  void active.idle.during(filterByFrame(active, field, frame));
  return true;
}

export const PAGE_ACTIONS: readonly Action<AppStore>[] = [
  { id: 'open', keys: ['o'], text: () => act('open'), run: pickFiles },
  {
    id: 'search',
    keys: ['/'],
    text: () => act('search'),
    run: () => document.getElementById(SEARCH_ID)?.focus(),
  },
  {
    id: 'back',
    keys: ['Escape'],
    text: () => act('back'),
    run: (app) => {
      const active = app.active.peek();
      return active !== undefined && stepBack(active);
    },
  },
  { id: 'focus', keys: ['f'], text: () => act('focus'), run: (app) => filterBySelection(app, 'focus') },
  { id: 'ignore', keys: ['i'], text: () => act('ignore'), run: (app) => filterBySelection(app, 'ignore') },
  { id: 'hide', keys: ['h'], text: () => act('hide'), run: (app) => filterBySelection(app, 'hide') },
  { id: 'undo', keys: ['u'], text: () => act('undo'), run: (app) => onActive(app, undoFilters) },
  { id: 'redo', keys: ['U'], text: () => act('redo'), run: (app) => onActive(app, redoFilters) },
  { id: 'unfilter', keys: [], text: () => act('unfilter'), run: (app) => onActive(app, clearFilters) },
  {
    id: 'details',
    keys: ['d'],
    text: () => act('details'),
    run: (app) => {
      app.detailsOpen.value = !app.detailsOpen.peek();
    },
  },
  {
    id: 'take',
    keys: ['e'],
    text: () => act('take'),
    run: (app) => {
      if (app.active.peek()?.summary.peek() === undefined) return false;
      app.takeOpen.value = true;
      return true;
    },
  },
  { id: 'theme', keys: [], text: () => act('theme'), run: nextTheme },
  { id: 'language', keys: [], text: () => act('language'), run: nextLanguage },
  {
    id: 'keys',
    keys: ['?'],
    text: () => act('keys'),
    run: (app) => {
      app.keySheetOpen.value = true;
    },
  },
];

export const VIEW_ACTIONS: readonly Action<AppStore>[] = VIEW_IDS.map((view, i) => ({
  id: `view-${view}`,
  keys: i < 9 ? [String(i + 1)] : [],
  text: () => act('view', { name: say(VIEW_TEXTS[view].label) }),
  run: (app) => {
    const active = app.active.peek();
    if (active === undefined || !isViewOf(active, view)) return false;
    showView(active, view);
    return true;
  },
}));

export function bind<Context>(actions: readonly Action<Context>[], context: Context): readonly Command[] {
  return actions.map(({ id, keys, text, run }) => ({ id, text, keys: keysText(keys), run: () => void run(context) }));
}

/** Puts a view's actions into the palette, until the function returned is called. */
export function offer<Context>(app: AppStore, actions: readonly Action<Context>[], context: Context): () => void {
  const commands = bind(actions, context);
  app.offered.value = [...app.offered.peek(), ...commands];
  return () => {
    app.offered.value = app.offered.peek().filter((command) => !commands.includes(command));
  };
}

/** All there is now, the view's own first. */
export function commandsOf(app: AppStore): readonly Command[] {
  const hasDocument = app.active.value?.summary.value !== undefined;
  const documents = app.documents.value.map((document) => ({
    id: `document-${document.id}`,
    text: () => act('goTo', { name: document.source.name }),
    keys: '',
    run: () => {
      app.activeId.value = document.id;
    },
  }));
  return [
    ...app.offered.value,
    ...(hasDocument ? bind(VIEW_ACTIONS, app) : []),
    ...bind(PAGE_ACTIONS, app),
    ...documents,
  ];
}
