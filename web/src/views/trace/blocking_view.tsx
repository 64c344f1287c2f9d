// Where goroutines of the scope spend time: sums by state, and profiles that the core makes of the trace. Each opens as a
// document of its own, with all views of a profile.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { openFiles } from '../../state/app_actions';
import { StatesTable } from './states_table';
import type { TraceProps } from './trace_frame';
import { say, type TraceText } from './trace_text';

interface ProfileOffer {
  /** core/session/trace_request.h TraceRequest::profile */
  readonly name: string;
  readonly title: TraceText & `profile${string}`;
  readonly what: TraceText & `profile${string}What`;
}

export const PROFILES: readonly ProfileOffer[] = [
  { name: 'net', title: 'profileNet', what: 'profileNetWhat' },
  { name: 'sync', title: 'profileSync', what: 'profileSyncWhat' },
  { name: 'syscall', title: 'profileSyscall', what: 'profileSyscallWhat' },
  { name: 'sched', title: 'profileSched', what: 'profileSchedWhat' },
  { name: 'oncpu', title: 'profileOncpu', what: 'profileOncpuWhat' },
  { name: 'offcpu', title: 'profileOffcpu', what: 'profileOffcpuWhat' },
];

export function BlockingView(props: TraceProps): JSX.Element {
  const { app, store, analyses } = props;
  const fault = useSignal('');
  const open = async (name: string): Promise<void> => {
    const answer = await analyses.profile(name);
    fault.value = answer.ok ? '' : answer.failure.text;
    if (!answer.ok) return;
    openFiles(app, [{ name: `${store.source.name} · ${name}.pb.gz`, file: new Blob([answer.value.bytes]) }]);
  };
  return (
    <div class="ft-split">
      <div class="ft-info" tabIndex={0} role="region" aria-label={say('blocking')}>
        <section>
          <h2>{say('blocking')}</h2>
          <p class="ft-muted">{say('profileIntro')}</p>
          {fault.value === '' ? undefined : <p role="alert">{fault.value}</p>}
          <table class="ft-table">
            <tbody>
              {PROFILES.map(({ name, title, what }) => (
                <tr key={name}>
                  <th scope="row">{say(title)}</th>
                  <td>{say(what)}</td>
                  <td>
                    <button
                      type="button"
                      class="ft-button"
                      data-testid={`open-profile-${name}`}
                      onClick={() => void store.idle.during(open(name))}
                    >
                      {say('openProfile')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
      <StatesTable {...props} />
    </div>
  );
}
