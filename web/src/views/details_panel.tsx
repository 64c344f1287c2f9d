// 320 px beside a view. The panel is there from the first drawing on, so that nothing jumps; what it says comes later.
import type { JSX } from 'preact';
import type { DocumentProps } from './document_view';
import { Lazy } from './lazy';
import { say } from './page_text';

export function DetailsPanel({ app, store }: DocumentProps): JSX.Element {
  return (
    <aside class="ft-details" aria-label={say('details')} tabIndex={0}>
      <Lazy render={({ DetailsContent }) => <DetailsContent app={app} store={store} />} />
    </aside>
  );
}
