// A stack as a list: function and line, leaf first.
import type { JSX } from 'preact';
import { say } from './analysis_text';

interface StackListProps {
  readonly title: string;
  /** "FUNCTION FILE:LINE" */
  readonly frames: readonly string[];
}

export function StackList({ title, frames }: StackListProps): JSX.Element {
  return (
    <section>
      <h3>{title}</h3>
      {frames.length === 0 ? <p class="ft-muted">{say('noStack')}</p> : undefined}
      <ol class="tl-stack">
        {frames.map((frame, i) => {
          const [name, file] = splitFrame(frame);
          return (
            <li key={i} title={frame}>
              <span>{name}</span>
              <span class="ft-muted">{file}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** The function of a stack's leaf. */
export const leafOf = (frames: readonly string[]): string => splitFrame(frames[0] ?? '')[0];

/** "FUNCTION FILE:LINE": the function's name may hold blanks, the path's last part tells enough. */
function splitFrame(frame: string): readonly [string, string] {
  const at = frame.search(/ [^ ]*:\d+$/);
  if (at < 0) return [frame, ''];
  const file =
    frame
      .slice(at + 1)
      .split('/')
      .pop() ?? '';
  return [frame.slice(0, at), file];
}
