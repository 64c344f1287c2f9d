// The Graph view without its DOM: what is asked, how large the boxes are, what the worker made of it.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Outcome } from '../client/engine';
import type { AskLayout } from '../client/layout_worker';
import type { GraphColumns } from '../protocol/columns';
import type { GraphLayout } from '../protocol/layout';
import type { SampleType } from '../protocol/messages';
import { formatPercent, formatValue } from '../base/format';
import type { DocumentStore } from './document_store';
import type { Loadable } from './loadable';
import { resource } from './resource';

/** Size of a node's texts: as pprof's dot, by the square root of its own share. */
const MIN_FONT = 11;
const MORE_FONT = 10;
/** Width of a letter of a monospace font, by its size. */
const LETTER = 0.62;
const MAX_NAME_LINE = 40;
/** Of the text on an edge, as the style sheet has it, and the ground around it. */
const LABEL_FONT = 11;
const LABEL_ROOM = 8;

export interface GraphNodeBox {
  readonly frame: number;
  readonly lines: readonly string[];
  readonly font: number;
  readonly width: number;
  readonly height: number;
}

export interface DrawnGraph {
  readonly columns: GraphColumns;
  readonly boxes: readonly GraphNodeBox[];
  readonly layout: GraphLayout;
}

/** The part of the picture in sight: its left top corner in units of the layout, and CSS pixels for each such unit. */
export interface GraphPlace {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Keys of view params: "x,y,zoom", and '1' while the tables are shown. */
export const GRAPH_PLACE = 'gplace';
export const GRAPH_AS_TABLE = 'gtable';

/** undefined: the text says none. */
export function parseGraphPlace(text: string): GraphPlace | undefined {
  const [x, y, zoom, ...more] = text === '' ? [] : text.split(',').map(Number);
  if (x === undefined || y === undefined || zoom === undefined || more.length > 0) return undefined;
  const isSound = [x, y, zoom].every((number) => Number.isFinite(number) && Math.abs(number) < 1e7) && zoom > 0;
  return isSound ? { x, y, zoom } : undefined;
}

export class GraphState {
  readonly drawn: ReadonlySignal<Loadable<DrawnGraph>>;

  constructor(
    private readonly store: DocumentStore,
    private readonly askLayout: AskLayout,
  ) {
    const question = computed(() => {
      const view = store.spec.value;
      const unit = store.currentType.value?.shownUnit;
      return view === undefined ? undefined : { asked: { view, ...store.view.graphTrim.value }, unit };
    });
    this.drawn = resource({
      idle: store.idle,
      question: () => question.value,
      same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      // The unit is no part of the question to the core, but texts need room.
      ask: async ({ asked }): Promise<Outcome<DrawnGraph>> => {
        const answer = await store.withFrames(store.ask('graph', asked));
        if (!answer.ok) return answer;
        return this.layOut(answer.value);
      },
    });
  }

  private async layOut(columns: GraphColumns): Promise<Outcome<DrawnGraph>> {
    const ids = this.store.frames.peek()?.name;
    await this.store.names.ensure(columns.frame.map((frame) => ids?.[frame] ?? 0));
    const boxes = boxesOf(this.store, columns);
    const most = columns.weight.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
    const type = this.store.currentType.peek();
    const layout = await this.askLayout({
      nodes: boxes.map(({ width, height }) => ({ width, height })),
      edges: Array.from(columns.weight, (weight, i) => ({
        from: columns.caller[i] ?? 0,
        to: columns.callee[i] ?? 0,
        weight: 1 + Math.round((Math.abs(weight) / most) * 20),
        labelWidth: edgeText(columns, i, type).length * LABEL_FONT * LETTER + LABEL_ROOM,
      })),
    });
    return layout.ok ? { ok: true, value: { columns, boxes, layout: layout.value } } : layout;
  }
}

/** What stands on an edge. */
export function edgeText({ weight, inlined }: GraphColumns, edge: number, type: SampleType | undefined): string {
  return formatValue(weight[edge] ?? 0, type?.unit ?? '', type?.shownUnit) + (inlined[edge] === 1 ? ' (inline)' : '');
}

function boxesOf(store: DocumentStore, columns: GraphColumns): readonly GraphNodeBox[] {
  const { unit = '', shownUnit, magnitudeTotal = 0 } = store.currentType.peek() ?? {};
  const mostFlat = columns.flat.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return Array.from(columns.frame, (frame, i) => {
    const flat = columns.flat[i] ?? 0;
    const cum = columns.cum[i] ?? 0;
    const value = (amount: number): string =>
      `${formatValue(amount, unit, shownUnit)} (${formatPercent(amount, magnitudeTotal)})`;
    const lines = [
      ...nameLines(store.names.text(store.frames.peek()?.name[frame] ?? 0) ?? ''),
      flat === 0 ? '0' : value(flat),
    ];
    if (cum !== flat) lines.push(`of ${value(cum)}`);
    const font = mostFlat === 0 ? MIN_FONT : MIN_FONT + MORE_FONT * Math.sqrt(Math.abs(flat) / mostFlat);
    const letters = Math.max(...lines.map((line) => line.length));
    return { frame, lines, font, width: letters * font * LETTER + 12, height: lines.length * font * 1.3 + 8 };
  });
}

/** As pprof's dot: package, receiver and function on lines of their own, without the directories of the package. */
export function nameLines(name: string): readonly string[] {
  const short = name.replace(/^[^([{]*\//, '');
  const parts = partsOf(short);
  return (parts.length === 0 ? [name] : parts).map((part) =>
    part.length > MAX_NAME_LINE ? `${part.slice(0, MAX_NAME_LINE - 1)}…` : part,
  );
}

/** Between dots (C++: two colons), but for those of type parameters. */
function partsOf(name: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const [token] of name.matchAll(/::|./gsu)) {
    if (depth === 0 && (token === '.' || token === '::')) {
      parts.push(part);
      part = '';
      continue;
    }
    if (token === '[' || token === '<') depth++;
    if (token === ']' || token === '>') depth--;
    part += token;
  }
  return [...parts, part].filter((each) => each !== '');
}
