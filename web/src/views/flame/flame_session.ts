// The flame view of one document without its DOM: what is shown, where the window stands, what is selected; and the
// actions that pointer, keys, table and panels share.
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { DARK_FLAME, LIGHT_FLAME } from '../../draw/flame_colors';
import { extentOf, ROW_HEIGHT } from '../../draw/flame_geometry';
import { NOTHING, type Hit } from '../../draw/hit_test';
import { rowOf } from '../../draw/row_walk';
import type { FrameScheduler } from '../../draw/scheduler';
import { SearchHits } from '../../draw/search_hits';
import { makeTint, type Tint } from '../../draw/tint';
import * as vp from '../../draw/viewport';
import { NONE, type FlameColumns, type FrameColumns } from '../../protocol/columns';
import type { SampleType } from '../../protocol/messages';
import { selectFrame, zoomTo } from '../../state/document_actions';
import type { FlameWindow } from '../../state/document_store';
import type { FlameSource } from '../../state/flame_source';
import { inUnitOf } from './box_facts';
import { placeOnCanvas, type BoxMenu } from './box_place';
import { followPath, frameOf, namesOfPath, neighbourOf, parentOf, ROOT, widestBoxOf, type Direction } from './box_tree';

/** A flame graph and the sample type it is of: while another one loads, both stay. */
export interface Shown {
  readonly columns: FlameColumns;
  readonly frames: FrameColumns;
  readonly type: SampleType;
  /** What the root stands for, where that is a function (a sandwich). */
  readonly rootFrame?: number | undefined;
}

const ZOOM_MS = 120;
/** Rows below a zoomed box that come into view with it. */
const ROWS_BELOW = 8;
const NO_SIZE: vp.Size = { width: vp.css(0), height: vp.css(0), ratio: 1 };

export class FlameSession {
  readonly shown: Signal<Shown | undefined> = signal(undefined);
  readonly viewport: Signal<vp.Viewport> = signal(vp.wholeView({ total: 0, height: vp.css(0) }, NO_SIZE));
  /** What the pointer is on, and where it is on the canvas. */
  readonly hit: Signal<Hit> = signal(NOTHING);
  readonly tableOpen: Signal<boolean>;
  /** The tooltip stays where it is, to be read and copied from. */
  readonly frozen = signal(false);
  /** Of a box, at a place in the window; null: closed. */
  readonly menu: Signal<BoxMenu | null> = signal(null);
  /** What was just done and cannot be seen. */
  readonly notice = signal('');
  readonly hits: ReadonlySignal<SearchHits | undefined>;
  readonly tint: ReadonlySignal<Tint | undefined>;
  readonly extent: ReadonlySignal<vp.Extent>;
  /** Whether there is anything to reset. */
  readonly isWhole: ReadonlySignal<boolean>;
  private size = NO_SIZE;
  private stopAnimation: (() => void) | undefined;
  private goal: vp.Viewport | undefined;
  /** The zoom path we wrote ourselves, so that reading it back moves nothing. */
  private writtenPath: readonly string[] | null = null;
  /** The box of a frame that was selected in another view, while this one was away. */
  private adopted: number | undefined;
  private readonly disposers: (() => void)[] = [];

  constructor(
    readonly document: FlameSource,
    readonly scheduler: FrameScheduler,
    private readonly prefersReducedMotion: () => boolean,
  ) {
    this.tableOpen = signal(document.flameWindow?.tableOpen ?? false);
    this.hits = computed(() => {
      const found = document.found.value;
      const shown = this.shown.value;
      return shown === undefined || found === undefined ? undefined : new SearchHits(shown.columns, found);
    });
    this.tint = computed(() => {
      const shown = this.shown.value;
      const steps = document.tints.value;
      if (shown === undefined || steps === undefined) return undefined;
      const { steps: byBox, scale } = steps(shown.columns);
      return makeTint(byBox, scale, document.theme.value === 'dark' ? DARK_FLAME : LIGHT_FLAME);
    });
    this.extent = computed(() => {
      const shown = this.shown.value;
      return shown === undefined ? { total: 0, height: vp.css(0) } : extentOf(shown.columns);
    });
    this.isWhole = computed(() => {
      const { from, to } = this.viewport.value;
      return this.document.cursor.zoomed.value === ROOT && from <= 0 && to >= this.extent.value.total;
    });
    this.disposers.push(
      effect(() => this.followFlame()),
      effect(() => this.followZoomPath()),
      effect(() => this.followSelectedFrame()),
      effect(() => this.followOrientation()),
    );
  }

  dispose(): void {
    for (const dispose of this.disposers) dispose();
    this.stopAnimation?.();
    this.document.hover.value = null;
    this.leaveWindow();
  }

  /** For the next session of this document: another view, or another document, comes to the front. */
  private leaveWindow(): void {
    const shown = this.shown.peek();
    if (shown === undefined) return;
    const before = this.keptWindow(shown.columns);
    // The table alone was open: the graph's window is still the one of before.
    const { from, to, scroll } = before ?? this.goal ?? this.viewport.peek();
    if (before === undefined && this.size === NO_SIZE) return;
    const zoomPath = this.document.view.zoomPath.peek();
    this.document.flameWindow = { flame: shown.columns, from, to, scroll, zoomPath, tableOpen: this.tableOpen.peek() };
  }

  private keptWindow(columns: FlameColumns): FlameWindow | undefined {
    const kept = this.document.flameWindow;
    return kept?.flame === columns && kept.zoomPath === this.document.view.zoomPath.peek() ? kept : undefined;
  }

  resize(canvas: Omit<vp.Size, 'flipped'>): void {
    const size = { ...canvas, flipped: this.document.flipped.peek() };
    const before = this.size;
    this.size = size;
    const viewport = this.viewport.peek();
    const fitted =
      before === NO_SIZE ? vp.wholeView(this.extent.peek(), size) : vp.refit(viewport, this.extent.peek(), size);
    this.viewport.value = fitted;
    if (before === NO_SIZE && this.restoreWindow(fitted)) return;
    if (this.goal !== undefined) this.goal = vp.refit(this.goal, this.extent.peek(), size);
    if (before === NO_SIZE) void this.document.idle.during(this.arrive(true));
  }

  /** Says whether there was a window to go back to. */
  private restoreWindow(whole: vp.Viewport): boolean {
    const shown = this.shown.peek();
    const kept = shown === undefined ? undefined : this.keptWindow(shown.columns);
    this.document.flameWindow = undefined;
    if (kept === undefined) return false;
    const { from, to, scroll } = kept;
    const view = { ...whole, from: vp.valueX(from), to: vp.valueX(to), scroll: vp.css(scroll) };
    this.viewport.value = vp.refit(view, this.extent.peek(), this.size);
    const { adopted } = this;
    if (adopted !== undefined) this.reveal(adopted);
    return true;
  }

  // Selection.

  select(box: number): void {
    const shown = this.shown.peek();
    if (shown === undefined) return;
    const frame = frameOf(shown, box);
    batch(() => {
      this.notice.value = '';
      this.document.cursor.selected.value = box;
      selectFrame(this.document, frame === NONE ? null : frame);
    });
  }

  moveSelection(direction: Direction): void {
    const columns = this.shown.peek()?.columns;
    if (columns === undefined) return;
    const { selected, zoomed } = this.document.cursor;
    const at = selected.peek();
    const next = at === null ? zoomed.peek() : neighbourOf(columns, at, this.towardsRoot(direction));
    if (next === undefined) return;
    this.select(next);
    this.reveal(next);
  }

  /** Up is up on the screen, also where the root stands at the bottom. */
  private towardsRoot(direction: Direction): Direction {
    if (this.document.flipped.peek()) {
      if (direction === 'up') return 'down';
      if (direction === 'down') return 'up';
    }
    return direction;
  }

  /** To the next (1) or previous (-1) box that the search found, round and round. */
  moveToMatch(step: 1 | -1): void {
    const hits = this.hits.peek();
    if (hits === undefined || hits.count === 0) return;
    const at = this.document.cursor.selected.peek();
    let rank = step === 1 ? 0 : hits.count - 1;
    if (at !== null) rank = hits.rankOf(at) + (step === -1 ? -1 : hits.anyIn(at, at) ? 1 : 0);
    const box = hits.boxAt((rank + hits.count) % hits.count);
    if (box === undefined) return;
    this.select(box);
    this.reveal(box);
  }

  /** What was selected in the table is in sight when the graph comes back. */
  toggleTable(): void {
    this.tableOpen.value = !this.tableOpen.peek();
    const selected = this.document.cursor.selected.peek();
    if (!this.tableOpen.peek() && selected !== null) this.reveal(selected);
  }

  /** The menu of the selected box, beside it. Says whether there is one. */
  openMenu(): boolean {
    const box = this.document.cursor.selected.peek();
    const shown = this.shown.peek();
    if (box === null || shown === undefined) return false;
    this.menu.value = { box, ...placeOnCanvas(this.viewport.peek(), shown.columns, box) };
    return true;
  }

  // The window.

  zoomToBox(box: number): void {
    const shown = this.shown.peek();
    if (shown === undefined || !((shown.columns.width[box] ?? 0) > 0)) return;
    this.document.cursor.zoomed.value = box;
    this.moveTo(this.viewOf(shown.columns, box), true);
    void this.document.idle.during(this.writeZoomPath(shown, box));
  }

  /** From a free window back to the zoomed box, from there to its caller. Says whether there was a way out. */
  zoomOut(): boolean {
    const columns = this.shown.peek()?.columns;
    if (columns === undefined) return false;
    const zoomed = this.document.cursor.zoomed.peek();
    if (this.isFree()) {
      this.zoomToBox(zoomed);
      return true;
    }
    const parent = parentOf(columns, zoomed);
    if (parent === undefined) return false;
    this.zoomToBox(parent);
    return true;
  }

  reset(): void {
    this.zoomToBox(ROOT);
    this.moveTo({ ...(this.goal ?? this.viewport.peek()), scroll: vp.css(0) }, true);
  }

  /** Whether the window is another one than the zoomed box. */
  isFree(): boolean {
    const columns = this.shown.peek()?.columns;
    if (columns === undefined) return false;
    const { from, to } = this.goal ?? this.viewport.peek();
    const wanted = this.viewOf(columns, this.document.cursor.zoomed.peek());
    const tiny = (wanted.to - wanted.from) * 1e-6;
    return Math.abs(from - wanted.from) > tiny || Math.abs(to - wanted.to) > tiny;
  }

  zoomBy(factor: number, at: vp.CssPx, eased: boolean): void {
    this.moveTo(vp.zoomAt(this.goalOf(eased), this.extent.peek(), factor, at), eased);
  }

  panBy(dx: number, dy: number, eased: boolean): void {
    const away = this.size.flipped === true ? -dy : dy;
    this.moveTo(vp.panBy(this.goalOf(eased), this.extent.peek(), vp.css(dx), vp.css(away)), eased);
  }

  /** Shows the values [from, to), whichever boxes these cut. */
  showRange(from: number, to: number, eased: boolean): void {
    this.moveTo(vp.showRange(this.goalOf(eased), this.extent.peek(), from, to), eased);
  }

  /** Brings a box into view, with as little movement as makes it readable. */
  reveal(box: number): void {
    const columns = this.shown.peek()?.columns;
    if (columns === undefined || this.size.width === 0) return;
    const before = this.goal ?? this.viewport.peek();
    const view = vp.revealRange(before, this.extent.peek(), columns.start[box] ?? 0, columns.width[box] ?? 0);
    this.moveTo(this.withRow(view, columns, box, 1), true);
  }

  private viewOf(columns: FlameColumns, box: number): vp.Viewport {
    const left = columns.start[box] ?? 0;
    const view = vp.showRange(
      this.goal ?? this.viewport.peek(),
      this.extent.peek(),
      left,
      left + (columns.width[box] ?? 0),
    );
    return this.withRow(view, columns, box, ROWS_BELOW);
  }

  private withRow(view: vp.Viewport, columns: FlameColumns, box: number, rows: number): vp.Viewport {
    const top = rowOf(columns, box) * ROW_HEIGHT;
    const extent = this.extent.peek();
    const bottom = Math.min(extent.height, top + rows * ROW_HEIGHT, top + this.size.height);
    return vp.revealRows(view, extent, vp.css(top), vp.css(bottom));
  }

  private goalOf(eased: boolean): vp.Viewport {
    return (eased ? this.goal : undefined) ?? this.viewport.peek();
  }

  private moveTo(goal: vp.Viewport, eased: boolean): void {
    this.stopAnimation?.();
    this.stopAnimation = undefined;
    this.goal = undefined;
    const start = this.viewport.peek();
    if (!eased || this.size.width === 0 || this.prefersReducedMotion() || vp.sameView(start, goal)) {
      this.viewport.value = goal;
      return;
    }
    this.goal = goal;
    let startedAt: number | undefined;
    this.stopAnimation = this.scheduler.animate((now) => {
      startedAt ??= now;
      const t = Math.min(1, (now - startedAt) / ZOOM_MS);
      this.viewport.value = vp.between(start, this.goal ?? goal, 1 - (1 - t) ** 3);
      if (t >= 1) this.goal = undefined;
      return t < 1;
    });
  }

  // What others changed: a new graph, a zoom path from the URL or "step back", a frame selected in another view.

  private followFlame(): void {
    const flame = this.document.flame.value;
    const frames = this.document.frames.value;
    const type = this.document.currentType.value;
    if (flame.at !== 'ready' || frames === undefined || type === undefined) return;
    const before = this.shown.peek();
    if (before?.columns === flame.value) return void (this.shown.value = inUnitOf(before, type));
    const isFirst = before === undefined;
    const kept = isFirst ? this.keptWindow(flame.value) : undefined;
    if (kept !== undefined) this.writtenPath = kept.zoomPath;
    batch(() => {
      if (kept === undefined) {
        this.document.cursor.selected.value = null;
        this.document.cursor.zoomed.value = ROOT;
      }
      this.hit.value = NOTHING;
      this.shown.value = { columns: flame.value, frames, type, rootFrame: this.document.rootFrame };
    });
    this.moveTo(vp.wholeView(this.extent.peek(), this.size), false);
    this.adopted = this.adoptSelection();
    void this.document.idle.during(this.arrive(isFirst));
  }

  /** A graph and a canvas are there: go where the zoom path says, and to what was selected in another view. */
  private async arrive(fromElsewhere: boolean): Promise<void> {
    if (this.shown.peek() === undefined || this.size.width === 0) return;
    const path = this.document.view.zoomPath.peek();
    if (path !== null) await this.goToPath(path, false);
    const selected = this.document.cursor.selected.peek();
    // Another sample type must not throw a person into a tiny box that happened to be selected.
    if (fromElsewhere && selected !== null) this.reveal(selected);
  }

  private followOrientation(): void {
    const flipped = this.document.flipped.value;
    if (this.size.flipped === undefined || this.size.flipped === flipped) return;
    this.size = { ...this.size, flipped };
    this.viewport.value = { ...this.viewport.peek(), flipped };
    if (this.goal !== undefined) this.goal = { ...this.goal, flipped };
  }

  private followZoomPath(): void {
    const path = this.document.view.zoomPath.value;
    if (path === this.writtenPath || this.shown.peek() === undefined) return;
    void this.document.idle.during(this.goToPath(path ?? [], true));
  }

  private async goToPath(path: readonly string[], eased: boolean): Promise<void> {
    const shown = this.shown.peek();
    if (shown === undefined) return;
    const box = await followPath(shown.columns, shown.frames, this.document.names, path);
    if (this.shown.peek() !== shown) return;
    this.writtenPath = this.document.view.zoomPath.peek();
    this.document.cursor.zoomed.value = box;
    this.moveTo(this.viewOf(shown.columns, box), eased);
  }

  private async writeZoomPath(shown: Shown, box: number): Promise<void> {
    const path = await namesOfPath(shown.columns, shown.frames, this.document.names, box);
    if (this.document.cursor.zoomed.peek() !== box || this.shown.peek() !== shown) return;
    this.writtenPath = path.length === 0 ? null : path;
    zoomTo(this.document, this.writtenPath);
  }

  private followSelectedFrame(): void {
    this.document.view.selectedFrame.value;
    const box = this.adoptSelection();
    if (box !== undefined) this.reveal(box);
  }

  /** The selected box follows the selected frame: its widest one. The box, if that is another one than before. */
  private adoptSelection(): number | undefined {
    const frame = this.document.view.selectedFrame.peek();
    const columns = this.shown.peek()?.columns;
    const { selected } = this.document.cursor;
    const at = selected.peek();
    if (columns === undefined) return undefined;
    if (frame === null && at !== ROOT) selected.value = null;
    if (frame === null) return undefined;
    if (at !== null && columns.frame[at] === frame) return undefined;
    const box = frame === this.document.rootFrame ? ROOT : widestBoxOf(columns, frame);
    selected.value = box ?? null;
    return box;
  }
}
