// What widgets say by themselves.
import { texts } from '../base/text';

export const say = texts({
  copied: ['Copied', '已复制'],
  notCopied: ['Not copied: {why}', '未复制：{why}'],
  copyTsv: ['Copy as TSV', '复制为 TSV'],
  copyMarkdown: ['Copy as Markdown', '复制为 Markdown'],
  copyCsv: ['Copy as CSV', '复制为 CSV'],
  copyAs: ['Copy as', '复制为'],
  copyTsvTitle: ['The table as tab-separated text', '以制表符分隔的文本'],
  copyCsvTitle: ['The table as comma-separated text', '以逗号分隔的文本'],
  copyMarkdownTitle: ['The table as Markdown', 'Markdown 表格'],
  close: ['Close', '关闭'],
});
