import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppStore, type Surroundings } from '../../../web/src/state/app_store';
import { bind, commandsOf, offer, PAGE_ACTIONS, VIEW_ACTIONS, type Action } from '../../../web/src/views/actions';
import { FLAME_ACTIONS } from '../../../web/src/views/flame/flame_actions';
import { keyGroups } from '../../../web/src/views/key_sheet';
import { matching } from '../../../web/src/views/palette';

function repeated(actions: readonly { readonly keys: readonly string[] }[]): readonly string[] {
  const keys = actions.flatMap((action) => action.keys);
  return keys.filter((key, i) => keys.indexOf(key) !== i);
}

test('one key, one action: on the page, and in the flame graph', () => {
  assert.deepEqual(repeated([...PAGE_ACTIONS, ...VIEW_ACTIONS]), []);
  assert.deepEqual(repeated(FLAME_ACTIONS), []);
});

test('the sheet of keys lists every action that has a key', () => {
  const lines = keyGroups().flatMap((group) => group.lines.map(([, text]) => text));
  for (const { keys, text } of FLAME_ACTIONS) assert.equal(lines.includes(text()), keys.length > 0);
});

test('a view offers its actions while it is there', () => {
  const app = new AppStore({} as Surroundings);
  const ran: string[] = [];
  const table: readonly Action<string>[] = [
    {
      id: 'x',
      keys: ['ArrowUp', 'x'],
      text: () => 'Do x',
      run: (context) => void ran.push(context),
    },
  ];
  const stop = offer(app, table, 'here');
  const command = commandsOf(app).find(({ id }) => id === 'x');
  assert.equal(command?.keys, '↑ x');
  command?.run();
  assert.deepEqual(ran, ['here']);
  stop();
  assert.equal(
    commandsOf(app).some(({ id }) => id === 'x'),
    false,
  );
});

test('the palette finds words in any order, names that begin with the first word first', () => {
  const table: readonly Action<null>[] = ['Go to table', 'Table of boxes', 'Zoom'].map((name, i) => ({
    id: String(i),
    keys: [],
    text: () => name,
    run: () => undefined,
  }));
  const names = (typed: string): readonly string[] => matching(bind(table, null), typed).map(({ text }) => text());
  assert.deepEqual(names('TABLE'), ['Table of boxes', 'Go to table']);
  assert.deepEqual(names('boxes ta'), ['Table of boxes']);
  assert.deepEqual(names(''), ['Go to table', 'Table of boxes', 'Zoom']);
  assert.deepEqual(names('nothing'), []);
});
