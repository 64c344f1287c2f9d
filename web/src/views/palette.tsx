// Every action by name. Words may stand in any order and need not be whole; English names are found in both languages.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Command } from '../state/command';
import { Dialog } from '../widgets/dialog';
import { commandsOf } from './actions';
import type { AppProps } from './app';
import { say } from './page_text';

const LIST_ID = 'ft-palette-list';
const lineId = (at: number): string => `ft-palette-${at}`;

export function Palette({ app }: AppProps): JSX.Element {
  const typed = useSignal('');
  const chosen = useSignal(0);
  // Taken once: to open the palette is no reason to change what it offers.
  const commands = useMemo(() => commandsOf(app), [app]);
  const found = matching(commands, typed.value);
  const at = Math.min(chosen.value, found.length - 1);
  const close = (): void => {
    app.paletteOpen.value = false;
  };
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    close();
    // After the dialog gave the focus back.
    setTimeout(command.run, 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) chosen.value = (at + step + found.length) % found.length;
    else if (event.key === 'Enter') run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={say('commands')} onClose={close}>
      <input
        class="ft-palette-input"
        type="text"
        role="combobox"
        data-testid="palette"
        aria-label={say('findCommand')}
        placeholder={say('findCommand')}
        aria-expanded="true"
        aria-controls={LIST_ID}
        aria-activedescendant={found.length > 0 ? lineId(at) : undefined}
        autocomplete="off"
        spellcheck={false}
        autofocus
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          chosen.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={LIST_ID} class="ft-palette-list" role="listbox" aria-label={say('commands')}>
        {found.map((command, i) => (
          <Line key={command.id} command={command} at={i} chosen={i === at} run={run} />
        ))}
      </ul>
      {found.length === 0 ? <p class="ft-muted">{say('noCommand')}</p> : undefined}
    </Dialog>
  );
}

interface LineProps {
  readonly command: Command;
  readonly at: number;
  readonly chosen: boolean;
  readonly run: (command: Command) => void;
}

function Line({ command, at, chosen, run }: LineProps): JSX.Element {
  return (
    <li
      id={lineId(at)}
      role="option"
      data-testid="palette-line"
      aria-selected={chosen}
      ref={(element) => {
        if (chosen) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={() => run(command)}
    >
      <span>{command.text()}</span>
      {command.keys === '' ? undefined : <kbd>{command.keys}</kbd>}
    </li>
  );
}

/** All words occur; names that begin with the first word come first. */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return commands;
  const hits = commands.filter((command) => {
    const text = `${command.text()} ${command.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = (command: Command): boolean => command.text().toLowerCase().startsWith(first);
  return [...hits.filter(begins), ...hits.filter((command) => !begins(command))];
}
