// A button that copies, and a word beside it that it did, or why not.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

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
    return 'Copied';
  } catch (error) {
    return `Not copied: ${error instanceof Error ? error.message : String(error)}`;
  }
}
