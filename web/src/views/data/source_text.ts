// What the Source view says.
import { texts } from '../../base/text';

export const say = texts({
  source: ['Source lines', '源代码行'],
  line: ['line', '行'],
  lineTitle: ['Line of the file', '文件中的行号'],
  flatTitle: ['Value of the line itself', '该行自身的值'],
  cumTitle: ['Value of the line and all it calls', '该行及其所有调用的值'],
  code: ['source', '源代码'],
  addFolder: ['Add a folder', '添加文件夹'],
  addFiles: ['Add files or a zip', '添加文件或 zip'],
  wholeFile: ['whole file', '整个文件'],
  wholeFileTitle: [
    'Values of all functions of the file, not of the selected one alone',
    '显示文件中所有函数的值，而不只是所选函数',
  ],
  noText: [
    'Only lines with values: drop the folder with the source here to see it. It stays in this tab.',
    '仅显示有值的行：把源代码文件夹拖到这里即可查看。文件不会离开此标签页。',
  ],
  from: ['from {path}', '来自 {path}'],
  known: ['{count} source files', '{count} 个源文件'],
  noFile: ['The profile names no file for this function.', '剖析文件没有给出此函数所在的文件。'],
  noLines: ['The profile has no line numbers for this function.', '剖析文件没有此函数的行号。'],
});
