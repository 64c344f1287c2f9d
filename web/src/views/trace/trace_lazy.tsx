// The views of traces are a chunk of their own: a page that opens profiles does not wait for them. main.tsx fetches it
// right after the first drawing, so no request follows a person's deed; the single file has it inside.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TraceProps } from './trace_frame';

interface TraceViews {
  readonly TraceFrame: (props: TraceProps) => JSX.Element;
}

export const loadTraceViews = (): Promise<TraceViews> => import('./trace_frame');

export function LazyTraceFrame(props: TraceProps): JSX.Element {
  const [views, setViews] = useState<TraceViews>();
  const [why, setWhy] = useState('');
  useEffect(() => {
    const loading = loadTraceViews().then(setViews, (error: unknown) => setWhy(String(error)));
    void props.store.idle.during(loading);
  }, [props.store]);
  if (views !== undefined) return <views.TraceFrame {...props} />;
  return <p class="ft-empty">{why}</p>;
}
