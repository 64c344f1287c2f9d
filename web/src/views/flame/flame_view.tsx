// The flame graph of a document: a bar, then the canvas or its table twin; and the faces for what is not there.
import type { JSX } from 'preact';
import type { DocumentProps } from '../document_view';
import { FlamePane } from './flame_pane';
import { Lazy } from '../lazy';

export function FlameView({ app, store }: DocumentProps): JSX.Element {
  if (store.view.shape.value.kind === 'sandwich') {
    return <Lazy render={({ Sandwich }) => <Sandwich app={app} store={store} />} />;
  }
  return <FlamePane app={app} store={store} source={store.flameSource} main />;
}
