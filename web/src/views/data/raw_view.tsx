// Samples as they are, one row each: values of all types, stack, labels.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { formatCount, formatValue } from '../../base/format';
import { selectFrame } from '../../state/document_actions';
import { RAW_TABLE, SamplesState, sampleTypeKey } from '../../state/samples';
import { sortingOf } from '../../state/view_params';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import type { DocumentProps } from '../document_view';
import { say } from './data_text';
import { faceOf, nothingText } from './faces';

/** A copy of more rows would be a file of megabytes on the clipboard. */
const MAX_COPIED = 5_000;

export function RawView({ app, store }: DocumentProps): JSX.Element {
  const state = useMemo(() => new SamplesState(store), [store]);
  const selected = useSignal(-1);
  const face = faceOf(state.first.value);
  if (face !== undefined) return face;
  const types = store.summary.value?.sampleTypes ?? [];
  const matched = state.matched.value;
  const columns: readonly DataColumn[] = [
    { head: say('number'), title: say('numberTitle'), number: true, track: '72px' },
    ...types.map(({ type }, i) => ({
      key: sampleTypeKey(i),
      head: type,
      title: say('rawSortTitle', { type }),
      number: true,
      track: '120px',
    })),
    { head: say('stack'), title: say('stackTitle'), number: false, track: 'minmax(320px, 3fr)' },
    { head: say('labelsHead'), title: say('labels'), number: false, track: 'minmax(120px, 1fr)' },
  ];
  const cells = (index: number): readonly string[] => {
    const row = state.row(index);
    if (row === undefined) return [String(index + 1), ...types.map(() => '…'), '…', ''];
    void store.names.version.value;
    const more = row.depth - row.frames.length;
    const stack = row.frames.map((frame) => store.frameText(frame, 'name')).join(' ← ');
    return [
      String(row.sample + 1),
      ...row.values.map((value, i) => formatValue(value, types[i]?.unit ?? '')),
      more > 0 ? `${stack} ${say('moreFrames', { count: more })}` : stack,
      row.labels.map((id) => store.names.text(id) ?? '').join(' · '),
    ];
  };
  return (
    <DataTable
      id={RAW_TABLE}
      label={say('raw')}
      columns={columns}
      sorting={sortingOf(store, RAW_TABLE)}
      rowCount={matched}
      cells={cells}
      renderCell={(_, column, text) => (column > types.length ? <span title={text}>{text}</span> : undefined)}
      selectedRow={selected.value}
      onSelect={(row) => {
        selected.value = row;
        selectFrame(store, state.row(row)?.frames[0] ?? null);
      }}
      onOpen={() => undefined}
      empty={store.view.search.value.pattern === '' ? nothingText(store) : say('rawEmpty')}
      copyText={app.surroundings.copyText}
      beforeCopy={() => store.idle.during(state.ensure(MAX_COPIED))}
      copyRows={Math.min(matched, MAX_COPIED)}
    >
      <span data-testid="raw-count">{say('rawCount', { count: formatCount(matched) })}</span>
      {matched > MAX_COPIED ? <span>{say('rawCopies', { count: formatCount(MAX_COPIED) })}</span> : undefined}
    </DataTable>
  );
}
