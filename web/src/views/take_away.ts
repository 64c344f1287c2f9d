// Files made of the view in front. Each function gives the bytes and the name that the download gets.
import { singlePage, writeReport } from '../base/report';
import { readAssets } from '../base/assets';
import { CanvasPainter } from '../draw/canvas_painter';
import { DARK_FLAME, LIGHT_FLAME } from '../draw/flame_colors';
import { extentOf } from '../draw/flame_geometry';
import { paintBoxes, paintLabels, type FlameScene, type LabelSource } from '../draw/flame_painter';
import { Labels } from '../draw/labels';
import { LABEL_FONT, textMeasure } from '../draw/layer';
import { SvgPainter } from '../draw/svg_painter';
import { makeTint } from '../draw/tint';
import { css, showRange, wholeView } from '../draw/viewport';
import { latestOf } from '../state/loadable';
import type { DocumentStore } from '../state/document_store';
import { flameCsv, foldedText, speedscopeText, type ExportedFlame } from '../state/flame_exports';
import { rootLabel } from './flame/box_facts';
import type { Shown } from './flame/flame_session';

export interface Taken {
  readonly name: string;
  readonly content: Blob;
}

export type Take = (store: DocumentStore) => Promise<Taken>;

const PICTURE_WIDTH = 1600;
/** Browsers make no canvas higher than this. */
const MAX_PNG_HEIGHT = 16_000;

function stem(store: DocumentStore): string {
  return store.source.name.replace(/\.(gz|pb|pprof|json|txt|folded)\b/g, '').replace(/[^\w.-]+/g, '_') || 'profile';
}

function textFile(store: DocumentStore, extension: string, text: string, type = 'text/plain'): Taken {
  return { name: `${stem(store)}.${extension}`, content: new Blob([text], { type }) };
}

async function shownFlame(store: DocumentStore): Promise<Shown> {
  const { flameSource } = store;
  const columns = latestOf(flameSource.flame.value) ?? latestOf(store.flame.value);
  const frames = store.frames.peek();
  const type = store.currentType.peek();
  if (columns === undefined || frames === undefined || type === undefined)
    throw new Error('the flame graph is not there');
  await Promise.all([store.names.ensure(frames.name), store.names.ensure(frames.file)]);
  return { columns, frames, type };
}

async function exported(store: DocumentStore): Promise<ExportedFlame> {
  const { columns, frames, type } = await shownFlame(store);
  return {
    columns,
    type,
    title: store.source.name,
    frameOf: (frame) => ({
      name: store.names.text(frames.name[frame] ?? 0) ?? '',
      file: store.names.text(frames.file[frame] ?? 0) ?? '',
      line: frames.line[frame] ?? 0,
    }),
  };
}

export const takeFolded: Take = async (store) => textFile(store, 'folded.txt', foldedText(await exported(store)));

export const takeSpeedscope: Take = async (store) =>
  textFile(store, 'speedscope.json', speedscopeText(await exported(store)), 'application/json');

export const takeCsv: Take = async (store) => textFile(store, 'csv', flameCsv(await exported(store)), 'text/csv');

export async function takePprof(store: DocumentStore, anonymous: boolean): Promise<Taken> {
  const bytes = await pprofBytes(store, anonymous, true);
  return { name: `${stem(store)}.pb.gz`, content: new Blob([bytes], { type: 'application/gzip' }) };
}

async function pprofBytes(
  store: DocumentStore,
  anonymous: boolean,
  filtered: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const view = filtered ? store.spec.peek() : store.plainSpec.peek();
  if (view === undefined) throw new Error('the document is not ready');
  const outcome = await store.ask('export', { view, anonymous });
  if (!outcome.ok) throw new Error(outcome.failure.text);
  return outcome.value.bytes;
}

function sceneOf(store: DocumentStore, shown: Shown, maxHeight: number): FlameScene {
  const { columns, frames } = shown;
  const extent = extentOf(columns);
  const flipped = store.flameSource.flipped.peek();
  const height = css(Math.min(extent.height, maxHeight));
  const whole = wholeView(extent, { width: css(PICTURE_WIDTH), height, ratio: 1, flipped });
  const zoomed = store.cursor.zoomed.peek();
  const left = columns.start[zoomed] ?? 0;
  const viewport = showRange(whole, extent, left, left + (columns.width[zoomed] ?? extent.total));
  const theme = store.theme.peek() === 'dark' ? DARK_FLAME : LIGHT_FLAME;
  const steps = store.flameSource.tints.peek()?.(columns);
  const tint = steps === undefined ? undefined : makeTint(steps.steps, steps.scale, theme);
  return { columns, frames, viewport, theme, hits: undefined, tint };
}

function labelsOf(store: DocumentStore, shown: Shown): LabelSource {
  return {
    labels: new Labels(textMeasure(document)),
    nameOf: (id) => store.names.text(id),
    root: rootLabel(shown, store.names),
  };
}

export const takeSvg: Take = async (store) => {
  const shown = await shownFlame(store);
  const scene = sceneOf(store, shown, Infinity);
  const painter = new SvgPainter(PICTURE_WIDTH, scene.viewport.height);
  paintBoxes(painter, scene);
  paintLabels(painter, scene, labelsOf(store, shown));
  return textFile(store, 'svg', painter.finish(store.source.name, LABEL_FONT), 'image/svg+xml');
};

export const takePng: Take = async (store) => {
  const shown = await shownFlame(store);
  const scene = sceneOf(store, shown, MAX_PNG_HEIGHT);
  const canvas = document.createElement('canvas');
  canvas.width = PICTURE_WIDTH;
  canvas.height = scene.viewport.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  const painter = new CanvasPainter(context);
  painter.setFont(LABEL_FONT);
  paintBoxes(painter, scene);
  paintLabels(painter, scene, labelsOf(store, shown));
  const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (content === null) throw new Error('the browser made no picture');
  return { name: `${stem(store)}.png`, content };
};

export async function takeReport(store: DocumentStore, hash: string, anonymous: boolean): Promise<Taken> {
  const single = await singlePage(document, readAssets(document).mode);
  const data = anonymous ? await pprofBytes(store, true, false) : new Uint8Array(await store.source.file.arrayBuffer());
  const name = anonymous ? 'profile.pb.gz' : store.source.name;
  const html = writeReport(
    single,
    { name, hash: anonymous ? withoutNames(hash) : hash, notes: store.notes.peek() },
    data,
  );
  return textFile(anonymous ? ANONYMOUS : store, 'html', html, 'text/html');
}

const ANONYMOUS = { source: { name: 'report' } } as DocumentStore;

/** Of the view only what names nothing: filters and zoom would tell what the data no longer does. */
function withoutNames(hash: string): string {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const kept = [...params].filter(([key]) => ['view', 'type', 'tree', 'fold', 'flip', 'colour'].includes(key));
  return `#${new URLSearchParams(kept).toString()}`;
}
