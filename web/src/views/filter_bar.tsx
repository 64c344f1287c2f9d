// 32 px: what of the file all views show. Each field has its live count under it, or why its expression cannot be read.
import type { JSX } from 'preact';
import { formatCount, formatPercent, formatValue } from '../base/format';
import type { SampleType } from '../protocol/messages';
import { GRANULARITIES, type FilterFact, type FilterField, type Filters } from '../protocol/view_spec';
import { changeFilters, clearFilters, redoFilters, undoFilters } from '../state/filter_actions';
import type { DocumentStore } from '../state/document_store';
import { FIELD_NAMES, isPlain } from '../state/filters';
import { latestOf } from '../state/loadable';
import { unitChoices } from '../state/unit_choice';
import { paramOf, setParam } from '../state/view_params';
import type { DocumentProps } from './document_view';
import { FilterSets } from './filter_sets';
import { say } from './filters_text';

interface FieldText {
  readonly field: FilterField;
  readonly kind?: 'tagFocusKind' | 'tagIgnoreKind';
}

const FIELDS: readonly FieldText[] = [
  { field: 'focus' },
  { field: 'ignore' },
  { field: 'hide' },
  { field: 'show' },
  { field: 'showFrom' },
  { field: 'pruneFrom' },
  { field: 'tagFocus', kind: 'tagFocusKind' },
  { field: 'tagIgnore', kind: 'tagIgnoreKind' },
];

export function FilterBar({ app, store }: DocumentProps): JSX.Element {
  const filters = store.view.filters.value;
  return (
    <div class="ft-filter-bar" role="group" aria-label={say('filters')}>
      {FIELDS.map((field) => (
        <Field key={field.field} store={store} text={field} />
      ))}
      <FrameSwitches store={store} />
      <UnitChoice store={store} />
      <Steps store={store} />
      <FilterSets app={app} store={store} />
      <button
        type="button"
        class="ft-quiet"
        data-testid="filter-clear"
        title={say('clearTitle')}
        disabled={isPlain(filters)}
        onClick={() => clearFilters(store)}
      >
        {say('clear')}
      </button>
      <Kept store={store} />
    </div>
  );
}

/** As pprof's -unit; there is no choice for plain counts. */
function UnitChoice({ store }: { readonly store: DocumentStore }): JSX.Element | null {
  const type = store.currentType.value;
  const choices = type === undefined ? [] : unitChoices(type);
  if (choices.length === 0) return null;
  const chosen = paramOf(store, 'unit');
  return (
    <select
      class="ft-filter-select"
      aria-label={say('unit')}
      title={say('unitTitle')}
      data-testid="unit"
      value={choices.includes(chosen) ? chosen : ''}
      onChange={(event) => setParam(store, 'unit', event.currentTarget.value)}
    >
      <option value="">{say('unitFits')}</option>
      {choices.map((unit) => (
        <option key={unit} value={unit}>
          {unit}
        </option>
      ))}
    </select>
  );
}

/** What a frame is. */
function FrameSwitches({ store }: { readonly store: DocumentStore }): JSX.Element {
  const filters = store.view.filters.value;
  return (
    <>
      <select
        class="ft-filter-select"
        aria-label={say('granularity')}
        title={say('granularityTitle')}
        data-testid="granularity"
        value={String(filters.granularity)}
        onChange={(event) => changeFilters(store, { granularity: Number(event.currentTarget.value) })}
      >
        {GRANULARITIES.map((name, index) => (
          <option key={name} value={String(index)}>
            {say(name)}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="ft-quiet"
        data-testid="inlines"
        aria-pressed={!filters.noInlines}
        title={say('inlinesTitle')}
        onClick={() => changeFilters(store, { noInlines: !filters.noInlines })}
      >
        {say('inlines')}
      </button>
    </>
  );
}

function Steps({ store }: { readonly store: DocumentStore }): JSX.Element {
  const { past, future } = store.history.steps.value;
  return (
    <>
      <button
        type="button"
        class="ft-quiet"
        aria-label={say('undo')}
        title={say('undo')}
        data-testid="filter-undo"
        disabled={past.length === 0}
        onClick={() => undoFilters(store)}
      >
        ⟲
      </button>
      <button
        type="button"
        class="ft-quiet"
        aria-label={say('redo')}
        title={say('redo')}
        data-testid="filter-redo"
        disabled={future.length === 0}
        onClick={() => redoFilters(store)}
      >
        ⟳
      </button>
    </>
  );
}

interface FieldProps {
  readonly store: DocumentStore;
  readonly text: FieldText;
}

function Field({ store, text: { field, kind } }: FieldProps): JSX.Element {
  const value = store.view.filters.value[field];
  const fact = latestOf(store.facts.value)?.filters[field];
  const sampleType = store.currentType.value;
  const name = FIELD_NAMES[field];
  const title = say(field);
  const error = value === '' ? '' : (fact?.error ?? '');
  const noteId = `ft-filter-note-${name}`;
  const note =
    value === '' || fact === undefined || sampleType === undefined ? '' : error || countText(fact, sampleType);
  return (
    <div class={value === '' ? 'ft-filter' : 'ft-filter ft-filter-set'}>
      <input
        type="text"
        data-testid={`filter-${name}`}
        aria-label={say('fieldLabel', { name, title })}
        title={title}
        placeholder={name}
        autocomplete="off"
        spellcheck={false}
        value={value}
        aria-invalid={error !== ''}
        aria-describedby={noteId}
        onInput={(event) => changeFilters(store, { [field]: event.currentTarget.value }, field)}
        onBlur={() => (store.history.typing = undefined)}
        onKeyDown={(event) => onKey(event, store, field)}
      />
      {kind === undefined || value === '' ? undefined : (
        <KindSwitch store={store} kind={kind} current={store.view.filters.value[kind]} name={name} />
      )}
      <span
        id={noteId}
        class={error === '' ? 'ft-filter-note' : 'ft-filter-note ft-filter-error'}
        role="status"
        data-testid={`filter-note-${name}`}
      >
        {note}
      </span>
    </div>
  );
}

function countText(fact: FilterFact, { unit, shownUnit, magnitudeTotal }: SampleType): string {
  const samples = fact.samples === 1 ? say('oneSample') : say('samples', { count: formatCount(fact.samples) });
  return `${samples} · ${formatValue(fact.value, unit, shownUnit)} · ${formatPercent(fact.value, magnitudeTotal)}`;
}

interface KindSwitchProps {
  readonly store: DocumentStore;
  readonly kind: 'tagFocusKind' | 'tagIgnoreKind';
  readonly current: Filters['tagFocusKind'];
  readonly name: string;
}

/** pprof guesses from the value's looks; here a person says it. */
function KindSwitch({ store, kind, current, name }: KindSwitchProps): JSX.Element {
  const other = current === 'text' ? 'number' : 'text';
  return (
    <button
      type="button"
      class="ft-filter-kind"
      data-testid={`filter-kind-${name}`}
      aria-label={say(current === 'text' ? 'takenForText' : 'takenForNumber', { name })}
      title={say(current === 'text' ? 'textTitle' : 'numberTitle')}
      onClick={() => changeFilters(store, { [kind]: other })}
    >
      {current === 'text' ? 'abc' : '123'}
    </button>
  );
}

/** What all filters leave, and the busy mark. */
function Kept({ store }: { readonly store: DocumentStore }): JSX.Element {
  const facts = latestOf(store.facts.value);
  const sampleType = store.currentType.value;
  let text = '';
  if (facts !== undefined && facts !== null && sampleType !== undefined) {
    const share = formatPercent(facts.total, sampleType.magnitudeTotal);
    text = say('kept', { value: formatValue(facts.total, sampleType.unit, sampleType.shownUnit), share });
  }
  return (
    <>
      <span class="ft-filter-kept" role="status" data-testid="filter-kept">
        {text}
      </span>
      {store.asking.value > 0 ? <span class="ft-busy" data-testid="busy" aria-label={say('working')} /> : undefined}
    </>
  );
}

function onKey(
  event: KeyboardEvent & { readonly currentTarget: HTMLInputElement },
  store: DocumentStore,
  field: FilterField,
): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.stopPropagation();
  if (store.view.filters.peek()[field] === '') event.currentTarget.blur();
  else changeFilters(store, { [field]: '' });
}
