// From what the browser hands over to sources.
import type { Source } from '../state/document_store';

export function filesOf(transfer: DataTransfer | null): readonly File[] {
  return transfer === null ? [] : [...transfer.files];
}

export function sourcesOf(files: readonly File[]): readonly Source[] {
  return files.map((file) => ({ name: file.name, file }));
}

/** Files, else text; nothing when the person pastes into a field. */
export function pastedSources(event: ClipboardEvent): readonly Source[] {
  const files = filesOf(event.clipboardData);
  if (files.length > 0) return sourcesOf(files);
  if (isField(event.target)) return [];
  const text = event.clipboardData?.getData('text/plain') ?? '';
  return text === '' ? [] : [{ name: 'pasted text', file: new Blob([text]) }];
}

/** Whether keys and pasted text belong to the element. */
export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** Asks for files with the browser's own window. */
export function pickFiles(): void {
  document.querySelector<HTMLInputElement>('input[data-testid="file-input"]')?.click();
}
