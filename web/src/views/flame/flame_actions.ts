// What can be done in a flame graph, with its keys.
import { css } from '../../draw/viewport';
import { NONE } from '../../protocol/columns';
import { isSquashing, NO_SQUASH, OWN_CODE, type FlameLook, type FlameShape } from '../../state/flame_shape';
import type { Action } from '../actions';
import { say } from './actions_text';
import { ROOT, type Direction } from './box_tree';
import { copyName, copyStack } from './copy_stack';
import type { FlameSession } from './flame_session';

const KEY_ZOOM = 1.5;
const KEY_PAN_SHARE = 0.15;

type FlameAction = Action<FlameSession>;

const move = (key: string, direction: Direction): FlameAction => ({
  id: `flame-${direction}`,
  keys: [key],
  text: () => say(direction),
  run: (session) => session.moveSelection(direction),
});

const zoom = (id: 'zoomIn' | 'zoomOut', keys: readonly string[], factor: number): FlameAction => ({
  id: `flame-${id}`,
  keys,
  text: () => say(id),
  run: (session) => session.zoomBy(factor, css(session.viewport.peek().width / 2), true),
});

const pan = (id: 'panLeft' | 'panRight' | 'pageUp' | 'pageDown', key: string, x: number, y: number): FlameAction => ({
  id: `flame-${id}`,
  keys: [key],
  text: () => say(id),
  run: (session) => {
    const { width, height } = session.viewport.peek();
    session.panBy(x * width, y * height, true);
  },
});

const reshaping = (
  id: 'inverted' | 'collapse' | 'ownCode',
  key: string,
  change: (shape: FlameShape) => FlameShape,
): FlameAction => ({
  id: `flame-${id}`,
  keys: [key],
  text: () => say(id),
  run: ({ document: { shape, reshape } }) => {
    if (shape === undefined || reshape === undefined) return false;
    reshape(change(shape.peek()));
    return true;
  },
});

/** The selected function comes between its callers and callees; from there, and without another one selected, back. */
function toSandwich({ document, shown }: FlameSession): boolean {
  const { shape, reshape, cursor, toCenter } = document;
  if (shape === undefined || reshape === undefined || toCenter === undefined) return false;
  const before = shape.peek();
  const selected = cursor.selected.peek();
  const frame = selected === null ? NONE : (shown.peek()?.columns.frame[selected] ?? NONE);
  if (before.kind === 'sandwich' && (frame === NONE || frame === document.rootFrame)) {
    reshape({ ...before, kind: 'down' });
    return true;
  }
  if (frame === NONE) return false;
  toCenter(frame);
  reshape({ ...before, kind: 'sandwich' });
  return true;
}

const NEXT_COLOUR = { package: 'self', self: 'change', change: 'label', label: 'package' } as const;

const relook = (id: 'flip' | 'colour', key: string, change: (look: FlameLook) => FlameLook): FlameAction => ({
  id: `flame-${id}`,
  keys: [key],
  text: () => say(id),
  run: ({ document: { look } }) => {
    if (look === undefined) return false;
    look.value = change(look.peek());
    return true;
  },
});

export const FLAME_ACTIONS: readonly FlameAction[] = [
  move('ArrowUp', 'up'),
  move('ArrowDown', 'down'),
  move('ArrowLeft', 'left'),
  move('ArrowRight', 'right'),
  zoom('zoomIn', ['w', '+', '='], KEY_ZOOM),
  zoom('zoomOut', ['s', '-'], 1 / KEY_ZOOM),
  pan('panLeft', 'a', -KEY_PAN_SHARE, 0),
  pan('panRight', 'd', KEY_PAN_SHARE, 0),
  pan('pageUp', 'PageUp', 0, -0.8),
  pan('pageDown', 'PageDown', 0, 0.8),
  {
    id: 'flame-root',
    keys: ['Home'],
    text: () => say('toRoot'),
    run: (session) => {
      session.select(ROOT);
      session.reveal(ROOT);
    },
  },
  {
    id: 'flame-zoom',
    keys: ['Enter'],
    text: () => say('zoomTo'),
    run: (session) => {
      const selected = session.document.cursor.selected.peek();
      if (selected === null) return false;
      session.zoomToBox(selected);
      return true;
    },
  },
  {
    id: 'flame-out',
    keys: ['Backspace'],
    text: () => say('out'),
    run: (session) => {
      session.zoomOut();
    },
  },
  {
    // The page's own step back does the rest: search, zoom, selection.
    id: 'flame-home',
    keys: ['Escape'],
    text: () => say('toZoomed'),
    run: (session) => {
      if (!session.frozen.peek()) return session.isFree() && session.zoomOut();
      session.frozen.value = false;
      return true;
    },
  },
  { id: 'flame-reset', keys: ['0'], text: () => say('reset'), run: (session) => session.reset() },
  { id: 'flame-previous', keys: ['['], text: () => say('previous'), run: (session) => session.moveToMatch(-1) },
  { id: 'flame-next', keys: [']'], text: () => say('next'), run: (session) => session.moveToMatch(1) },
  {
    id: 'flame-copy',
    keys: ['c'],
    text: () => say('copyStack'),
    run: (session) => {
      const box = session.document.cursor.selected.peek();
      if (box === null) return false;
      void copyStack(session, box);
      return true;
    },
  },
  {
    id: 'flame-copy-name',
    keys: ['n'],
    text: () => say('copyName'),
    run: (session) => {
      const box = session.document.cursor.selected.peek();
      if (box === null) return false;
      void copyName(session, box);
      return true;
    },
  },
  {
    id: 'flame-freeze',
    keys: ['z'],
    text: () => say('freeze'),
    run: (session) => {
      if (!session.frozen.peek() && session.hit.peek().kind === 'nothing') return false;
      session.frozen.value = !session.frozen.peek();
      return true;
    },
  },
  {
    id: 'flame-menu',
    keys: ['m', 'ContextMenu'],
    text: () => say('menu'),
    run: (session) => session.openMenu(),
  },
  reshaping('inverted', 'v', (shape) => ({ ...shape, kind: shape.kind === 'up' ? 'down' : 'up' })),
  { id: 'flame-sandwich', keys: ['x'], text: () => say('sandwich'), run: toSandwich },
  reshaping('collapse', 'r', (shape) => ({ ...shape, collapse: !shape.collapse })),
  reshaping('ownCode', 'q', (shape) => ({ ...shape, squash: isSquashing(shape.squash) ? NO_SQUASH : OWN_CODE })),
  relook('flip', 'y', (look) => ({ ...look, flipped: !look.flipped })),
  relook('colour', 'k', (look) => ({ ...look, colour: NEXT_COLOUR[look.colour] })),
  { id: 'flame-table', keys: ['t'], text: () => say('table'), run: (session) => session.toggleTable() },
];

const BY_KEY = new Map(FLAME_ACTIONS.flatMap((action) => action.keys.map((key) => [key, action])));

/** Says whether the key was for the flame graph. */
export function pressKey(event: KeyboardEvent, session: FlameSession): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const pressesButton = event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ');
  if (pressesButton) return false;
  const action = BY_KEY.get(event.key);
  if (action === undefined || action.run(session) === false) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
