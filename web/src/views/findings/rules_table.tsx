// All rules with their thresholds, which a person may set.
import type { JSX } from 'preact';
import type { AppStore } from '../../state/app_store';
import type { FindingRule } from '../../protocol/reports';
import { say } from './findings_text';

export interface RulesTableProps {
  readonly app: AppStore;
  readonly rules: readonly FindingRule[];
}

export function RulesTable({ app, rules }: RulesTableProps): JSX.Element {
  return (
    <details class="ft-rules" data-testid="rules">
      <summary>{say('rules')}</summary>
      <p class="ft-muted">{say('rulesHint')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('rule')}</th>
            <th scope="col">{say('severity')}</th>
            <th scope="col">{say('threshold')}</th>
            <th scope="col">{say('meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <RuleRow key={rule.rule} app={app} rule={rule} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function RuleRow({ app, rule }: { readonly app: AppStore; readonly rule: FindingRule }): JSX.Element {
  const isOwn = rule.threshold !== rule.default;
  return (
    <tr>
      <th scope="row">{rule.rule}</th>
      <td>{say(rule.severity)}</td>
      <td class="ft-rule-threshold">
        <input
          type="number"
          step="any"
          min="0"
          value={rule.threshold}
          aria-label={say('thresholdOf', { rule: rule.rule })}
          onChange={(event) => setThreshold(app, rule.rule, event.currentTarget.valueAsNumber)}
        />
        <span class="ft-muted">{rule.threshold_text}</span>
        {isOwn ? (
          <button
            type="button"
            class="ft-quiet"
            title={say('resetTitle', { value: rule.default })}
            onClick={() => setThreshold(app, rule.rule, Number.NaN)}
          >
            {say('reset')}
          </button>
        ) : undefined}
      </td>
      <td>{rule.title}</td>
    </tr>
  );
}

/** NaN: the table's own again. */
function setThreshold(app: AppStore, rule: string, value: number): void {
  const others = Object.fromEntries(Object.entries(app.thresholds.peek()).filter(([other]) => other !== rule));
  app.thresholds.value = Number.isFinite(value) && value >= 0 ? { ...others, [rule]: value } : others;
}
