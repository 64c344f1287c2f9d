// The button of the named filter sets; what it opens comes later.
import type { JSX } from 'preact';
import { DropDown } from '../widgets/drop_down';
import type { DocumentProps } from './document_view';
import { say } from './filters_text';
import { Lazy } from './lazy';

export function FilterSets({ app, store }: DocumentProps): JSX.Element {
  return (
    <DropDown text={say('saved')} title={say('savedTitle')} testId="filter-sets" side="right">
      {(close) => <Lazy render={({ FilterSetsMenu }) => <FilterSetsMenu app={app} store={store} close={close} />} />}
    </DropDown>
  );
}
