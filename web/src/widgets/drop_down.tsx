// A button that opens a panel below itself. Esc and a click elsewhere close it; Esc gives the focus back to the button.
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface DropDownProps {
  /** On the button. */
  readonly text: string;
  readonly title: string;
  /** The button's name where its text is only a sign. */
  readonly label?: string;
  readonly testId: string;
  /** Where the panel stands below the button: begins or ends with it. */
  readonly side: 'left' | 'right';
  readonly children: (close: () => void) => ComponentChildren;
}

export function DropDown({ text, title, label, testId, side, children }: DropDownProps): JSX.Element {
  const open = useSignal(false);
  const element = useRef<HTMLDivElement>(null);
  const close = (): void => {
    open.value = false;
  };
  useEffect(() => {
    if (!open.value) return undefined;
    const onDown = ({ target }: Event): void => {
      if (!(target instanceof Node) || element.current?.contains(target) !== true) close();
    };
    // A box that was ticked and cannot be any more has lost the focus: Esc then comes from the page.
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.target !== document.body) return;
      event.stopPropagation();
      close();
    };
    addEventListener('pointerdown', onDown, { capture: true });
    addEventListener('keydown', onKey, { capture: true });
    return () => {
      removeEventListener('pointerdown', onDown, { capture: true });
      removeEventListener('keydown', onKey, { capture: true });
    };
  }, [open.value]);
  return (
    <div
      ref={element}
      class="ft-drop-down"
      onKeyDown={(event) => {
        if (!open.value) return;
        // Letters typed here are not the view's keys.
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        close();
        element.current?.querySelector('button')?.focus();
      }}
    >
      <button
        type="button"
        class="ft-quiet"
        data-testid={testId}
        title={title}
        aria-label={label}
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        {text}
      </button>
      {open.value ? (
        <div class={`ft-drop-panel ft-drop-${side}`} data-testid={`${testId}-menu`}>
          {children(close)}
        </div>
      ) : undefined}
    </div>
  );
}
