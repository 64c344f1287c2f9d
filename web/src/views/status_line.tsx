// 24 px: the path to the zoomed box on the left, what the pointer stands on on the right.
import type { JSX } from 'preact';
import { shortenName } from '../draw/short_names';
import { zoomTo } from '../state/document_actions';
import type { DocumentStore } from '../state/document_store';

export function StatusLine({ store }: { readonly store: DocumentStore }): JSX.Element {
  const path = store.view.zoomPath.value;
  const onFlame = store.view.activeView.value === 'flame';
  return (
    <footer class="ft-status">
      {onFlame && path !== null ? (
        <nav class="ft-crumbs" aria-label="Zoomed to">
          <ul class="ft-crumbs">
            <li>
              <button type="button" onClick={() => zoomTo(store, null)}>
                all
              </button>
            </li>
            {path.map((name, depth) => (
              <li key={depth}>
                <button
                  type="button"
                  title={name}
                  aria-current={depth === path.length - 1 ? 'location' : undefined}
                  onClick={() => zoomTo(store, path.slice(0, depth + 1))}
                >
                  {shortenName(name)}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      ) : undefined}
      <span class="ft-hover-line" data-testid="hover-line">
        {store.hover.value?.text ?? ''}
      </span>
    </footer>
  );
}
