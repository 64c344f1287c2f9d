// One small flame graph for each value of a label, all on one scale: from one question, in which the label is the root.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatPercent, formatValue } from '../../base/format';
import type { FlameColumns, FrameColumns } from '../../protocol/columns';
import type { SampleType } from '../../protocol/messages';
import type { DocumentStore } from '../../state/document_store';
import { latestOf } from '../../state/loadable';
import { say } from './data_text';

const MAX_SHOWN = 24;
const ROWS = 9;
const ROW_HEIGHT = 8;
const WIDTH = 240;

export interface LabelMultiplesProps {
  readonly store: DocumentStore;
  readonly label: string;
  readonly sampleType: SampleType;
}

export function LabelMultiples({ store, label, sampleType }: LabelMultiplesProps): JSX.Element | null {
  const answer = useMemo(
    () =>
      store.askedOfView((spec) =>
        store.withFrames(
          store.ask('flame', { ...spec, tagRoot: [label, ...spec.tagRoot.filter((key) => key !== label)] }),
        ),
      ),
    [store, label],
  );
  const flame = latestOf(answer.value);
  const frames = store.frames.value;
  if (flame === undefined || frames === undefined) return <p class="ft-muted">{say('addingUp')}</p>;
  const from = flame.rowBegin[1] ?? 0;
  const end = flame.rowBegin[2] ?? from;
  const all = Array.from({ length: end - from }, (_, i) => from + i);
  // Most samples may lack the label: they would set the scale, and nothing of the others could be seen.
  const isWithout = (box: number): boolean => frames.kind[flame.frame[box] ?? 0] === 3;
  const boxes = all.filter((box) => !isWithout(box));
  const without = all.find(isWithout);
  const value = (box: number): string =>
    `${formatValue(flame.total[box] ?? 0, sampleType.unit, sampleType.shownUnit)} · ${formatPercent(flame.total[box] ?? 0, sampleType.magnitudeTotal)}`;
  const widest = Math.max(...boxes.map((box) => flame.width[box] ?? 0), 0);
  return (
    <>
      <h2>{say('multiples', { key: label })}</h2>
      <div class="ft-multiples" data-testid="label-multiples">
        {boxes.slice(0, MAX_SHOWN).map((box) => (
          <div key={box} class="ft-multiple">
            <div class="ft-multiple-head">
              <span>{store.frameText(flame.frame[box] ?? 0, 'name')}</span>
              <span>{value(box)}</span>
            </div>
            <svg viewBox={`0 0 ${WIDTH} ${ROWS * ROW_HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
              {rectsOf(flame, frames, box, widest, store.theme.value === 'dark')}
            </svg>
          </div>
        ))}
      </div>
      {without === undefined ? undefined : (
        <p class="ft-muted">
          {say('withoutLabel')}: <span class="ft-mono">{value(without)}</span>
        </p>
      )}
      {boxes.length > MAX_SHOWN ? (
        <p class="ft-muted">{say('andMore', { count: boxes.length - MAX_SHOWN })}</p>
      ) : undefined}
    </>
  );
}

/** Boxes below `top`, row by row: each row's part that lies under it stands together. */
function rectsOf(flame: FlameColumns, frames: FrameColumns, top: number, widest: number, dark: boolean): JSX.Element[] {
  const left = flame.start[top] ?? 0;
  const scale = widest === 0 ? 0 : WIDTH / widest;
  const rects: JSX.Element[] = [];
  const open = [{ box: top, row: -1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { box, row } = next;
    const width = (flame.width[box] ?? 0) * scale;
    if (width < 0.7 || row >= ROWS) continue;
    if (row >= 0) {
      const frame = flame.frame[box] ?? 0;
      const runtime = frames.kind[frame] === 2;
      rects.push(
        <rect
          key={box}
          x={((flame.start[box] ?? 0) - left) * scale}
          y={row * ROW_HEIGHT}
          width={Math.max(0.5, width - 0.5)}
          height={ROW_HEIGHT - 1}
          fill={`hsl(${frames.hue[frame] ?? 0} ${runtime ? 12 : 55}% ${dark ? 38 : 74}%)`}
        />,
      );
    }
    for (let child = flame.firstChild[box] ?? 0; flame.parent[child] === box; child++)
      open.push({ box: child, row: row + 1 });
  }
  return rects;
}
