// Colours of the timeline: one for each state (style guide), per theme. A run of thin spans has its longest state's colour,
// paler the smaller that state's share is.
import { blend, type Colour } from './colour';

export interface TimelineTheme {
  readonly background: Colour;
  readonly panel: Colour;
  readonly line: Colour;
  readonly text: Colour;
  readonly muted: Colour;
  readonly accent: Colour;
  readonly stop: Colour;
  /** By index of TIMELINE_STATES. */
  readonly states: readonly Colour[];
  /** On states. */
  readonly onState: Colour;
  readonly heap: Colour;
}

// undetermined, running, runnable, syscall, network, channel, sync, sleep, collector, waiting, mark, stop, task, region,
// log, sample
export const LIGHT_TIMELINE: TimelineTheme = {
  background: 0xffffff,
  panel: 0xf6f7f9,
  line: 0xd9dde3,
  text: 0x16191d,
  muted: 0x5b6470,
  accent: 0x0b6bcb,
  stop: 0xd92d20,
  states: [
    0xeceef1, 0x3f9f4c, 0xb98200, 0x4a8edf, 0x219c93, 0x997ae0, 0xd167ab, 0x848d99, 0xb1825b, 0xdfe3e8, 0xb1825b,
    0xed5c4f, 0x5a8ed0, 0x6c984b, 0x997ae0, 0x848d99,
  ],
  onState: 0x16191d,
  heap: 0x9dbfe6,
};

export const DARK_TIMELINE: TimelineTheme = {
  background: 0x111418,
  panel: 0x181c22,
  line: 0x2a3038,
  text: 0xe8eaed,
  muted: 0x9aa4b0,
  accent: 0x5aa9ff,
  stop: 0xff6b60,
  states: [
    0x1e232a, 0x2c7436, 0x885e00, 0x3468a5, 0x15726b, 0x7059a6, 0x9a4a7e, 0x606770, 0x825f41, 0x353c46, 0x825f41,
    0xaf4238, 0x406899, 0x4e6f35, 0x7059a6, 0x606770,
  ],
  onState: 0xe8eaed,
  heap: 0x2f5f94,
};

const WEAKEST = 0.4;

export function runShade(theme: TimelineTheme, state: number, share: number): Colour {
  const colour = theme.states[state] ?? theme.muted;
  return share >= 1 ? colour : blend(colour, theme.background, WEAKEST + (1 - WEAKEST) * Math.max(0, share));
}
