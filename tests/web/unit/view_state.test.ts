// What of the view is kept, by whom it is changed, and how it is taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals-core';
import { NO_FILTERS, type Filters } from '../../../web/src/protocol/view_spec';
import type { TopColumns } from '../../../web/src/protocol/columns';
import { CompareState, documentKey } from '../../../web/src/state/compare_state';
import { addLabel } from '../../../web/src/state/filters';
import type { SearchText } from '../../../web/src/state/document_store';
import { OWN_CODE, PLAIN_SHAPE } from '../../../web/src/state/flame_shape';
import { shownUnit, tableUnit, unitChoices } from '../../../web/src/state/unit_choice';
import { ViewHistory } from '../../../web/src/state/view_history';
import { paramOf, setParam, sortingOf, viewParamsFrom, type ViewParams } from '../../../web/src/state/view_params';

const holder = (params: ViewParams = {}) => ({ view: { params: signal(params) } });

test('keys that no view has, and values that are too long, are left out', () => {
  const params = new URLSearchParams(`unit=ms&nonsense=1&sort.top-table=-cum&sort.=x&line=${'x'.repeat(3000)}`);
  assert.deepEqual(viewParamsFrom(params), { unit: 'ms', 'sort.top-table': '-cum' });
  assert.equal(viewParamsFrom(new URLSearchParams('focus=a')), undefined);
});

test('what is as it was at first stands nowhere', () => {
  const store = holder({ unit: 'ms' });
  setParam(store, 'conf', '1');
  setParam(store, 'unit', '');
  assert.deepEqual(store.view.params.value, { conf: '1' });
  assert.equal(paramOf(store, 'unit'), '');
  const first = { key: 'flat', descending: true };
  assert.deepEqual(sortingOf(store, 'top-table', first).sort, first);
  sortingOf(store, 'top-table').onSort({ key: 'name', descending: false });
  assert.deepEqual(store.view.params.value, { conf: '1', 'sort.top-table': 'name' });
});

test('filters, search and shape are steps of one history; letters of one field are one step', () => {
  const view = {
    filters: signal<Filters>(NO_FILTERS),
    search: signal<SearchText>({ pattern: '', caseSensitive: false }),
    shape: signal(PLAIN_SHAPE),
  };
  const history = new ViewHistory(view, () => undefined);
  const focus = (text: string): void => {
    view.filters.value = { ...view.filters.value, focus: text };
  };
  history.typing = 'focus';
  focus('m');
  focus('ma');
  history.typing = undefined;
  view.search.value = { pattern: 'x', caseSensitive: false };
  view.shape.value = { ...PLAIN_SHAPE, squash: OWN_CODE };
  assert.equal(history.steps.value.past.length, 3);
  history.undo();
  assert.equal(view.shape.value, PLAIN_SHAPE);
  history.undo();
  assert.equal(view.search.value.pattern, '');
  history.undo();
  assert.equal(view.filters.value.focus, '');
  history.undo();
  for (let i = 0; i < 3; i++) history.redo();
  assert.deepEqual([view.filters.value.focus, view.search.value.pattern], ['ma', 'x']);
  assert.equal(view.shape.value.squash, OWN_CODE);
  history.undo();
  focus('other');
  assert.deepEqual(history.steps.value.future, []);
});

test('a label is added to the focus: one more expression, or a range that reaches to it', () => {
  assert.equal(addLabel('', 'k', '^a$', 'text'), 'k=^a$');
  assert.equal(addLabel('k=^a$', 'k', '^b$', 'text'), 'k=^a$|^b$');
  assert.equal(addLabel('k=^a$|^b$', 'k', '^b$', 'text'), 'k=^a$|^b$');
  assert.equal(addLabel('other=^x$|y', 'k', '^b$', 'text'), '^other:x$|^other:.*y|^k:b$');
  assert.equal(addLabel('^other:x$|^k:b$', 'k', '^c$', 'text'), '^other:x$|^k:b$|^k:c$');
  assert.equal(addLabel('other=(x|y)', 'k', '^b$', 'text'), '^other:.*(?:(x|y))|^k:b$');
  assert.equal(addLabel('bytes=64bytes', 'bytes', '16bytes', 'number'), 'bytes=16bytes:64bytes');
  assert.equal(addLabel('bytes=16bytes:64bytes', 'bytes', '128bytes', 'number'), 'bytes=16bytes:128bytes');
});

const cpu = { type: 'cpu', unit: 'nanoseconds', total: 5e9, magnitudeTotal: 5e9, totalText: '', nonzeroSamples: 1 };

test('units are those of the type’s family, and none of a plain count', () => {
  assert.deepEqual(unitChoices(cpu), ['auto', 'minimum', 'ns', 'us', 'ms', 's', 'hrs']);
  assert.deepEqual(unitChoices({ ...cpu, unit: 'count' }), []);
  const top = { frame: new Uint32Array(1), flat: Float64Array.of(2e6), cum: Float64Array.of(2e6) } as TopColumns;
  assert.equal(
    shownUnit(cpu, 'us', () => top),
    'us',
  );
  assert.equal(
    shownUnit(cpu, 'MB', () => top),
    undefined,
  );
  assert.equal(
    shownUnit(cpu, 'auto', () => top),
    undefined,
  );
  assert.equal(
    shownUnit(cpu, 'minimum', () => top),
    'ms',
  );
  assert.equal(tableUnit(cpu, '', 2e6, 5e9), 'ms');
  assert.equal(tableUnit(cpu, 'auto', 2e6, 5e9), 'auto');
  assert.equal(tableUnit({ ...cpu, shownUnit: 'us' }, 'us', 2e6, 5e9), 'us');
});

test('documents of one name are told apart by number; sides of a comparison are lists of them', () => {
  const named = (name: string) => ({ source: { name } });
  const documents = [named('a'), named('b'), named('a')];
  assert.deepEqual(
    documents.map((document) => documentKey(document, documents)),
    ['a', 'b', 'a#2'],
  );
  const compare = new CompareState(holder());
  compare.setList('with', ['a', 'a#2']);
  assert.deepEqual([compare.old, compare.fresh, compare.normalise], [['a', 'a#2'], [], 'none']);
  compare.set('norm', 'nonsense');
  assert.equal(compare.normalise, 'none');
});
