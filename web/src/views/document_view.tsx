// One opened file in whatever state it is: being read, failed, or shown.
import type { JSX } from 'preact';
import { assertNever } from '../base/assert';
import type { AppStore } from '../state/app_store';
import type { DocumentStore } from '../state/document_store';
import { DocumentFrame } from './document_frame';
import { FailedFace } from './failed_face';
import { Lazy } from './lazy';
import { ReadingFace } from './reading_face';

export interface DocumentProps {
  readonly app: AppStore;
  readonly store: DocumentStore;
}

export function DocumentView({ app, store }: DocumentProps): JSX.Element {
  const status = store.status.value;
  switch (status.at) {
    case 'reading':
      return (
        <ReadingFace
          store={store}
          progress={status.progress}
          startedAt={status.startedAt}
          now={app.surroundings.now()}
        />
      );
    case 'failed':
      return <FailedFace app={app} store={store} failure={status.failure} />;
    case 'ready': {
      const trace = store.trace.value;
      return trace === undefined ? (
        <DocumentFrame app={app} store={store} />
      ) : (
        <Lazy render={({ TraceFrame }) => <TraceFrame app={app} store={store} trace={trace} />} />
      );
    }
    default:
      return assertNever(status);
  }
}
