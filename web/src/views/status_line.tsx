// 24 px: the path to the zoomed box on the left, what the pointer stands on on the right.
import type { JSX } from 'preact';
import type { DocumentStore } from '../state/document_store';
import { Breadcrumb } from './flame/breadcrumb';

export function StatusLine({ store }: { readonly store: DocumentStore }): JSX.Element {
  return (
    <footer class="ft-status">
      {store.view.activeView.value === 'flame' ? <Breadcrumb store={store} /> : undefined}
      <span class="ft-hover-line" data-testid="hover-line">
        {store.hover.value?.text ?? ''}
      </span>
    </footer>
  );
}
