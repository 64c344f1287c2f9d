// Names of what can be done in a flame graph.
import { texts } from '../../base/text';

export const say = texts({
  up: ['To the caller', '到调用者'],
  down: ['To the widest callee', '到最宽的被调用者'],
  left: ['To the box on the left', '到左侧方框'],
  right: ['To the box on the right', '到右侧方框'],
  zoomIn: ['Zoom in', '放大'],
  zoomOut: ['Zoom out', '缩小'],
  panLeft: ['Move left', '左移'],
  panRight: ['Move right', '右移'],
  pageUp: ['Scroll up', '向上滚动'],
  pageDown: ['Scroll down', '向下滚动'],
  toRoot: ['To the root', '到根'],
  zoomTo: ['Zoom to the selected box', '放大到所选方框'],
  out: ['Zoom out one step', '缩小一级'],
  toZoomed: ['Back to the zoomed box', '回到已放大的方框'],
  reset: ['Show the whole graph', '显示整个图'],
  previous: ['Previous search match', '上一个搜索匹配'],
  next: ['Next search match', '下一个搜索匹配'],
  copyStack: ['Copy the stack of the selected box', '复制所选方框的调用栈'],
  table: ['Show as table, and back', '切换表格与图'],
});
