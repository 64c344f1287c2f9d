// Named filter sets: save the present ones, use, delete, export and import.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { changeFilters, deleteSet, importSets, saveSet } from '../state/filter_actions';
import { formatSets, isPlain } from '../state/filters';
import { saveFile } from '../base/save_file';
import { say } from './filter_sets_text';
import type { DocumentProps } from './document_view';

interface MenuProps extends DocumentProps {
  readonly close: () => void;
}

export function FilterSetsMenu({ app, store, close }: MenuProps): JSX.Element {
  const sets = app.filterSets.value;
  return (
    <div class="ft-filter-sets">
      <ul>
        {sets.map((set) => (
          <li key={set.name} class="ft-row">
            <button
              type="button"
              class="ft-quiet ft-filter-set-name"
              onClick={() => {
                changeFilters(store, set.filters);
                close();
              }}
            >
              {set.name}
            </button>
            <button
              type="button"
              class="ft-quiet"
              aria-label={say('delete', { name: set.name })}
              onClick={() => deleteSet(app, set.name)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {sets.length === 0 ? <p class="ft-muted">{say('noneSaved')}</p> : undefined}
      <SaveForm app={app} store={store} />
      <Exchange app={app} store={store} />
    </div>
  );
}

function SaveForm({ app, store }: DocumentProps): JSX.Element {
  const name = useSignal('');
  const filters = store.view.filters.value;
  const nothing = isPlain(filters);
  const trimmed = name.value.trim();
  return (
    <form
      class="ft-row"
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed === '' || nothing) return;
        saveSet(app, trimmed, filters);
        name.value = '';
      }}
    >
      <input
        type="text"
        aria-label={say('nameForThem')}
        placeholder={say(nothing ? 'setFirst' : 'nameForThem')}
        data-testid="filter-set-name"
        value={name.value}
        onInput={(event) => (name.value = event.currentTarget.value)}
      />
      <button type="submit" class="ft-button" disabled={nothing || trimmed === ''}>
        {say('save')}
      </button>
    </form>
  );
}

function Exchange({ app, store }: DocumentProps): JSX.Element {
  const told = useSignal('');
  const sets = app.filterSets.value;
  const save = (): void => {
    saveFile('flametrail-filters.json', new Blob([formatSets(sets)], { type: 'application/json' }));
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const count = importSets(app, await file.text());
    told.value = count === undefined ? say('holdsNone', { name: file.name }) : say('taken', { count });
  };
  return (
    <div class="ft-row">
      <button type="button" class="ft-quiet" disabled={sets.length === 0} onClick={save}>
        {say('export')}
      </button>
      <label class="ft-quiet ft-file-label">
        {say('import')}
        <input
          type="file"
          class="ft-hidden"
          accept="application/json,.json"
          data-testid="filter-sets-import"
          onChange={(event) => void store.idle.during(take(event.currentTarget.files?.[0]))}
        />
      </label>
      <span role="status" class="ft-muted">
        {told.value}
      </span>
    </div>
  );
}
