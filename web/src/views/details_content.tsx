// What the details panel says: the selected function, its numbers, who calls it and whom it calls.
import type { JSX } from 'preact';
import { formatPercent, formatValue } from '../base/format';
import type { SampleType } from '../protocol/messages';
import { searchFor, selectFrame } from '../state/document_actions';
import type { DocumentStore } from '../state/document_store';
import { exactly } from '../state/filters';
import type { Neighbour, Neighbours } from '../state/neighbours';
import { CopyButton } from '../widgets/copy_button';
import { PathText } from '../widgets/path_text';
import type { DocumentProps } from './document_view';
import { BoxDetails } from './flame/details';
import { say } from './tables_text';

const MAX_NEIGHBOURS = 12;
const KINDS = [undefined, 'standardLibrary', 'runtime', 'noSymbol'] as const;

export function DetailsContent({ app, store }: DocumentProps): JSX.Element {
  const selected = store.view.selectedFrame.value;
  const onFlame = store.view.activeView.value === 'flame';
  return (
    <>
      {selected === null ? (
        <p class="ft-muted">{onFlame ? say('selectBox') : say('selectRow')}</p>
      ) : (
        <>
          <Heading app={app} store={store} frame={selected} />
          <FunctionFacts store={store} />
        </>
      )}
      {onFlame ? <BoxDetails store={store} /> : undefined}
    </>
  );
}

function FunctionFacts({ store }: { readonly store: DocumentStore }): JSX.Element | null {
  const sampleType = store.currentType.value;
  const neighbours = store.neighbours.value;
  if (sampleType === undefined || neighbours === undefined) return null;
  return (
    <>
      <Numbers neighbours={neighbours} sampleType={sampleType} />
      <NeighbourList store={store} title={say('calledBy')} list={neighbours.callers} sampleType={sampleType} />
      <NeighbourList store={store} title={say('calls')} list={neighbours.callees} sampleType={sampleType} />
    </>
  );
}

function Heading({ app, store, frame }: DocumentProps & { readonly frame: number }): JSX.Element {
  const name = store.frameText(frame, 'name');
  const file = store.frameText(frame, 'file');
  const line = store.frames.value?.line[frame] ?? 0;
  const kindKey = KINDS[store.frames.value?.kind[frame] ?? 0];
  const kind = kindKey === undefined ? '' : say(kindKey);
  const place = line > 0 ? `${file}:${line}` : file;
  return (
    <div>
      <h2 class="ft-details-name">{name}</h2>
      <p class="ft-details-file">{[place, kind].filter((part) => part !== '').join(' · ')}</p>
      <div class="ft-row">
        <button type="button" class="ft-quiet" onClick={() => searchFor(store, { pattern: exactly(name) })}>
          {say('searchIt')}
        </button>
        <button type="button" class="ft-quiet" onClick={() => selectFrame(store, null)}>
          {say('deselect')}
        </button>
        <CopyButton key={frame} label={say('copyName')} copy={() => app.surroundings.copyText(name)} />
      </div>
    </div>
  );
}

interface NumbersProps {
  readonly neighbours: Neighbours;
  readonly sampleType: SampleType;
}

function Numbers({ neighbours, sampleType }: NumbersProps): JSX.Element {
  const row = (name: string, value: number): JSX.Element => (
    <tr>
      <th scope="row">{name}</th>
      <td>{formatValue(value, sampleType.unit, sampleType.shownUnit)}</td>
      <td>{formatPercent(value, sampleType.magnitudeTotal)}</td>
    </tr>
  );
  return (
    <table class="ft-numbers" aria-label={say('values')}>
      <tbody>
        {row(say('self'), neighbours.self)}
        {row(say('total'), neighbours.total)}
      </tbody>
    </table>
  );
}

interface NeighbourListProps {
  readonly store: DocumentStore;
  readonly title: string;
  readonly list: readonly Neighbour[];
  readonly sampleType: SampleType;
}

function NeighbourList({ store, title, list, sampleType }: NeighbourListProps): JSX.Element {
  const shown = list.slice(0, MAX_NEIGHBOURS);
  return (
    <section>
      <h3>{title}</h3>
      <ul class="ft-neighbours">
        {shown.map(({ frame, value }) => {
          const name = store.frameText(frame, 'name');
          return (
            <li key={frame}>
              <button type="button" onClick={() => selectFrame(store, frame)}>
                <span class="ft-neighbours-name">
                  <PathText text={name} />
                </span>
                <span>{formatValue(value, sampleType.unit, sampleType.shownUnit)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {list.length === 0 ? <p class="ft-muted">{say('none')}</p> : undefined}
      {list.length > shown.length ? (
        <p class="ft-muted">{say('more', { count: list.length - shown.length })}</p>
      ) : undefined}
    </section>
  );
}
