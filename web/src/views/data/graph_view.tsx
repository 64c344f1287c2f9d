// The call graph as pprof's dot draws it; the same as two tables.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatPercent, formatValue } from '../../base/format';
import type { GraphTrim } from '../../protocol/messages';
import { selectFrame } from '../../state/document_actions';
import { GRAPH_AS_TABLE, GraphState, type DrawnGraph } from '../../state/graph_layout';
import { latestOf } from '../../state/loadable';
import { paramOf, setParam, sortingOf } from '../../state/view_params';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import type { DocumentProps } from '../document_view';
import { say as dataSay } from './data_text';
import { faceOf, nothingText } from './faces';
import { GraphPicture } from './graph_picture';
import { say } from './graph_text';

export function GraphView({ app, store }: DocumentProps): JSX.Element {
  const state = useMemo(() => new GraphState(store, app.surroundings.askLayout), [store]);
  const asTable = paramOf(store, GRAPH_AS_TABLE) === '1';
  const switchTable = (): void => setParam(store, GRAPH_AS_TABLE, asTable ? '' : '1');
  const answer = state.drawn.value;
  const graph = latestOf(answer);
  const face = faceOf(answer);
  return (
    <div
      class="ft-stack"
      onKeyDown={(event) => {
        if (event.key !== 't' || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
        event.preventDefault();
        event.stopPropagation();
        switchTable();
      }}
    >
      <GraphBar store={store} graph={graph} asTable={asTable} switchTable={switchTable} />
      {face ??
        (graph === undefined ? undefined : graph.columns.frame.length === 0 ? (
          <p class="ft-empty">{graph.columns.allNodes === 0 ? nothingText(store) : say('nothingToDraw')}</p>
        ) : asTable ? (
          <GraphTables app={app} store={store} graph={graph} />
        ) : (
          <GraphPicture store={store} graph={graph} />
        ))}
    </div>
  );
}

interface GraphBarProps extends Pick<DocumentProps, 'store'> {
  readonly graph: DrawnGraph | undefined;
  readonly asTable: boolean;
  readonly switchTable: () => void;
}

function GraphBar({ store, graph, asTable, switchTable }: GraphBarProps): JSX.Element {
  const trim = store.view.graphTrim.value;
  const change = (part: Partial<GraphTrim>): void => {
    store.view.graphTrim.value = { ...store.view.graphTrim.peek(), ...part };
  };
  return (
    <div class="ft-data-bar">
      <Slider
        name={say('nodes')}
        id="nodecount"
        value={trim.nodeCount}
        max={300}
        step={5}
        shown={String(trim.nodeCount)}
        onChange={(nodeCount) => change({ nodeCount: Math.max(5, nodeCount) })}
      />
      <Slider
        name={say('nodeFraction')}
        id="nodefraction"
        value={trim.nodeFraction * 1000}
        max={50}
        step={1}
        shown={`${(trim.nodeFraction * 100).toFixed(1)}%`}
        onChange={(part) => change({ nodeFraction: part / 1000 })}
      />
      <Slider
        name={say('edgeFraction')}
        id="edgefraction"
        value={trim.edgeFraction * 1000}
        max={50}
        step={1}
        shown={`${(trim.edgeFraction * 100).toFixed(1)}%`}
        onChange={(part) => change({ edgeFraction: part / 1000 })}
      />
      <span data-testid="graph-count">{graph === undefined ? '' : countText(graph)}</span>
      <span class="ft-data-gap" />
      <button
        type="button"
        class="ft-quiet"
        data-testid="graph-table-switch"
        aria-pressed={asTable}
        title={say('tableTitle')}
        onClick={switchTable}
      >
        {say('table')}
      </button>
    </div>
  );
}

function countText({ columns }: DrawnGraph): string {
  return say('counts', { nodes: columns.frame.length, all: columns.allNodes, edges: columns.caller.length });
}

interface SliderProps {
  readonly name: string;
  readonly id: string;
  readonly value: number;
  readonly max: number;
  readonly step: number;
  readonly shown: string;
  readonly onChange: (value: number) => void;
}

function Slider({ name, id, value, max, step, shown, onChange }: SliderProps): JSX.Element {
  return (
    <label class="ft-slider">
      {name}
      <input
        type="range"
        data-testid={`graph-${id}`}
        min={0}
        max={max}
        step={step}
        value={value}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
      <span class="ft-mono">{shown}</span>
    </label>
  );
}

interface GraphTablesProps extends DocumentProps {
  readonly graph: DrawnGraph;
}

const numberColumn = (head: string, key: string, of: Float64Array): DataColumn => ({
  key,
  head,
  title: dataSay('valueTitle'),
  number: true,
  track: '96px',
  sortBy: (row) => Math.abs(of[row] ?? 0),
});

const textColumn = (head: string, key: string, sortBy: (row: number) => string): DataColumn => ({
  key,
  head,
  title: head,
  number: false,
  track: 'minmax(200px, 1fr)',
  sortBy,
});

function GraphTables(props: GraphTablesProps): JSX.Element {
  return (
    <>
      <NodesTable {...props} />
      <EdgesTable {...props} />
    </>
  );
}

function NodesTable({ app, store, graph: { columns } }: GraphTablesProps): JSX.Element {
  const { unit = '', shownUnit, magnitudeTotal = 0 } = store.currentType.value ?? {};
  const nameOf = (node: number): string => store.frameText(columns.frame[node] ?? 0, 'name');
  const share = (head: string): DataColumn => ({ head, title: dataSay('shareTitle'), number: true, track: '96px' });
  const selected = store.view.selectedFrame.value;
  return (
    <DataTable
      id="graph-nodes-table"
      label={say('nodes')}
      columns={[
        numberColumn('flat', 'flat', columns.flat),
        share('flat %'),
        numberColumn('cum', 'cum', columns.cum),
        share('cum %'),
        textColumn(dataSay('name'), 'name', nameOf),
      ]}
      sorting={sortingOf(store, 'graph-nodes-table')}
      rowsOf={[columns]}
      rowCount={columns.frame.length}
      cells={(row) => [
        formatValue(columns.flat[row] ?? 0, unit, shownUnit),
        formatPercent(columns.flat[row] ?? 0, magnitudeTotal),
        formatValue(columns.cum[row] ?? 0, unit, shownUnit),
        formatPercent(columns.cum[row] ?? 0, magnitudeTotal),
        nameOf(row),
      ]}
      selectedRow={selected === null ? -1 : columns.frame.indexOf(selected)}
      onSelect={(row) => selectFrame(store, columns.frame[row] ?? null)}
      onOpen={() => undefined}
      empty={nothingText(store)}
      copyText={app.surroundings.copyText}
    >
      <strong>{say('nodes')}</strong>
    </DataTable>
  );
}

function EdgesTable({ app, store, graph: { columns } }: GraphTablesProps): JSX.Element {
  const { unit = '', shownUnit } = store.currentType.value ?? {};
  const nameOf = (node: number | undefined): string => store.frameText(columns.frame[node ?? 0] ?? 0, 'name');
  const callerOf = (row: number): string => nameOf(columns.caller[row]);
  const calleeOf = (row: number): string => nameOf(columns.callee[row]);
  const howOf = (row: number): string =>
    columns.inlined[row] === 1 ? say('inlined') : columns.residual[row] === 1 ? say('residual') : say('call');
  return (
    <DataTable
      id="graph-edges-table"
      label={say('edges')}
      columns={[
        numberColumn(dataSay('value'), 'value', columns.weight),
        textColumn(say('caller'), 'caller', callerOf),
        textColumn(say('callee'), 'callee', calleeOf),
        textColumn(say('how'), 'how', howOf),
      ]}
      sorting={sortingOf(store, 'graph-edges-table')}
      rowsOf={[columns]}
      rowCount={columns.caller.length}
      cells={(row) => [
        formatValue(columns.weight[row] ?? 0, unit, shownUnit),
        callerOf(row),
        calleeOf(row),
        howOf(row),
      ]}
      selectedRow={-1}
      onSelect={(row) => selectFrame(store, columns.frame[columns.callee[row] ?? 0] ?? null)}
      onOpen={() => undefined}
      empty={nothingText(store)}
      copyText={app.surroundings.copyText}
    >
      <strong>{say('edges')}</strong>
    </DataTable>
  );
}
