// The Source view without its DOM: the selected function's file, its values by line, and its text if a person brought it.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { SourceColumns } from '../protocol/columns';
import type { DocumentStore } from './document_store';
import { latestOf, type Loadable } from './loadable';
import { resource } from './resource';
import type { SourceFiles } from './source_files';
import { paramOf, setParam } from './view_params';

export interface SourceLine {
  /** From 1; 0: not known. */
  readonly line: number;
  readonly flat: number;
  readonly cum: number;
}

export interface SourceText {
  readonly path: string;
  readonly lines: readonly string[];
}

interface Asked {
  /** String id. */
  readonly file: number;
  readonly columns: SourceColumns;
}

export class SourceState {
  /** The selected function, else the first of Top. */
  readonly frame: ReadonlySignal<number | undefined>;
  readonly answer: ReadonlySignal<Loadable<Asked>>;
  readonly text: ReadonlySignal<Loadable<SourceText | null>>;
  /** Ascending; only lines that have a value. */
  readonly lines: ReadonlySignal<readonly SourceLine[]>;

  constructor(
    private readonly store: DocumentStore,
    private readonly files: SourceFiles,
  ) {
    this.frame = computed(() => store.view.selectedFrame.value ?? latestOf(store.top.value)?.frame[0]);
    const file = computed(() => store.frames.value?.file[this.frame.value ?? -1]);
    this.answer = resource({
      idle: store.idle,
      question: () => {
        const view = store.spec.value;
        return view === undefined || file.value === undefined ? undefined : { view, file: file.value };
      },
      same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      ask: async (question) => {
        const answer = await store.ask('source', question);
        if (!answer.ok) return answer;
        await store.names.ensure([question.file, ...answer.value.name]);
        return { ok: true, value: { file: question.file, columns: answer.value } };
      },
    });
    this.text = resource({
      idle: store.idle,
      question: () => {
        const asked = latestOf(this.answer.value);
        return asked === undefined ? undefined : { file: asked.file, version: files.version.value };
      },
      same: (a, b) => a.file === b.file && a.version === b.version,
      ask: async ({ file: id }) => {
        const found = this.files.find(store.names.text(id) ?? '');
        if (found === undefined) return { ok: true, value: null };
        try {
          return { ok: true, value: { path: found.path, lines: (await found.read()).split(/\r?\n/) } };
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          return { ok: false, failure: { code: 'file', text: `${found.path}: ${why}` } };
        }
      },
    });
    this.lines = computed(() => this.sumByLine());
  }

  /** All functions of the file together, not the selected one alone. */
  get wholeFile(): boolean {
    return paramOf(this.store, 'wholefile') === '1';
  }
  /** The line that a person chose in the present function; 0: none. */
  get line(): number {
    const [, name, line = '0'] = /^(.*):(\d{1,9})$/.exec(paramOf(this.store, 'line')) ?? [];
    return name === this.functionName() ? Number(line) : 0;
  }
  choose(line: number): void {
    setParam(this.store, 'line', `${this.functionName()}:${line}`);
  }

  functionName(): string {
    const frame = this.frame.value;
    return frame === undefined ? '' : this.store.frameText(frame, 'name');
  }

  fileName(): string {
    const asked = latestOf(this.answer.value);
    void this.store.names.version.value;
    return asked === undefined ? '' : (this.store.names.text(asked.file) ?? '');
  }

  private sumByLine(): readonly SourceLine[] {
    const asked = latestOf(this.answer.value);
    if (asked === undefined) return [];
    const { columns } = asked;
    // At the granularity of lines a frame's name has its place behind it.
    const wanted = this.functionName().split(' ')[0] ?? '';
    const sums = new Map<number, SourceLine>();
    columns.line.forEach((line, row) => {
      const name = this.store.names.text(columns.name[row] ?? 0) ?? '';
      if (!this.wholeFile && name !== wanted && name !== this.functionName()) return;
      const before = sums.get(line) ?? { line, flat: 0, cum: 0 };
      sums.set(line, {
        line,
        flat: before.flat + (columns.flat[row] ?? 0),
        cum: before.cum + (columns.cum[row] ?? 0),
      });
    });
    return [...sums.values()].sort((a, b) => a.line - b.line);
  }
}
