// The utilization curve: windows on a logarithmic axis, three lines. The table below it is its twin.
import type { JSX } from 'preact';
import type { MmuWindow } from '../../protocol/trace_reports';
import { say } from './analysis_text';
import { duration } from './trace_format';

const WIDTH = 1000;
const HEIGHT = 140;
const LINES = [
  { key: 'min', text: 'minimum' },
  { key: 'p1', text: 'p1' },
  { key: 'p5', text: 'p5' },
] as const;
const LEVELS = [0, 0.25, 0.5, 0.75, 1];

export function MmuCurve({ windows }: { readonly windows: readonly MmuWindow[] }): JSX.Element | null {
  const first = windows[0];
  const last = windows[windows.length - 1];
  if (first === undefined || last === undefined || first.window_ns >= last.window_ns) return null;
  const decades = decadesOf(first.window_ns, last.window_ns);
  const x = (ns: number): number => place(ns, first.window_ns, last.window_ns);
  return (
    <figure class="tr-curve" data-testid="mmu-curve">
      <div class="tr-curve-levels" aria-hidden="true">
        {[...LEVELS].reverse().map((level) => (
          <span key={level}>{level * 100} %</span>
        ))}
      </div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={say('curve')}>
        {LEVELS.map((level) => (
          <line key={level} class="tr-grid" x1={0} x2={WIDTH} y1={y(level)} y2={y(level)} />
        ))}
        {decades.map((ns) => (
          <line key={ns} class="tr-grid" x1={x(ns) * WIDTH} x2={x(ns) * WIDTH} y1={0} y2={HEIGHT} />
        ))}
        {LINES.map(({ key }, i) => (
          <polyline
            key={key}
            class={`tr-line-${i}`}
            points={windows
              .map((window) => `${(x(window.window_ns) * WIDTH).toFixed(1)},${y(window[key]).toFixed(1)}`)
              .join(' ')}
          />
        ))}
      </svg>
      <div class="tr-curve-axis" aria-hidden="true">
        {decades.map((ns) => (
          <span key={ns} style={{ left: `${x(ns) * 100}%` }}>
            {duration(ns)}
          </span>
        ))}
      </div>
      <figcaption>
        {LINES.map(({ key, text }, i) => (
          <span key={key}>
            <svg width={24} height={8} aria-hidden="true">
              <line class={`tr-line-${i}`} x1={0} x2={24} y1={4} y2={4} />
            </svg>
            {say(text)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** 0 to 1, by the logarithm. */
function place(ns: number, first: number, last: number): number {
  return Math.log(ns / first) / Math.log(last / first);
}

const y = (share: number): number => HEIGHT - 2 - share * (HEIGHT - 4);

function decadesOf(first: number, last: number): readonly number[] {
  const decades: number[] = [];
  for (let ns = 10 ** Math.ceil(Math.log10(first)); ns <= last; ns *= 10) decades.push(ns);
  return decades;
}
