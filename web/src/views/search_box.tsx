// Search by regular expression, for all views of frames: highlights in the flame graph, filters the table.
import type { JSX } from 'preact';
import { formatCount, formatPercent, formatValue } from '../base/format';
import { searchFor } from '../state/document_actions';
import type { DocumentStore } from '../state/document_store';
import type { DocumentProps } from './document_view';
import { say } from './page_text';

export const SEARCH_ID = 'ft-search';
const ERROR_ID = 'ft-search-error';

export function SearchBox({ app, store }: DocumentProps): JSX.Element {
  const { pattern, caseSensitive } = store.view.search.value;
  const result = store.searchResult.value;
  const fault = result.at === 'failed' && result.failure.code === 'invalid' ? result.failure : undefined;
  const view = store.view.activeView.value;
  // Their selection is of several documents.
  const hasOwnDetails = view === 'diff' || view === 'trend';
  return (
    <div class="ft-filters">
      <div class="ft-search" role="search">
        <input
          id={SEARCH_ID}
          type="text"
          data-testid="search"
          aria-label={say('searchLabel')}
          placeholder={say('searchHint')}
          title={say('searchTitle')}
          autocomplete="off"
          spellcheck={false}
          value={pattern}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : ERROR_ID}
          onInput={(event) => searchFor(store, { pattern: event.currentTarget.value }, true)}
          onBlur={() => (store.history.typing = undefined)}
          onKeyDown={(event) => onKey(event, store)}
        />
        <button
          type="button"
          class="ft-quiet ft-mono"
          aria-label={say('matchCase')}
          title={say('matchCase')}
          aria-pressed={caseSensitive}
          onClick={() => searchFor(store, { caseSensitive: !caseSensitive })}
        >
          Aa
        </button>
        <SearchSummary store={store} />
      </div>
      <button
        type="button"
        class="ft-quiet"
        disabled={hasOwnDetails}
        aria-pressed={app.detailsOpen.value && !hasOwnDetails}
        title={say('detailsTitle')}
        onClick={() => (app.detailsOpen.value = !app.detailsOpen.value)}
      >
        {say('details')}
      </button>
      {fault === undefined ? undefined : (
        <div class="ft-search-error" id={ERROR_ID} role="alert" data-testid="search-error">
          {fault.text}
        </div>
      )}
    </div>
  );
}

function SearchSummary({ store }: { readonly store: DocumentStore }): JSX.Element {
  const found = store.found.value;
  const sampleType = store.currentType.value;
  let text = '';
  if (found !== undefined && sampleType !== undefined && store.view.search.value.pattern !== '') {
    const { matchedTotal, frameCount } = found;
    const functions = frameCount === 1 ? say('oneFunction') : say('functions', { count: formatCount(frameCount) });
    const share = formatPercent(matchedTotal, sampleType.magnitudeTotal);
    text = `${formatValue(matchedTotal, sampleType.unit, sampleType.shownUnit)} · ${share} · ${functions}`;
  }
  return (
    <span class="ft-search-result" role="status" data-testid="search-result">
      {text}
    </span>
  );
}

function onKey(event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }, store: DocumentStore): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.stopPropagation();
  if (store.view.search.peek().pattern === '') event.currentTarget.blur();
  else searchFor(store, { pattern: '' });
}
