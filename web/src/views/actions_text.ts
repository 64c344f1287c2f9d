// Names of actions, as the palette and the sheet of keys write them.
import { texts } from '../base/text';

export const say = texts({
  everywhere: ['Everywhere', '任何位置'],
  lists: ['Tables', '表格'],
  open: ['Open files', '打开文件'],
  search: ['Search functions and files', '搜索函数和文件'],
  back: ['Step back: clear the search, the zoom, the selection', '后退一步：清除搜索、缩放、选择'],
  focus: ['Focus on the selected function', '聚焦所选函数'],
  ignore: ['Ignore samples with the selected function', '忽略含所选函数的样本'],
  hide: ['Hide the selected function', '隐藏所选函数'],
  undo: ['Undo the last change of filters', '撤销上次筛选更改'],
  redo: ['Redo the change of filters', '重做筛选更改'],
  unfilter: ['Take all filters away', '清除所有筛选'],
  details: ['Show or hide details (outside of the flame graph)', '显示或隐藏详情（火焰图以外）'],
  take: ['Export: files, pictures, one HTML report', '导出：文件、图片、单个 HTML 报告'],
  theme: ['Next colours: light, dark, as the system', '切换配色：浅色、深色、跟随系统'],
  language: ['Switch to Chinese (切换到中文)', '切换到英文 (Switch to English)'],
  keys: ['Show all keys', '显示所有快捷键'],
  palette: ['Find a command by name', '按名称查找命令'],
  view: ['Show view: {name}', '显示视图：{name}'],
  goTo: ['Go to document: {name}', '转到文档：{name}'],
  selectRow: ['Select a row', '选择一行'],
  selectFar: ['Select further away', '跳到更远的行'],
  showInFlame: ['Show it in the flame graph', '在火焰图中显示'],
  copyRow: ['Copy the row', '复制此行'],
});
