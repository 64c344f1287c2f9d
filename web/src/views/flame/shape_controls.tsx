// Which tree, what is left out of it, which way up, coloured by what.
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { reshapeFlame } from '../../state/document_actions';
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
import { say } from './flame_text';

const KINDS = { down: 'treeDown', up: 'treeUp', sandwich: 'treeSandwich' } as const;
const COLOURS = { package: 'byPackage', self: 'bySelf', label: 'byLabel' } as const;

export function ShapeControls({ session }: { readonly session: Pick<FlameSession, 'document'> }): JSX.Element | null {
  const { shape: signal, look, view } = session.document;
  if (signal === undefined || look === undefined) return null;
  const shape = signal.value;
  const change = (part: Partial<FlameShape>): void => reshapeFlame({ shape: signal, view }, { ...shape, ...part });
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
      <select
        aria-label={say('colourBy')}
        data-testid="flame-colour"
        value={look.value.colour}
        onChange={(event) => (look.value = { ...look.peek(), colour: event.currentTarget.value as FlameColour })}
      >
        {Object.entries(COLOURS).map(([colour, label]) => (
          <option key={colour} value={colour}>
            {say(label)}
          </option>
        ))}
      </select>
      {look.value.colour === 'label' ? <LabelKey look={look} /> : undefined}
    </>
  );
}

function LabelKey({ look }: { readonly look: Signal<FlameLook> }): JSX.Element {
  return (
    <input
      type="text"
      class="flame-label-key"
      data-testid="flame-label-key"
      aria-label={say('labelKey')}
      placeholder={say('labelKey')}
      spellcheck={false}
      value={look.value.label}
      onChange={(event) => (look.value = { ...look.peek(), label: event.currentTarget.value.trim() })}
    />
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
    <details class="ft-pop" onKeyDown={(event) => event.stopPropagation()}>
      <summary class="ft-quiet" aria-label={say('squashWhat')} title={say('squashWhat')}>
        ▾
      </summary>
      <div class="ft-pop-body">
        {RULES.map(([rule, label]) => (
          <label key={rule}>
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
      </div>
    </details>
  );
}
