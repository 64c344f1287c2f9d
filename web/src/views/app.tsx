// The frame around everything: header, the document in front or the landing page, and what works on the whole window.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { openFiles } from '../state/app_actions';
import type { AppStore } from '../state/app_store';
import { DocumentView } from './document_view';
import { Header } from './header';
import { listenToKeys } from './keys';
import { Landing } from './landing';
import { Lazy } from './lazy';
import { filesOf, pastedSources, sourcesOf } from './opening';
import { say } from './page_text';

export interface AppProps {
  readonly app: AppStore;
}

export function App({ app }: AppProps): JSX.Element {
  const [dragging, setDragging] = useState(false);
  useEffect(() => listenToDrops(app, setDragging), [app]);
  useEffect(() => listenToPaste(app), [app]);
  useEffect(() => listenToKeys(app), [app]);
  const active = app.active.value;
  return (
    // A new key draws all of it anew, in the other language.
    <div key={app.language.value} class="ft-app">
      <Header app={app} />
      {active === undefined ? <Landing app={app} /> : <DocumentView key={active.id} app={app} store={active} />}
      {app.keySheetOpen.value ? <Lazy render={({ KeySheet }) => <KeySheet app={app} />} /> : undefined}
      {app.takeOpen.value && active?.summary.value !== undefined ? (
        <Lazy render={({ TakeDialog }) => <TakeDialog app={app} store={active} />} />
      ) : undefined}
      {app.paletteOpen.value ? <Lazy render={({ Palette }) => <Palette app={app} />} /> : undefined}
      {dragging ? <div class="ft-drop-veil">{say('dropVeil')}</div> : undefined}
    </div>
  );
}

function listenToDrops(app: AppStore, setDragging: (dragging: boolean) => void): () => void {
  const bringsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const onOver = (event: DragEvent): void => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    setDragging(true);
  };
  const onLeave = (event: DragEvent): void => {
    // Left for another element of ours: still over the window.
    if (event.relatedTarget === null) setDragging(false);
  };
  const onDrop = (event: DragEvent): void => {
    setDragging(false);
    if (!bringsFiles(event)) return;
    event.preventDefault();
    openFiles(app, sourcesOf(filesOf(event.dataTransfer)));
  };
  return listenAll({ dragenter: onOver, dragover: onOver, dragleave: onLeave, drop: onDrop });
}

function listenToPaste(app: AppStore): () => void {
  return listenAll({
    paste: (event: ClipboardEvent) => {
      const sources = pastedSources(event);
      if (sources.length === 0) return;
      event.preventDefault();
      openFiles(app, sources);
    },
  });
}

type Listeners = { readonly [K in keyof WindowEventMap]?: (event: WindowEventMap[K]) => void };

function listenAll(listeners: Listeners): () => void {
  const entries = Object.entries(listeners) as [string, EventListener][];
  for (const [name, listener] of entries) addEventListener(name, listener);
  return () => {
    for (const [name, listener] of entries) removeEventListener(name, listener);
  };
}
