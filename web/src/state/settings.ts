// What the browser remembers between visits: how the page looks, nothing about files.
import { effect } from '@preact/signals-core';
import * as v from 'valibot';
import type { AppStore, ThemeChoice } from './app_store';

const THEME_KEY = 'flametrail.theme';
const themeChoice = v.picklist(['light', 'dark', 'system']);

/** Even naming the storage may throw, so it comes as a function. */
export type OpenSettings = () => Pick<Storage, 'getItem' | 'setItem'>;

/** Reads the stored choice and stores every later one. Storage may be forbidden: then nothing is remembered. */
export function keepThemeChoice(app: AppStore, openSettings: OpenSettings): void {
  app.themeChoice.value = readTheme(openSettings);
  effect(() => {
    const choice = app.themeChoice.value;
    try {
      openSettings().setItem(THEME_KEY, choice);
    } catch {
      // Private windows may refuse; the choice then lasts as long as the tab.
    }
  });
}

function readTheme(openSettings: OpenSettings): ThemeChoice {
  try {
    const parsed = v.safeParse(themeChoice, openSettings().getItem(THEME_KEY));
    return parsed.success ? parsed.output : 'system';
  } catch {
    return 'system';
  }
}

const NEXT: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };

export function nextTheme(app: AppStore): void {
  app.themeChoice.value = NEXT[app.themeChoice.peek()];
}
