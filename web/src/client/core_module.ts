// The compiled core, once for all documents: a module may be posted to any number of workers.
import { readWasm, type Assets } from '../base/assets';

export type CoreSource = () => Promise<WebAssembly.Module>;

/** Compiles at the first call; later calls get the same module, or try again where it failed. */
export function sharedCore(page: Document, assets: Assets): CoreSource {
  let compiling: Promise<WebAssembly.Module> | undefined;
  return () => {
    compiling ??= compile(page, assets).catch((error: unknown) => {
      compiling = undefined;
      throw error;
    });
    return compiling;
  };
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
