// The flame view's part of the details panel: what the selected box costs, and the stack that leads to it. The function as
// a whole, over all its boxes, stands above it (views/details_panel.tsx).
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { copyText } from '../../base/clipboard';
import type { DocumentStore } from '../../state/document_store';
import { selectFrame } from '../../state/document_actions';
import { latestOf } from '../../state/loadable';
import { CopyButton } from '../../widgets/copy_button';
import { PathText } from '../../widgets/path_text';
import { factsOf, type BoxFacts } from './box_facts';
import { nameIdOf, namesOfPath, pathTo, ROOT } from './box_tree';
import type { Shown } from './flame_session';
import { say } from './flame_text';

/** More of a deep stack is behind a button. */
const STACK_LINES = 40;

export function BoxDetails({ store }: { readonly store: DocumentStore }): JSX.Element | null {
  const shown = shownOf(store);
  const box = store.cursor.selected.value;
  if (shown === undefined || box === null || box >= shown.columns.frame.length) return null;
  const facts = factsOf(shown, store.names, box, store.cursor.zoomed.value);
  return (
    <>
      <section aria-label={say('thisBox')}>
        <h3>{say('thisBox')}</h3>
        <Numbers facts={facts} zoomed={store.cursor.zoomed.value !== ROOT} />
        {facts.inlining === '' ? null : <p class="ft-muted">{facts.inlining}</p>}
        <CopyStack store={store} shown={shown} box={box} />
      </section>
      <Stack store={store} shown={shown} box={box} />
    </>
  );
}

function Numbers({ facts, zoomed }: { readonly facts: BoxFacts; readonly zoomed: boolean }): JSX.Element {
  return (
    <table class="ft-numbers">
      <tbody>
        <tr>
          <th scope="row">{say('self')}</th>
          <td>{facts.self}</td>
          <td>{facts.selfShare}</td>
        </tr>
        <tr>
          <th scope="row">{say('total')}</th>
          <td>{facts.total}</td>
          <td>{facts.totalShare}</td>
        </tr>
        {zoomed ? (
          <tr>
            <th scope="row">{say('view')}</th>
            <td />
            <td>{facts.viewShare}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

interface BoxProps {
  readonly store: DocumentStore;
  readonly shown: Shown;
  readonly box: number;
}

function CopyStack({ store, shown, box }: BoxProps): JSX.Element {
  const copy = async (): Promise<void> => {
    const names = await namesOfPath(shown.columns, shown.frames, store.names, box);
    await copyText(document, names.reverse().join('\n'));
  };
  return (
    <div class="ft-row">
      <CopyButton key={box} label={say('copyStack')} title={say('copyStackTitle')} copy={copy} />
    </div>
  );
}

function Stack({ store, shown, box }: BoxProps): JSX.Element | null {
  const whole = useSignal(false);
  const callers = pathTo(shown.columns, box).reverse();
  if (callers.length === 0) return null;
  const lines = whole.value ? callers : callers.slice(0, STACK_LINES);
  store.names.version.value;
  return (
    <section aria-label={say('stack')}>
      <h3>{say('stackTitle')}</h3>
      <ul class="ft-neighbours">
        {lines.map((caller) => (
          <li key={caller}>
            <button type="button" aria-current={caller === box} onClick={() => goTo(store, shown, caller)}>
              <span class="ft-neighbours-name">
                <PathText text={store.names.text(nameIdOf(shown.columns, shown.frames, caller)) ?? '…'} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {lines.length < callers.length ? (
        <button type="button" class="ft-button" onClick={() => (whole.value = true)}>
          {say('moreCallers', { count: callers.length - lines.length })}
        </button>
      ) : null}
    </section>
  );
}

function goTo(store: DocumentStore, shown: Shown, box: number): void {
  store.cursor.selected.value = box;
  selectFrame(store, shown.columns.frame[box] ?? null);
}

function shownOf(store: DocumentStore): Shown | undefined {
  const columns = latestOf(store.flameSource.flame.value);
  const frames = store.frames.value;
  const type = store.currentType.value;
  return columns === undefined || frames === undefined || type === undefined ? undefined : { columns, frames, type };
}
