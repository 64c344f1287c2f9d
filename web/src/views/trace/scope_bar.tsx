// What all analyses are of: the marked window and the chosen goroutines, each with a way to drop it; and what can be taken
// away of it.
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { TakeTraceMenu } from './take_trace';
import { say } from './analysis_text';
import { duration } from './trace_format';
import type { TraceProps } from './trace_frame';

export function ScopeBar(props: TraceProps & { readonly children: ComponentChildren }): JSX.Element {
  const { trace } = props;
  const told = useSignal('');
  const range = trace.range.value;
  const among = trace.among.value;
  const sight = trace.window.value;
  return (
    <div class="tr-scope" role="group" aria-label={say('scope')} data-testid="trace-scope">
      <span class="ft-muted">{say('scope')}:</span>
      {range === null && among === null ? <span>{say('wholeTrace')}</span> : undefined}
      {range === null ? undefined : (
        <Chip
          id="scope-window"
          text={say('windowChip', {
            from: duration(range.from),
            to: duration(range.to),
            span: duration(range.to - range.from),
          })}
          title={say('dropWindow')}
          onDrop={() => (trace.range.value = null)}
        />
      )}
      {among === null ? undefined : (
        <Chip
          id="scope-goroutines"
          text={say('goroutinesChip', { label: among.label, count: among.ids.length })}
          title={say('dropGoroutines')}
          onDrop={() => (trace.among.value = null)}
        />
      )}
      <button
        type="button"
        class="ft-quiet"
        data-testid="scope-take-sight"
        title={say('takeSightTitle')}
        disabled={sight === null || (range?.from === sight.from && range.to === sight.to)}
        onClick={() => (trace.range.value = sight)}
      >
        {say('takeSight')}
      </button>
      <span class="ft-data-gap" />
      <span role="status" data-testid="trace-take-told">
        {told.value}
      </span>
      {props.children}
      <TakeTraceMenu {...props} told={told} />
    </div>
  );
}

interface ChipProps {
  readonly id: string;
  readonly text: string;
  readonly title: string;
  readonly onDrop: () => void;
}

function Chip({ id, text, title, onDrop }: ChipProps): JSX.Element {
  return (
    <span class="tr-chip" data-testid={id}>
      {text}
      <button type="button" class="ft-quiet" aria-label={title} title={title} onClick={onDrop}>
        ×
      </button>
    </span>
  );
}
