// Other documents' files in this document's worker, so that one core has all that a question is about; see web/README.md.
import type { Outcome } from '../client/engine';
import type { DocumentStore } from './document_store';

/** Reads each file once; the price of a second reading is the worker's, not the page's. */
export class Attachments {
  private readonly attached = new Map<number, Promise<Outcome<number>>>();

  constructor(private readonly store: DocumentStore) {}

  /** Its number for the core; undefined: the document itself. */
  of(document: DocumentStore): Promise<Outcome<number | undefined>> {
    if (document === this.store) return Promise.resolve({ ok: true, value: undefined });
    const known = this.attached.get(document.id);
    if (known !== undefined) return known;
    const attaching = this.store.ask('attach', { file: document.source.file });
    this.attached.set(document.id, attaching);
    return attaching;
  }

  async ofAll(documents: readonly DocumentStore[]): Promise<Outcome<readonly (number | undefined)[]>> {
    const numbers: (number | undefined)[] = [];
    for (const document of documents) {
      const attached = await this.of(document);
      if (!attached.ok) return attached;
      numbers.push(attached.value);
    }
    return { ok: true, value: numbers };
  }
}
