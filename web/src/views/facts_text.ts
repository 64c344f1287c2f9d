// What the line of facts under the tabs says; Info says the same.
import { texts } from '../base/text';

export const say = texts({
  format: ['Format', '格式'],
  binary: ['Binary', '二进制'],
  buildId: ['Build id', '构建 ID'],
  time: ['Time', '时间'],
  duration: ['Duration', '时长'],
  period: ['Period', '采样周期'],
  periodOf: ['{type} every {period}', '{type} 每 {period}'],
  comments: ['Comments', '注释'],
  samples: ['Samples', '样本'],
});
