// Writes what is painted as text: tests read it as a picture.
import { cssColour, type Colour } from './colour';
import type { Edge, Painter } from './painter';

export class LogPainter implements Painter {
  readonly lines: string[] = [];

  /** `nameOf` may replace colours by names. */
  constructor(private readonly nameOf: (colour: Colour) => string = cssColour) {}

  clear(background?: Colour): void {
    this.lines.push(background === undefined ? 'clear' : `clear ${this.nameOf(background)}`);
  }

  row(y: number, height: number, edge: number): void {
    this.lines.push(`row ${y}+${height}${edge > 0 ? ` edge ${edge}` : ''}:`);
  }

  span(x0: number, x1: number, colour: Colour, edge: Edge): void {
    this.append(`[${x0},${x1}) ${this.nameOf(colour)}${['', ' dashed', ' dotted'][edge] ?? ''}`);
  }

  stripes(x0: number, x1: number, colour: Colour): void {
    this.append(`[${x0},${x1}) ${this.nameOf(colour)} stripes`);
  }

  flushRows(): void {
    this.lines.push('flush');
  }

  rect(x: number, y: number, width: number, height: number, colour: Colour, alpha: number): void {
    this.lines.push(`rect ${x},${y} ${width}x${height} ${this.nameOf(colour)}${alpha < 1 ? ` ${alpha}` : ''}`);
  }

  outline(x: number, y: number, width: number, height: number, thickness: number, colour: Colour): void {
    this.lines.push(`outline ${x},${y} ${width}x${height} ${thickness} ${this.nameOf(colour)}`);
  }

  text(x: number, y: number, text: string, colour: Colour): void {
    this.lines.push(`text ${x},${y} "${text}" ${this.nameOf(colour)}`);
  }

  toString(): string {
    return this.lines.join('\n');
  }

  private append(part: string): void {
    const line = this.lines.pop() ?? '';
    this.lines.push(`${line} ${part}`);
  }
}
