// Shows a part of the page that comes in the later chunk, `later.ts`: the one way to load anything after the first drawing.
// The chunk is of the page and of nobody in it, so it is kept here, like the language; who is drawn while it is on its way
// is drawn again when it comes.
import { signal } from '@preact/signals-core';
import type { JSX } from 'preact';
import type * as LaterParts from './later';
import { say } from './page_text';

type Later = typeof LaterParts;

const loaded = signal<Later | 'failed' | undefined>(undefined);

/** Never rejects: where the chunk is missing, each part says so in its place. */
export async function loadLater(): Promise<void> {
  loaded.value = await import('./later').catch((): 'failed' => 'failed');
}

export interface LazyProps {
  readonly render: (later: Later) => JSX.Element;
}

export function Lazy({ render }: LazyProps): JSX.Element {
  const later = loaded.value;
  if (later === undefined || later === 'failed') {
    return <p class="ft-empty">{later === undefined ? '' : say('partMissing')}</p>;
  }
  return render(later);
}
