// The whole page: the opened documents, which one is in front, and what belongs to no document.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { IdleCounter } from '../base/idle';
import type { Language } from '../base/text';
import type { StartEngine } from '../client/engine';
import type { AskLayout } from '../client/layout_worker';
import type { Command } from './command';
import type { DocumentStore, Theme } from './document_store';
import type { FilterSet } from './filters';
import { SourceFiles } from './source_files';
import type { HashState } from './url_hash';

export type ThemeChoice = 'light' | 'dark' | 'system';

/** A real program's profile to look at, brought along with the page. */
export interface SampleFile {
  readonly label: string;
  readonly name: string;
  readonly url?: string;
  readonly read: () => Promise<Blob>;
}

/** What the store needs of its surroundings; tests bring their own. */
export interface Surroundings {
  readonly startEngine: StartEngine;
  readonly idle: IdleCounter;
  readonly now: () => number;
  /** Fetches from our own origin; the failure text is for a person. */
  readonly fetchFile: (url: string) => Promise<Blob>;
  readonly samples: readonly SampleFile[];
  readonly copyText: (text: string) => Promise<void>;
  /** Where the nodes of a call graph stand. */
  readonly askLayout: AskLayout;
}

export class AppStore {
  readonly documents: Signal<readonly DocumentStore[]> = signal([]);
  readonly activeId: Signal<number | null> = signal(null);
  readonly active: ReadonlySignal<DocumentStore | undefined> = computed(() =>
    this.documents.value.find((document) => document.id === this.activeId.value),
  );
  readonly themeChoice: Signal<ThemeChoice> = signal('system');
  /** Whether the system asks for dark; kept up to date from outside. */
  readonly systemDark = signal(false);
  readonly theme: ReadonlySignal<Theme> = computed(() => {
    const choice = this.themeChoice.value;
    if (choice !== 'system') return choice;
    return this.systemDark.value ? 'dark' : 'light';
  });
  readonly language: Signal<Language> = signal('en');
  /** Source text for the Source view of every document. */
  readonly sources = new SourceFiles();
  /** Thresholds of findings that a person set, by rule. */
  readonly thresholds: Signal<Readonly<Record<string, number>>> = signal({});
  readonly filterSets: Signal<readonly FilterSet[]> = signal([]);
  readonly keySheetOpen = signal(false);
  readonly paletteOpen = signal(false);
  readonly takeOpen = signal(false);
  /** What the view in front adds to the palette while it is there. */
  readonly offered: Signal<readonly Command[]> = signal([]);
  readonly detailsOpen = signal(true);
  /** A file could not even be fetched or picked; shown on the landing page and over documents. */
  readonly openingFault: Signal<string | null> = signal(null);
  /** The hash the page was loaded with, until the first document takes it. */
  restoring: HashState | undefined;
  nextId = 1;

  constructor(readonly surroundings: Surroundings) {}
}
