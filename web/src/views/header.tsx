// 40 px: documents as tabs, and what belongs to the whole page.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { bringToFront, closeDocument, openFiles } from '../state/app_actions';
import type { AppStore, ThemeChoice } from '../state/app_store';
import type { DocumentStore } from '../state/document_store';
import { nextLanguage, nextTheme } from '../state/settings';
import type { AppProps } from './app';
import { pickFiles, sourcesOf } from './opening';
import { PALETTE_KEY } from './actions';
import { say } from './page_text';

const THEME_MARK: Record<ThemeChoice, string> = { light: '☀', dark: '☾', system: '◐' };

export function Header({ app }: AppProps): JSX.Element {
  return (
    <header class="ft-header">
      <button type="button" class="ft-quiet ft-brand" onClick={() => bringToFront(app, null)}>
        Flametrail
      </button>
      <nav class="ft-doc-tabs" aria-label={say('documents')}>
        {app.documents.value.map((store) => (
          <DocumentTab key={store.id} app={app} store={store} />
        ))}
      </nav>
      {app.documents.value.length > 0 ? (
        <button
          type="button"
          class="ft-quiet"
          aria-label={say('openFiles')}
          title={say('openFiles')}
          onClick={pickFiles}
        >
          +
        </button>
      ) : undefined}
      <span class="ft-header-gap" />
      <FileInput app={app} />
      <PageButtons app={app} />
    </header>
  );
}

function PageButtons({ app }: AppProps): JSX.Element {
  const theme = app.themeChoice.value;
  return (
    <>
      <button
        type="button"
        class="ft-quiet"
        aria-label={`${PALETTE_KEY}: ${say('commands')}`}
        title={say('commandsTitle', { key: PALETTE_KEY })}
        onClick={() => (app.paletteOpen.value = true)}
      >
        {PALETTE_KEY}
      </button>
      <button
        type="button"
        class="ft-quiet"
        aria-label={say('allKeys')}
        title={say('allKeysTitle')}
        onClick={() => (app.keySheetOpen.value = true)}
      >
        ?
      </button>
      <button
        type="button"
        class="ft-quiet"
        aria-label={say('colours', { theme: say(theme) })}
        title={say('colours', { theme: say(theme) })}
        onClick={() => nextTheme(app)}
      >
        {THEME_MARK[theme]}
      </button>
      <button
        type="button"
        class="ft-quiet"
        aria-label={say('language')}
        title={say('language')}
        onClick={() => nextLanguage(app)}
      >
        {app.language.value === 'en' ? 'ZH' : 'EN'}
      </button>
    </>
  );
}

function FileInput({ app }: AppProps): JSX.Element {
  return (
    <input
      type="file"
      multiple
      hidden
      aria-label={say('filesToOpen')}
      data-testid="file-input"
      onChange={(event) => {
        const input = event.currentTarget;
        openFiles(app, sourcesOf([...(input.files ?? [])]));
        // The same file may be picked again.
        input.value = '';
      }}
    />
  );
}

interface DocumentTabProps {
  readonly app: AppStore;
  readonly store: DocumentStore;
}

function DocumentTab({ app, store }: DocumentTabProps): JSX.Element {
  const { name } = store.source;
  const inFront = app.activeId.value === store.id;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (inFront) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [inFront]);
  return (
    <div ref={element} class={inFront ? 'ft-doc-tab ft-doc-tab-front' : 'ft-doc-tab'} data-testid="doc-tab">
      <button
        type="button"
        class="ft-quiet ft-doc-name"
        title={name}
        aria-current={inFront ? 'page' : undefined}
        onClick={() => bringToFront(app, store.id)}
        onAuxClick={(event) => {
          if (event.button === 1) closeDocument(app, store.id);
        }}
      >
        <bdi dir="ltr">{name}</bdi>
      </button>
      <button
        type="button"
        class="ft-quiet"
        aria-label={say('closeFile', { name })}
        title={say('close')}
        onClick={() => closeDocument(app, store.id)}
      >
        ×
      </button>
    </div>
  );
}
