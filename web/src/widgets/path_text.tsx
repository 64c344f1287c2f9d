import type { JSX } from 'preact';

/** A function's or a file's name in one line. Where there is no room its directories go first: the end tells names apart. */
export function PathText({ text }: { readonly text: string }): JSX.Element {
  const { directories, rest } = splitPath(text);
  return (
    <span class="ft-path" title={text}>
      {directories === '' ? undefined : <span class="ft-path-head">{directories}</span>}
      <span class="ft-path-tail">{rest}</span>
    </span>
  );
}

/** A slash inside a receiver or a type parameter is no directory. */
export function splitPath(text: string): { readonly directories: string; readonly rest: string } {
  const plain = /^[^([{]*/.exec(text)?.[0] ?? '';
  const end = plain.lastIndexOf('/') + 1;
  return { directories: text.slice(0, end), rest: text.slice(end) };
}
