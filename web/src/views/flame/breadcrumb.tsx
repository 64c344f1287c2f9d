// The way from the root to the zoomed box. Both ends stay in sight; a long way in between is one step.
import type { JSX } from 'preact';
import { shortenName } from '../../draw/short_names';
import { zoomTo } from '../../state/document_actions';
import type { DocumentStore } from '../../state/document_store';
import { rootName } from './box_facts';
import { say } from './flame_text';

/** Boxes nearest to the zoomed one, with itself. */
const LAST_STEPS = 4;

export function Breadcrumb({ store }: { readonly store: DocumentStore }): JSX.Element | null {
  const path = store.view.zoomPath.value;
  if (path === null) return null;
  const hidden = Math.max(0, path.length - LAST_STEPS);
  return (
    <nav class="flame-crumbs" aria-label={say('zoomedTo')}>
      <ol>
        <Step text={rootName()} title={say('whole')} onClick={() => zoomTo(store, null)} />
        {hidden > 0 ? (
          <Step
            gap
            text={`… ${hidden}`}
            title={path.slice(0, hidden).join('\n')}
            onClick={() => zoomTo(store, path.slice(0, hidden))}
          />
        ) : null}
        {path.slice(hidden).map((name, i) => (
          <Step
            key={hidden + i}
            text={shortenName(name)}
            title={name}
            here={hidden + i === path.length - 1}
            onClick={() => zoomTo(store, path.slice(0, hidden + i + 1))}
          />
        ))}
      </ol>
    </nav>
  );
}

interface StepProps {
  readonly text: string;
  readonly title: string;
  readonly here?: boolean;
  /** Stands for several. */
  readonly gap?: boolean;
  readonly onClick: () => void;
}

function Step({ text, title, here, gap, onClick }: StepProps): JSX.Element {
  return (
    <li class={gap === true ? 'flame-crumbs-gap' : undefined}>
      <button type="button" title={title} aria-current={here === true ? 'location' : undefined} onClick={onClick}>
        {text}
      </button>
    </li>
  );
}
