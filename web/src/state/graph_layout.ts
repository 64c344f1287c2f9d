// The Graph view without its DOM: what is asked, how large the boxes are, what the worker made of it.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Outcome } from '../client/engine';
import type { AskLayout } from '../client/layout_worker';
import type { GraphColumns } from '../protocol/columns';
import type { GraphLayout } from '../protocol/layout';
import { formatPercent, formatValue } from '../base/format';
import type { DocumentStore } from './document_store';
import type { Loadable } from './loadable';
import { resource } from './resource';

/** Size of a node's texts: as pprof's dot, by the square root of its own share. */
const MIN_FONT = 11;
const MORE_FONT = 10;
/** Width of a letter of a monospace font, by its size. */
const LETTER = 0.62;
const MAX_NAME = 48;
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

export class GraphState {
  readonly drawn: ReadonlySignal<Loadable<DrawnGraph>>;

  constructor(
    private readonly store: DocumentStore,
    private readonly askLayout: AskLayout,
  ) {
    const question = computed(() => {
      const view = store.spec.value;
      return view === undefined ? undefined : { view, ...store.view.graphTrim.value };
    });
    this.drawn = resource({
      idle: store.idle,
      question: () => question.value,
      same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      ask: async (asked): Promise<Outcome<DrawnGraph>> => {
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
    const unit = this.store.currentType.peek()?.unit ?? '';
    const layout = await this.askLayout({
      nodes: boxes.map(({ width, height }) => ({ width, height })),
      edges: Array.from(columns.weight, (weight, i) => ({
        from: columns.caller[i] ?? 0,
        to: columns.callee[i] ?? 0,
        weight: 1 + Math.round((Math.abs(weight) / most) * 20),
        labelWidth: edgeText(columns, i, unit).length * LABEL_FONT * LETTER + LABEL_ROOM,
      })),
    });
    return layout.ok ? { ok: true, value: { columns, boxes, layout: layout.value } } : layout;
  }
}

/** What stands on an edge. */
export function edgeText({ weight, inlined }: GraphColumns, edge: number, unit: string): string {
  return formatValue(weight[edge] ?? 0, unit) + (inlined[edge] === 1 ? ' (inline)' : '');
}

function boxesOf(store: DocumentStore, columns: GraphColumns): readonly GraphNodeBox[] {
  const { unit = '', magnitudeTotal = 0 } = store.currentType.peek() ?? {};
  const mostFlat = columns.flat.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return Array.from(columns.frame, (frame, i) => {
    const flat = columns.flat[i] ?? 0;
    const cum = columns.cum[i] ?? 0;
    const value = (amount: number): string => `${formatValue(amount, unit)} (${formatPercent(amount, magnitudeTotal)})`;
    const name = shorten(store.names.text(store.frames.peek()?.name[frame] ?? 0) ?? '');
    const lines = [name, flat === 0 ? '0' : value(flat)];
    if (cum !== flat) lines.push(`of ${value(cum)}`);
    const font = mostFlat === 0 ? MIN_FONT : MIN_FONT + MORE_FONT * Math.sqrt(Math.abs(flat) / mostFlat);
    const letters = Math.max(...lines.map((line) => line.length));
    return { frame, lines, font, width: letters * font * LETTER + 12, height: lines.length * font * 1.3 + 8 };
  });
}

/** Without the directories of its package. */
function shorten(name: string): string {
  const short = name.replace(/^[^([{]*\//, '');
  return short.length > MAX_NAME ? `${short.slice(0, MAX_NAME - 1)}…` : short;
}
