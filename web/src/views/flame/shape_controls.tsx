// Which tree, what is left out of it, which way up, coloured by what.
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { DocumentStore } from '../../state/document_store';
import type { FlameSource } from '../../state/flame_source';
import {
  isSquashing,
  NO_SQUASH,
  OWN_CODE,
  type FlameColour,
  type FlameKind,
  type FlameLook,
  type FlameShape,
  type SquashRules,
} from '../../state/flame_shape';
import type { FlameSession } from './flame_session';
import { DropDown } from '../../widgets/drop_down';
import { say } from './flame_text';

const KINDS = { down: 'treeDown', up: 'treeUp', sandwich: 'treeSandwich' } as const;
const COLOURS = { package: 'byPackage', self: 'bySelf', change: 'byChange', label: 'byLabel' } as const;
/** In the halves of a sandwich. */
const SANDWICH_COLOURS: readonly FlameColour[] = ['package', 'self'];

/** One that colours by change may compare with. */
export interface OtherDocument {
  readonly key: string;
  readonly store: DocumentStore;
}

export interface ShapeControlsProps {
  readonly session: Pick<FlameSession, 'document'>;
  /** Documents that colours by change may compare with. */
  readonly others: readonly OtherDocument[];
}

export function ShapeControls({ session, others }: ShapeControlsProps): JSX.Element | null {
  const { shape: signal, reshape, look } = session.document;
  if (signal === undefined || reshape === undefined || look === undefined) return null;
  const shape = signal.value;
  const change = (part: Partial<FlameShape>): void => reshape({ ...shape, ...part });
  const squashing = isSquashing(shape.squash);
  return (
    <>
      <select
        aria-label={say('tree')}
        data-testid="flame-tree"
        value={shape.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as FlameKind })}
      >
        {Object.entries(KINDS).map(([kind, label]) => (
          <option key={kind} value={kind}>
            {say(label)}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="ft-quiet"
        aria-label={say('flip')}
        title={`${say('flip')} (y)`}
        aria-pressed={look.value.flipped}
        disabled={shape.kind === 'sandwich'}
        onClick={() => (look.value = { ...look.peek(), flipped: !look.peek().flipped })}
      >
        ⇅
      </button>
      <Toggle
        label={say('collapse')}
        title={say('collapseTitle')}
        on={shape.collapse}
        onClick={() => change({ collapse: !shape.collapse })}
      />
      <Toggle
        label={say('ownCode')}
        title={say('ownCodeTitle')}
        on={squashing}
        onClick={() => change({ squash: squashing ? NO_SQUASH : OWN_CODE })}
      />
      <SquashMenu squash={shape.squash} change={(squash) => change({ squash })} />
      <ColourControls source={session.document} look={look} others={others} />
    </>
  );
}

interface ColourControlsProps {
  readonly source: FlameSource;
  readonly look: Signal<FlameLook>;
  readonly others: readonly OtherDocument[];
}

function ColourControls({ source, look, others }: ColourControlsProps): JSX.Element {
  const isSandwich = source.shape?.value.kind === 'sandwich';
  return (
    <>
      <select
        aria-label={say('colourBy')}
        data-testid="flame-colour"
        value={look.value.colour}
        onChange={(event) => (look.value = { ...look.peek(), colour: event.currentTarget.value as FlameColour })}
      >
        {Object.entries(COLOURS).map(([colour, label]) => (
          <option
            key={colour}
            value={colour}
            disabled={isSandwich && !SANDWICH_COLOURS.includes(colour as FlameColour)}
          >
            {say(label)}
          </option>
        ))}
      </select>
      {look.value.colour === 'label' && !isSandwich ? (
        <LabelKey look={look} keys={source.labelKeys?.value ?? []} />
      ) : undefined}
      {look.value.colour === 'change' && !isSandwich ? <BaseChoice source={source} others={others} /> : undefined}
    </>
  );
}

interface LabelKeyProps {
  readonly look: Signal<FlameLook>;
  readonly keys: readonly string[];
}

/** The first key while none is chosen; one that came with the URL is kept, also where the file does not have it. */
function LabelKey({ look, keys }: LabelKeyProps): JSX.Element | null {
  const { label } = look.value;
  const choices = label === '' || keys.includes(label) ? keys : [label, ...keys];
  if (choices.length === 0) return null;
  return (
    <select
      class="flame-label-key"
      data-testid="flame-label-key"
      aria-label={say('labelKey')}
      title={say('labelKey')}
      value={label === '' ? choices[0] : label}
      onChange={(event) => (look.value = { ...look.peek(), label: event.currentTarget.value })}
    >
      {choices.map((key) => (
        <option key={key} value={key}>
          {key}
        </option>
      ))}
    </select>
  );
}

interface BaseChoiceProps {
  readonly source: FlameSource;
  readonly others: readonly OtherDocument[];
}

function BaseChoice({ source: { base, setBase }, others }: BaseChoiceProps): JSX.Element | null {
  if (base === undefined || setBase === undefined) return null;
  const chosen = others.find(({ store }) => store === base.value);
  return (
    <select
      class="flame-label-key"
      data-testid="flame-base"
      aria-label={say('base')}
      title={say('base')}
      value={chosen?.key ?? ''}
      onChange={(event) => setBase(event.currentTarget.value)}
    >
      <option value="">{say('chooseBase')}</option>
      {others.map(({ key }) => (
        <option key={key} value={key}>
          {key}
        </option>
      ))}
    </select>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly title: string;
  readonly on: boolean;
  readonly onClick: () => void;
}

function Toggle({ label, title, on, onClick }: ToggleProps): JSX.Element {
  return (
    <button type="button" class="ft-quiet" title={title} aria-pressed={on} onClick={onClick}>
      {label}
    </button>
  );
}

interface SquashMenuProps {
  readonly squash: SquashRules;
  readonly change: (squash: SquashRules) => void;
}

const RULES = [
  ['standard', 'squashStandard'],
  ['runtime', 'squashRuntime'],
  ['dependencies', 'squashDependencies'],
] as const;

function SquashMenu({ squash, change }: SquashMenuProps): JSX.Element {
  return (
    <DropDown text="▾" title={say('squashWhat')} label={say('squashWhat')} testId="squash-rules" side="left">
      {() => (
        <>
          {RULES.map(([rule, label]) => (
            <label key={rule} class="ft-drop-check">
              <input
                type="checkbox"
                checked={squash[rule]}
                onChange={(event) => change({ ...squash, [rule]: event.currentTarget.checked })}
              />
              {say(label)}
            </label>
          ))}
          <label>
            {say('squashPackages')}
            <input
              type="text"
              data-testid="squash-packages"
              spellcheck={false}
              value={squash.packages.join(', ')}
              onChange={(event) => {
                const packages = event.currentTarget.value.split(/[\s,]+/).filter((name) => name !== '');
                change({ ...squash, packages });
              }}
            />
          </label>
        </>
      )}
    </DropDown>
  );
}
