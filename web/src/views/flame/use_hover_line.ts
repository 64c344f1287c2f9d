import { NONE } from '../../protocol/columns';
import { factsOf, sentenceOf, sentenceOfRun } from './box_facts';
import type { FlameSession } from './flame_session';
import { useWatch } from './use_watch';

/** The line at the bottom of the page: what the pointer is on, else what is selected. */
export function useHoverLine(session: FlameSession): void {
  useWatch(() => {
    const { hover, names, cursor } = session.document;
    const shown = session.shown.value;
    const hit = session.hit.value;
    const zoomed = cursor.zoomed.value;
    const selected = cursor.selected.value;
    if (shown === undefined) return;
    if (hit.kind === 'run') {
      hover.value = { frame: NONE, box: hit.first, text: sentenceOfRun(shown, hit) };
      return;
    }
    const box = hit.kind === 'box' ? hit.box : selected;
    hover.value =
      box === null
        ? null
        : {
            frame: shown.columns.frame[box] ?? NONE,
            box,
            text: sentenceOf(factsOf(shown, names, box, zoomed), zoomed),
          };
  }, [session]);
}
