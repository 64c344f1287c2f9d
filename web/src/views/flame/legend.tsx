// What the colours by label stand for.
import type { JSX } from 'preact';
import { cssColour } from '../../draw/colour';
import { DARK_FLAME, LIGHT_FLAME } from '../../draw/flame_colors';
import { makeTint } from '../../draw/tint';
import type { FlameSession } from './flame_session';
import { say } from './flame_text';

export function Legend({ session }: { readonly session: FlameSession }): JSX.Element | null {
  const { legend, names, theme } = session.document;
  const found = legend?.value;
  if (found === undefined) return null;
  names.version.value;
  const { colours } = makeTint(new Uint8Array(0), 'values', theme.value === 'dark' ? DARK_FLAME : LIGHT_FLAME);
  if (found.value.length === 0) return <p class="flame-legend">{say('noLabel')}</p>;
  const used = new Set(found.step);
  const entries = [...found.value].map((id, i) => [i, names.text(id) ?? '…'] as const);
  const rest = (
    [
      [11, say('others')],
      [12, say('without')],
    ] as const
  ).filter(([step]) => used.has(step));
  return (
    <ul class="flame-legend" aria-label={say('legend')}>
      {[...entries, ...rest].map(([step, text]) => (
        <li key={step}>
          <span style={{ background: cssColour(colours[step] ?? 0) }} />
          {text}
        </li>
      ))}
    </ul>
  );
}
