// What the dialog says that takes a view away.
import { texts } from '../base/text';

export const say = texts({
  title: ['Take it away', '导出'],
  button: ['Export', '导出'],
  buttonTitle: ['Save the view as a file or as one HTML report (e)', '把视图保存为文件或单个 HTML 报告 (e)'],
  ofView: ['What the filters leave', '过滤后的内容'],
  ofGraph: ['The flame graph as it is shown', '当前显示的火焰图'],
  pprof: ['pprof', 'pprof'],
  folded: ['Folded stacks', '折叠栈'],
  speedscope: ['speedscope JSON', 'speedscope JSON'],
  csv: ['CSV of all boxes', '所有方框的 CSV'],
  svg: ['SVG picture', 'SVG 图片'],
  png: ['PNG picture', 'PNG 图片'],
  report: ['One HTML report', '单个 HTML 报告'],
  reportHow: [
    'Viewer, data, this view and your notes in one file. It opens from disk anywhere and asks nobody for anything.',
    '查看器、数据、当前视图和您的备注都在一个文件中。可在任何地方从磁盘打开，不发出任何请求。',
  ],
  notes: ['Notes', '备注'],
  anonymous: [
    'Replace names and paths by numbers (the standard library and the runtime keep theirs)',
    '用编号替换名称和路径（标准库和运行时保留原名）',
  ],
  save: ['Save', '保存'],
  saved: ['Saved {name}', '已保存 {name}'],
  failed: ['Not saved: {why}', '未保存：{why}'],
});
