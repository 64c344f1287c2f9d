import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { speak, texts } from '../../../web/src/base/text';
import { AppStore, type Surroundings } from '../../../web/src/state/app_store';
import { keepLanguage, nextLanguage } from '../../../web/src/state/settings';

const say = texts({
  open: ['Open', '打开'],
  of: ['{shown} of {all} rows', '{all} 行中的 {shown} 行'],
});

afterEach(() => speak('en'));

test('a message is said in the language of the page, with its values in their places', () => {
  assert.equal(say('of', { shown: 3, all: 9 }), '3 of 9 rows');
  speak('zh');
  assert.equal(say('open'), '打开');
  assert.equal(say('of', { shown: 3, all: 9 }), '9 行中的 3 行');
});

test('a value that looks like a place stays as it is', () => {
  assert.equal(say('of', { shown: '{all}', all: '$&' }), '{all} of $& rows');
});

function storage(): Pick<Storage, 'getItem' | 'setItem'> & {
  readonly kept: Map<string, string>;
} {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

test('the first language of the browser that the page speaks; a person’s choice is remembered and wins', () => {
  const settings = storage();
  const first = new AppStore({} as Surroundings);
  keepLanguage(first, () => settings, ['fr-FR', 'zh-Hans-CN', 'en']);
  assert.equal(first.language.value, 'zh');
  assert.equal(settings.kept.size, 0);
  nextLanguage(first);
  assert.equal(settings.kept.get('flametrail.language'), 'en');
  const second = new AppStore({} as Surroundings);
  keepLanguage(second, () => settings, ['zh-CN']);
  assert.equal(second.language.value, 'en');
});

test('no language in common, nonsense in the storage: English', () => {
  const settings = storage();
  settings.kept.set('flametrail.language', 'klingon');
  const app = new AppStore({} as Surroundings);
  keepLanguage(app, () => settings, ['fr']);
  assert.equal(app.language.value, 'en');
});
