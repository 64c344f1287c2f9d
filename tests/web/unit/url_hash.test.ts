import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatHash, parseHash, type HashState } from '../../../web/src/state/url_hash';

test('a whole state survives the way through the URL', () => {
  const state: HashState = {
    url: 'samples/cpu.pb.gz',
    view: 'top',
    sampleType: 'inuse_space',
    search: '^main\\.(\\*T).a&b=c #1',
    caseSensitive: true,
    filters: {
      focus: 'a|b',
      ignore: 'x y',
      hide: '^h$',
      show: 'ü',
      showFrom: 'main',
      pruneFrom: 'p',
      tagFocus: 'bytes=4kb:',
      tagIgnore: 'worker=1',
      tagFocusKind: 'number',
      tagIgnoreKind: 'text',
      tagRoot: ['a', 'b'],
      tagLeaf: ['c'],
      granularity: 3,
      noInlines: true,
    },
    zoom: ['main.main', 'main.(*T).run; ü', 'a b'],
    selection: 'runtime.mallocgc',
  };
  assert.deepEqual(parseHash(formatHash(state)), state);
});

test('nothing is nothing', () => {
  assert.equal(formatHash({}), '');
  assert.deepEqual(parseHash(''), {});
  assert.deepEqual(parseHash('#'), {});
});

test('parts that make no sense are left out, the others stay', () => {
  assert.deepEqual(parseHash('#view=nonsense&case=maybe&search=x&zoom='), {
    search: 'x',
    zoom: [''],
  });
  assert.deepEqual(parseHash(`#sel=${'x'.repeat(5000)}&view=info`), {
    view: 'info',
  });
  assert.deepEqual(parseHash('#%E0%A4%A&view=top'), { view: 'top' });
});

test('filters that make no sense are left out', () => {
  assert.deepEqual(parseHash(`#focus=${'x'.repeat(3000)}&granularity=nonsense&tagfocus_kind=maybe&noinlines=2`), {});
  const { filters } = parseHash('#focus=a&granularity=lines&tagroot=k');
  assert.deepEqual([filters?.focus, filters?.granularity, filters?.tagRoot], ['a', 3, ['k']]);
});

test('a zoom path that would make the URL too long is left out', () => {
  const zoom = Array.from({ length: 500 }, (_, i) => `github.com/some/module/package.function${i}`);
  assert.equal(formatHash({ view: 'flame', zoom }), '#view=flame');
});
