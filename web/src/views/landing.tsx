import type { JSX } from 'preact';
import { openSample } from '../state/app_actions';
import type { AppProps } from './app';
import { pickFiles } from './opening';
import { say } from './page_text';

export function Landing({ app }: AppProps): JSX.Element {
  const fault = app.openingFault.value;
  return (
    <main class="ft-face">
      <div class="ft-landing">
        <h1>{say('headline')}</h1>
        <div class="ft-drop" data-testid="drop-zone">
          <p>{say('dropHere')}</p>
          <button type="button" class="ft-button ft-button-main" onClick={pickFiles}>
            {say('openFiles')}
          </button>
          <p class="ft-muted">{say('reads', { formats: say('formats') })}</p>
        </div>
        {fault === null ? undefined : (
          <p class="ft-error-text" role="alert" data-testid="error">
            {fault}
          </p>
        )}
        <Samples app={app} />
        <p class="ft-muted">
          <strong>{say('staysHere')}</strong> {say('staysHereHow')}
        </p>
      </div>
    </main>
  );
}

function Samples({ app }: AppProps): JSX.Element | null {
  const { samples } = app.surroundings;
  if (samples.length === 0) return null;
  return (
    <div class="ft-samples">
      <span class="ft-muted">{say('orSample')}</span>
      {samples.map((sample) => (
        <button key={sample.name} type="button" class="ft-button" onClick={() => void openSample(app, sample)}>
          {sample.label}
        </button>
      ))}
    </div>
  );
}
