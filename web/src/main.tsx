// Puts the page together: the only file that knows all parts, and the only place with one instance of anything.
import '@preact/signals';
import { effect } from '@preact/signals-core';
import { render } from 'preact';
import { readAssets, readLayoutScript, readSample, startWorker, type Sample } from './base/assets';
import { copyText } from './base/clipboard';
import { readReport } from './base/report';
import { afterTwoFrames, IdleCounter } from './base/idle';
import { speak } from './base/text';
import { sharedEngineCode } from './client/engine_code';
import { layoutWorker } from './client/layout_worker';
import { startEnginesAhead } from './client/worker_engine';
import { openFiles, openUrl } from './state/app_actions';
import { AppStore, type SampleFile } from './state/app_store';
import { applyHash, currentHash } from './state/hash_sync';
import { keepFilterSets, keepLanguage, keepThemeChoice, keepThresholds } from './state/settings';
import { parseHash } from './state/url_hash';
import { App } from './views/app';
import { loadLater } from './views/lazy';

declare global {
  interface Window {
    /** For tests and scripts: resolves when no request, frame or animation is pending. */
    flametrail?: { readonly idle: () => Promise<void> };
  }
}

function makeSample(sample: Sample): SampleFile {
  const read = async (): Promise<Blob> => new Blob([await readSample(document, sample)]);
  const { label, name } = sample;
  return 'url' in sample ? { label, name, url: sample.url, read } : { label, name, read };
}

async function fetchFile(url: string): Promise<Blob> {
  const target = new URL(url, document.baseURI);
  if (target.origin !== location.origin) throw new Error('only files beside this page can be opened by address');
  const response = await fetch(target);
  if (!response.ok) throw new Error(`the server answers ${response.status} ${response.statusText}`);
  return response.blob();
}

function makeStore(idle: IdleCounter): AppStore {
  const assets = readAssets(document);
  const readCode = sharedEngineCode(document, assets);
  // After the core's own code, which the first file waits for; before any file, since no request comes after the load.
  const layoutScript = idle.during(
    readCode()
      .catch(() => undefined)
      .then(() => readLayoutScript(document, assets)),
  );
  layoutScript.catch(() => undefined);
  return new AppStore({
    startEngine: startEnginesAhead({ startWorker, readCode, idle }),
    idle,
    now: () => performance.now(),
    fetchFile,
    samples: assets.samples.map(makeSample),
    copyText: (text) => copyText(document, text),
    askLayout: layoutWorker({ startWorker, readScript: () => layoutScript }),
  });
}

function followTheme(app: AppStore): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  app.systemDark.value = dark.matches;
  dark.addEventListener('change', () => (app.systemDark.value = dark.matches));
  keepThemeChoice(app, () => localStorage);
  keepFilterSets(app, () => localStorage);
  keepThresholds(app, () => localStorage);
  effect(() => {
    document.documentElement.dataset['theme'] = app.theme.value;
  });
}

function followLanguage(app: AppStore): void {
  keepLanguage(app, () => localStorage, navigator.languages);
  effect(() => {
    speak(app.language.value);
    document.documentElement.lang = app.language.value === 'zh' ? 'zh-CN' : 'en';
  });
}

function followHash(app: AppStore): void {
  const report = readReport(document);
  const first = parseHash(location.hash !== '' || report === undefined ? location.hash : report.hash);
  app.restoring = first;
  if (report !== undefined) {
    const { name, notes, data } = report;
    openFiles(app, [{ name, file: new Blob([data]), notes }]);
  }
  if (first.url !== undefined) void openUrl(app, first.url);
  effect(() => {
    const hash = currentHash(app);
    // The landing page keeps the hash it was opened with: the file it belongs to may still be dropped.
    if (app.active.value === undefined || hash === location.hash) return;
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
  });
  addEventListener('hashchange', () => {
    const hash = parseHash(location.hash);
    const active = app.active.peek();
    if (hash.url !== undefined && hash.url !== active?.source.url) {
      app.restoring = hash;
      void openUrl(app, hash.url);
    } else if (active?.status.peek().at === 'ready') void idle.during(applyHash(active, hash));
    else app.restoring = hash;
  });
}

const idle = new IdleCounter(afterTwoFrames);
const app = makeStore(idle);
followTheme(app);
followLanguage(app);
effect(() => {
  const active = app.active.value;
  document.title = active === undefined ? 'Flametrail' : `${active.source.name} – Flametrail`;
});
window.flametrail = { idle: () => idle.idle() };
const root = document.getElementById('app');
if (root !== null) render(<App app={app} />, root);
void idle.during(loadLater());
followHash(app);
