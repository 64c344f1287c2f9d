// The button of the named filter sets; what it opens comes later.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { DocumentProps } from './document_view';
import { say } from './filters_text';
import { Lazy } from './lazy';

export function FilterSets({ app, store }: DocumentProps): JSX.Element {
  const open = useSignal(false);
  return (
    <div
      class="ft-filter-sets"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open.value) return;
        event.stopPropagation();
        open.value = false;
      }}
    >
      <button
        type="button"
        class="ft-quiet"
        data-testid="filter-sets"
        aria-expanded={open.value}
        title={say('savedTitle')}
        onClick={() => (open.value = !open.value)}
      >
        {say('saved')}
      </button>
      {open.value ? (
        <Lazy
          render={({ FilterSetsMenu }) => <FilterSetsMenu app={app} store={store} close={() => (open.value = false)} />}
        />
      ) : undefined}
    </div>
  );
}
