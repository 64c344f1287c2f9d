// The buttons that copy a table, one for each format, and a word beside them that they did, or why not.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { TABLE_FORMATS, type TableFormat } from '../base/table_text';
import { outcomeOf } from './copy_button';
import { say } from './widget_text';

export interface CopyButtonsProps {
  readonly copy: (format: TableFormat) => Promise<void>;
}

const TEXTS = {
  tsv: { label: 'TSV', name: 'copyTsv', title: 'copyTsvTitle' },
  csv: { label: 'CSV', name: 'copyCsv', title: 'copyCsvTitle' },
  markdown: { label: 'Markdown', name: 'copyMarkdown', title: 'copyMarkdownTitle' },
} as const;

export function CopyButtons({ copy }: CopyButtonsProps): JSX.Element {
  const [told, setTold] = useState('');
  return (
    <div class="ft-copy">
      <span role="status">{told}</span>
      <span aria-hidden="true">{say('copyAs')}</span>
      {TABLE_FORMATS.map((format) => {
        const { label, name, title } = TEXTS[format];
        return (
          <button
            key={format}
            type="button"
            class="ft-quiet"
            aria-label={say(name)}
            title={say(title)}
            onClick={() => void outcomeOf(copy(format)).then(setTold)}
          >
            {label}
          </button>
        );
      })}
    </div>
  );
}
