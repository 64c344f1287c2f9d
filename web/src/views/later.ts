// What the first look at a file does not need: a chunk of its own, fetched as soon as the page stands (main.tsx).
export { CompareView } from './series/compare_view';
export { BoxMenu } from './flame/box_menu';
export { FlameTable } from './flame/flame_table';
export { Sandwich } from './flame/sandwich';
export { InfoView } from './info_view';
export { TrendView } from './series/trend_view';
export { TakeDialog } from './take_dialog';
export { Palette } from './palette';
export { KeySheet } from './key_sheet';
