// The list of findings over all open documents.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount } from '../../base/format';
import { tableText, type TableFormat, type TextTable } from '../../base/table_text';
import type { Level } from '../../protocol/reports';
import { latestOf } from '../../state/loadable';
import { problemsOf, type Problem, type Problems } from '../../state/reports';
import { CopyButton } from '../../widgets/copy_button';
import { say as widget } from '../../widgets/widget_text';
import type { DocumentProps } from '../document_view';
import { showEvidence } from './evidence';
import { say } from './findings_text';
import { RulesTable } from './rules_table';

/** From the mildest on. */
const LEVELS: readonly Level[] = ['info', 'low', 'medium', 'high'];

export function FindingsView({ app, store }: DocumentProps): JSX.Element {
  const answer = useMemo(() => problemsOf(app, store), [app, store]).value;
  const problems = latestOf(answer);
  const least = useSignal<Level>('info');
  if (answer.at === 'failed') {
    return (
      <p class="ft-empty" role="alert" data-testid="error">
        {say('failed', { why: answer.failure.text })}
      </p>
    );
  }
  if (problems === undefined) return <p class="ft-empty">{say('looking')}</p>;
  const from = LEVELS.indexOf(least.value);
  const shown = problems.problems.filter(({ finding }) => LEVELS.indexOf(finding.severity) >= from);
  const copy = (format: TableFormat): Promise<void> => app.surroundings.copyText(tableText(tableOf(shown), format));
  const hidden = problems.problems.length - shown.length;
  return (
    <div class="ft-findings" tabIndex={0} role="region" aria-label={say('findings')} data-testid="findings">
      <div class="ft-findings-head">
        <h2>{headline(problems)}</h2>
        {problems.problems.length === 0 ? undefined : (
          <label>
            {say('level')}{' '}
            <select
              data-testid="findings-level"
              value={least.value}
              onChange={(event) => {
                least.value = LEVELS.find((level) => level === event.currentTarget.value) ?? 'info';
              }}
            >
              {LEVELS.map((level) => (
                <option key={level} value={level}>
                  {level === 'info'
                    ? say('all')
                    : level === 'high'
                      ? say('high')
                      : say('atLeast', { level: say(level) })}
                </option>
              ))}
            </select>
          </label>
        )}
        <span class="ft-data-gap" />
        <CopyButton label={widget('copyTsv')} title={widget('copyTsvTitle')} copy={() => copy('tsv')} />
        <CopyButton label={widget('copyMarkdown')} copy={() => copy('markdown')} />
      </div>
      <ol class="ft-findings-list">
        {shown.map((problem, i) => (
          <ProblemItem key={i} app={app} problem={problem} many={problems.documents.length > 1} />
        ))}
      </ol>
      {hidden > 0 ? <p class="ft-muted">{say('hidden', { count: formatCount(hidden) })}</p> : undefined}
      <RulesTable app={app} rules={problems.rules} />
    </div>
  );
}

function headline({ problems, documents, rules }: Problems): string {
  const texts = {
    documents: documents.length === 1 ? say('oneDocument') : say('manyDocuments', { count: documents.length }),
    count: problems.length,
    rules: rules.length,
  };
  if (problems.length === 0) return say('nothing', texts);
  return problems.length === 1 ? say('oneFound', texts) : say('found', texts);
}

interface ItemProps {
  readonly app: DocumentProps['app'];
  readonly problem: Problem;
  readonly many: boolean;
}

function ProblemItem({ app, problem, many }: ItemProps): JSX.Element {
  const { finding, document } = problem;
  return (
    <li class={`ft-finding ft-finding-${finding.severity}`} data-testid="finding">
      <div class="ft-finding-title">
        <span class="ft-finding-level">{say(finding.severity)}</span>
        <strong>{finding.title}</strong>
        {many ? <span class="ft-muted">{document.source.name}</span> : undefined}
      </div>
      <p class="ft-finding-sentence">{finding.sentence}.</p>
      <p class="ft-finding-advice">{finding.advice}</p>
      <p class="ft-finding-facts">
        <button
          type="button"
          class="ft-button"
          title={say('evidenceTitle')}
          data-testid="finding-evidence"
          onClick={() => showEvidence(app, problem)}
        >
          {say('evidence')}
        </button>
        <span class="ft-muted">{factsOf(problem).join(' · ')}</span>
      </p>
    </li>
  );
}

function factsOf({ finding }: Problem): readonly string[] {
  const { rule, parameters, confidence, samples } = finding;
  return [
    `${rule} ${parameters.value ?? ''} ≥ ${parameters.threshold ?? ''}`,
    say('confidence', { level: say(confidence) }),
    ...(samples > 0 ? [say('samples', { count: formatCount(samples) })] : []),
  ];
}

function tableOf(problems: readonly Problem[]): TextTable {
  return {
    heads: [
      say('severity'),
      say('sentence'),
      say('measured'),
      say('threshold'),
      say('rule'),
      say('file'),
      say('advice'),
    ],
    numbers: [false, false, true, true, false, false, false],
    rowCount: problems.length,
    cells: (row) => {
      const problem = problems[row];
      if (problem === undefined) return [];
      const { severity, title, sentence, parameters, rule, advice } = problem.finding;
      return [
        say(severity),
        `${title}: ${sentence}`,
        parameters.value ?? '',
        parameters.threshold ?? '',
        rule,
        problem.document.source.name,
        advice,
      ];
    },
  };
}
