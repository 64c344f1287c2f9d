// Everything that can be taken away, in one dialog.
import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { saveFile } from '../base/save_file';
import type { AppStore } from '../state/app_store';
import type { DocumentStore } from '../state/document_store';
import { currentHash } from '../state/hash_sync';
import { Dialog } from '../widgets/dialog';
import { takeCsv, takeFolded, takePng, takePprof, takeReport, takeSpeedscope, takeSvg, type Taken } from './take_away';
import { say } from './take_text';

interface TakeDialogProps {
  readonly app: AppStore;
  readonly store: DocumentStore;
}

const OF_GRAPH = [
  ['folded', takeFolded],
  ['speedscope', takeSpeedscope],
  ['csv', takeCsv],
  ['svg', takeSvg],
  ['png', takePng],
] as const;

export function TakeDialog({ app, store }: TakeDialogProps): JSX.Element {
  const told = useSignal('');
  const anonymous = useSignal(false);
  const save = (taking: Promise<Taken>): void => {
    const saving = taking.then(
      ({ name, content }) => {
        saveFile(name, content);
        told.value = say('saved', { name });
      },
      (error: unknown) => {
        told.value = say('failed', { why: error instanceof Error ? error.message : String(error) });
      },
    );
    void store.idle.during(saving);
  };
  return (
    <Dialog title={say('title')} onClose={() => (app.takeOpen.value = false)}>
      <section class="ft-take">
        <h2>{say('ofView')}</h2>
        <div class="ft-row">
          <Button label={say('pprof')} id="pprof" onClick={() => save(takePprof(store, anonymous.value))} />
        </div>
        <h2>{say('ofGraph')}</h2>
        <div class="ft-row">
          {OF_GRAPH.map(([id, take]) => (
            <Button key={id} label={say(id)} id={id} onClick={() => save(take(store))} />
          ))}
        </div>
        <ReportOptions store={store} anonymous={anonymous} />
        <div class="ft-row">
          <Button
            label={say('save')}
            id="report"
            onClick={() => save(takeReport(store, currentHash(app), anonymous.value))}
          />
          <span role="status" data-testid="take-told">
            {told.value}
          </span>
        </div>
      </section>
    </Dialog>
  );
}

function ReportOptions({ store, anonymous }: ReportOptionsProps): JSX.Element {
  return (
    <>
      <h2>{say('report')}</h2>
      <p class="ft-muted">{say('reportHow')}</p>
      <label>
        {say('notes')}
        <textarea
          data-testid="notes"
          rows={4}
          value={store.notes.value}
          onInput={(event) => (store.notes.value = event.currentTarget.value)}
        />
      </label>
      <label class="ft-row">
        <input
          type="checkbox"
          data-testid="take-anonymous"
          checked={anonymous.value}
          onChange={(event) => (anonymous.value = event.currentTarget.checked)}
        />
        {say('anonymous')}
      </label>
    </>
  );
}

interface ReportOptionsProps {
  readonly store: DocumentStore;
  readonly anonymous: Signal<boolean>;
}

interface ButtonProps {
  readonly label: string;
  readonly id: string;
  readonly onClick: () => void;
}

function Button({ label, id, onClick }: ButtonProps): JSX.Element {
  return (
    <button type="button" class="ft-button" data-testid={`take-${id}`} onClick={onClick}>
      {label}
    </button>
  );
}
