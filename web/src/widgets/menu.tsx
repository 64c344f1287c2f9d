// A menu at a place in the window. Arrows move, Enter runs, Esc closes and gives the focus back to what had it.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly keys: string;
  readonly run: () => void;
}

export interface MenuProps {
  readonly label: string;
  readonly testId: string;
  /** CSS pixels from the window's left and top edge. */
  readonly x: number;
  readonly y: number;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

export function Menu({ label, testId, x, y, items, onClose }: MenuProps): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = element.current;
    const before = menu?.ownerDocument.activeElement;
    menu?.querySelector('button')?.focus();
    const onDown = (event: Event): void => {
      if (!(event.target instanceof Node) || menu?.contains(event.target) !== true) onClose();
    };
    addEventListener('pointerdown', onDown, { capture: true });
    addEventListener('blur', onClose);
    return () => {
      removeEventListener('pointerdown', onDown, { capture: true });
      removeEventListener('blur', onClose);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  // Never over the edge of the window.
  useLayoutEffect(() => {
    const menu = element.current;
    if (menu === null) return;
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`;
    menu.style.top = `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`;
  }, [x, y]);
  return (
    <div
      ref={element}
      class="ft-menu"
      role="menu"
      aria-label={label}
      data-testid={testId}
      onKeyDown={(event) => onKey(event, onClose)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map(({ id, label: text, keys, run }) => (
        <button
          key={id}
          type="button"
          role="menuitem"
          onClick={() => {
            onClose();
            run();
          }}
        >
          <span>{text}</span>
          {keys === '' ? undefined : <kbd>{keys}</kbd>}
        </button>
      ))}
    </div>
  );
}

function onKey(event: KeyboardEvent & { readonly currentTarget: HTMLElement }, onClose: () => void): void {
  event.stopPropagation();
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    onClose();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === event.currentTarget.ownerDocument.activeElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}
