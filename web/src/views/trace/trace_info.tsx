// Everything the trace says about itself.
import type { JSX } from 'preact';
import { formatCount, formatTime, formatValue } from '../../base/format';
import type { TraceSummary } from '../../protocol/trace';
import { sentenceOf } from '../notices';
import { duration } from './trace_format';
import type { TraceProps } from './trace_frame';
import { say } from './trace_text';

export function TraceInfo({ store, trace }: TraceProps): JSX.Element {
  const { diagnostics } = trace.summary;
  return (
    <div class="ft-info" tabIndex={0} role="region" aria-label={say('info')} data-testid="trace-info">
      <section>
        <h2>{say('file')}</h2>
        <dl>
          {factsOf(store.source.name, trace.summary).map(([name, text]) => (
            <>
              <dt key={`${name}-name`}>{name}</dt>
              <dd key={name}>{text === '' ? '–' : text}</dd>
            </>
          ))}
        </dl>
      </section>
      <section>
        <h2>{say('diagnostics')}</h2>
        {diagnostics.length === 0 ? <p class="ft-muted">{say('nothingUnusual')}</p> : undefined}
        <ul>
          {diagnostics.map((diagnostic, i) => (
            <li key={i}>{sentenceOf(diagnostic)}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function factsOf(fileName: string, summary: TraceSummary): readonly (readonly [string, string])[] {
  return [
    [say('file'), fileName],
    [say('format'), summary.format],
    [say('size'), formatValue(summary.bytesIn, 'bytes')],
    [say('decompressed'), formatValue(summary.bytesOut, 'bytes')],
    [say('time'), formatTime(summary.wallStart)],
    [say('duration'), duration(summary.durationNanos)],
    [say('events'), formatCount(summary.events)],
    [say('generations'), formatCount(summary.generations)],
    [say('goroutines'), formatCount(summary.goroutines)],
    [say('spans'), formatCount(summary.spans)],
    [say('procs'), formatCount(summary.procs)],
    [say('threads'), formatCount(summary.threads)],
    [say('stacks'), formatCount(summary.stacks)],
    [say('tasks'), formatCount(summary.tasks)],
    [say('regions'), formatCount(summary.regions)],
    [say('logs'), formatCount(summary.logs)],
    [say('cpuSamples'), formatCount(summary.cpuSamples)],
  ];
}
