// Selection and zoom of a comparison or trend: by name in the URL, by the ids of the present answer in the graph.
import { effect } from '@preact/signals-core';
import { useEffect } from 'preact/hooks';
import * as v from 'valibot';
import type { DocumentStore } from '../../state/document_store';
import type { SeriesAnswer } from '../../state/series_store';
import { paramOf } from '../../state/view_params';

const pathSchema = v.array(v.string());

function parsePath(text: string): readonly string[] | null {
  try {
    const parsed = v.safeParse(pathSchema, JSON.parse(text));
    return parsed.success && parsed.output.length > 0 ? parsed.output : null;
  } catch {
    return null;
  }
}

export function useSeriesSelection(store: DocumentStore, { columns, names }: SeriesAnswer): void {
  useEffect(() => {
    const { compare } = store;
    let follow: (() => void) | undefined;
    let isOver = false;
    const wanted = compare.selectedName;
    compare.selectedFrame.value = null;
    compare.zoomPath.value ??= parsePath(paramOf(store, 'szoom'));
    const find = async (): Promise<void> => {
      if (wanted !== '') await names.ensure(columns.name);
      if (isOver) return;
      const frame = wanted === '' ? -1 : columns.name.findIndex((id) => names.text(id) === wanted);
      compare.selectedFrame.value = frame < 0 ? null : frame;
      follow = effect(() => {
        void names.version.value;
        const selected = compare.selectedFrame.value;
        const zoom = compare.zoomPath.value;
        compare.set('ssel', selected === null ? '' : (names.text(columns.name[selected] ?? 0) ?? ''));
        compare.set('szoom', zoom === null ? '' : JSON.stringify(zoom));
      });
    };
    void store.idle.during(find());
    return () => {
      isOver = true;
      follow?.();
    };
  }, [store, columns, names]);
}
