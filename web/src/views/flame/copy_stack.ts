// A stack as text for the clipboard: one full name a line, the box first, then its callers, as Go prints stacks.
import { copyText } from '../../base/clipboard';
import { NONE } from '../../protocol/columns';
import { nameIdOf, namesOfPath } from './box_tree';
import type { FlameSession } from './flame_session';
import { say } from './flame_text';

export async function copyStack(session: FlameSession, box: number): Promise<void> {
  const shown = session.shown.peek();
  if (shown === undefined) return;
  const { idle, names: cache } = session.document;
  const names = await idle.during(namesOfPath(shown.columns, shown.frames, cache, box));
  await copyAndTell(session, names.reverse().join('\n'), say('copiedStack', { count: names.length }));
}

export async function copyName(session: FlameSession, box: number): Promise<void> {
  const shown = session.shown.peek();
  const id = shown === undefined ? NONE : nameIdOf(shown.columns, shown.frames, box);
  const { idle, names } = session.document;
  await idle.during(names.ensure([id]));
  await copyAndTell(session, names.text(id) ?? '', say('copiedName'));
}

export async function copyAndTell(session: FlameSession, text: string, told: string): Promise<void> {
  try {
    await copyText(document, text);
    session.notice.value = told;
  } catch (error) {
    session.notice.value = say('notCopied', { why: error instanceof Error ? error.message : String(error) });
  }
}
