// Benchmarks: medians with intervals; against an older file also the change and how sure it is, as benchstat tells it.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TextTable } from '../../base/table_text';
import type { BenchCell, BenchTable } from '../../protocol/reports';
import { benchValue, countVerdicts, intervalsOf, verdictOf } from '../../state/bench_rows';
import { latestOf } from '../../state/loadable';
import { reportResource } from '../../state/reports';
import { tableText } from '../../base/table_text';
import { CopyButton } from '../../widgets/copy_button';
import { DocumentChoice } from '../document_choice';
import type { DocumentProps } from '../document_view';
import { say } from './memory_text';
import { say as widget } from '../../widgets/widget_text';

export function BenchView({ app, store }: DocumentProps): JSX.Element {
  const old = useSignal<number | null>(null);
  const candidates = app.documents.value.filter((other) => other !== store && other.hasBench.value);
  const answer = useMemo(
    () =>
      reportResource(app, store, () => {
        const base = app.documents.value.find(({ id }) => id === old.value);
        const documents = base === undefined ? [store] : [base, store];
        return { report: 'bench', documents, labels: documents.map(({ id }) => String(id)) };
      }),
    [app, store],
  ).value;
  const tables = latestOf(answer);
  return (
    <div class="ft-info ft-bench" tabIndex={0} role="region" aria-label={say('bench')} data-testid="bench">
      {candidates.length === 0 ? undefined : (
        <DocumentChoice
          label={say('compareWith')}
          testId="bench-old"
          none={say('alone')}
          candidates={candidates}
          chosen={old}
        />
      )}
      {answer.at === 'failed' ? (
        <p role="alert" data-testid="error">
          {say('failed', { why: answer.failure.text })}
        </p>
      ) : tables === undefined ? (
        <p>{say('loading')}</p>
      ) : tables.length === 0 ? (
        <p>{say('noBench')}</p>
      ) : (
        tables.map((table, i) => <Table key={i} app={app} table={table} />)
      )}
    </div>
  );
}

interface TableProps {
  readonly app: DocumentProps['app'];
  readonly table: BenchTable;
}

function Table({ app, table }: TableProps): JSX.Element {
  const compares = table.rows.some(({ cells }) => cells.length > 1);
  const text = textOf(table, compares);
  const counts = countVerdicts(table);
  const config = Object.entries(table.config).map(([key, value]) => `${key}: ${value}`);
  return (
    <section>
      <div class="ft-row">
        <h2>{table.unit}</h2>
        {compares ? (
          <span>{say('onlyFaster', { count: counts.better, worse: counts.worse, same: counts.same })}</span>
        ) : undefined}
        <CopyButton
          label={widget('copyTsv')}
          title={widget('copyTsvTitle')}
          copy={() => app.surroundings.copyText(tableText(text, 'tsv'))}
        />
        <CopyButton
          label={widget('copyMarkdown')}
          copy={() => app.surroundings.copyText(tableText(text, 'markdown'))}
        />
      </div>
      <p class="ft-muted">{config.join(' · ')}</p>
      <table class="ft-table" data-testid="bench-table">
        <thead>
          <tr>
            {text.heads.map((head, i) => (
              <th key={i} scope="col" class={text.numbers[i] === true ? 'ft-number' : ''}>
                {head}
              </th>
            ))}
            <th scope="col">{say('plot')}</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((_, row) => (
            <BenchRow key={row} table={table} row={row} text={text} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            {text.cells(table.rows.length).map((cell, i) => (
              <td key={i} class={text.numbers[i] === true ? 'ft-number' : ''}>
                {cell}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface BenchRowProps {
  readonly table: BenchTable;
  readonly row: number;
  readonly text: TextTable;
}

function BenchRow({ table, row, text }: BenchRowProps): JSX.Element {
  const cells = table.rows[row]?.cells ?? [];
  return (
    <tr class={`ft-bench-${verdictOf(cells.at(-1), table.unit) ?? 'alone'}`}>
      {text.cells(row).map((cell, i) => (
        <td
          key={i}
          class={text.numbers[i] === true ? 'ft-number' : 'ft-mono'}
          title={i > 0 ? intervalText(cells[i - 1], table.unit) : undefined}
        >
          {cell}
        </td>
      ))}
      <td>
        <Plot cells={cells} />
      </td>
    </tr>
  );
}

function intervalText(cell: BenchCell | null | undefined, unit: string): string | undefined {
  if (cell === null || cell === undefined) return undefined;
  const { low, high, n } = cell;
  return low === null || high === null
    ? say('noInterval', { n })
    : say('interval', { low: benchValue(low, unit), high: benchValue(high, unit), n });
}

function textOf({ rows, unit, geomean }: BenchTable, compares: boolean): TextTable {
  const value = (cell: BenchCell | null | undefined): string =>
    cell === null || cell === undefined ? '' : benchValue(cell.median, unit);
  const mean = (at: number): string => {
    const of = geomean[at];
    return of === null || of === undefined ? '' : benchValue(of, unit);
  };
  const last = [say('geomean'), ...geomean.map((_, at) => mean(at)), ...(compares ? ['', ''] : [])];
  return {
    heads: compares ? [say('name'), say('old'), say('new'), say('delta'), say('p')] : [say('name'), say('median')],
    numbers: compares ? [false, true, true, true, true] : [false, true],
    // One more: the means.
    rowCount: rows.length + 1,
    cells: (at) => {
      const row = rows[at];
      if (row === undefined) return last;
      const { name, cells } = row;
      const changed = cells.at(-1);
      if (!compares) return [name, value(cells[0])];
      return [
        name,
        value(cells[0]),
        value(cells[1]),
        changed?.base === undefined ? '' : changed.significant === true ? (changed.delta ?? '') : say('notSure'),
        changed?.p?.toFixed(3) ?? '',
      ];
    },
  };
}

const PLOT = { width: 160, height: 8 } as const;

/** One line a file, from low to high, with a tick at the median. */
function Plot({ cells }: { readonly cells: readonly (BenchCell | null)[] }): JSX.Element {
  const x = (share: number): number => 3 + share * (PLOT.width - 6);
  return (
    <svg class="ft-bench-plot" width={PLOT.width} height={PLOT.height * cells.length} aria-hidden="true">
      {intervalsOf(cells).map((interval, i) =>
        interval === undefined ? undefined : (
          <g
            key={i}
            class={i === 0 ? 'ft-bench-old' : 'ft-bench-new'}
            transform={`translate(0 ${PLOT.height * (i + 0.5)})`}
          >
            <line x1={x(interval.low)} x2={x(interval.high)} />
            <circle cx={x(interval.median)} r={2.5} />
          </g>
        ),
      )}
    </svg>
  );
}
