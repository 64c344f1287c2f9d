// Virtual rows of one fixed height: only those in sight (and a few around) are in the DOM, so that 100,000 rows scroll
// like ten. The list is one element that scrolls and has the focus; its head stays on top.
import type { ComponentChildren, HTMLAttributes, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows drawn beyond each edge: a wheel step must not show an empty strip. */
const OVERSCAN = 10;

export interface FixedListProps {
  readonly id: string;
  readonly label: string;
  readonly testId: string;
  /** 'grid' unless its rows unfold. */
  readonly role?: 'grid' | 'treegrid';
  readonly rowCount: number;
  readonly columnCount: number;
  readonly rowHeight: number;
  readonly head: ComponentChildren;
  readonly headHeight: number;
  /** -1: none. It is kept in sight when it changes. */
  readonly selectedRow: number;
  readonly renderRow: (row: number) => ComponentChildren;
  /** More attributes of a row's element: aria-level and the like. */
  readonly rowProps?: (row: number) => HTMLAttributes<HTMLDivElement>;
  readonly onSelect: (row: number) => void;
  readonly onOpen: (row: number) => void;
  /** With Ctrl or ⌘: a click on a row, or Enter. */
  readonly onAdd?: ((row: number) => void) | undefined;
  readonly onCopy: () => string;
  readonly empty: string;
}

interface Sight {
  readonly top: number;
  readonly height: number;
}

export function FixedList(props: FixedListProps): JSX.Element {
  const { id, rowCount, rowHeight, headHeight, selectedRow } = props;
  const element = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState<Sight>({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const list = element.current;
    if (list === null) return undefined;
    const look = (): void => setSight({ top: list.scrollTop, height: list.clientHeight });
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(list);
    list.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      list.removeEventListener('scroll', look);
    };
  }, []);
  useLayoutEffect(() => {
    if (element.current !== null && selectedRow >= 0) bringIntoSight(element.current, props);
  }, [selectedRow, rowCount]);

  const first = Math.max(0, Math.floor(sight.top / rowHeight) - OVERSCAN);
  const end = Math.min(rowCount, Math.ceil((sight.top + sight.height) / rowHeight) + OVERSCAN);
  const selectedIsDrawn = selectedRow >= first && selectedRow < end;
  return (
    <div
      ref={element}
      class="ft-list"
      role={props.role ?? 'grid'}
      data-testid={props.testId}
      aria-label={props.label}
      aria-rowcount={rowCount + 1}
      aria-colcount={props.columnCount}
      aria-activedescendant={selectedIsDrawn ? `${id}-${selectedRow}` : undefined}
      tabIndex={0}
      onKeyDown={(event) => onKey(event, props, sight)}
      onCopy={(event) => {
        event.clipboardData?.setData('text/plain', props.onCopy());
        event.preventDefault();
      }}
    >
      <div class="ft-list-head" role="rowgroup" style={{ height: `${headHeight}px` }}>
        {props.head}
      </div>
      {rowCount === 0 ? drawEmpty(props.empty) : drawRows(props, first, end)}
    </div>
  );
}

function drawEmpty(text: string): JSX.Element {
  return (
    <div role="rowgroup">
      <div role="row">
        <div role="gridcell" class="ft-empty">
          {text}
        </div>
      </div>
    </div>
  );
}

function drawRows(props: FixedListProps, first: number, end: number): JSX.Element {
  return (
    <div role="rowgroup" style={{ position: 'relative', height: `${props.rowCount * props.rowHeight}px` }}>
      {Array.from({ length: Math.max(0, end - first) }, (_, i) => drawRow(props, first + i))}
    </div>
  );
}

function drawRow(props: FixedListProps, row: number): JSX.Element {
  return (
    <div
      key={row}
      id={`${props.id}-${row}`}
      class="ft-list-row"
      role="row"
      aria-rowindex={row + 2}
      aria-selected={row === props.selectedRow}
      style={{ top: `${row * props.rowHeight}px` }}
      onClick={(event) => ((event.ctrlKey || event.metaKey) && props.onAdd ? props.onAdd(row) : props.onSelect(row))}
      onDblClick={() => props.onOpen(row)}
      {...props.rowProps?.(row)}
    >
      {props.renderRow(row)}
    </div>
  );
}

function bringIntoSight(list: HTMLElement, { selectedRow, rowHeight, headHeight }: FixedListProps): void {
  const top = selectedRow * rowHeight;
  const inSight = list.clientHeight - headHeight - rowHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top > list.scrollTop + inSight) list.scrollTop = top - inSight;
}

function onKey(event: KeyboardEvent, props: FixedListProps, sight: Sight): void {
  if (event.altKey || event.target !== event.currentTarget) return;
  const { selectedRow, rowCount, rowHeight } = props;
  if (event.ctrlKey || event.metaKey) {
    if (event.key !== 'Enter' || selectedRow < 0 || props.onAdd === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    props.onAdd(selectedRow);
    return;
  }
  const page = Math.max(1, Math.floor((sight.height - props.headHeight) / rowHeight) - 1);
  const targets: Record<string, number> = {
    ArrowDown: selectedRow + 1,
    ArrowUp: selectedRow < 0 ? 0 : selectedRow - 1,
    PageDown: Math.max(0, selectedRow) + page,
    PageUp: selectedRow - page,
    Home: 0,
    End: rowCount - 1,
  };
  const target = targets[event.key];
  if (target !== undefined && rowCount > 0) props.onSelect(Math.min(rowCount - 1, Math.max(0, target)));
  else if (event.key === 'Enter' && selectedRow >= 0) props.onOpen(selectedRow);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
