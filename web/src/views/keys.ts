// Keys of the whole page. Views handle their own on the element that has the focus.
import type { AppStore } from '../state/app_store';
import { PAGE_ACTIONS, VIEW_ACTIONS } from './actions';
import { isField } from './opening';

export function listenToKeys(app: AppStore): () => void {
  const byKey = new Map(
    [...PAGE_ACTIONS, ...VIEW_ACTIONS].flatMap((action) => action.keys.map((key) => [key, action])),
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      app.keySheetOpen.value = false;
      app.paletteOpen.value = !app.paletteOpen.peek();
      return;
    }
    if (event.ctrlKey || event.metaKey || isField(event.target)) return;
    if (app.keySheetOpen.peek() || app.paletteOpen.peek() || app.takeOpen.peek()) return;
    const action = byKey.get(event.key);
    if (action === undefined) return;
    event.preventDefault();
    action.run(app);
  };
  addEventListener('keydown', onKeyDown);
  return () => removeEventListener('keydown', onKeyDown);
}
