// One opened file in whatever state it is: being read, failed, or shown.
import type { JSX } from 'preact';
import { assertNever } from '../base/assert';
import type { AppStore } from '../state/app_store';
import type { DocumentStore } from '../state/document_store';
import type { TraceStore } from '../state/trace/trace_store';
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
      // Of a trace what is there can be used already.
      if (store.trace.value !== undefined) return <Trace app={app} store={store} trace={store.trace.value} />;
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
        <Trace app={app} store={store} trace={trace} />
      );
    }
    default:
      return assertNever(status);
  }
}

function Trace({ app, store, trace }: DocumentProps & { readonly trace: TraceStore }): JSX.Element {
  return <Lazy render={({ TraceFrame }) => <TraceFrame app={app} store={store} trace={trace} />} />;
}
