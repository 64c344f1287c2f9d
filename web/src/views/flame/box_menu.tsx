// What can be done with one box, in a menu.
import type { JSX } from 'preact';
import { NONE } from '../../protocol/columns';
import { searchFor, selectFrame, showView } from '../../state/document_actions';
import { VIEW_IDS, type ViewId } from '../../state/document_store';
import { filterByFrame } from '../../state/filter_actions';
import { exactly } from '../../state/filters';
import { Menu, type MenuItem } from '../../widgets/menu';
import { keysText, VIEW_TEXTS } from '../actions';
import type { DocumentProps } from '../document_view';
import { say as filterText } from '../actions_text';
import { say as page } from '../page_text';
import { say as act } from './actions_text';
import { FLAME_ACTIONS } from './flame_actions';
import type { FlameSession } from './flame_session';
import { say } from './flame_text';

const FILTERS = [
  ['focus', 'f'],
  ['ignore', 'i'],
  ['hide', 'h'],
] as const;

const OF_A_BOX = ['flame-zoom', 'flame-copy', 'flame-copy-name', 'flame-freeze', 'flame-sandwich'];

/** Views that show something of one function. */
const FRAME_VIEWS: ReadonlySet<ViewId> = new Set(['top', 'graph', 'peek', 'source', 'labels', 'sizes', 'raw']);

export function BoxMenu({ store, session }: DocumentProps & { readonly session: FlameSession }): JSX.Element | null {
  const menu = session.menu.value;
  if (menu === null) return null;
  const close = (): void => {
    session.menu.value = null;
  };
  return (
    <Menu
      label={say('boxMenu')}
      testId="flame-menu"
      x={menu.x}
      y={menu.y}
      items={[...actionItems(session), ...otherItems(store, session, menu.box)]}
      onClose={close}
    />
  );
}

function actionItems(session: FlameSession): readonly MenuItem[] {
  return FLAME_ACTIONS.filter(({ id }) => OF_A_BOX.includes(id)).map(({ id, keys, text, run }) => ({
    id,
    label: text(),
    keys: keysText(keys),
    run: () => void run(session),
  }));
}

function otherItems(store: DocumentProps['store'], session: FlameSession, box: number): readonly MenuItem[] {
  const shown = session.shown.peek();
  const frame = shown?.columns.frame[box] ?? NONE;
  if (frame === NONE || session.document.frames !== store.frames) return [];
  const name = store.frameText(frame, 'name');
  const search = {
    id: 'search',
    label: act('searchIt'),
    keys: '',
    run: () => searchFor(store, { pattern: exactly(name) }),
  };
  const views = VIEW_IDS.flatMap((view, i) =>
    !FRAME_VIEWS.has(view)
      ? []
      : [
          {
            id: view,
            label: act('openIn', { view: page(VIEW_TEXTS[view].label) }),
            keys: i < 9 ? String(i + 1) : '',
            run: () => {
              selectFrame(store, frame);
              showView(store, view);
            },
          },
        ],
  );
  const filters = FILTERS.map(([field, key]) => ({
    id: field,
    label: filterText(field),
    keys: key,
    run: () => void store.idle.during(filterByFrame(store, field, frame)),
  }));
  return [...filters, search, ...views];
}
