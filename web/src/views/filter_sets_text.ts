// What the menu of named filter sets says.
import { texts } from '../base/text';

export const say = texts({
  delete: ['Delete {name}', '删除 {name}'],
  noneSaved: ['No filters are saved yet.', '还没有保存的筛选。'],
  nameForThem: ['Name for the present filters', '当前筛选的名称'],
  setFirst: ['Set a filter first', '请先设置筛选'],
  save: ['Save', '保存'],
  export: ['Export', '导出'],
  import: ['Import', '导入'],
  holdsNone: ['{name} holds no filter sets.', '{name} 中没有筛选集。'],
  taken: ['{count} sets taken over.', '已导入 {count} 个筛选集。'],
});
