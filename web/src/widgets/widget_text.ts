// What widgets say by themselves.
import { texts } from '../base/text';

export const say = texts({
  copied: ['Copied', '已复制'],
  notCopied: ['Not copied: {why}', '未复制：{why}'],
  close: ['Close', '关闭'],
});
