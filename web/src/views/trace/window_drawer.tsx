// The marked window at once, below the timeline: who ran, what everybody waited for, on-CPU and off-CPU flame graphs.
import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { openAside, openFiles } from '../../state/app_actions';
import type { DocumentStore } from '../../state/document_store';
import { FlamePane } from '../flame/flame_pane';
import { say } from './analysis_text';
import { FunctionsTable } from './functions_table';
import { StatesTable } from './states_table';
import type { TraceProps } from './trace_frame';

const PARTS = ['whoRan', 'waitedFor', 'onCpu', 'offCpu'] as const;
type Part = (typeof PARTS)[number];
const PROFILE_OF = { onCpu: 'oncpu', offCpu: 'offcpu' } as const;

const LEAST_HEIGHT = 120;
const KEY_STEP = 24;

export function WindowDrawer(props: TraceProps): JSX.Element | null {
  const part = useSignal<Part>('whoRan');
  const height = useSignal(300);
  const { trace } = props;
  if (trace.range.value === null) return null;
  const now = part.value;
  return (
    <section
      class="tl-drawer"
      aria-label={say('drawer')}
      data-testid="window-drawer"
      style={{ height: `min(70%, ${height.value}px)` }}
    >
      <Handle height={height} />
      <div class="tl-drawer-bar" role="group" aria-label={say('drawer')}>
        {PARTS.map((one) => (
          <button
            key={one}
            type="button"
            class="ft-quiet"
            data-testid={`drawer-${one}`}
            aria-pressed={one === now}
            onClick={() => (part.value = one)}
          >
            {say(one)}
          </button>
        ))}
      </div>
      {now === 'whoRan' ? <FunctionsTable {...props} /> : undefined}
      {now === 'waitedFor' ? <StatesTable {...props} /> : undefined}
      {now === 'onCpu' || now === 'offCpu' ? <ScopeFlame key={now} {...props} name={PROFILE_OF[now]} /> : undefined}
    </section>
  );
}

function Handle({ height }: { readonly height: Signal<number> }): JSX.Element {
  const setTo = (wanted: number): void => {
    height.value = Math.max(LEAST_HEIGHT, wanted);
  };
  return (
    <div
      class="tl-handle"
      role="separator"
      aria-orientation="horizontal"
      aria-label={say('drawerHeight')}
      aria-valuenow={height.value}
      aria-valuemin={LEAST_HEIGHT}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.buttons === 1) setTo(height.peek() - event.movementY);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        setTo(height.peek() + (event.key === 'ArrowUp' ? KEY_STEP : -KEY_STEP));
      }}
    />
  );
}

type FlameProps = TraceProps & { readonly name: 'oncpu' | 'offcpu' };

/** The core's profile of the scope, opened in a worker of its own that no tab shows. */
function ScopeFlame({ app, store, trace, analyses, name }: FlameProps): JSX.Element {
  const shown = useSignal<DocumentStore | undefined>(undefined);
  const fault = useSignal('');
  const scope = analyses.scope.value;
  useEffect(() => {
    let wanted = true;
    let opened: DocumentStore | undefined;
    const open = async (): Promise<void> => {
      const answer = await analyses.profile(name);
      if (!wanted) return;
      fault.value = answer.ok ? '' : answer.failure.text;
      if (!answer.ok) return;
      const aside = openAside(app, {
        name: `${store.source.name} · ${name}.pb.gz`,
        file: new Blob([answer.value.bytes]),
      });
      opened = aside.document;
      await aside.read;
      if (wanted) showTime(opened);
      if (wanted) shown.value = opened;
    };
    void trace.idle.during(open());
    return () => {
      wanted = false;
      shown.value = undefined;
      opened?.engine.end();
    };
  }, [scope, name]);
  const document = shown.value;
  if (fault.value !== '') return <p class="ft-empty">{fault.value}</p>;
  if (document === undefined) return <p class="ft-empty">{say('loading')}</p>;
  if (document.status.value.at === 'failed') return <p class="ft-empty">{say('noTime')}</p>;
  return (
    <div class="tl-drawer-flame" data-testid={`scope-flame-${name}`}>
      <FlamePane
        app={app}
        store={document}
        source={document.flameSource}
        main={false}
        title={
          <button type="button" class="ft-quiet" onClick={() => openFiles(app, [document.source])}>
            {say('openAsDocument')}
          </button>
        }
      />
    </div>
  );
}

/** Time, not how often. */
function showTime(document: DocumentStore): void {
  const type = document.summary.peek()?.sampleTypes.findIndex(({ unit }) => unit === 'nanoseconds') ?? -1;
  if (type >= 0) document.view.sampleType.value = type;
}
