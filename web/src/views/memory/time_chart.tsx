// Values over time as lines. The table of the view is its twin: the point that is selected there is marked here, and a
// click here selects it there.
import type { JSX } from 'preact';
import { nearestPoint, thinLine } from '../../draw/thin_line';
import { tickStep } from '../../draw/timeline_painter';
import { timeText } from '../trace/trace_format';

const WIDTH = 1000;
const HEIGHT = 110;
const TICKS = 8;

export interface ChartLine {
  readonly name: string;
  readonly values: readonly number[];
}

export interface TimeChartProps {
  readonly title: string;
  readonly testId: string;
  /** Nanoseconds, ascending; of all lines. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly write: (value: number) => string;
  /** Index into `times`; -1: none. */
  readonly marked: number;
  readonly onMark: (at: number) => void;
}

interface Scale {
  readonly from: number;
  readonly to: number;
  /** The largest value. */
  readonly most: number;
  readonly step: number;
  readonly ticks: readonly number[];
}

export function TimeChart(props: TimeChartProps): JSX.Element {
  const { title, testId, write } = props;
  const scale = scaleOf(props);
  return (
    <figure class="ft-chart" data-testid={testId}>
      <Legend {...props} />
      <div class="ft-chart-levels" aria-hidden="true">
        <span>{write(scale.most)}</span>
        <span>{write(scale.most / 2)}</span>
        <span>0</span>
      </div>
      <Lines {...props} scale={scale} title={title} />
      <div class="ft-chart-axis" aria-hidden="true">
        {scale.ticks.map((tick) => (
          <span key={tick} style={{ left: `${xOf(scale, tick) / (WIDTH / 100)}%` }}>
            {timeText(tick, scale.step)}
          </span>
        ))}
      </div>
    </figure>
  );
}

function Legend({ title, lines, marked, write }: TimeChartProps): JSX.Element {
  return (
    <figcaption>
      <strong>{title}</strong>
      {lines.map(({ name, values }, i) => (
        <span key={name}>
          <svg width={24} height={8} aria-hidden="true">
            <line class={`ft-chart-line-${i}`} x1={0} x2={24} y1={4} y2={4} />
          </svg>
          {marked < 0 ? name : `${name} ${write(values[marked] ?? 0)}`}
        </span>
      ))}
    </figcaption>
  );
}

function Lines(props: TimeChartProps & { readonly scale: Scale }): JSX.Element {
  const { title, times, lines, marked, onMark, scale } = props;
  const x = (time: number): number => xOf(scale, time);
  const y = (value: number): number => HEIGHT - (value / scale.most) * HEIGHT;
  const mark = x(times[marked] ?? 0);
  const markAt = (event: PointerEvent & { readonly currentTarget: SVGSVGElement }): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onMark(nearestPoint(times, scale.from + ((event.clientX - left) / width) * (scale.to - scale.from)));
  };
  return (
    <svg
      class="ft-chart-lines"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={title}
      onPointerDown={markAt}
      onPointerMove={(event) => {
        if (event.buttons === 1) markAt(event);
      }}
    >
      {[0, 0.5, 1].map((level) => (
        <line key={level} class="ft-chart-grid" x1={0} x2={WIDTH} y1={level * HEIGHT} y2={level * HEIGHT} />
      ))}
      {scale.ticks.map((tick) => (
        <line key={tick} class="ft-chart-grid" x1={x(tick)} x2={x(tick)} y1={0} y2={HEIGHT} />
      ))}
      {lines.map(({ name, values }, i) => (
        <polyline
          key={name}
          class={`ft-chart-line-${i}`}
          points={pointsOf(thinLine({ xs: times, ys: values }, scale.from, scale.to, WIDTH), x, y)}
        />
      ))}
      {marked < 0 ? undefined : <line class="ft-chart-mark" x1={mark} x2={mark} y1={0} y2={HEIGHT} />}
    </svg>
  );
}

function scaleOf({ times, lines }: TimeChartProps): Scale {
  const from = times[0] ?? 0;
  const to = Math.max(times.at(-1) ?? 0, from + 1);
  const most = Math.max(
    lines.reduce((top, { values }) => values.reduce((a, b) => Math.max(a, b), top), 0),
    1e-9,
  );
  const step = tickStep((to - from) / TICKS);
  const first = Math.ceil(from / step);
  const ticks = Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step);
  return { from, to, most, step, ticks };
}

const xOf = ({ from, to }: Scale, time: number): number => ((time - from) / (to - from)) * WIDTH;

function pointsOf(
  { xs, ys }: ReturnType<typeof thinLine>,
  x: (time: number) => number,
  y: (value: number) => number,
): string {
  return xs.map((time, i) => `${x(time).toFixed(1)},${y(ys[i] ?? 0).toFixed(1)}`).join(' ');
}
