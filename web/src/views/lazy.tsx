// Shows a part of the page that comes in the later chunk. It is fetched right after the first drawing, as work that idle()
// waits for, so no request follows a person's deed; and the single file has it inside.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AppProps } from './app';
import type * as LaterParts from './later';
import { say } from './page_text';

type Later = typeof LaterParts;

export const loadLater = (): Promise<Later> => import('./later');

export interface LazyProps extends AppProps {
  readonly render: (later: Later) => JSX.Element;
}

export function Lazy({ app, render }: LazyProps): JSX.Element {
  const [later, setLater] = useState<Later>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const loading = loadLater().then(setLater, () => setFailed(true));
    void app.surroundings.idle.during(loading);
  }, [app]);
  if (later !== undefined) return render(later);
  return <p class="ft-empty">{failed ? say('partMissing') : ''}</p>;
}
