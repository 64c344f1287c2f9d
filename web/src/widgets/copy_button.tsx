// A button that copies, and a word beside it that it did, or why not.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { say } from './widget_text';

export interface CopyButtonProps {
  readonly label: string;
  readonly title?: string;
  readonly copy: () => Promise<void>;
}

export function CopyButton({ label, title, copy }: CopyButtonProps): JSX.Element {
  const [told, setTold] = useState('');
  return (
    <>
      <button type="button" class="ft-quiet" title={title} onClick={() => void outcomeOf(copy()).then(setTold)}>
        {label}
      </button>
      <span role="status" class="ft-muted">
        {told}
      </span>
    </>
  );
}

/** As a sentence; never rejects. */
export async function outcomeOf(copying: Promise<void>): Promise<string> {
  try {
    await copying;
    return say('copied');
  } catch (error) {
    return say('notCopied', { why: error instanceof Error ? error.message : String(error) });
  }
}
