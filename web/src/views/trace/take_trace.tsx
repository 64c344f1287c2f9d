// What of a trace can be taken away: its window as a trace file, as profiles, as CSV, inside an HTML report.
import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { readAssets } from '../../base/assets';
import { formatValue } from '../../base/format';
import { singlePage, writeReport } from '../../base/report';
import { saveFile } from '../../base/save_file';
import { currentHash } from '../../state/hash_sync';
import { questionOf } from '../../state/trace/trace_analyses';
import { cutFile, generationsIn } from '../../state/trace/trace_file';
import type { TimeWindow } from '../../state/trace/trace_store';
import { Menu, type MenuItem } from '../../widgets/menu';
import { say } from './analysis_text';
import { PROFILES } from './blocking_view';
import { duration } from './trace_format';
import type { TraceProps } from './trace_frame';
import { say as sayTrace } from './trace_text';

interface Taken {
  readonly name: string;
  readonly content: Blob;
  /** Of the file that was cut: what it really has. */
  readonly window?: TimeWindow;
}

function stemOf({ store, trace }: TraceProps): string {
  const stem = store.source.name.replace(/\.(gz|trace|out)\b/g, '').replace(/[^\w.-]+/g, '_') || 'trace';
  const range = trace.range.peek();
  return range === null ? stem : `${stem}-${Math.round(range.from / 1e3)}us-${Math.round(range.to / 1e3)}us`;
}

async function takeTrace(props: TraceProps): Promise<Taken> {
  const { store, trace, analyses } = props;
  const { version, baseNanos, durationNanos } = trace.summary;
  const asked = await analyses.ask<'generations'>(questionOf(trace, 'generations', { window: null, among: null }));
  if (!asked.ok) throw new Error(asked.failure.text);
  const rows = asked.value.generations.map((row) => ({ ...row, start: row.start + baseNanos }));
  const kept = generationsIn(version, rows, trace.range.peek());
  if (kept.length === 0) throw new Error(say('noGenerations'));
  const last = kept[kept.length - 1];
  return {
    name: `${stemOf(props)}.trace`,
    content: await cutFile(store.source.file, version, kept),
    window: {
      from: Math.max(0, kept[0]?.start ?? 0),
      to: rows.find(({ start }) => start > (last?.start ?? 0))?.start ?? durationNanos,
    },
  };
}

async function takeProfile(props: TraceProps, name: string): Promise<Taken> {
  const answer = await props.analyses.profile(name);
  if (!answer.ok) throw new Error(answer.failure.text);
  return {
    name: `${stemOf(props)}.${name}.pb.gz`,
    content: new Blob([answer.value.bytes], { type: 'application/gzip' }),
  };
}

const csvCell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

async function takeCsv(props: TraceProps): Promise<Taken> {
  const { store, trace, analyses } = props;
  const answer = await trace.ask('goroutines', questionOf(trace, '', analyses.scope.peek()));
  if (!answer.ok) throw new Error(answer.failure.text);
  const rows = answer.value;
  await store.names.ensure(rows.name);
  const times = ['start', 'end', 'total', 'exec', 'sched', 'syscall', 'block', 'ranges'] as const;
  const lines = [['goroutine', 'function', ...times.map((time) => `${time}_ns`)].join(',')];
  rows.number.forEach((number, i) => {
    const values = times.map((time) => ((rows[time][i] ?? -1) < 0 ? '' : String(rows[time][i])));
    lines.push([String(number), csvCell(store.names.text(rows.name[i] ?? 0) ?? ''), ...values].join(','));
  });
  return { name: `${stemOf(props)}.csv`, content: new Blob([`${lines.join('\n')}\n`], { type: 'text/csv' }) };
}

/** `cut`: holds the window's generations alone, and then nothing of the view: times in it count from another start. */
async function takeReport(props: TraceProps, cut: boolean): Promise<Taken> {
  const { app, store } = props;
  const content = cut ? (await takeTrace(props)).content : store.source.file;
  const single = await singlePage(document, readAssets(document).mode);
  const report = { name: store.source.name, hash: cut ? '' : currentHash(app), notes: store.notes.peek() };
  const html = writeReport(single, report, new Uint8Array(await content.arrayBuffer()));
  return { name: `${stemOf(props)}.html`, content: new Blob([html], { type: 'text/html' }) };
}

function toldOf({ name, content, window }: Taken): string {
  const bytes = formatValue(content.size, 'bytes');
  if (window === undefined) return say('taken', { name, bytes });
  return say('takenWhole', { name, bytes, from: duration(window.from), to: duration(window.to) });
}

export function TakeTraceMenu(props: TraceProps & { readonly told: Signal<string> }): JSX.Element {
  const place = useSignal<{ readonly x: number; readonly y: number } | null>(null);
  const { trace, told } = props;
  const save = (taking: Promise<Taken>): void => {
    const saving = taking.then(
      (taken) => {
        saveFile(taken.name, taken.content);
        told.value = toldOf(taken);
      },
      (error: unknown) => {
        told.value = say('notTaken', { why: error instanceof Error ? error.message : String(error) });
      },
    );
    void trace.idle.during(saving);
  };
  const item = (id: string, label: string, take: () => Promise<Taken>): MenuItem => ({
    id,
    label,
    keys: '',
    run: () => save(take()),
  });
  const ranged = trace.range.value !== null;
  const items: readonly MenuItem[] = [
    item('trace', ranged ? say('takeTrace') : say('takeTraceWhole'), () => takeTrace(props)),
    ...PROFILES.map(({ name, title }) =>
      item(name, say('takeProfile', { name: sayTrace(title) }), () => takeProfile(props, name)),
    ),
    item('csv', say('takeCsv'), () => takeCsv(props)),
    item('report', say('takeReport'), () => takeReport(props, false)),
    ...(ranged ? [item('report-window', say('takeReportWindow'), () => takeReport(props, true))] : []),
  ];
  return (
    <>
      <button
        type="button"
        class="ft-quiet"
        data-testid="take"
        aria-haspopup="menu"
        onClick={(event) => {
          const { right, bottom } = event.currentTarget.getBoundingClientRect();
          place.value = { x: right - 240, y: bottom };
        }}
      >
        {say('take')}
      </button>
      {place.value === null ? undefined : (
        <Menu
          label={say('take')}
          testId="take-menu"
          x={place.value.x}
          y={place.value.y}
          items={items}
          onClose={() => (place.value = null)}
        />
      )}
    </>
  );
}
