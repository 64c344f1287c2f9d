// What the timeline says beyond trace_text.ts.
import { texts } from '../../base/text';

export const tell = texts({
  log: ['log', '日志'],
  sample: ['CPU sample', 'CPU 样本'],
  laneLog: ['Logs', '日志'],
  laneSample: ['CPU samples', 'CPU 样本'],

  stripGoroutines: ['goroutines, up to {count}', '协程（最多 {count}）'],
  stripThreads: ['threads, up to {count}', '线程（最多 {count}）'],
  stripHeap: ['heap, up to {bytes}', '堆（最高 {bytes}）'],
  stripProcs: ['Ps busy', 'P 利用率'],
  atGoroutines: [
    '{running} running, {syscall} in system calls, {runnable} runnable, {waiting} waiting',
    '{running} 运行，{syscall} 系统调用，{runnable} 可运行，{waiting} 等待',
  ],
  atThreads: [
    '{running} threads run Go code, {syscall} are in system calls',
    '{running} 个线程运行 Go 代码，{syscall} 个在系统调用中',
  ],
  atHeap: ['heap {heap}, goal {goal}', '堆 {heap}，目标 {goal}'],
  atProcs: ['{busy} of {all} Ps run goroutines ({share})', '{all} 个 P 中有 {busy} 个在运行协程（{share}）'],

  grouping: ['Arrange goroutines', '协程排列方式'],
  groupFunction: ['by start function', '按起始函数'],
  groupFamily: ['family tree', '家族树'],
  groupFlat: ['flat', '平铺'],
  filterHint: ['function, g12, state:… task:… label:…', '函数、g12、state:… task:… label:…'],
  filterTitle: [
    'All words must hold: a part of the start function, g12, state:blocked, task:TYPE, label:TEXT (label, log category or region)',
    '须同时满足：起始函数的一部分、g12、state:blocked、task:类型、label:文本（标签、日志类别或区域）',
  ],

  axisSince: ['since start', '自开始'],
  axisWall: ['wall clock', '时钟时间'],
  axisUtc: ['{date} UTC', '{date} UTC'],
  axis: ['Times', '时间'],
  clockStart: ['Start of the trace, UTC', '跟踪开始时间（UTC）'],
  clockHint: ['2026-11-25 13:45:00.5', '2026-11-25 13:45:00.5'],

  bookmarks: ['Bookmarks ({count})', '书签 ({count})'],
  bookmarkAdd: ['Bookmark this window', '将此窗口加入书签'],
  bookmarkRemove: ['Remove bookmark', '移除书签'],
  bookmarkOf: ['{span} from {start}', '{span}，自 {start}'],
  noBookmarks: ['None yet: b keeps the marked range, or the window.', '暂无：按 b 保存所标范围或当前窗口。'],

  follow: ['Follow goroutine', '跟踪协程'],
  unfollow: ['Stop following', '停止跟踪'],
  following: ['following {name}', '正在跟踪 {name}'],
  pin: ['Pin lane', '固定行'],
  unpin: ['Unpin lane', '取消固定'],

  woke: ['Woke next', '随后唤醒'],
  wokeMore: ['and {count} more', '另有 {count} 个'],
  onProc: ['Its P', '其 P'],
  onThread: ['Its M', '其 M'],
  category: ['Category', '类别'],
  logHere: ['log: {text}', '日志：{text}'],
  logsHere: ['{count} logs, first: {text}', '{count} 条日志，首条：{text}'],
  samplesHere: ['{count} CPU samples', '{count} 个 CPU 样本'],

  readSoFar: [
    'Reading: {bytes} of {all}. The part up to {time} can be used.',
    '正在读取：{bytes} / {all}。{time} 之前的部分已可使用。',
  ],
  analysing: ['Read. Putting the whole in order …', '已读取，正在整理…'],
  stopReading: ['Cancel', '取消'],

  keyFold: ['Fold or unfold the heading', '折叠或展开标题'],
  keyMoveUp: ['Move the group (or pinned lane) up', '上移分组（或固定行）'],
  keyMoveDown: ['Move the group (or pinned lane) down', '下移分组（或固定行）'],
  keyPin: ['Pin or unpin the lane', '固定或取消固定该行'],
  keyFollow: ['Follow its goroutine, or stop', '跟踪其协程，或停止'],
  keyBookmark: ['Bookmark the range or the window', '为范围或窗口添加书签'],
  keyNextBookmark: ['Next bookmark', '下一书签'],
  keyPreviousBookmark: ['Previous bookmark', '上一书签'],
  keyWoken: ['Go to whom it woke next', '跳到随后被唤醒者'],
  keyCycle: ['Go from P to goroutine to M at the same instant', '同一时刻在 P、协程、M 之间跳转'],
  keyClock: ['Times since start, or on the wall clock', '自开始的时间，或时钟时间'],
});
