// Random options of `pprof`, so that every option meets every report and every other option.

export const kReports = [
  '-top',
  '-tree',
  '-peek',
  '-traces',
  '-raw',
  '-tags',
  '-comments',
  '-dot',
  '-callgrind',
  '-proto',
  '-topproto',
];

const kNames = {
  random: 'main|f|^h$|run|\\.go$|lib|prog|π|(?i)MAIN|f|g|malloc|nosuch|.|^$|y\\.cc|x y|conn|w-1|eu|^worker$'.split('|'),
  corpus: [
    'runtime',
    'main\\.',
    'mallocgc|memclr',
    '\\.go$',
    'http',
    'nosuch',
    '^main\\.main$',
    'runtime\\.(mcall|goexit)',
    'json|encoding',
    '^runtime\\.',
    'sync',
    'shop',
  ],
};
const kTags = [
  'worker=0',
  'worker=0,1',
  'worker=w',
  '0',
  '1:',
  'w-1',
  'eu',
  'eu,w',
  'region=eu,us',
  'region=',
  '=eu',
  'bytes=100:',
  ':4kb',
  '1kb:1mb',
  'bytes=4096',
  'bytes=512:4096',
  'request=1kb:',
  'latency=1ms:2s',
  'latency=100us:',
  '1s:',
  'items=2:7',
  'items=7things',
  '-3',
  ':0',
  '7:1',
  '5e9',
  'odd key=a',
  'odd key:c',
  'worker:0',
  'worker:.*,region:.*',
  '.',
  'nosuch',
  'sample=s1',
  'worker=0.5:',
  'b,',
  'route',
  'request=(',
];
const kTagKeys = [
  'worker',
  'region',
  'worker,region',
  'bytes',
  'latency',
  'nosuch',
  'region,bytes',
  'odd key',
  'sample,',
  'items,request',
];

// `kind`: "random" or "corpus", whose names the filters ask for. `exact`: the reference is of our version.
export function randomOptions(random, { types, kind, reports, exact }) {
  const { chance, pick, below } = random;
  const report = pick(reports);
  const name = () => (chance(0.01) ? '(' : pick(kNames[kind]));
  const options = [report === '-peek' ? `-peek=${name()}` : report];
  const maybe = (p, make) => chance(p) && options.push(make());
  maybe(0.25, () => '-cum');
  if (chance(0.5)) {
    options.push(
      chance(0.8)
        ? `-sample_index=${pick([...types, ...types, ...types, '0', '1', '9', '-1', 'nosuch', `inuse_${types[0]}`])}`
        : pick(['-inuse_space', '-alloc_objects', '-contentions', '-total_delay', '-mean_delay', '-alloc_space']),
    );
  }
  maybe(0.25, () => `-nodecount=${pick([0, 1, 2, 3, 5, 10, 20, 80, 1000000, -1, -5])}`);
  maybe(0.25, () => `-nodefraction=${pick([0, 0.001, 0.01, 0.05, 0.1, 0.3, 1, 2, -0.1, '1e-3'])}`);
  maybe(0.25, () => `-edgefraction=${pick([0, 0.001, 0.01, 0.05, 0.1, 0.3, 1, 2, -0.1])}`);
  maybe(
    0.3,
    () =>
      `-unit=${pick(['ns', 'us', 'ms', 's', 'seconds', 'hrs', 'B', 'kb', 'MB', 'megabytes', 'auto', 'minimum', 'count', 'foo', 'gcu'])}`,
  );
  maybe(0.2, () => pick(['-trim=false', '-trim=true', '-trim']));
  maybe(0.4, () => pick(['-functions', '-filefunctions', '-files', '-lines', '-addresses']));
  maybe(0.2, () => '-noinlines');
  if (exact) maybe(0.15, () => '-showcolumns');
  maybe(0.12, () => '-mean');
  maybe(0.1, () => `-divide_by=${pick([1, 2, 0.5, 1000, -1, 3])}`);
  maybe(0.1, () => '-drop_negative');
  maybe(0.1, () => '-compact_labels');
  maybe(0.1, () => `-call_tree=${below(2) === 1}`);
  if (exact) maybe(0.1, () => '-relative_percentages');
  for (const filter of ['focus', 'ignore', 'hide', 'show']) maybe(0.12, () => `-${filter}=${name()}`);
  for (const filter of ['show_from', 'prune_from']) maybe(0.08, () => `-${filter}=${name()}`);
  for (const filter of ['tagfocus', 'tagignore']) maybe(0.12, () => `-${filter}=${pick(kTags)}`);
  for (const filter of ['tagshow', 'taghide'])
    maybe(0.08, () => `-${filter}=${pick(['worker', 'region', 'e', '^b', 'nosuch', '.'])}`);
  for (const option of ['tagroot', 'tagleaf']) maybe(0.08, () => `-${option}=${pick(kTagKeys)}`);
  return options;
}
