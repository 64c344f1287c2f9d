import type { JSX } from 'preact';
import { openSample } from '../state/app_actions';
import type { AppProps } from './app';
import { pickFiles } from './opening';

export const FORMATS = 'pprof, gzipped or not · pprof’s older text forms · perf script · folded stacks · speedscope';

export function Landing({ app }: AppProps): JSX.Element {
  const fault = app.openingFault.value;
  return (
    <main class="ft-face">
      <div class="ft-landing">
        <h1>See where a Go program spends its time and memory.</h1>
        <div class="ft-drop" data-testid="drop-zone">
          <p>Drop profiles anywhere in this window, or paste them: a tab for each file.</p>
          <button type="button" class="ft-button ft-button-main" onClick={pickFiles}>
            Open files
          </button>
          <p class="ft-muted">{`Reads ${FORMATS}`}</p>
        </div>
        {fault === null ? undefined : (
          <p class="ft-error-text" role="alert" data-testid="error">
            {fault}
          </p>
        )}
        <Samples app={app} />
        <p class="ft-muted">
          <strong>Nothing leaves this tab.</strong> Files are decoded here, by WebAssembly in a worker. Check it: watch
          the network panel of the developer tools while you open a file, or go offline first. The page’s content
          security policy forbids it to talk to any other host.
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
      <span class="ft-muted">Or a sample:</span>
      {samples.map((sample) => (
        <button key={sample.name} type="button" class="ft-button" onClick={() => void openSample(app, sample)}>
          {sample.label}
        </button>
      ))}
    </div>
  );
}
