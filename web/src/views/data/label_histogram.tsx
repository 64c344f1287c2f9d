// A numeric label as a histogram; dragging over it, or the two fields below, filter by the range.
import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { formatValue } from '../../base/format';
import type { LabelColumns } from '../../protocol/columns';
import type { SampleType } from '../../protocol/messages';
import { changeFilters } from '../../state/filter_actions';
import { binsOf, type Bin } from '../../state/histogram';
import { say } from './data_text';
import type { LabelProps } from './labels_view';

const WIDTH = 480;
const HEIGHT = 120;
const BASE = HEIGHT;

export function LabelHistogram({ store, columns, row, sampleType }: LabelProps): JSX.Element {
  const brush = useSignal<readonly [number, number] | null>(null);
  const key = columns.key[row] ?? 0;
  const keyText = store.names.text(key) ?? '';
  const unit = store.names.text(columns.unit[row] ?? 0) ?? '';
  const bins = binsOfKey(columns, key);
  const most = Math.max(...bins.map(({ weight }) => Math.abs(weight)), 1);
  const step = WIDTH / Math.max(1, bins.length);
  const filter = (from: number, to: number): void => {
    changeFilters(store, { tagFocus: `${keyText}=${from}${unit}:${to}${unit}`, tagFocusKind: 'number' });
  };
  const binAt = (event: PointerEvent & { readonly currentTarget: SVGSVGElement }): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(bins.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * bins.length)));
  };
  const finish = (): void => {
    const range = brush.value;
    brush.value = null;
    if (range === null) return;
    filter(bins[Math.min(...range)]?.from ?? 0, bins[Math.max(...range)]?.to ?? 0);
  };
  return (
    <>
      <h2>{say('histogram', { key: keyText })}</h2>
      <svg
        class="ft-histogram"
        data-testid="label-histogram"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say('histogram', { key: keyText })}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          brush.value = [binAt(event), binAt(event)];
        }}
        onPointerMove={(event) => {
          if (brush.value !== null) brush.value = [brush.value[0], binAt(event)];
        }}
        onPointerUp={finish}
        onPointerCancel={() => (brush.value = null)}
      >
        {bins.map((bin, i) => drawBin(bin, i, step, most, sampleType, unit))}
        {brush.value === null ? undefined : (
          <rect
            class="ft-brush"
            x={Math.min(...brush.value) * step}
            y={0}
            width={(Math.abs(brush.value[1] - brush.value[0]) + 1) * step}
            height={BASE}
          />
        )}
      </svg>
      <div class="ft-row ft-spread ft-mono ft-muted">
        <span>{formatValue(bins[0]?.from ?? 0, unit)}</span>
        <span>{formatValue(bins.at(-1)?.to ?? 0, unit)}</span>
      </div>
      <RangeForm unit={unit} bins={bins} filter={filter} />
    </>
  );
}

function binsOfKey(columns: LabelColumns, key: number): readonly Bin[] {
  const rows = Array.from(columns.key.keys()).filter((at) => columns.key[at] === key && columns.isNumber[at] === 1);
  return binsOf(
    rows.map((at) => columns.number[at] ?? 0),
    rows.map((at) => columns.weight[at] ?? 0),
  );
}

function drawBin(bin: Bin, i: number, step: number, most: number, type: SampleType, unit: string): JSX.Element {
  const height = (Math.abs(bin.weight) / most) * (BASE - 4);
  return (
    <rect key={i} x={i * step + 0.5} y={BASE - height} width={Math.max(1, step - 1)} height={height}>
      <title>{`${formatValue(bin.from, unit)} – ${formatValue(bin.to, unit)}: ${formatValue(bin.weight, type.unit, type.shownUnit)}`}</title>
    </rect>
  );
}

interface RangeFormProps {
  readonly unit: string;
  readonly bins: readonly Bin[];
  readonly filter: (from: number, to: number) => void;
}

/** The same without a pointer. */
function RangeForm({ unit, bins, filter }: RangeFormProps): JSX.Element {
  const from = useSignal(String(bins[0]?.from ?? 0));
  const to = useSignal(String(bins.at(-1)?.to ?? 0));
  const field = (name: 'from' | 'to', value: typeof from): JSX.Element => (
    <label class="ft-slider">
      {say(name)}
      <input
        type="number"
        data-testid={`label-${name}`}
        value={value.value}
        onInput={(event) => (value.value = event.currentTarget.value)}
      />
    </label>
  );
  return (
    <form
      class="ft-row"
      onSubmit={(event) => {
        event.preventDefault();
        filter(Number(from.value), Number(to.value));
      }}
    >
      {field('from', from)}
      {field('to', to)}
      <span class="ft-muted">{unit}</span>
      <button type="submit" class="ft-button">
        {say('apply')}
      </button>
    </form>
  );
}
