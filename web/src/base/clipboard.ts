/** Also where the page comes from a plain http host, which gets no navigator.clipboard. */
export async function copyText(page: Document, text: string): Promise<void> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard !== undefined) {
    await clipboard.writeText(text);
    return;
  }
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  page.addEventListener('copy', onCopy, { once: true });
  const copied = page.execCommand('copy');
  page.removeEventListener('copy', onCopy);
  if (!copied) throw new Error('the browser did not allow copying');
}
