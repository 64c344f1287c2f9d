// All keys, from the tables of actions; keys of lists alone are written here, they are the same in every table.
import type { JSX } from 'preact';
import { Dialog } from '../widgets/dialog';
import { keysText, PAGE_ACTIONS, PALETTE_KEY, VIEW_ACTIONS, type Action } from './actions';
import { say as act } from './actions_text';
import type { AppProps } from './app';
import { FLAME_ACTIONS } from './flame/flame_actions';
import { say as flame } from './flame/flame_text';
import { say } from './page_text';

type Line = readonly [keys: string, text: string];

export interface KeyGroup {
  readonly title: string;
  readonly lines: readonly Line[];
}

function linesOf<Context>(actions: readonly Action<Context>[]): readonly Line[] {
  return actions.filter(({ keys }) => keys.length > 0).map(({ keys, text }) => [keysText(keys), text()]);
}

export function keyGroups(): readonly KeyGroup[] {
  return [
    { title: act('everywhere'), lines: [[PALETTE_KEY, act('palette')], ...linesOf(PAGE_ACTIONS)] },
    { title: say('views'), lines: linesOf(VIEW_ACTIONS) },
    { title: flame('flameGraph'), lines: linesOf(FLAME_ACTIONS) },
    {
      title: act('lists'),
      lines: [
        ['↑ ↓', act('selectRow')],
        ['Page, Home, End', act('selectFar')],
        ['Enter', act('showInFlame')],
        ['c', act('copyRow')],
      ],
    },
  ];
}

export function KeySheet({ app }: AppProps): JSX.Element {
  return (
    <Dialog title={say('allKeys')} onClose={() => (app.keySheetOpen.value = false)}>
      <div class="ft-sheet-columns">
        {keyGroups().map(({ title, lines }) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl class="ft-keys">
              {lines.map(([key, what]) => (
                <>
                  <dt key={`${what}-key`}>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd key={what}>{what}</dd>
                </>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
