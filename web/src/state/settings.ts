// What the browser remembers between visits: how the page looks and named filters, nothing about files.
import { effect } from '@preact/signals-core';
import * as v from 'valibot';
import { LANGUAGES, type Language } from '../base/text';
import type { AppStore, ThemeChoice } from './app_store';
import { formatSets, parseSets } from './filters';

const THEME_KEY = 'flametrail.theme';
const themeChoice = v.picklist(['light', 'dark', 'system']);
const LANGUAGE_KEY = 'flametrail.language';
const language = v.picklist(LANGUAGES);

/** Even naming the storage may throw, so it comes as a function. */
export type OpenSettings = () => Pick<Storage, 'getItem' | 'setItem'>;

/** Reads the stored choice and stores every later one. Storage may be forbidden: then nothing is remembered. */
export function keepThemeChoice(app: AppStore, openSettings: OpenSettings): void {
  app.themeChoice.value = readSetting(openSettings, THEME_KEY, themeChoice) ?? 'system';
  effect(() => writeSetting(openSettings, THEME_KEY, app.themeChoice.value));
}

/** The stored language, else the first of the browser's that the page speaks. */
export function keepLanguage(app: AppStore, openSettings: OpenSettings, browserLanguages: readonly string[]): void {
  app.language.value = readSetting(openSettings, LANGUAGE_KEY, language) ?? firstSpoken(browserLanguages);
  let isFirst = true;
  effect(() => {
    const chosen = app.language.value;
    // The browser's own wish is not ours to remember: it may change.
    if (!isFirst) writeSetting(openSettings, LANGUAGE_KEY, chosen);
    isFirst = false;
  });
}

function firstSpoken(tags: readonly string[]): Language {
  for (const tag of tags) {
    const spoken = LANGUAGES.find((known) => tag.toLowerCase().split('-')[0] === known);
    if (spoken !== undefined) return spoken;
  }
  return 'en';
}

function writeSetting(openSettings: OpenSettings, key: string, value: string): void {
  try {
    openSettings().setItem(key, value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the tab.
  }
}

function readSetting<T>(openSettings: OpenSettings, key: string, schema: v.GenericSchema<unknown, T>): T | undefined {
  try {
    const parsed = v.safeParse(schema, openSettings().getItem(key));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

const SETS_KEY = 'flametrail.filter-sets';

/** Reads the kept filter sets and keeps every later one. */
export function keepFilterSets(app: AppStore, openSettings: OpenSettings): void {
  try {
    app.filterSets.value = parseSets(openSettings().getItem(SETS_KEY)) ?? [];
  } catch {
    // Storage is forbidden: nothing is remembered.
  }
  effect(() => {
    const sets = app.filterSets.value;
    try {
      if (sets.length > 0 || openSettings().getItem(SETS_KEY) !== null)
        openSettings().setItem(SETS_KEY, formatSets(sets));
    } catch {
      // As above; the sets then last as long as the tab.
    }
  });
}

const THRESHOLDS_KEY = 'flametrail.thresholds';
const thresholds = v.pipe(
  v.string(),
  v.parseJson(),
  v.record(v.string(), v.pipe(v.number(), v.finite(), v.minValue(0))),
);

/** Reads the kept thresholds of findings and keeps every later one. */
export function keepThresholds(app: AppStore, openSettings: OpenSettings): void {
  app.thresholds.value = readSetting(openSettings, THRESHOLDS_KEY, thresholds) ?? {};
  let isFirst = true;
  effect(() => {
    const text = JSON.stringify(app.thresholds.value);
    if (!isFirst) writeSetting(openSettings, THRESHOLDS_KEY, text);
    isFirst = false;
  });
}

const NEXT: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };

export function nextTheme(app: AppStore): void {
  app.themeChoice.value = NEXT[app.themeChoice.peek()];
}

export function nextLanguage(app: AppStore): void {
  app.language.value = app.language.peek() === 'en' ? 'zh' : 'en';
}
