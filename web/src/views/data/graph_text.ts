// What the Graph view says.
import { texts } from '../../base/text';

export const say = texts({
  graph: ['Call graph', '调用图'],
  nodes: ['nodes', '节点'],
  edges: ['edges', '边'],
  nodeFraction: ['hide nodes below', '隐藏节点低于'],
  edgeFraction: ['edges below', '边低于'],
  counts: ['{nodes} of {all} functions, {edges} edges', '{all} 个函数中的 {nodes} 个，{edges} 条边'],
  table: ['Table', '表格'],
  tableTitle: ['The same nodes and edges as tables (t)', '以表格显示相同的节点和边 (t)'],
  fit: ['Fit', '适应'],
  fitTitle: ['Show the whole graph (0)', '显示整个图 (0)'],
  nothingToDraw: [
    'No function of this sample type is large enough to draw: lower the limits above, or choose another sample type.',
    '此样本类型没有足够大的函数可绘制：请降低上方的限值，或选择其他样本类型。',
  ],
  caller: ['caller', '调用者'],
  callee: ['callee', '被调用者'],
  how: ['how', '方式'],
  call: ['call', '调用'],
  inlined: ['inlined', '内联'],
  residual: ['over hidden functions', '经由隐藏的函数'],
  hint: [
    'drag moves · wheel zooms · + − 0 · arrows move · dotted: over hidden functions',
    '拖动平移 · 滚轮缩放 · + − 0 · 方向键移动 · 虚线：经由隐藏的函数',
  ],
});
