// Minimum mutator utilization: of every window of a length, what the collector leaves to the program in the worst one. A
// row's own shows that window on the timeline.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatPercent } from '../../base/format';
import { FixedList } from '../../widgets/fixed_list';
import { duration, knownDuration } from './trace_format';
import type { TraceProps } from './trace_frame';
import { TableHead } from './trace_table';
import { say } from './trace_text';

const TRACKS = '120px 88px 120px minmax(200px, 1fr)';
const NUMBERS = [true, true, true, false];

export function MmuView({ store, trace }: TraceProps): JSX.Element {
  const selected = useSignal(-1);
  const now = trace.utilization.value;
  if (now.at === 'failed') return <p class="flame-face">{say('failed', { why: now.failure.text })}</p>;
  if (now.at === 'loading') return <p class="flame-face">{say('loading')}</p>;
  const columns = now.value;
  const heads = [say('window'), say('mmu'), say('worstAt'), ''];
  const cells = (row: number): readonly string[] => [
    duration(columns.window[row] ?? 0),
    formatPercent(columns.minimum[row] ?? 0, 1),
    knownDuration(columns.worstStart[row] ?? -1),
  ];
  const open = (row: number): void => {
    const from = columns.worstStart[row] ?? -1;
    const room = columns.window[row] ?? 0;
    if (from < 0) return;
    trace.window.value = { from: Math.max(0, from - room / 4), to: from + room * 1.25 };
    trace.view.value = 'timeline';
  };
  return (
    <div class="tr-table">
      <FixedList
        id={`mmu-${store.id}`}
        label={say('mmuTitle')}
        testId="mmu-table"
        rowCount={columns.window.length}
        columnCount={heads.length}
        rowHeight={22}
        headHeight={24}
        head={<TableHead heads={heads} numbers={NUMBERS} tracks={TRACKS} />}
        selectedRow={selected.value}
        renderRow={(row) => <MmuRow texts={cells(row)} share={columns.minimum[row] ?? 0} />}
        onSelect={(row) => {
          selected.value = row;
        }}
        onOpen={open}
        onCopy={() =>
          [heads, ...Array.from(columns.window, (_, row) => cells(row))].map((line) => line.join('\t')).join('\n')
        }
        empty={say('noMmu')}
      />
      <p class="tr-hint">{say('mmuHint')}</p>
    </div>
  );
}

function MmuRow({ texts, share }: { readonly texts: readonly string[]; readonly share: number }): JSX.Element {
  return (
    <div class="tr-row" role="presentation" style={{ gridTemplateColumns: TRACKS }}>
      {texts.map((text, i) => (
        <span key={i} role="gridcell" class="ft-number">
          {text}
        </span>
      ))}
      <span role="gridcell" aria-hidden="true">
        <span class="tr-bar" style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  );
}
