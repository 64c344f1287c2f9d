// What the colours by label and by change stand for.
import type { JSX } from 'preact';
import { cssColour, type Colour } from '../../draw/colour';
import { DARK_FLAME, LIGHT_FLAME } from '../../draw/flame_colors';
import { DIFF_MIDDLE, makeTint } from '../../draw/tint';
import { isPlain } from '../../state/flame_shape';
import type { FlameSession } from './flame_session';
import { say } from './flame_text';

const NO_STEPS = new Uint8Array(0);

export function Legend({ session }: { readonly session: FlameSession }): JSX.Element | null {
  const { look, shape } = session.document;
  const kind = shape?.value.kind;
  if (look === undefined || shape === undefined || kind === 'sandwich') return null;
  switch (look.value.colour) {
    case 'package':
    case 'self':
      return null;
    case 'change':
      return <ChangeLegend session={session} />;
    case 'label':
      return isPlain(shape.value) ? <LabelLegend session={session} /> : <Note text={say('labelPlainOnly')} />;
  }
}

const Note = ({ text }: { readonly text: string }): JSX.Element => <p class="flame-legend">{text}</p>;

function ChangeLegend({ session }: { readonly session: FlameSession }): JSX.Element {
  const { base, change, palette, theme } = session.document;
  const name = base?.value?.source.name;
  const loaded = change?.value;
  if (name === undefined) return <Note text={say('needBase')} />;
  if (loaded?.at === 'failed') return <Note text={loaded.failure.text} />;
  const scale = palette?.value ?? 'diff';
  const { colours } = makeTint(NO_STEPS, scale, theme.value === 'dark' ? DARK_FLAME : LIGHT_FLAME);
  const entries = [
    [0, say('lessThanIn', { name })],
    [DIFF_MIDDLE, say('asMuch')],
    [colours.length - 1, say('moreThan')],
  ] as const;
  return <Entries entries={entries} colours={colours} />;
}

interface EntriesProps {
  readonly entries: readonly (readonly [step: number, text: string])[];
  readonly colours: readonly Colour[];
}

function Entries({ entries, colours }: EntriesProps): JSX.Element {
  return (
    <ul class="flame-legend" aria-label={say('legend')}>
      {entries.map(([step, text]) => (
        <li key={step}>
          <span style={{ background: cssColour(colours[step] ?? 0) }} />
          {text}
        </li>
      ))}
    </ul>
  );
}

function LabelLegend({ session }: { readonly session: FlameSession }): JSX.Element | null {
  const { legend, names, theme, labelKeys } = session.document;
  if (labelKeys?.value?.length === 0) return <Note text={say('noLabels')} />;
  const found = legend?.value;
  if (found === undefined) return null;
  names.version.value;
  const { colours } = makeTint(NO_STEPS, 'values', theme.value === 'dark' ? DARK_FLAME : LIGHT_FLAME);
  if (found.value.length === 0) return <Note text={say('noLabel')} />;
  const used = new Set(found.step);
  const entries = [...found.value].map((id, i) => [i, names.text(id) ?? '…'] as const);
  const rest = (
    [
      [11, say('others')],
      [12, say('without')],
    ] as const
  ).filter(([step]) => used.has(step));
  return <Entries entries={[...entries, ...rest]} colours={colours} />;
}
