// What the views of memory and benchmarks say.
import { texts } from '../../base/text';

export const say = texts({
  heap: ['Heap', '堆'],
  loading: ['Counting…', '正在统计…'],
  failed: ['This could not be made: {why}', '无法生成：{why}'],
  questions: ['Three questions to a heap', '关于堆的三个问题'],
  alloc: ['What allocates?', '谁在分配？'],
  allocText: [
    'All allocations since the start, freed or not: this is what makes the collector work.',
    '启动以来的全部分配，无论是否已释放：GC 的工作量由此而来。',
  ],
  live: ['What is alive?', '什么还活着？'],
  liveText: [
    'What the last collection found in use, by place and by size class.',
    '上次回收时仍在使用的内存，按位置与大小规格。',
  ],
  growth: ['What grows?', '什么在增长？'],
  growthText: [
    'Three or more heap profiles in a row tell a leak from a cache: open them together.',
    '连续三个以上的堆剖析才能区分泄漏与缓存：请一起打开。',
  ],
  growthOne: ['{count} heap profile is open', '已打开 {count} 个堆剖析'],
  growthCount: ['{count} heap profiles are open', '已打开 {count} 个堆剖析'],
  open: ['Open', '打开'],
  bySite: ['By place', '按位置'],
  bySize: ['By size', '按大小'],
  bridge: ['From the profile to resident memory', '从剖析到常驻内存'],
  bridgeHint: [
    'From runtime.MemStats beside the profile. C code, mapped files and the binary are not Go’s and not in it.',
    '来自剖析中的 runtime.MemStats。C 代码、映射文件与程序本身不属于 Go，不在其中。',
  ],
  noBridge: [
    'How the heap relates to resident memory is told by runtime.MemStats: take the profile as text (debug=1), or open /debug/vars.',
    '堆与常驻内存的关系由 runtime.MemStats 给出：请以文本形式采集（debug=1），或打开 /debug/vars。',
  ],
  part: ['part', '部分'],
  bytes: ['bytes', '字节'],
  share: ['share', '占比'],
  resident: ['at most resident, of what Go took from the system', 'Go 从系统取得的内存中至多常驻'],
  released: ['returned to the system', '已归还系统'],
  maxRss: ['peak of the process as the system counts it', '系统统计的进程峰值'],

  bench: ['Benchmarks', '基准测试'],
  compareWith: ['Old', '旧'],
  alone: ['choose a file', '选择文件'],
  name: ['name', '名称'],
  old: ['old', '旧'],
  new: ['new', '新'],
  median: ['median', '中位数'],
  delta: ['change', '变化'],
  p: ['p', 'p'],
  geomean: ['geometric mean', '几何平均'],
  interval: ['95% interval {low} to {high}, {n} runs', '95% 区间 {low} 至 {high}，{n} 次'],
  noInterval: ['too few runs for an interval ({n})', '次数太少，无法给出区间（{n}）'],
  notSure: ['~', '~'],
  plot: ['median and 95% interval', '中位数与 95% 区间'],
  onlyFaster: [
    '{count} better, {worse} worse, {same} not distinguishable',
    '{count} 项变好，{worse} 项变差，{same} 项无法区分',
  ],
  noBench: ['The file has no benchmark results.', '文件中没有基准测试结果。'],
});
