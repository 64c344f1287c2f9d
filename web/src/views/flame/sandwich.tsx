// A function between its callers, whose root is its own box at the bottom, and its callees, whose root is on top.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { sandwichSource } from '../../state/sandwich_source';
import { shortenName } from '../../draw/short_names';
import type { DocumentProps } from '../document_view';
import { FlamePane } from './flame_pane';
import type { FlameSession } from './flame_session';
import { say } from './flame_text';
import { ShapeControls } from './shape_controls';

export function Sandwich({ app, store }: DocumentProps): JSX.Element {
  const center = store.view.center.value ?? store.view.selectedFrame.value;
  if (center === null) {
    return (
      <section class="flame-view">
        <div class="flame-bar">
          <ShapeControls session={shapeOnly(store)} others={[]} />
        </div>
        <p class="flame-face">{say('chooseCenter')}</p>
      </section>
    );
  }
  return <Halves key={center} app={app} store={store} center={center} />;
}

/** The controls need no graph. */
function shapeOnly(store: DocumentProps['store']): Pick<FlameSession, 'document'> {
  return { document: store.flameSource };
}

function Halves({ app, store, center }: DocumentProps & { readonly center: number }): JSX.Element {
  const callers = useMemo(() => sandwichSource(store, 'callers', center), [store, center]);
  const callees = useMemo(() => sandwichSource(store, 'callees', center), [store, center]);
  const name = shortenName(store.frameText(center, 'name'));
  return (
    <div class="flame-sandwich">
      <FlamePane app={app} store={store} source={callers} main={false} />
      <FlamePane
        app={app}
        store={store}
        source={callees}
        main
        title={<span class="flame-half">{say('calleesOf', { name })}</span>}
      />
    </div>
  );
}
