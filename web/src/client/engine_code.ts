// What every document's worker starts from: the script's text and the compiled core. A module may be posted to any
// number of workers, so both are read once.
import { readWasm, readWorkerScript, type Assets } from '../base/assets';

export interface EngineCode {
  readonly script: string;
  readonly core: WebAssembly.Module;
}

export type ReadEngineCode = () => Promise<EngineCode>;

/** Reads at the first call; later calls get the same, or try again where it failed. */
export function sharedEngineCode(page: Document, assets: Assets): ReadEngineCode {
  let reading: Promise<EngineCode> | undefined;
  return () => {
    reading ??= read(page, assets).catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

async function read(page: Document, assets: Assets): Promise<EngineCode> {
  const [script, core] = await Promise.all([readWorkerScript(page, assets), compile(page, assets)]);
  return { script, core };
}

async function compile(page: Document, assets: Assets): Promise<WebAssembly.Module> {
  if (assets.mode === 'hosted') {
    const response = await fetch(new URL(assets.wasmUrl, page.baseURI));
    if (!response.ok) throw new Error(`${assets.wasmUrl}: ${response.status} ${response.statusText}`);
    // Streaming wants this exact type, which a plain static host may not send.
    if (response.headers.get('content-type') === 'application/wasm') return WebAssembly.compileStreaming(response);
    return WebAssembly.compile(await response.arrayBuffer());
  }
  return WebAssembly.compile(await readWasm(page, assets));
}
