// What widgets say by themselves.
import { texts } from '../base/text';

export const say = texts({
  copied: ['Copied', '已复制'],
  notCopied: ['Not copied: {why}', '未复制：{why}'],
  copyTsv: ['Copy as TSV', '复制为 TSV'],
  copyMarkdown: ['Copy as Markdown', '复制为 Markdown'],
  copyTsvTitle: ['The table as tab-separated text', '以制表符分隔的文本'],
  close: ['Close', '关闭'],
});
