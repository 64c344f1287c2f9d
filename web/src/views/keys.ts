// Keys of the whole page. Views handle their own on the element that has the focus; the sheet lists both.
import type { AppStore } from '../state/app_store';
import { showView, stepBack } from '../state/document_actions';
import { VIEW_IDS } from '../state/document_store';
import { isField, pickFiles } from './opening';
import { SEARCH_ID } from './search_box';

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly (readonly [string, string])[];
}

export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      ['1 2 3', 'Flame, Top, Info'],
      ['/', 'search'],
      ['Esc', 'step back: clear the search, the zoom, the selection'],
      ['o', 'open files'],
      ['d', 'show or hide details, outside of the flame graph'],
      ['?', 'this sheet'],
    ],
  },
  {
    title: 'Flame graph',
    keys: [
      ['arrows', 'move between boxes'],
      ['w a s d', 'zoom in, pan, zoom out, pan'],
      ['+ -', 'zoom in, zoom out'],
      ['Page, Home', 'scroll, to the root'],
      ['Enter', 'zoom to the box'],
      ['Backspace', 'zoom out one step'],
      ['0', 'show everything'],
      ['[ ]', 'previous, next search hit'],
      ['c', 'copy the stack'],
      ['t', 'table and back'],
    ],
  },
  {
    title: 'Top',
    keys: [
      ['↑ ↓', 'select a row'],
      ['Page, Home, End', 'select further away'],
      ['Enter', 'show it in the flame graph'],
      ['c', 'copy the row'],
    ],
  },
];

type Action = (app: AppStore) => void;

const ACTIONS: Record<string, Action> = {
  '?': (app) => (app.keySheetOpen.value = true),
  '/': () => document.getElementById(SEARCH_ID)?.focus(),
  o: pickFiles,
  d: (app) => (app.detailsOpen.value = !app.detailsOpen.value),
  Escape: (app) => {
    const active = app.active.peek();
    if (active !== undefined) stepBack(active);
  },
};

export function listenToKeys(app: AppStore): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isField(event.target) || app.keySheetOpen.peek()) return;
    const action = ACTIONS[event.key] ?? viewAction(event.key);
    if (action === undefined) return;
    event.preventDefault();
    action(app);
  };
  addEventListener('keydown', onKeyDown);
  return () => removeEventListener('keydown', onKeyDown);
}

function viewAction(key: string): Action | undefined {
  const view = VIEW_IDS[Number(key) - 1];
  if (view === undefined) return undefined;
  return (app) => {
    const active = app.active.peek();
    if (active !== undefined) showView(active, view);
  };
}
