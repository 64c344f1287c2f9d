import type { JSX } from 'preact';
import { Dialog } from '../widgets/dialog';
import type { AppProps } from './app';
import { KEY_GROUPS } from './keys';

export function KeySheet({ app }: AppProps): JSX.Element {
  return (
    <Dialog title="All keys" onClose={() => (app.keySheetOpen.value = false)}>
      <div class="ft-sheet-columns">
        {KEY_GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl class="ft-keys">
              {keys.map(([key, what]) => (
                <>
                  <dt key={`${key}-key`}>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd key={key}>{what}</dd>
                </>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
