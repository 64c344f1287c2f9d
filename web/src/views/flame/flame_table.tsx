// The flame graph as a table that unfolds: the same boxes, for screen readers, for copying and for tests.
import { useComputed, useSignal } from '@preact/signals';
import type { HTMLAttributes, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { rowOf } from '../../draw/row_walk';
import { FixedList } from '../../widgets/fixed_list';
import { factsOf } from './box_facts';
import { hasChildren, parentOf, ROOT } from './box_tree';
import type { FlameSession, Shown } from './flame_session';
import { unfoldedTo, visibleBoxes, withFold } from './table_rows';
import { say } from './flame_text';

const ROW_HEIGHT = 22;
const HEAD_HEIGHT = 24;
const INDENT = 14;
/** Deeper levels stand where this one stands: the name must stay in sight. */
const MAX_INDENT_LEVEL = 24;
const heads = (): readonly string[] => [
  say('name'),
  say('self'),
  `${say('self')} %`,
  say('total'),
  `${say('total')} %`,
];

export function FlameTable({ session }: { readonly session: FlameSession }): JSX.Element | null {
  const { selected } = session.document.cursor;
  const unfolded = useSignal<ReadonlySet<number>>(new Set([ROOT]));
  const rows = useComputed(() => {
    const shown = session.shown.value;
    return shown === undefined ? [] : visibleBoxes(shown.columns, unfolded.value);
  });
  const shown = session.shown.value;
  const box = selected.value;
  useEffect(() => {
    // Another graph has other boxes under the same numbers.
    unfolded.value = new Set([ROOT]);
  }, [shown]);
  useEffect(() => {
    if (shown !== undefined && box !== null) unfolded.value = unfoldedTo(shown.columns, unfolded.peek(), box);
  }, [shown, box]);
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // The canvas is gone and took the focus with it: keys go on in the table.
    const list = element.current?.querySelector<HTMLElement>('[role=treegrid]');
    if (list?.ownerDocument.activeElement === list?.ownerDocument.body) list?.focus({ preventScroll: true });
  }, []);
  if (shown === undefined) return null;
  const at = (row: number): number => rows.value[row] ?? ROOT;
  const fold = (target: number, open: boolean): void => {
    unfolded.value = withFold(unfolded.peek(), target, open);
  };
  return (
    <div ref={element} class="flame-table" onKeyDown={(event) => onTableKey(event, session, unfolded.peek(), fold)}>
      <FixedList
        id={`flame-table-${session.document.id}`}
        label={say('tableLabel')}
        testId="flame-table"
        role="treegrid"
        rowCount={rows.value.length}
        columnCount={heads().length}
        rowHeight={ROW_HEIGHT}
        head={<TableHead />}
        headHeight={HEAD_HEIGHT}
        selectedRow={box === null ? -1 : rows.value.indexOf(box)}
        rowProps={(row) => treeProps(shown, at(row), unfolded.value)}
        renderRow={(row) => (
          <TableRow session={session} shown={shown} box={at(row)} open={unfolded.value.has(at(row))} fold={fold} />
        )}
        onSelect={(row) => session.select(at(row))}
        onOpen={(row) => showInGraph(session, at(row))}
        onCopy={() => asText(session, shown, rows.value)}
        empty={say('noBoxes')}
      />
    </div>
  );
}

function TableHead(): JSX.Element {
  return (
    <div role="row" class="flame-table-row">
      {heads().map((head, i) => (
        <span key={head} role="columnheader" class={i === 0 ? '' : 'ft-number'}>
          {head}
        </span>
      ))}
    </div>
  );
}

interface RowProps {
  readonly session: FlameSession;
  readonly shown: Shown;
  readonly box: number;
  readonly open: boolean;
  readonly fold: (box: number, open: boolean) => void;
}

function TableRow({ session, shown, box, open, fold }: RowProps): JSX.Element {
  const facts = factsOf(shown, session.document.names, box, ROOT);
  const level = rowOf(shown.columns, box);
  const matches = session.hits.value?.anyIn(box, box) === true;
  return (
    <div class={matches ? 'flame-table-row flame-table-match' : 'flame-table-row'}>
      <span
        role="gridcell"
        class="flame-table-name"
        title={facts.name}
        style={{ paddingLeft: `${Math.min(level, MAX_INDENT_LEVEL) * INDENT + 4}px` }}
      >
        {hasChildren(shown.columns, box) ? (
          <span class="flame-fold flame-fold-button" aria-hidden="true" onClick={() => fold(box, !open)}>
            {open ? '▾' : '▸'}
          </span>
        ) : (
          <span class="flame-fold" />
        )}
        {facts.name}
        {facts.inlining === '' ? null : <span class="ft-muted"> {say('isInlined')}</span>}
      </span>
      <span role="gridcell" class="ft-number">
        {facts.self}
      </span>
      <span role="gridcell" class="ft-number">
        {facts.selfShare}
      </span>
      <span role="gridcell" class="ft-number">
        {facts.total}
      </span>
      <span role="gridcell" class="ft-number">
        {facts.totalShare}
      </span>
    </div>
  );
}

function treeProps(shown: Shown, box: number, unfolded: ReadonlySet<number>): HTMLAttributes<HTMLDivElement> {
  const level = { 'aria-level': rowOf(shown.columns, box) + 1 };
  return hasChildren(shown.columns, box) ? { ...level, 'aria-expanded': unfolded.has(box) } : level;
}

function onTableKey(
  event: KeyboardEvent,
  session: FlameSession,
  unfolded: ReadonlySet<number>,
  fold: (box: number, open: boolean) => void,
): void {
  const columns = session.shown.peek()?.columns;
  const box = session.document.cursor.selected.peek();
  if (columns === undefined || box === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'ArrowRight' && hasChildren(columns, box)) {
    if (unfolded.has(box)) session.select(columns.firstChild[box] ?? box);
    else fold(box, true);
  } else if (event.key === 'ArrowLeft') {
    if (unfolded.has(box)) fold(box, false);
    else session.select(parentOf(columns, box) ?? ROOT);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function showInGraph(session: FlameSession, box: number): void {
  session.tableOpen.value = false;
  session.zoomToBox(box);
}

/** Tab-separated, with the level in front: pastes into a spreadsheet. */
function asText(session: FlameSession, shown: Shown, rows: readonly number[]): string {
  const lines = rows.map((box) => {
    const facts = factsOf(shown, session.document.names, box, ROOT);
    return [rowOf(shown.columns, box), facts.name, facts.self, facts.selfShare, facts.total, facts.totalShare].join(
      '\t',
    );
  });
  return [[say('level'), ...heads()].join('\t'), ...lines].join('\n');
}
