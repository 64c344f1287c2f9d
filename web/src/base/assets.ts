// Where the page finds its worker, its wasm and its samples. web/build.mjs writes this JSON into the page, in one of
// two shapes: URLs relative to the page, or ids of elements that hold the bytes (the single file loads nothing).

export interface HostedSample {
  readonly name: string;
  readonly label: string;
  readonly url: string;
}

export interface InlineSample {
  readonly name: string;
  readonly label: string;
  readonly base64Element: string;
}

export type Sample = HostedSample | InlineSample;

export type Assets =
  | {
      readonly mode: 'hosted';
      readonly workerUrl: string;
      readonly layoutUrl: string;
      readonly wasmUrl: string;
      readonly samples: readonly HostedSample[];
    }
  | {
      readonly mode: 'single';
      readonly workerSource: string;
      readonly layoutSource: string;
      readonly wasmBase64Element: string;
      readonly samples: readonly InlineSample[];
    };

function elementText(page: Document, id: string): string {
  const text = page.getElementById(id)?.textContent;
  if (text === null || text === undefined) throw new Error(`the page has no element "${id}"`);
  return text;
}

function elementBytes(page: Document, id: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(elementText(page, id)), (char) => char.charCodeAt(0));
}

async function fetchBytes(page: Document, url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(new URL(url, page.baseURI));
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

export function readAssets(page: Document): Assets {
  return JSON.parse(elementText(page, 'flametrail-assets')) as Assets;
}

/** The worker's script as text, read once: every later document then starts without a request. */
export async function readWorkerScript(page: Document, assets: Assets): Promise<string> {
  if (assets.mode === 'single') return elementText(page, assets.workerSource);
  return new TextDecoder().decode(await fetchBytes(page, assets.workerUrl));
}

/** The same of the worker that lays call graphs out. */
export async function readLayoutScript(page: Document, assets: Assets): Promise<string> {
  if (assets.mode === 'single') return elementText(page, assets.layoutSource);
  return new TextDecoder().decode(await fetchBytes(page, assets.layoutUrl));
}

/**
 * Starts the worker from a blob, also where it has a URL: only a blob's worker inherits the CSP of a page that states
 * it in a meta tag. A classic worker, because from file:// no other starts out of a blob.
 */
export function startWorker(script: string): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  // The URL must outlive the worker's own load, of which nothing tells us but its first message or error.
  const release = (): void => URL.revokeObjectURL(url);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}

export async function readWasm(page: Document, assets: Assets): Promise<Uint8Array<ArrayBuffer>> {
  return assets.mode === 'single' ? elementBytes(page, assets.wasmBase64Element) : fetchBytes(page, assets.wasmUrl);
}

export async function readSample(page: Document, sample: Sample): Promise<Uint8Array<ArrayBuffer>> {
  return 'url' in sample ? fetchBytes(page, sample.url) : elementBytes(page, sample.base64Element);
}
